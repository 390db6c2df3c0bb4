import { limits, type Input, type Output } from '@confab/protocol';
import type { Caller } from '../kit/caller.ts';
import { cutPage, parseCursor } from '../kit/cursor.ts';
import { nothing, sql } from '../kit/sql.ts';
import type { Database } from '../platform/postgres/index.ts';
import { peopleIn } from './company.ts';
import { forMessage, visibleTo } from './doors.ts';
import { listSaved } from './saved-store.ts';
import { findEdits, findMessages } from './store.ts';

interface Deps {
  readonly database: Database;
}

/** One message. @throws Refusal not_found */
export async function readMessage(
  deps: Deps,
  caller: Caller,
  input: Input<'message.get'>,
): Promise<Output<'message.get'>> {
  return deps.database.read(async (tx) => {
    const message = await forMessage(tx, input.messageId, caller.userId);
    return { message, users: await peopleIn(tx, [message]) };
  });
}

/** What a message said before its edits; a deletion takes that too. @throws Refusal not_found */
export async function readEdits(
  deps: Deps,
  caller: Caller,
  input: Input<'message.edits'>,
): Promise<Output<'message.edits'>> {
  return deps.database.read(async (tx) => {
    const message = await forMessage(tx, input.messageId, caller.userId);
    return { edits: await findEdits(tx, message.id) };
  });
}

/** Saved messages that can still be seen, newest first. */
export async function readSaved(
  deps: Deps,
  caller: Caller,
  input: Input<'saved.list'>,
): Promise<Output<'saved.list'>> {
  const { cursor, limit = limits.pageDefault } = input;
  const after = cursor === undefined ? null : savedAfter(cursor);
  return deps.database.read(async (tx) => {
    const rows = await listSaved(tx, caller.userId, { after, count: limit + 1 });
    const { rows: saved, next } = cutPage(rows, limit, ({ message, savedAt }) => [
      String(savedAt),
      message.id,
    ]);
    const messages = saved.map(({ message }) => message);
    return { saved: [...saved], users: await peopleIn(tx, messages), next };
  });
}

function savedAfter(cursor: string): { savedAt: Date; messageId: string } {
  const [savedAt, messageId] = parseCursor(cursor, ['time', 'number']);
  return { savedAt: new Date(Number(savedAt)), messageId };
}

/** Messages that mention this person by handle, in rooms they may still read, newest first. */
export async function readMentions(
  deps: Deps,
  caller: Caller,
  input: Input<'mention.list'>,
): Promise<Output<'mention.list'>> {
  const { cursor, limit = limits.pageDefault } = input;
  const { userId } = caller;
  const beyond =
    cursor === undefined ? nothing : sql`and p.message_id < ${parseCursor(cursor, ['number'])[0]}`;
  return deps.database.read(async (tx) => {
    const rows = await findMessages(
      tx,
      sql`g.id in (
        select p.message_id from mentions p join messages g on g.id = p.message_id
        where p.user_id = ${userId} ${beyond} and ${visibleTo(userId)}
        order by p.message_id desc limit ${limit + 1})`,
      sql`order by g.id desc`,
    );
    const { rows: messages, next } = cutPage(rows, limit, ({ id }) => [id]);
    return { messages: [...messages], users: await peopleIn(tx, messages), next };
  });
}
