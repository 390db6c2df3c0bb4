/**
 * Keeps the last known state on the device, so that the next start shows it before there is a network. What is written
 * is of one moment: the positions of the own streams go into the same write as what changed up to them, and each
 * room's page carries its own. Losing the last second of it costs reading that second's events again.
 *
 *   core:state, core:emoji, core:threads, core:drafts, core:scheduled, core:reminders, core:sections, core:saved,
 *   core:pages   rooms:N   user:ID   page:ID
 *
 * Rooms lie several in a record, as text: thousands of small records take a device seconds to write and to read.
 */
import type {
  CustomEmoji,
  Draft,
  FollowedThread,
  Message,
  MyRoom,
  Reminder,
  ScheduledMessage,
  Section,
  User,
} from '@confab/protocol';
import type { Changes, Key } from './changes.ts';
import type { Clock, Leadership, Storage, Timer } from './platform/index.ts';
import { messagesOf, type Held } from './state/room-messages.ts';
import { place } from './state/runs.ts';
import { placeOf, type Counted, type State } from './state/state.ts';

/** Raised when older records could not be read any more: they are thrown away, a snapshot replaces them. */
const format = 6;
const writeAfterMs = 1_000;
/** A screenful and a half of each of the rooms looked at last. */
const pageMessagesMax = 50;
const pagesMax = 200;
/** Records that hold the rooms; one room that changes writes those of its record. */
const roomRecords = 64;

type CoreState = Pick<State, 'me' | 'epoch' | 'positions' | 'since' | 'workspace' | 'preferences'> & {
  readonly format: number;
};
interface StoredRoom {
  readonly room: MyRoom;
  readonly counted: Counted;
}
interface StoredPage {
  readonly position: { epoch: number; seq: number };
  readonly held: readonly Held[];
  readonly quotes: readonly Message[];
}

export interface Persistence {
  /** Fills an empty state with what was kept; leaves it empty when there is nothing of use. */
  load(): Promise<void>;
  /** Puts the newest messages of a room back, unless there are some by then. */
  loadPage(roomId: string): Promise<void>;
  /** From now on what changes is written, as soon as it is this client's turn to write. */
  start(): void;
  /** Writes what has changed now, when it is this client's turn. */
  flush(): Promise<void>;
  /** Writes a last time and leaves the writing to others. */
  stop(): Promise<void>;
  /** Forgets everything on this device, unsent messages too. */
  clear(): Promise<void>;
}

export function createPersistence(deps: {
  state: State;
  changes: Changes;
  storage: Storage;
  clock: Clock;
  /**
   * Tabs know the same, each at its moment: were several to write, an older record would stand beside a newer position.
   * Who does not lead remembers what changed.
   */
  leadership: Leadership | undefined;
  /** Nothing is kept from here on; everything else goes on. */
  onFailure: (error: unknown) => void;
}): Persistence {
  const { state, storage } = deps;
  let dirty = new Set<Key>();
  let timer: Timer | null = null;
  let pages: string[] = [];
  let isOff = false;
  let leads = false;
  let giveUpLead: (() => void) | null = null;

  deps.changes.subscribeAll((keys) => {
    if (isOff) return;
    for (const key of keys) dirty.add(key);
    if (leads) timer ??= deps.clock.after(writeAfterMs, () => void flush());
  });

  async function lead(): Promise<void> {
    // Others may have written since this one loaded.
    const known = await attempt(() => storage.read('core:pages'), undefined);
    pages = [...new Set([...pages, ...((known as string[] | undefined) ?? [])])];
    if (!giveUpLead) return;
    leads = true;
    await flush();
  }

  async function attempt<Result>(work: () => Promise<Result>, otherwise: Result): Promise<Result> {
    if (isOff) return otherwise;
    try {
      return await work();
    } catch (error) {
      isOff = true;
      deps.onFailure(error);
      return otherwise;
    }
  }

  async function flush(): Promise<void> {
    timer?.cancel();
    timer = null;
    if (!leads) return;
    const keys = dirty;
    dirty = new Set();
    if (!state.positions || keys.size === 0) return;
    const records = recordsOf(state, keys);
    const before = pages;
    pages = latestPages(pages, records);
    for (const roomId of before) if (!pages.includes(roomId)) records.set(`page:${roomId}`, undefined);
    if (pages !== before) records.set('core:pages', pages);
    await attempt(() => storage.write(records), undefined);
  }

  return {
    load: () =>
      attempt(async () => {
        const core = await readCore(storage);
        if (!core) return;
        const [rooms, users] = await Promise.all([storage.list('rooms:'), storage.list('user:')]);
        pages = (core.get('core:pages') as string[] | undefined) ?? [];
        fillState(state, { core, rooms, users });
      }, undefined),
    loadPage: (roomId) =>
      attempt(async () => {
        const page = (await storage.read(`page:${roomId}`)) as StoredPage | undefined;
        if (page) fillPage(state, roomId, page);
      }, undefined),
    start() {
      if (giveUpLead) return;
      if (deps.leadership) giveUpLead = deps.leadership.lead(() => void lead());
      else {
        leads = true;
        giveUpLead = () => {};
      }
    },
    flush,
    async stop() {
      await flush();
      leads = false;
      giveUpLead?.();
      giveUpLead = null;
    },
    clear() {
      dirty = new Set();
      pages = [];
      return attempt(() => storage.clear(), undefined);
    },
  };
}

