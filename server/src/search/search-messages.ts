import { limits, type Input, type Message, type Output, type Room } from '@confab/protocol';
import type { Caller } from '../kit/caller.ts';
import { cutPage, formatCursor, parseCursor } from '../kit/cursor.ts';
import { Refusal } from '../kit/refusal.ts';
import { findTexts } from '../files/index.ts';
import { sql } from '../kit/sql.ts';
import { findVisible, peopleIn } from '../messages/index.ts';
import type { Clock } from '../platform/clock/index.ts';
import type { Database, Tx } from '../platform/postgres/index.ts';
import { roomColumns, roomView, type RoomRow } from '../rooms/index.ts';
import { findUser } from '../users/index.ts';
import { isTimeZone } from './days.ts';
import { shownText, textsIn } from './entry.ts';
import { parseQuery, type Query } from './parse-query.ts';
import { resolve } from './resolve.ts';
import type { SearchIndex, Wish } from './search-index.ts';
import { snippetOf } from './snippet.ts';
import { weigh } from './weigh.ts';

interface Deps {
  readonly database: Database;
  readonly clock: Clock;
  readonly index: SearchIndex;
}

interface Page {
  readonly ids: readonly string[];
  readonly next: string | null;
}

const pageDefault = 20;

/** A page of what somebody may read and looks for. All of it is of one moment. @throws Refusal invalid */
export async function searchMessages(
  deps: Deps,
  caller: Caller,
  input: Input<'search.messages'>,
): Promise<Output<'search.messages'>> {
  const { timeZone } = input;
  if (timeZone !== undefined && !isTimeZone(timeZone)) {
    throw new Refusal('invalid', { path: '/timeZone', expected: 'a time zone such as Europe/Berlin' });
  }
  return deps.database.read(async (tx) => {
    const zone = timeZone ?? (await findUser(tx, caller.userId))?.timeZone ?? 'UTC';
    const query = parseQuery(input.query.replaceAll('\u0000', ' '), {
      now: deps.clock.now(),
      timeZone: isTimeZone(zone) ? zone : 'UTC',
    });
    const { wish, problems } = await resolve(tx, query, caller.userId);
    if (problems.length > 0 || isEmpty(query)) {
      return { results: [], users: [], rooms: [], problems, next: null };
    }
    const find = input.sort === 'relevance' ? findBest : findNewest;
    const { ids, next } = await find(tx, deps.index, { wish, userId: caller.userId, input });
    return { ...(await show(tx, ids, { wish, userId: caller.userId })), problems: [], next };
  });
}

function isEmpty({ terms, named, flags, from, before }: Query): boolean {
  return terms.length + named.length + flags.length === 0 && from === null && before === null;
}

interface Asked {
  readonly wish: Wish;
  readonly userId: string;
  readonly input: Input<'search.messages'>;
}

async function findNewest(tx: Tx, index: SearchIndex, { wish, userId, input }: Asked): Promise<Page> {
  const { cursor, limit = pageDefault } = input;
  const below = cursor === undefined ? null : parseCursor(cursor, ['number'])[0];
  const found = await index.find(tx, wish, { userId, below, count: limit + 1 });
  const { rows, next } = cutPage(found, limit, ({ messageId }) => [messageId]);
  return { ids: rows.map(({ messageId }) => messageId), next };
}

/** The cursor names the newest message that was weighed, so that what comes meanwhile does not move the pages. */
async function findBest(tx: Tx, index: SearchIndex, { wish, userId, input }: Asked): Promise<Page> {
  const { cursor, limit = pageDefault } = input;
  const [newest, from] = cursor === undefined ? [null, '0'] : parseCursor(cursor, ['number', 'number']);
  const below = newest === null ? null : String(BigInt(newest) + 1n);
  const found = await index.find(tx, wish, { userId, below, count: limits.searchWeighedMax });
  const best = weigh(found, wish.terms);
  const start = Number(from);
  const end = start + limit;
  const first = newest ?? found[0]?.messageId ?? '0';
  return {
    ids: best.slice(start, end),
    next: end < best.length ? formatCursor(first, String(end)) : null,
  };
}

async function show(
  tx: Tx,
  ids: readonly string[],
  { wish, userId }: { wish: Wish; userId: string },
): Promise<Pick<Output<'search.messages'>, 'results' | 'users' | 'rooms'>> {
  const visible = await findVisible(tx, ids, userId);
  const byId = new Map(visible.map((message) => [message.id, message]));
  // The index learns of a deletion a moment later.
  const messages = ids.flatMap((id) => byId.get(id) ?? []).filter(({ deletedAt }) => deletedAt === null);
  const snippets = messages.map((message) => snippetOf(textOf(message), wish.terms));
  // Where the message itself shows none of the words, they stand in its files.
  const unmarked = messages.filter((_, n) => snippets[n]?.marks.length === 0);
  const texts = hasWords(wish)
    ? await findTexts(
        tx,
        unmarked.flatMap(({ files = [] }) => files.map(({ id }) => id)),
      )
    : new Map<string, string>();
  return {
    results: messages.map((message, n) => {
      const inFiles = textsIn(message, texts);
      const own = snippets[n];
      if (own && (own.marks.length > 0 || inFiles.length === 0)) return { message, snippet: own };
      return { message, snippet: snippetOf([textOf(message), ...inFiles].join(' · '), wish.terms) };
    }),
    users: await peopleIn(tx, messages),
    rooms: await findRooms(
      tx,
      messages.map(({ roomId }) => roomId),
    ),
  };
}

const hasWords = ({ terms }: Wish): boolean => terms.some(({ excluded }) => !excluded);

/** What is found by words stands in the snippet: names of files, too. */
function textOf({ text, files = [] }: Message): string {
  return [shownText(text), ...files.map(({ name }) => name)].filter((part) => part !== '').join(' · ');
}

/** Rooms of messages that may be read may be named. */
async function findRooms(tx: Tx, ids: readonly string[]): Promise<Room[]> {
  if (ids.length === 0) return [];
  const rows = await tx.rows<RoomRow>(
    sql`select ${roomColumns} from rooms r where r.id = any(${[...new Set(ids)]}::bigint[])`,
  );
  return rows.map(roomView);
}
