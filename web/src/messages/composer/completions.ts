/** What could be meant by what is being written. Local knowledge comes at once, the server's a moment later. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Room, User } from '@confab/protocol';
import { searchEmoji } from '@confab/protocol/emoji';
import { Refused } from '@confab/client';
import { useApp, type App } from '../../app/app-context.ts';
import { useWords, type Words } from '../../language/index.ts';
import { after } from '../../platform/index.ts';
import type { Trigger } from './completion.ts';
import { slashNames, type SlashName } from './slash-command.ts';

export type Completion =
  | {
      readonly kind: 'person';
      readonly key: string;
      readonly insert: string;
      readonly person: User;
      readonly isHere: boolean;
    }
  | { readonly kind: 'everyone'; readonly key: string; readonly insert: string; readonly note: string }
  | { readonly kind: 'room'; readonly key: string; readonly insert: string; readonly room: Room }
  | {
      readonly kind: 'emoji';
      readonly key: string;
      readonly insert: string;
      readonly shortcode: string;
      readonly emoji: string;
    }
  | {
      readonly kind: 'command';
      readonly key: string;
      readonly insert: string;
      readonly takes: string;
      readonly does: string;
    };

type ComposerWords = Words['composer'];

const shownMax = 8;
/** What is typed within this time is asked together. */
const typingMs = 120;

interface FromServer {
  readonly question: string;
  readonly here: readonly User[];
  readonly people: readonly User[];
  readonly rooms: readonly Room[];
}

const nothing: FromServer = { question: '', here: [], people: [], rooms: [] };

/** Best first; empty while nothing fits. */
export function useCompletions(trigger: Trigger | null, roomId: string): readonly Completion[] {
  const app = useApp();
  const words = useWords().composer;
  const [answer, setAnswer] = useState<FromServer>(nothing);
  const question = trigger ? `${trigger.kind}:${trigger.query}` : '';

  useEffect(() => {
    if (trigger === null || (trigger.kind !== 'person' && trigger.kind !== 'room')) return undefined;
    let isOld = false;
    const cancel = after(typingMs, () => {
      ask(app, trigger, roomId).then(
        (found) => isOld || setAnswer({ ...found, question }),
        // What is known here has to do.
        (error: unknown) => {
          if (!(error instanceof Refused)) throw error;
        },
      );
    });
    return () => {
      isOld = true;
      cancel();
    };
  }, [question, roomId]);

  const table = trigger?.kind === 'emoji' ? app.emoji.table.value : null;
  useEffect(() => {
    if (trigger?.kind === 'emoji') app.emoji.load().catch(() => undefined);
  }, [trigger?.kind]);

  return useMemo(() => {
    if (trigger === null) return [];
    switch (trigger.kind) {
      case 'person':
        return people(app, trigger.query, answer, words);
      case 'room':
        return rooms(app, trigger.query, answer);
      case 'emoji':
        return emoji(app, trigger.query);
      case 'command':
        return commands(trigger.query, words);
    }
  }, [question, answer, table, words]);
}

async function ask(
  { client }: App,
  { kind, query }: Trigger,
  roomId: string,
): Promise<Omit<FromServer, 'question'>> {
  const search = query === '' ? {} : { search: query };
  if (kind === 'room') {
    const { rooms } = await client.call('room.browse', { ...search, limit: shownMax });
    return { ...nothing, rooms: rooms.map(({ room }) => room) };
  }
  const [members, all] = await Promise.all([
    client.call('room.members', { roomId, ...search, limit: shownMax }),
    query === '' ? { users: [] } : client.call('user.list', { ...search, limit: shownMax }),
  ]);
  return { ...nothing, here: members.users, people: all.users };
}

function fits(query: string, ...names: readonly string[]): boolean {
  const wanted = query.toLocaleLowerCase();
  return names.some((name) => {
    const lower = name.toLocaleLowerCase();
    return lower.startsWith(wanted) || lower.split(/[\s._-]+/).some((word) => word.startsWith(wanted));
  });
}

function people(
  { client }: App,
  query: string,
  { here, people: elsewhere }: FromServer,
  words: ComposerWords,
): Completion[] {
  const { state } = client;
  const isHere = new Set(here.map(({ id }) => id));
  const known = query === '' ? [] : [...state.users.values()];
  const found = new Map([...here, ...elsewhere, ...known].map((person) => [person.id, person]));
  const matching = [...found.values()].filter(
    (person) =>
      !person.deactivated && person.id !== state.me?.userId && fits(query, person.name, person.handle),
  );
  const ordered = [
    ...matching.filter(({ id }) => isHere.has(id)),
    ...matching.filter(({ id }) => !isHere.has(id)),
  ];
  const persons = ordered.slice(0, shownMax).map((person): Completion => ({
    kind: 'person',
    key: person.id,
    insert: `@${person.handle} `,
    person,
    isHere: isHere.has(person.id) || here.length === 0,
  }));
  return [...persons, ...everyone(query, words)].slice(0, shownMax);
}

function everyone(query: string, words: ComposerWords): Completion[] {
  const all = [
    { who: 'all', note: words.everyoneAll },
    { who: 'here', note: words.everyoneHere },
  ];
  return all
    .filter(({ who }) => who.startsWith(query.toLowerCase()))
    .map(({ who, note }) => ({ kind: 'everyone', key: who, insert: `@${who} `, note }));
}

function rooms({ client }: App, query: string, { rooms: fromServer }: FromServer): Completion[] {
  const mine = [...client.state.rooms.values()].map(({ room }) => room);
  const open = [...mine, ...fromServer].filter(
    ({ kind, archivedAt }) => kind === 'public' && archivedAt === null,
  );
  const found = new Map(open.map((room) => [room.id, room]));
  return [...found.values()]
    .filter(({ name }) => fits(query, name))
    .slice(0, shownMax)
    .map((room) => ({ kind: 'room', key: room.id, insert: `#${room.name} `, room }));
}

function emoji({ emoji: { table, own } }: App, query: string): Completion[] {
  const standard = (table.peek()?.search(query, shownMax) ?? []).map(
    ({ character, shortcodes }): Completion => ({
      kind: 'emoji',
      key: shortcodes[0],
      insert: `${character} `,
      shortcode: shortcodes[0],
      emoji: character,
    }),
  );
  const searchable = own().map(({ shortcode }) => ({
    shortcodes: [shortcode] as const,
    name: '',
    keywords: [],
  }));
  const mine = searchEmoji(searchable, query, 4).map(({ shortcodes: [shortcode] }): Completion => ({
    kind: 'emoji',
    key: `own:${shortcode}`,
    insert: `:${shortcode}: `,
    shortcode,
    emoji: `:${shortcode}:`,
  }));
  return [...mine, ...standard].slice(0, shownMax);
}

function commands(query: string, words: ComposerWords): Completion[] {
  const takesOf: Partial<Record<SlashName, string>> = words.takes;
  return slashNames
    .filter((name) => name.startsWith(query))
    .map((name) => ({
      kind: 'command',
      key: name,
      insert: takesOf[name] === undefined ? `/${name}` : `/${name} `,
      takes: takesOf[name] ?? '',
      does: words.commands[name],
    }));
}
