import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Search } from 'lucide';
import { useApp, type App } from '../app/app-context.ts';
import { useWords } from '../language/index.ts';
import { PersonFace } from '../people/person-face.tsx';
import { RoomSign } from '../rooms/room-sign.tsx';
import { TextField } from '../ui/field.tsx';
import { Listbox, OptionFace } from '../ui/listbox.tsx';
import { Popover } from '../ui/popover.tsx';
import { useListbox } from '../ui/use-listbox.ts';
import { accept, suggest, type Nameable, type Operator, type Suggestion } from './suggest.ts';

type SearchFieldProps = {
  text: string;
  onText: (text: string) => void;
  /** Enter: this is what is wanted */
  onSubmit: () => void;
  /** the arrow down when no suggestions are shown */
  onDown: () => void;
};

/** The field of the search page, with suggestions for what may follow. Enter searches unless one of them was chosen. */
export function SearchField({ text, onText, onSubmit, onDown }: SearchFieldProps) {
  const app = useApp();
  const words = useWords().search;
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLDivElement>(null);
  // `autofocus` works once in a document, and this page is come to often.
  useLayoutEffect(() => {
    if (!app.ui.device.touch.peek()) anchor.current?.querySelector('input')?.focus();
  }, []);
  const items = open && text.length > 0 ? suggest(text, knownTo(app)) : [];
  const list = useListbox({
    items,
    keyOf: ({ piece }) => piece,
    startActive: false,
    onPick(suggestion) {
      onText(accept(text, suggestion));
      setOpen(!suggestion.isWhole);
    },
  });
  const shown = items.length > 0;
  return (
    <div ref={anchor}>
      <TextField
        {...list.fieldProps}
        aria-expanded={shown}
        aria-controls={shown ? list.listId : undefined}
        label={words.label}
        hideLabel
        type="search"
        icon={Search}
        placeholder={words.placeholder}
        autocomplete="off"
        value={text}
        onText={(next) => {
          setOpen(true);
          onText(next);
        }}
        onBlur={() => setOpen(false)}
        onKeyDown={(event) => {
          if (list.onKeyDown(event)) return;
          if (event.key === 'Enter' && !event.isComposing) {
            setOpen(false);
            onSubmit();
          } else if (event.key === 'ArrowDown' && !event.isComposing) {
            event.preventDefault();
            onDown();
          } else if (event.key === 'Escape' && shown) {
            event.preventDefault();
            event.stopPropagation();
            setOpen(false);
          }
        }}
      />
      {shown && anchor.current !== null && (
        <Popover
          class="ui-combobox__list"
          anchor={anchor.current}
          matchWidth
          keepSide
          onClose={() => setOpen(false)}
        >
          <Listbox list={list} label={words.suggestions} render={(item) => <SuggestionRow item={item} />} />
        </Popover>
      )}
    </div>
  );
}

function SuggestionRow({ item }: { item: Suggestion }) {
  const words = useWords().search;
  const { client } = useApp();
  switch (item.kind) {
    case 'operator':
      return (
        <OptionFace detail={words.operators[item.id as Operator]}>
          <code>{item.piece}</code>
        </OptionFace>
      );
    case 'person':
      return (
        <OptionFace
          before={<PersonFace userId={item.id} size={20} />}
          detail={client.state.users.get(item.id)?.name}
        >
          {item.piece}
        </OptionFace>
      );
    case 'room': {
      const room = client.state.rooms.get(item.id)?.room;
      return <OptionFace before={room && <RoomSign room={room} />}>{item.piece}</OptionFace>;
    }
    case 'value':
      return <OptionFace>{item.piece}</OptionFace>;
  }
}

/** Those this device knows; the others can be written by hand. */
function knownTo({ client: { state } }: App): { people: Nameable[]; rooms: Nameable[] } {
  const people = [...state.users.values()].map(({ id, handle, name }) => ({ id, name: handle, also: name }));
  const rooms = [...state.rooms.values()]
    .filter(({ room }) => room.kind !== 'direct')
    .map(({ room: { id, name } }) => ({ id, name, also: '' }));
  return { people, rooms };
}
