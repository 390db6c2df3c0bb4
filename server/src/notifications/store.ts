/** Keys, subscriptions and notifications. */
import type { Preferences } from '@confab/protocol';
import { limits } from '@confab/protocol';
import { sql } from '../kit/sql.ts';
import type { Database, Tx } from '../platform/postgres/index.ts';
import type { PushKeys } from '../platform/push/index.ts';
import { preferencesOf } from '../users/index.ts';
import type { Channels, NotificationDeps } from './deps.ts';
import type { Decided, Heard, Listener } from './rules.ts';
import { isLiving } from './subscription.ts';

const dayMs = 86_400_000;
const removedAtOnce = 1_000;

/** The workspace's keys; made by whoever asks first. */
export async function forKeys({
  database,
  push,
  clock,
}: Pick<NotificationDeps, 'database' | 'push' | 'clock'>): Promise<PushKeys> {
  const find = () =>
    database.rows<{ public_key: string; private_key: string }>(
      sql`select public_key, private_key from push_keys where id = 1`,
    );
  let [row] = await find();
  if (!row) {
    const made = await push.makeKeys();
    await database.rows(sql`
      insert into push_keys (id, public_key, private_key, made_at)
      values (1, ${made.publicKey}, ${made.privateKey}, ${new Date(clock.now())}) on conflict (id) do nothing`);
    [row] = await find();
  }
  if (!row) throw new Error('the keys of push vanished');
  return { publicKey: row.public_key, privateKey: row.private_key };
}

interface ListenerRow {
  user_id: string;
  room_id: string | null;
  level: Listener['level'];
  muted: boolean | null;
  preferences: Partial<Preferences>;
  time_zone: string;
}

/** From so many on it is quicker to ask who wants more, of all people, and whether they are in the room. */
const manyMembers = 1_000;

/** Of a user `u`; word for word the condition of the index `users_who_want_more`. */
const wantsMore = sql`(u.preferences->>'noticeLevel' = 'everything'
  or jsonb_array_length(coalesce(u.preferences->'keywords', '[]')) > 0)`;

/**
 * Those with a browser to notify, or who get mail: whoever was told something, and of the rooms those who want everything, have keywords, or
 * are called with everybody. One statement, whose cost grows with those and with rooms, and neither with messages nor with
 * members who want no more than what is told them.
 */
export async function findListeners(
  tx: Tx,
  heard: Heard,
  { now, channels }: { now: Date; channels: Channels },
): Promise<Listener[]> {
  const places = [
    ...new Map(
      heard.told.map(({ userId, occasion: { kind, roomId } }) => {
        const room = kind === 'reminder' ? null : roomId;
        return [`${userId} ${room}`, { userId, room }];
      }),
    ).values(),
  ];
  const roomIds = [...new Set(heard.said.map(({ roomId }) => roomId))];
  const called = [...new Set(heard.said.flatMap(({ roomId, isForAll }) => (isForAll ? [roomId] : [])))];
  const rows = await tx.rows<ListenerRow>(sql`
    with place as (
      select w.user_id, w.room_id, m.level, m.muted
      from unnest(${places.map(({ userId }) => userId)}::bigint[], ${places.map(({ room }) => room)}::bigint[])
        as w(user_id, room_id)
      left join memberships m on m.user_id = w.user_id and m.room_id = w.room_id
      where w.room_id is null or m.user_id is not null
      union
      select user_id, room_id, level, muted from memberships where room_id = any(${called}::bigint[])
      union
      select user_id, room_id, level, muted from memberships
      where room_id = any(${roomIds}::bigint[]) and level = 'everything'
      union
      select m.user_id, m.room_id, m.level, m.muted
      from rooms r join memberships m on m.room_id = r.id join users u on u.id = m.user_id
      where r.id = any(${roomIds}::bigint[]) and r.member_count < ${manyMembers} and ${wantsMore}
      union
      -- Of a large room fewer want more than are in it. \`offset 0\` keeps it a look-up for each of them.
      select m.user_id, m.room_id, m.level, m.muted
      from rooms r join users u on ${wantsMore}
      cross join lateral (
        select x.* from memberships x where x.user_id = u.id and x.room_id = r.id offset 0) m
      where r.id = any(${roomIds}::bigint[]) and r.member_count >= ${manyMembers}
    )
    select w.user_id, w.room_id, w.level, w.muted, u.preferences, u.time_zone
    from place w
    cross join lateral (
      select x.* from users x where x.id = w.user_id and x.deactivated_at is null offset 0) u
    where (${channels.mail} and u.preferences->>'missedMail' is distinct from 'never') or (${channels.push} and exists (
      select 1 from push_subscriptions p where p.user_id = w.user_id and ${isLiving(now)} offset 0))`);
  return rows.map((row) => ({
    userId: row.user_id,
    roomId: row.room_id,
    level: row.level,
    muted: row.muted,
    preferences: preferencesOf(row.preferences),
    timeZone: row.time_zone,
  }));
}

