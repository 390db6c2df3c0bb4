import type { Mentions, Preferences, PushKind } from '@confab/protocol';
import { sql } from '../kit/sql.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { isLiving } from './subscription.ts';

/** A notification with all that decides whether it is still sent, and what it says, as it is at this moment. */
export interface Waiting {
  readonly id: string;
  readonly user_id: string;
  readonly subscription_id: string;
  readonly occasion: string;
  readonly kind: PushKind;
  readonly room_id: string | null;
  readonly message_id: string | null;
  readonly at: Date;
  readonly attempts: number;
  /** Null: the browser or its session is gone. */
  readonly endpoint: string | null;
  readonly public_key: string;
  readonly secret: string;
  readonly hides_content: boolean;
  readonly preferences: Partial<Preferences>;
  readonly time_zone: string;
  readonly is_member: boolean;
  readonly room_kind: string | null;
  readonly room_name: string | null;
  readonly people_count: number;
  /** Of a conversation, without whoever is notified. */
  readonly people: string | null;
  readonly author: string | null;
  readonly text: string | null;
  readonly mentions: Mentions | null;
  readonly is_deleted: boolean;
  readonly ordinal: string | null;
  readonly thread_id: string | null;
  readonly is_read: boolean;
  /** Null: done, put off or deleted meanwhile. */
  readonly note: string | null;
}

/** What a person may not see (any more) does not come along: the join with memberships is the door. */
export function findWaiting(tx: Tx, ids: readonly string[], now: Date): Promise<Waiting[]> {
  return tx.rows<Waiting>(sql`
    select n.id, n.user_id, n.subscription_id, n.occasion, n.kind, n.room_id, n.message_id, n.at, n.attempts,
      case when ${isLiving(now)} then p.endpoint end as endpoint, p.public_key, p.secret,
      coalesce(p.hides_content, true) as hides_content,
      u.preferences, u.time_zone, m.user_id is not null as is_member,
      r.kind as room_kind, r.name as room_name, coalesce(cardinality(r.people), 0) as people_count,
      (select string_agg(x.name, ', ' order by x.name) from users x
        where r.kind = 'direct' and x.id = any(r.people) and x.id <> n.user_id) as people,
      a.name as author, g.text, g.mentions, g.id is null or g.deleted_at is not null as is_deleted,
      g.ordinal, g.thread_id,
      coalesce(m.read_ordinal >= g.ordinal, false) or coalesce(f.read_ordinal >= g.thread_ordinal, false) as is_read,
      e.note
    from notifications n
    join users u on u.id = n.user_id
    left join push_subscriptions p on p.id = n.subscription_id and p.user_id = n.user_id and u.deactivated_at is null
    left join memberships m on m.user_id = n.user_id and m.room_id = n.room_id
    left join rooms r on r.id = m.room_id
    left join messages g on g.id = n.message_id and g.room_id = m.room_id
    left join users a on a.id = g.author_id
    left join thread_followers f on f.user_id = n.user_id and f.thread_id = g.thread_id
    left join reminders e on e.id = n.reminder_id and e.user_id = n.user_id and e.due_at is not null
      and e.completed_at is null and e.deleted_at is null
    where n.id = any(${ids}::bigint[]) order by n.id`);
}
