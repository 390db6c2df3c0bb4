/** The domains of conversation on a database of one's own, without doors: handlers, people, and what was committed. */
import { createDelivery, type EventLog } from '@confab/server/delivery/index';
import { createDrafts } from '@confab/server/drafts/index';
import type { Caller } from '@confab/server/kit/caller';
import { sql } from '@confab/server/kit/sql';
import { createMessages } from '@confab/server/messages/index';
import { createMemoryBus, type Bus } from '@confab/server/platform/bus/index';
import { createManualClock, type ManualClock } from '@confab/server/platform/clock/index';
import { createMemoryLog, type Log } from '@confab/server/platform/log/index';
import type { Database, PostgresAddress } from '@confab/server/platform/postgres/index';
import { createReactions } from '@confab/server/reactions/index';
import { createReminders } from '@confab/server/reminders/index';
import { createRooms } from '@confab/server/rooms/index';
import { createScheduled } from '@confab/server/scheduled/index';
import { createSections } from '@confab/server/sections/index';
import { createSync } from '@confab/server/sync/index';
import { createThreads } from '@confab/server/threads/index';
import { createUnreads } from '@confab/server/unreads/index';
import type { Input, Output, Role } from '@confab/protocol';
import { createTestDatabase } from './test-database.ts';

/** An event as a reader of its stream gets it. */
export interface Told {
  readonly stream: string;
  readonly seq: number;
  readonly name: string;
  readonly data: unknown;
}

export interface SmallWorld {
  readonly database: Database;
  readonly address: PostgresAddress;
  readonly clock: ManualClock;
  readonly bus: Bus;
  readonly log: EventLog;
  readonly delivery: Awaited<ReturnType<typeof createDelivery>>;
  readonly handlers: ReturnType<typeof createHandlers>;
  person(handle: string, role?: Role): Promise<Caller>;
  /** A client id that nobody has used. */
  fresh(): string;
  /** A room of the first person's with the others in it. @returns its id */
  room(owner: Caller, others?: readonly Caller[], options?: RoomOptions): Promise<string>;
  /** A conversation that the first person opened. @returns its room's id */
  direct(by: Caller, others: readonly Caller[]): Promise<string>;
  /** Time moves on a little with each message. */
  send(by: Caller, roomId: string, text: string, options?: SendOptions): Promise<Output<'message.send'>>;
  /** What has been committed since the last time: transaction by transaction, in each by stream and number. */
  told(): Promise<Told[]>;
  close(): Promise<void>;
}

type RoomOptions = Partial<Input<'room.create'>>;
type SendOptions = Partial<Input<'message.send'>>;

type Deps = Parameters<typeof createMessages>[0] &
  Parameters<typeof createSync>[0] & { readonly logbook: Log };

function createHandlers(deps: Deps) {
  const messages = createMessages(deps);
  const scheduled = createScheduled({ ...deps, send: messages.send });
  const reminders = createReminders(deps);
  // Nothing happens here by itself: tests do what chores do.
  for (const chore of [...scheduled.chores, ...reminders.chores]) void chore.close();
  return {
    ...createRooms(deps).handlers,
    ...messages.handlers,
    ...createReactions(deps).handlers,
    ...createThreads(deps).handlers,
    ...createUnreads(deps).handlers,
    ...createDrafts(deps).handlers,
    ...scheduled.handlers,
    ...reminders.handlers,
    ...createSections(deps).handlers,
    ...createSync(deps).handlers,
  };
}

export async function createSmallWorld(): Promise<SmallWorld> {
  const { database, address, close } = await createTestDatabase();
  const clock = createManualClock();
  const logbook = createMemoryLog();
  const bus = createMemoryBus({ log: logbook });
  const delivery = await createDelivery({ database, bus, clock, logbook, nodeId: 'one' });
  const { log, feeds, committed } = delivery;
  const handlers = createHandlers({ database, clock, log, feeds, committed, logbook });
  const seen = new Map<string, number>();
  let made = 0;
  const fresh = (): string => `client-${String((made += 1)).padStart(6, '0')}`;

  return {
    database,
    address,
    clock,
    bus,
    log,
    delivery,
    handlers,
    async person(handle, role = 'member') {
      const [row] = await database.rows<{ id: string }>(sql`
        insert into users (id, handle, name, role, email, created_at)
        values (nextval('ids'), ${handle}, ${handle}, ${role}, ${`${fresh()}@example.org`}, ${new Date(clock.now())})
        returning id`);
      const userId = row?.id ?? '';
      await log.write([], (_, log) => log.open({ kind: 'user', id: userId }));
      return callerFor(userId, role);
    },
    fresh,
    async room(owner, others = [], options = {}) {
      const made = { clientId: fresh(), kind: 'private', name: fresh(), ...options } as const;
      const { room } = await handlers['room.create'](owner, made);
      const userIds = others.map((one) => one.userId);
      if (userIds.length > 0) await handlers['room.invite'](owner, { roomId: room.room.id, userIds });
      return room.room.id;
    },
    async direct(by, others) {
      const userIds = others.map((one) => one.userId);
      const { room } = await handlers['room.openDirect'](by, { userIds });
      return room.room.id;
    },
    send(by, roomId, text, options = {}) {
      clock.elapse(5);
      return handlers['message.send'](by, { roomId, clientId: fresh(), text, ...options });
    },
    async told() {
      const rows = await database.rows<{ stream: string; seq: number; name: string; data: unknown }>(sql`
        select case s.kind when 'workspace' then 'workspace' else s.kind || ':' || s.id end as stream,
          e.seq::int as seq, e.name, e.data
        from events e join streams s on s.id = e.stream_id order by e.tx, e.stream_id, e.seq`);
      const news = rows.filter(({ stream, seq }) => seq > (seen.get(stream) ?? 0));
      for (const { stream, seq } of news) seen.set(stream, Math.max(seq, seen.get(stream) ?? 0));
      return news;
    },
    async close() {
      delivery.close();
      await bus.close();
      await close();
    },
  };
}

export function callerFor(userId: string, role: Role = 'member'): Caller {
  return {
    userId,
    role,
    scopes: ['read', 'write', 'admin'],
    sessionId: '1',
    tokenId: null,
    connectionId: null,
    address: '127.0.0.1',
    userAgent: 'test',
    startSession: () => {},
    endSession: () => {},
  };
}

/** `user:12 room.added`, for comparing at a glance. */
export function outline(told: readonly Told[]): string[] {
  return told.map(({ stream, name }) => `${stream} ${name}`);
}
