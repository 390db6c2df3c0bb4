import { AtSign, SquareSlash } from 'lucide';
import { EmojiMark } from '../../emoji/emoji-mark.tsx';
import { useWords } from '../../language/index.ts';
import { PersonFace } from '../../people/person-face.tsx';
import { RoomSign } from '../../rooms/room-sign.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Listbox, OptionFace } from '../../ui/listbox.tsx';
import { Popover } from '../../ui/popover.tsx';
import type { ListboxState } from '../../ui/use-listbox.ts';
import type { Completion } from './completions.ts';
import './completion-list.css';

type CompletionListProps = { list: ListboxState<Completion>; anchor: HTMLElement; onClose: () => void };

/** The suggestions, above what is being written. */
export function CompletionList({ list, anchor, onClose }: CompletionListProps) {
  const words = useWords().composer;
  return (
    <Popover anchor={anchor} placement="top-start" gap={6} onClose={onClose} class="completion-list">
      <Listbox
        list={list}
        label={words.suggestions}
        render={(completion) => <Row completion={completion} />}
      />
    </Popover>
  );
}

function Row({ completion }: { completion: Completion }) {
  const words = useWords().composer;
  switch (completion.kind) {
    case 'person':
      return (
        <OptionFace
          before={<PersonFace userId={completion.person.id} size={24} withPresence />}
          detail={`@${completion.person.handle}`}
          {...(completion.isHere ? {} : { after: words.notInRoom })}
        >
          {completion.person.name}
        </OptionFace>
      );
    case 'everyone':
      return (
        <OptionFace before={<Icon of={AtSign} size={18} />} detail={completion.note}>
          {completion.insert.trim()}
        </OptionFace>
      );
    case 'room':
      return (
        <OptionFace before={<RoomSign room={completion.room} />} detail={completion.room.topic}>
          {completion.room.name}
        </OptionFace>
      );
    case 'emoji':
      return (
        <OptionFace before={<EmojiMark emoji={completion.emoji} />}>:{completion.shortcode}:</OptionFace>
      );
    case 'command':
      return (
        <OptionFace before={<Icon of={SquareSlash} size={18} />} detail={completion.does}>
          /{completion.key} {completion.takes}
        </OptionFace>
      );
  }
}
