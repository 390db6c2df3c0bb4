import { sql, type Sql } from '../kit/sql.ts';

/**
 * That whoever asked for the subscription `p`, by a session or by a token of an app, is still let in. `offset 0` keeps each a
 * look-up: the planner would rather read all sessions there are.
 */
export const isLiving = (now: Date): Sql => sql`(
  exists (select 1 from sessions s where s.id = p.session_id and s.expires_at > ${now} offset 0)
  or exists (select 1 from tokens t where t.id = p.token_id and (t.expires_at is null or t.expires_at > ${now})
    offset 0))`;
