import type { Input, Message, Output } from '@confab/protocol';
import type { StreamEvent } from '../delivery/index.ts';
import { administers, type Caller } from '../kit/caller.ts';
import { Refusal } from '../kit/refusal.ts';
import { sql } from '../kit/sql.ts';
import type { Clock } from '../platform/clock/index.ts';
import type { Database, Tx } from '../platform/postgres/index.ts';
import { countRooms } from '../rooms/index.ts';
import { countUsers } from '../users/index.ts';

const daysDefault = 30;
const dayMs = 86_400_000;

/** Days are those of UTC, oldest first, ending with today; `people` counts who wrote a message. @throws Refusal forbidden */
export async function readStatistics(
  deps: { database: Database; clock: Clock },
  caller: Caller,
  input: Input<'workspace.statistics'>,
): Promise<Output<'workspace.statistics'>> {
  if (!administers(caller)) throw new Refusal('forbidden', { needs: 'admin' });
  const { days = daysDefault } = input;
  const today = dayOf(deps.clock.now());
  const first = dayOf(deps.clock.now() - (days - 1) * dayMs);
  return deps.database.read(async (tx) => {
    const rows = await tx.rows<{ day: string; messages: number; people: number }>(sql`
      select to_char(d.day, 'YYYY-MM-DD') as day, coalesce(m.messages, 0)::int as messages,
        (select count(*)::int from daily_people p where p.day = d.day) as people
      from generate_series(${first}::date, ${today}::date, interval '1 day') as s(moment)
      cross join lateral (select s.moment::date as day) d
      left join daily_messages m on m.day = d.day
      order by d.day`);
    const [all] = await tx.rows<{ messages: number }>(
      sql`select coalesce(sum(messages), 0)::float8 as messages from daily_messages`,
    );
    return {
      days: rows,
      people: await countUsers(tx),
      rooms: await countRooms(tx),
      messages: all?.messages ?? 0,
    };
  });
}

/** What the durable reader of all streams does with a batch: counts the messages of each day, and who wrote them. */
export async function countMessages(tx: Tx, events: readonly StreamEvent[]): Promise<void> {
  const sent = events
    .filter((event) => event.stream.kind === 'room' && event.name === 'message.sent')
    .map((event) => ({
      day: dayOf(event.at),
      user_id: event.data<{ message: Message }>().message.authorId,
    }));
  if (sent.length === 0) return;
  const rows = JSON.stringify(sent);
  await tx.rows(sql`
    insert into daily_messages (day, messages)
    select day, count(*) from json_to_recordset(${rows}::json) as x(day date) group by day
    on conflict (day) do update set messages = daily_messages.messages + excluded.messages`);
  await tx.rows(sql`
    insert into daily_people (day, user_id)
    select distinct day, user_id from json_to_recordset(${rows}::json) as x(day date, user_id bigint)
    on conflict do nothing`);
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