function recordsOf(state: State, keys: ReadonlySet<Key>): Map<string, unknown> {
  const { me, epoch, positions, since, workspace, preferences } = state;
  const core: CoreState = { format, me, epoch, positions, since, workspace, preferences };
  const records = new Map<string, unknown>([['core:state', core]]);
  if (keys.has('emoji')) records.set('core:emoji', [...state.emoji.values()]);
  if (keys.has('threads')) records.set('core:threads', [...state.threads.values()]);
  if (keys.has('drafts')) records.set('core:drafts', [...state.drafts.values()]);
  if (keys.has('scheduled')) records.set('core:scheduled', [...state.scheduled.values()]);
  if (keys.has('reminders')) records.set('core:reminders', [...state.reminders.values()]);
  if (keys.has('sections')) records.set('core:sections', [...state.sections.values()]);
  if (keys.has('saved')) records.set('core:saved', [...state.saved]);
  for (const key of keys) {
    const [kind, id] = key.split(':');
    if (id === undefined) continue;
    if (kind === 'user') records.set(`user:${id}`, state.users.get(id));
    if (kind === 'timeline') {
      const page = storedPage(state, id);
      // A room that is merely not held any more keeps the page it had.
      if (page || !state.rooms.has(id)) records.set(`page:${id}`, page);
    }
  }
  for (const [key, value] of roomRecordsOf(state, keys)) records.set(key, value);
  return records;
}

/** Those in which a room has changed. */
function roomRecordsOf(state: State, keys: ReadonlySet<Key>): Map<string, string | undefined> {
  const changed = new Map<string, StoredRoom[]>();
  for (const key of keys) if (key.startsWith('room:')) changed.set(recordOf(key.slice('room:'.length)), []);
  if (changed.size === 0) return new Map();
  for (const [roomId, room] of state.rooms) {
    const counted = state.counted.get(roomId);
    if (counted) changed.get(recordOf(roomId))?.push({ room, counted });
  }
  return new Map(
    [...changed].map(([key, rooms]) => [key, rooms.length === 0 ? undefined : JSON.stringify(rooms)]),
  );
}

function recordOf(roomId: string): string {
  return `rooms:${Number(roomId.slice(-6)) % roomRecords}`;
}

function storedPage(state: State, roomId: string): StoredPage | undefined {
  const room = state.messages.get(roomId);
  const ids = room?.timeline.at(-1)?.ids.slice(-pageMessagesMax);
  if (!room?.position || !ids) return undefined;
  const held = ids.flatMap((id) => room.held.get(id) ?? []);
  const quotes = held.flatMap(({ message }) => room.quotes.get(message.quoteId ?? '') ?? []);
  return { position: room.position, held, quotes };
}

/** Newest first; those beyond the limit are let go of. The same array when nothing moved. */
function latestPages(pages: string[], records: ReadonlyMap<string, unknown>): string[] {
  const written = [...records].flatMap(([key, value]) =>
    key.startsWith('page:') && value !== undefined ? [key.slice('page:'.length)] : [],
  );
  if (written.every((roomId, index) => pages[index] === roomId)) return pages;
  return [...new Set([...written, ...pages])].slice(0, pagesMax);
}

async function readCore(storage: Storage): Promise<Map<string, unknown> | null> {
  const core = new Map(await storage.list('core:'));
  const state = core.get('core:state') as CoreState | undefined;
  if (state === undefined) return null;
  if (state.format === format) return core;
  const kept = await storage.list('outbox:');
  await storage.clear();
  await storage.write(new Map(kept));
  return null;
}

interface Stored {
  readonly core: ReadonlyMap<string, unknown>;
  readonly rooms: readonly (readonly [string, unknown])[];
  readonly users: readonly (readonly [string, unknown])[];
}

/** Only what this build wrote in this format is read, so the shapes are as they were written. */
function fillState(state: State, { core, rooms, users }: Stored): void {
  const { me, epoch, positions, since, workspace, preferences } = core.get('core:state') as CoreState;
  Object.assign(state, { me, epoch, positions, since, workspace, preferences });
  const list = <Value>(key: string): Value[] => (core.get(key) as Value[] | undefined) ?? [];
  for (const emoji of list<CustomEmoji>('core:emoji')) state.emoji.set(emoji.name, emoji);
  for (const thread of list<FollowedThread>('core:threads')) state.threads.set(thread.threadId, thread);
  for (const draft of list<Draft>('core:drafts'))
    state.drafts.set(placeOf(draft.roomId, draft.threadId), draft);
  for (const one of list<ScheduledMessage>('core:scheduled')) state.scheduled.set(one.id, one);
  for (const one of list<Reminder>('core:reminders')) state.reminders.set(one.id, one);
  for (const one of list<Section>('core:sections')) state.sections.set(one.id, one);
  for (const id of list<string>('core:saved')) state.saved.add(id);
  for (const [, text] of rooms) {
    for (const { room, counted } of JSON.parse(text as string) as StoredRoom[]) {
      state.rooms.set(room.room.id, room);
      state.counted.set(room.room.id, counted);
    }
  }
  for (const [, user] of users as [string, User][]) state.users.set(user.id, user);
}

function fillPage(state: State, roomId: string, page: StoredPage): void {
  const room = messagesOf(state, roomId);
  if (room.position || page.position.epoch !== state.epoch) return;
  room.position = page.position;
  room.recentAfter = page.position.seq;
  for (const held of page.held) {
    room.held.set(held.message.id, held);
    if (held.message.ordinal !== null) place(room.timeline, held.message.ordinal, held.message.id);
  }
  for (const quote of page.quotes) room.quotes.set(quote.id, quote);
  state.touch(`timeline:${roomId}`);
}
