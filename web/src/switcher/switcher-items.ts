import type { MyRoom, User } from '@confab/protocol';
import type { App } from '../app/app-context.ts';
import { othersIn, titleOf } from '../rooms/room-title.ts';
import { standingOf } from '../rooms/standing.ts';
import type { IconShape } from '../ui/icon.tsx';
import { fuzzyScore } from './fuzzy.ts';

export type SwitcherItem =
  | {
      readonly kind: 'room';
      readonly key: string;
      readonly group: string;
      readonly room: MyRoom;
      readonly title: string;
    }
  | { readonly kind: 'person'; readonly key: string; readonly group: string; readonly person: User }
  | { readonly kind: 'search'; readonly key: string; readonly group: string; readonly text: string }
  | { readonly kind: 'command'; readonly key: string; readonly group: string; readonly command: Command };

export interface Command {
  readonly name: string;
  readonly icon: IconShape;
  readonly keys?: string;
  run(): void;
}

const shownMax = 12;

/** Rooms and people that fit, best first; with nothing typed, what is unread and where one was last. */
export function findPlaces(app: App, query: string, people: readonly User[]): SwitcherItem[] {
  const { client, router, words } = app;
  const { groups } = words.value.switcher;
  const { state } = client;
  const route = router.route.peek();
  const here = route.name === 'room' ? route.roomId : null;
  const wanted = query.trim().replace(/^[#@]/, '');
  const rooms = [...state.rooms.values()].flatMap((room) => {
    const title = titleOf(state, room.room);
    const fit = bestFit(wanted, [title, ...handlesOf(app, room)]);
    if (fit === null || (room.room.id === here && wanted === '')) return [];
    const { isUnread, badge } = standingOf(state, room);
    const nudge = (badge > 0 ? 12 : 0) + (isUnread ? 8 : 0) + (room.room.archivedAt === null ? 0 : -30);
    return [{ room, title, score: fit + nudge, isUnread, at: room.counters.lastAt }];
  });
  rooms.sort((a, b) => b.score - a.score || b.at - a.at);
  const found = rooms.slice(0, shownMax).map(({ room, title, isUnread }): SwitcherItem => {
    const group = wanted !== '' ? groups.rooms : isUnread ? groups.unread : groups.recent;
    return { kind: 'room', key: room.room.id, group, room, title };
  });
  if (wanted === '') return found;
  const places = [...found, ...findPeople(app, wanted, people)].slice(0, shownMax + 6);
  return [...places, searchFor(app, wanted)];
}

/** Messages with what was typed: one more step, on the page of the search. */
export function searchFor({ words }: Pick<App, 'words'>, text: string): SwitcherItem {
  return { kind: 'search', key: 'search', group: words.value.search.title, text };
}

function findPeople({ client, words }: App, wanted: string, asked: readonly User[]): SwitcherItem[] {
  const { state } = client;
  const { people: group } = words.value.switcher.groups;
  const known = new Map([...state.users.values(), ...asked].map((person) => [person.id, person]));
  return [...known.values()]
    .flatMap((person) => {
      const score = person.deactivated ? null : bestFit(wanted, [person.name, person.handle]);
      return score === null ? [] : [{ person, score }];
    })
    .sort((a, b) => b.score - a.score)
    .slice(0, 6)
    .map(({ person }) => ({ kind: 'person', key: `person:${person.id}`, group, person }));
}

function bestFit(wanted: string, texts: readonly string[]): number | null {
  const scores = texts.map((text) => fuzzyScore(text, wanted)).filter((score) => score !== null);
  return scores.length === 0 ? null : Math.max(...scores);
}

/** A conversation is also found by the handles of its people. */
function handlesOf({ client }: App, { room }: MyRoom): string[] {
  if (room.kind !== 'direct') return [];
  return othersIn(client.state, room).flatMap((id) => client.state.users.get(id)?.handle ?? []);
}

export function findCommands(
  { words }: Pick<App, 'words'>,
  commands: readonly Command[],
  query: string,
): SwitcherItem[] {
  const { commands: group } = words.value.switcher.groups;
  return commands
    .map((command) => ({ command, score: fuzzyScore(command.name, query.trim()) }))
    .filter(({ score }) => score !== null)
    .sort((a, b) => (b.score ?? 0) - (a.score ?? 0))
    .map(({ command }) => ({ kind: 'command', key: `command:${command.name}`, group, command }));
}
