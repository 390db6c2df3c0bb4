import { useContext, useMemo } from 'preact/hooks';
import type { Mentions, Message } from '@confab/protocol';
import { parseMarkdown } from '@confab/protocol/markdown';
import { useApp } from '../app/app-context.ts';
import { memo } from '../app/memo.tsx';
import { Markdown, MarkdownContext, type MarkdownSurroundings } from '../markdown/index.ts';
import { EmojiMark } from '../emoji/emoji-mark.tsx';
import { PersonLink } from '../people/person-link.tsx';
import { RoomLink } from '../rooms/room-link.tsx';
import { EditedMark } from './edited-mark.tsx';

/** What a message says, with whatever its names stood for when it was written. */
export function MessageText({ message }: { message: Message }) {
  return (
    <WrittenText
      text={message.text}
      mentions={message.mentions}
      edited={message.editedAt === null ? null : message}
    />
  );
}

type WrittenTextProps = { text: string; mentions: Mentions | null; edited?: Message | null };

/** The same for a text that is no message yet: names in it are looked up among those who are known. */
export const WrittenText = memo(function WrittenText({ text, mentions, edited = null }: WrittenTextProps) {
  const blocks = useMemo(() => parseMarkdown(text), [text]);
  const outer = useContext(MarkdownContext);
  const surroundings = useMemo(() => surroundingsOf(mentions, outer), [mentions, outer]);
  return (
    <MarkdownContext.Provider value={surroundings}>
      <Markdown blocks={blocks} {...(edited ? { after: <EditedMark message={edited} /> } : {})} />
    </MarkdownContext.Provider>
  );
});

function surroundingsOf(mentions: Mentions | null, outer: MarkdownSurroundings): MarkdownSurroundings {
  return {
    ...outer,
    mention(handle) {
      const userId = mentions?.users[handle.toLowerCase()];
      if (userId !== undefined) return <PersonLink userId={userId} handle={handle} />;
      return mentions === null ? <mark class="mention">@{handle}</mark> : null;
    },
    everyone(who) {
      const isMeant = mentions === null || (who === 'all' ? mentions.all : mentions.here);
      return isMeant ? (
        <mark class="mention" data-me="true">
          @{who}
        </mark>
      ) : null;
    },
    room(name) {
      const roomId = mentions?.rooms[name.toLowerCase()];
      return roomId === undefined ? null : <RoomLink roomId={roomId} name={name} />;
    },
    emoji: (shortcode) => <Shortcode shortcode={shortcode} />,
  };
}

function Shortcode({ shortcode }: { shortcode: string }) {
  const glyph = useApp().emoji.glyphOf(shortcode);
  if (glyph === null) return <>:{shortcode}:</>;
  if ('character' in glyph) {
    return (
      <span
        class="emoji-mark"
        role="img"
        aria-label={shortcode.replaceAll('_', ' ')}
        title={`:${shortcode}:`}
      >
        {glyph.character}
      </span>
    );
  }
  return <EmojiMark emoji={`:${shortcode}:`} />;
}
