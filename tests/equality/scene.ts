/** A small company on a node of its own: who is in which room, and what has been said. New for each case. */
import type { CallName, Input, Output } from '@confab/protocol';
import { createNode } from '@confab/server/app';
import { createMemoryMail } from '@confab/server/platform/mail/index';
import type { Caller } from '@confab/server/kit/caller';
import type { Handlers } from '@confab/server/kit/handlers';
import { sql } from '@confab/server/kit/sql';
import { createManualClock, type ManualClock } from '@confab/server/platform/clock/index';
import type { Database } from '@confab/server/platform/postgres/index';
import { testPlatform, testSettings } from '../support/platform.ts';
import { callerFor } from '../support/small-world.ts';
import { createTestDatabase } from '../support/test-database.ts';

/**
 * ann owns `team` (private), `open` (public) and opened `chat` (a conversation) with bob. bob and cleo are in `team`,
 * bob in `open`. dora is in none of them and looks at `open` from outside. ida owns the workspace.
 */
export const names = ['ann', 'bob', 'cleo', 'dora', 'ida'] as const;
export type Name = (typeof names)[number];
export const roomNames = ['team', 'open', 'chat'] as const;
export type RoomName = (typeof roomNames)[number];

export interface Scene {
  /** For what no command leaves. */
  readonly database: Database;
  readonly people: Readonly<Record<Name, Caller>>;
  readonly rooms: Readonly<Record<RoomName, string>>;
  /** Messages by their text: `first` and `second` in `team` (with `@ann @all`), `root` there, `public`, `private`. */
  readonly said: Map<string, string>;
  /** As one of them. */
  as<Call extends CallName>(name: Name, call: Call, input: Input<Call>): Promise<Output<Call>>;
  say(name: Name, room: RoomName, text: string, rest?: Partial<Input<'message.send'>>): Promise<string>;
  /** A message that was said. */
  message(text: string): string;
  /** A client id that nobody has used. */
  fresh(): string;
}

export interface Stage {
  readonly database: Database;
  readonly handlers: Handlers;
  readonly clock: ManualClock;
  scene(): Promise<Scene>;
  close(): Promise<void>;
}

export async function createStage(): Promise<Stage> {
  const { database, close } = await createTestDatabase();
  const clock = createManualClock();
  const node = await createNode({ ...testPlatform(database), clock, mail: createMemoryMail() }, testSettings);
  let made = 0;
  const fresh = (): string => `stage-${String((made += 1)).padStart(8, '0')}`;

  async function person(name: Name): Promise<Caller> {
    const role = name === 'ida' ? 'owner' : 'member';
    const at = new Date(clock.now());
    const [row] = await database.rows<{ id: string }>(sql`
      with person as (
        insert into users (id, handle, name, role, email, created_at)
        values (nextval('ids'), ${name}, ${name}, ${role}, ${`${fresh()}@example.org`}, ${at}) returning id
      )
      insert into streams (id, kind, moved_at, last_at) select id, 'user', ${at}, ${at} from person returning id`);
    return callerFor(row?.id ?? '', role);
  }

  async function scene(): Promise<Scene> {
    // Handles are this company's alone, so that texts can name its people, and so is what newcomers are put into.
    await database.rows(sql`update users set handle = 'former-' || id where handle = any(${names})`);
    await database.rows(sql`update rooms set is_default = false where is_default`);
    const entries = [];
    for (const name of names) entries.push([name, await person(name)] as const);
    const people = Object.fromEntries(entries) as Record<Name, Caller>;
    const said = new Map<string, string>();
    const as: Scene['as'] = (name, call, input) => {
      clock.elapse(7);
      const handler = node.handlers[call] as unknown as (caller: Caller, input: unknown) => Promise<never>;
      return handler(people[name], input);
    };
    const rooms = await makeRooms(as, people, fresh);
    const say: Scene['say'] = async (name, room, text, rest = {}) => {
      const { messageId } = await as(name, 'message.send', {
        roomId: rooms[room],
        clientId: fresh(),
        text,
        ...rest,
      });
      said.set(text, messageId);
      return messageId;
    };
    const message = (text: string): string => said.get(text) ?? '';
    await talk({ as, say, message });
    return { database, people, rooms, said, as, say, message, fresh };
  }

  return {
    database,
    handlers: node.handlers,
    clock,
    scene,
    async close() {
      await node.close();
      await close();
    },
  };
}

async function makeRooms(
  as: Scene['as'],
  people: Scene['people'],
  fresh: () => string,
): Promise<Record<RoomName, string>> {
  const userIds = [people.bob.userId, people.cleo.userId];
  const make = async (kind: 'public' | 'private'): Promise<string> =>
    (await as('ann', 'room.create', { clientId: fresh(), kind, name: fresh() })).room.room.id;
  const team = await make('private');
  await as('ann', 'room.invite', { roomId: team, userIds });
  const open = await make('public');
  await as('bob', 'room.join', { roomId: open });
  const { room: chat } = await as('ann', 'room.openDirect', { userIds: [people.bob.userId] });
  return { team, open, chat: chat.room.id };
}

/** Some of everything: mentions, replies, reactions, pins, reads, drafts and saved messages. */
async function talk({ as, say, message }: Pick<Scene, 'as' | 'say' | 'message'>): Promise<void> {
  await say('ann', 'team', 'first');
  await say('bob', 'team', 'second @ann @all', { quoteId: message('first') });
  await say('cleo', 'team', 'root');
  await say('bob', 'team', 'reply one', { threadId: message('root') });
  await say('ann', 'team', 'reply two @bob', { threadId: message('root') });
  await say('bob', 'team', 'third @cleo');
  await say('ann', 'open', 'public');
  await say('bob', 'chat', 'private');
  await as('cleo', 'reaction.add', { messageId: message('second @ann @all'), emoji: '🎉' });
  await as('bob', 'reaction.add', { messageId: message('first'), emoji: '👍' });
  await as('bob', 'message.pin', { messageId: message('first') });
  await as('bob', 'message.save', { messageId: message('first') });
  await as('bob', 'draft.set', { roomId: await roomOf(as, message('first')), text: 'unsent' });
}

async function roomOf(as: Scene['as'], messageId: string): Promise<string> {
  const { message } = await as('ann', 'message.get', { messageId });
  return message.roomId;
}