/** What is no browser's: it waits for a mail to its person. */
export const mailbox = '0';

/**
 * One for each browser of each person and one for their mailbox, unless it is there already. Times in milliseconds.
 * @returns how many are for browsers, and how many for mailboxes
 */
export async function insertNotifications(
  tx: Tx,
  decided: readonly Decided[],
  { now, dueAt, channels }: { now: number; dueAt: number; channels: Channels },
): Promise<{ browsers: number; mailboxes: number }> {
  const items = decided.map(({ userId, occasion, mailAfterMs }) => ({
    user_id: userId,
    key: occasion.key,
    kind: occasion.kind,
    room_id: occasion.roomId,
    message_id: occasion.messageId,
    reminder_id: occasion.reminderId,
    at: new Date(occasion.at),
    mail_due_at: mailAfterMs === null || !channels.mail ? null : new Date(occasion.at + mailAfterMs),
  }));
  const rows = await tx.rows<{ subscription_id: string }>(sql`
    insert into notifications
      (id, user_id, subscription_id, occasion, kind, room_id, message_id, reminder_id, at, due_at, mail_due_at)
    select nextval('ids'), i.user_id, c.id, i.key, i.kind, i.room_id, i.message_id, i.reminder_id, i.at, c.due_at,
      c.mail_due_at
    from json_to_recordset(${JSON.stringify(items)}::json) as i(user_id bigint, key text, kind text, room_id bigint,
      message_id bigint, reminder_id bigint, at timestamptz, mail_due_at timestamptz)
    cross join lateral (
      select p.id, ${new Date(dueAt)}::timestamptz as due_at, null::timestamptz as mail_due_at
      from push_subscriptions p
      where ${channels.push} and p.user_id = i.user_id and ${isLiving(new Date(now))}
      union all
      select ${mailbox}::bigint, null, i.mail_due_at
      where i.mail_due_at is not null and (
        select count(*) from (
          select 1 from notifications w where w.user_id = i.user_id and w.mail_due_at is not null
          limit ${limits.missedWaitingMax}) w
      ) < ${limits.missedWaitingMax}
    ) c
    on conflict (user_id, occasion, subscription_id) do nothing
    returning subscription_id`);
  const mailboxes = rows.filter((row) => row.subscription_id === mailbox).length;
  return { browsers: rows.length - mailboxes, mailboxes };
}

/**
 * Some of what is due, earliest first, for this node alone until `leaseMs` have passed; after that, whoever claimed it is
 * taken for dead. @returns ids
 */
export async function claimDue(
  database: Database,
  { now, leaseMs, count }: { now: number; leaseMs: number; count: number },
): Promise<string[]> {
  const rows = await database.rows<{ id: string }>(sql`
    update notifications n set due_at = ${new Date(now + leaseMs)}, attempts = attempts + 1
    from (
      select id from notifications where due_at <= ${new Date(now)} order by due_at, id limit ${count}
      for update skip locked
    ) c where n.id = c.id returning n.id`);
  return rows.map(({ id }) => id);
}

/** @param claim who lost theirs to another node changes nothing any more */
export async function endNotification(
  database: Database,
  claim: { id: string; attempts: number },
  end: { outcome: 'sent' | 'needless' | 'failed'; reason: string | null; at: Date },
): Promise<void> {
  await database.rows(sql`
    update notifications set due_at = null, outcome = ${end.outcome}, reason = ${end.reason}, ended_at = ${end.at}
    where id = ${claim.id} and attempts = ${claim.attempts} and due_at is not null`);
}

/** @param again.isCounted false where nobody was asked */
export async function putOff(
  database: Database,
  claim: { id: string; attempts: number },
  again: { at: Date; reason: string | null; isCounted: boolean },
): Promise<void> {
  await database.rows(sql`
    update notifications set due_at = ${again.at}, reason = ${again.reason},
      attempts = attempts - ${again.isCounted ? 0 : 1}::int
    where id = ${claim.id} and attempts = ${claim.attempts} and due_at is not null`);
}

export async function removeSubscription(tx: Tx, id: string): Promise<void> {
  await tx.rows(sql`delete from push_subscriptions where id = ${id}`);
}

export async function removeEnded({
  database,
  clock,
}: Pick<NotificationDeps, 'database' | 'clock'>): Promise<void> {
  const before = new Date(clock.now() - limits.notificationDaysMax * dayMs);
  for (let count = removedAtOnce; count === removedAtOnce;) {
    const rows = await database.rows(sql`
      delete from notifications where id in (
        select id from notifications where ended_at < ${before} limit ${removedAtOnce}) returning id`);
    count = rows.length;
  }
}
