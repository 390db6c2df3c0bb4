import { roomStream, userStream } from '../delivery/index.ts';
import { nothing, sql } from '../kit/sql.ts';
import type { FileDeps } from './deps.ts';
import { lookView, type FileRow } from './views.ts';

/** Longer than telling of one content takes; then whoever tells is taken for dead, and it is told again. */
const leaseMs = 60_000;
/**
 * A message may have been on its way, with what was known of its files before. It is told when it has come: later than any
 * send goes on trying.
 */
const onTheirWayMs = 30_000;
/** Of one content. Pages that show older ones learn it when they read them anew. */
const messagesMax = 500;

type Deps = Pick<FileDeps, 'database' | 'clock' | 'log'>;

interface Due {
  readonly hash: string;
  readonly changed_at: Date;
  /** When it was due, and until when it is claimed. */
  readonly was_due_at: Date;
  readonly tell_due_at: Date;
}

/** Tells rooms what became of files of their messages. Any number of nodes may do it at once; told twice is no harm. */
export async function tellDue(deps: Deps, stopped: () => boolean): Promise<void> {
  while (!stopped()) {
    const one = await claim(deps);
    if (one === null) return;
    await tell(deps, one);
  }
}

async function claim({ database, clock }: Deps): Promise<Due | null> {
  const now = clock.now();
  const [one] = await database.rows<Due>(sql`
    update contents c set tell_due_at = ${new Date(now + leaseMs)}
    from (select hash, tell_due_at as was_due_at from contents where tell_due_at <= ${new Date(now)}
      order by tell_due_at limit 1 for update skip locked) d
    where c.hash = d.hash returning c.hash, c.changed_at, d.was_due_at, c.tell_due_at`);
  return one ?? null;
}

async function tell(deps: Deps, one: Due): Promise<void> {
  const { database, clock } = deps;
  const changedAt = one.changed_at.getTime();
  const isFirst = one.was_due_at.getTime() <= changedAt;
  const begunAt = clock.now();
  const since = isFirst ? nothing : sql`and g.at > ${new Date(changedAt - onTheirWayMs)}`;
  const places = await database.rows<{ room_id: string; message_id: string }>(sql`
    select g.room_id, a.message_id from files f
    join attachments a on a.file_id = f.id join messages g on g.id = a.message_id ${since}
    where f.content_hash = ${one.hash} order by a.message_id desc limit ${messagesMax}`);
  for (const roomId of new Set(places.map((place) => place.room_id))) {
    const ids = places.flatMap((place) => (place.room_id === roomId ? place.message_id : []));
    await tellRoom(deps, { hash: one.hash, roomId, messageIds: ids });
  }
  if (isFirst) await tellUploaders(deps, one.hash);
  const next = begunAt < changedAt + onTheirWayMs ? new Date(changedAt + onTheirWayMs) : null;
  await database.rows(sql`
    update contents set tell_due_at = ${next} where hash = ${one.hash} and tell_due_at = ${one.tell_due_at}`);
}

/** What it is at this moment; a message that was deleted meanwhile has no files. */
async function tellRoom(
  { log }: Deps,
  { hash, roomId, messageIds }: { hash: string; roomId: string; messageIds: readonly string[] },
): Promise<void> {
  const stream = roomStream(roomId);
  await log.write([stream], async (tx, appender) => {
    const rows = await tx.rows<FileRow & { message_id: string }>(sql`
      select a.message_id, f.id, c.width, c.height, c.thumbnail_key, c.scan, c.finding
      from attachments a join files f on f.id = a.file_id join contents c on c.hash = f.content_hash
      where a.message_id = any(${messageIds}::bigint[]) and f.content_hash = ${hash} order by a.message_id`);
    for (const row of rows) {
      const file = { id: row.id, ...lookView(row) };
      appender.append(stream, 'file.changed', { messageId: row.message_id, file });
    }
  });
}

/** Whoever uploaded what is not served, or not any more, also before a message has it. */
async function tellUploaders({ database, log }: Deps, hash: string): Promise<void> {
  const files = await database.rows<
    Pick<FileRow, 'id' | 'room_id' | 'user_id' | 'name' | 'scan' | 'finding'>
  >(sql`
    select f.id, f.room_id, f.user_id, f.name, c.scan, c.finding from files f join contents c on c.hash = f.content_hash
    where c.hash = ${hash} and c.scan in ('infected', 'too_large') order by f.id desc limit ${messagesMax}`);
  for (const { id, room_id: roomId, user_id: userId, name, scan, finding } of files) {
    if (scan !== 'infected' && scan !== 'too_large') continue;
    const stream = userStream(userId);
    await log.write([stream], async (_, appender) => {
      const found = finding === null ? {} : { finding };
      appender.append(stream, 'file.withheld', { fileId: id, roomId, name, check: scan, ...found });
    });
  }
}
