/** The log as plain SQL finds it, and when each event came into it. */
import { sql } from '@confab/server/kit/sql';
import type { Database } from '@confab/server/platform/postgres/index';

export interface LogEvent {
  readonly seq: number;
  readonly name: string;
  readonly data: unknown;
}

export interface LogStream {
  readonly name: string;
  readonly id: string;
  readonly kind: 'room' | 'user' | 'workspace';
  readonly head: number;
  readonly ordinal: number;
  readonly events: readonly LogEvent[];
}

export interface LogMessage {
  readonly id: string;
  readonly roomId: string;
  readonly authorId: string;
  readonly clientId: string;
  readonly seq: number;
  readonly ordinal: number | null;
  readonly threadOrdinal: number | null;
  readonly text: string;
  readonly deleted: boolean;
}

export interface LogReading {
  /** By name, as on the wire. */
  readonly streams: ReadonlyMap<string, LogStream>;
  readonly messages: readonly LogMessage[];
  readonly memberships: readonly {
    readonly roomId: string;
    readonly userId: string;
    readonly readOrdinal: number;
  }[];
  readonly rooms: readonly { readonly id: string; readonly kind: string; readonly memberCount: number }[];
}

export async function readWholeLog(database: Database): Promise<LogReading> {
  return {
    streams: await readStreams(database),
    messages: await readMessages(database),
    memberships: await database.rows(sql`
      select room_id as "roomId", user_id as "userId", read_ordinal::int as "readOrdinal"
      from memberships order by room_id, user_id`),
    rooms: await database.rows(sql`select id, kind, member_count as "memberCount" from rooms order by id`),
  };
}

async function readStreams(database: Database): Promise<Map<string, LogStream>> {
  const streams = await database.rows<{ id: string; kind: LogStream['kind']; head: string; ordinal: string }>(
    sql`select id, kind, head, ordinal from streams order by id`,
  );
  const rows = await database.rows<{ stream_id: string; seq: string; name: string; data: unknown }>(
    sql`select stream_id, seq, name, data from events order by stream_id, seq`,
  );
  const byStream = new Map<string, LogEvent[]>(streams.map(({ id }) => [id, []]));
  for (const { stream_id: id, seq, name, data } of rows)
    byStream.get(id)?.push({ seq: Number(seq), name, data });
  return new Map(
    streams.map(({ id, kind, head, ordinal }) => {
      const name = kind === 'workspace' ? 'workspace' : `${kind}:${id}`;
      const events = byStream.get(id) ?? [];
      return [name, { name, id, kind, head: Number(head), ordinal: Number(ordinal), events }];
    }),
  );
}

async function readMessages(database: Database): Promise<LogMessage[]> {
  const rows = await database.rows<{
    [Key in keyof LogMessage]: LogMessage[Key] extends boolean ? boolean : string | null;
  }>(sql`
    select id, room_id as "roomId", author_id as "authorId", client_id as "clientId", seq, ordinal,
      thread_ordinal as "threadOrdinal", text, deleted_at is not null as deleted
    from messages order by room_id, seq`);
  const number = (value: string | null): number | null => (value === null ? null : Number(value));
  return rows.map((row) => ({
    id: row.id ?? '',
    roomId: row.roomId ?? '',
    authorId: row.authorId ?? '',
    clientId: row.clientId ?? '',
    seq: Number(row.seq),
    ordinal: number(row.ordinal),
    threadOrdinal: number(row.threadOrdinal),
    text: row.text ?? '',
    deleted: row.deleted,
  }));
}
