import { useMemo, useState } from 'preact/hooks';
import { Search } from 'lucide';
import type { User } from '@confab/protocol';
import { useApp, type App } from '../app/app-context.ts';
import { roomPath } from '../app/routes.ts';
import { searchPath } from '../search/search-path.ts';
import { usePages } from '../app/use-pages.ts';
import { useWords, type Words } from '../language/index.ts';
import { PersonFace } from '../people/person-face.tsx';
import { goToDirect } from '../rooms/new-direct.tsx';
import { RoomSign } from '../rooms/room-sign.tsx';
import { standingOf } from '../rooms/standing.ts';
import { Badge, Tag } from '../ui/badge.tsx';
import { Icon } from '../ui/icon.tsx';
import { Keys } from '../ui/keys.tsx';
import { OptionFace } from '../ui/listbox.tsx';
import { Palette } from '../ui/palette.tsx';
import { commandsOf } from './commands.ts';
import { findCommands, findPlaces, searchFor, type SwitcherItem } from './switcher-items.ts';

/** One field to go anywhere: rooms, people, and with > what can be done. */
export function openSwitcher(app: App, start = ''): void {
  app.dialogs.show((close) => <Switcher start={start} onClose={close} />);
}

function Switcher({ start, onClose }: { start: string; onClose: () => void }) {
  const app = useApp();
  const { client } = app;
  const words = useWords().switcher;
  const [query, setQuery] = useState(start);
  const isCommand = query.startsWith('>');
  const isSearch = query.startsWith('?') || query.startsWith('？');
  const search = isCommand || isSearch ? '' : query.trim().replace(/^[#@]/, '');
  const people = usePages<User>(search, async () => {
    if (search === '') return { items: [], next: null };
    const { users } = await client.call('user.list', { search, limit: 8 });
    return { items: users, next: null };
  });
  const commands = useMemo(() => commandsOf(app), []);
  const items = isCommand
    ? findCommands(app, commands, query.slice(1))
    : isSearch
      ? [searchFor(app, query.slice(1).trim())]
      : findPlaces(app, query, people.items);

  function pick(item: SwitcherItem): void {
    onClose();
    if (item.kind === 'room') app.router.go(roomPath(item.room.room.id));
    else if (item.kind === 'person') void goToDirect(app, [item.person.id]);
    else if (item.kind === 'search') app.router.go(searchPath(item.text));
    else item.command.run();
  }

  return (
    <Palette<SwitcherItem>
      label={words.label}
      placeholder={words.placeholder}
      query={query}
      onQuery={setQuery}
      items={items}
      keyOf={({ key }) => key}
      groupOf={({ group }) => group}
      render={(item) => <Row app={app} item={item} words={words} />}
      onPick={pick}
      onClose={onClose}
      empty={
        <p class="switcher__empty">
          {isCommand ? words.noCommand : query.trim() === '' ? words.noRooms : words.nothing}{' '}
          {!isCommand && (
            <a href="/browse" onClick={onClose}>
              {words.browseAll}
            </a>
          )}
        </p>
      }
      footer={
        <>
          <span>
            <Keys keys="ArrowUp" /> <Keys keys="ArrowDown" /> {words.choose}
          </span>
          <span>
            <Keys keys="Enter" /> {words.open}
          </span>
          <span>
            <Keys keys=">" /> {words.commands}
          </span>
        </>
      }
    />
  );
}

function searchWords({ words }: App, text: string): string {
  const { search } = words.value;
  return text === '' ? search.everywhere : search.messagesWith(text);
}

type RowProps = { app: App; item: SwitcherItem; words: Words['switcher'] };

function Row({ app, item, words }: RowProps) {
  switch (item.kind) {
    case 'room': {
      const { room, title } = item;
      const { isUnread, badge } = standingOf(app.client.state, room);
      return (
        <OptionFace
          before={<RoomSign room={room.room} />}
          detail={room.room.topic}
          after={room.room.archivedAt === null ? <Badge count={badge} /> : <Tag>{words.archived}</Tag>}
        >
          <span class="switcher__name" data-unread={isUnread}>
            {title}
          </span>
        </OptionFace>
      );
    }
    case 'person':
      return (
        <OptionFace
          before={<PersonFace userId={item.person.id} size={20} withPresence />}
          detail={`@${item.person.handle}`}
        >
          {item.person.name}
        </OptionFace>
      );
    case 'search':
      return <OptionFace before={<Icon of={Search} />}>{searchWords(app, item.text)}</OptionFace>;
    case 'command':
      return (
        <OptionFace
          before={<Icon of={item.command.icon} />}
          {...(item.command.keys === undefined ? {} : { after: <Keys keys={item.command.keys} /> })}
        >
          {item.command.name}
        </OptionFace>
      );
  }
}
