import { sql, type Sql } from '../kit/sql.ts';

/**
 * The commit of a batch in which messages have files, still one statement: whoever sends files that are not there, not
 * finished, somebody else's or another room's is refused, unless the message was kept before; the rest is committed, and
 * gets its files. They are locked until then (after the rooms' streams, as everywhere), so that none is removed meanwhile.
 * @param items JSON as commit_messages has it, with `files` (ids) where there are any
 * @param commit the call for some of them
 */
export function withFiles(rooms: readonly string[], items: Sql, commit: (items: Sql) => Sql): Sql {
  return sql`
    with locked as materialized (
      select id from streams where id = any (${rooms}::bigint[]) order by id for update
    ),
    item as materialized (
      select x.n, x.room_id, x.author_id, x.client_id, coalesce(x.files, '{}') as files, e.value as json
      from json_array_elements(${items}) e, json_to_record(e.value) as x(
        n int, room_id bigint, author_id bigint, client_id text, files bigint[])
    ),
    held as materialized (
      select f.id, f.room_id, f.user_id from files f
      where f.id in (select unnest(files) from item) and f.content_hash is not null
        and (select count(*) from locked) >= 0
      order by f.id for update
    ),
    good as materialized (
      select i.* from item i
      where (select count(*) from held h
          where h.id = any (i.files) and h.room_id = i.room_id and h.user_id = i.author_id) = cardinality(i.files)
        or exists (select 1 from messages k where k.author_id = i.author_id and k.client_id = i.client_id)
    ),
    done as materialized (
      ${commit(sql`(select coalesce(json_agg(json order by n), '[]') from good)`)}
    ),
    wanted as materialized (
      select d.message_id, x.place, x.file_id from done d join good i on i.n = d.n
        cross join lateral unnest(i.files) with ordinality as x(file_id, place)
      where d.outcome = 'sent'
    ),
    attached as (
      insert into attachments (message_id, place, file_id) select message_id, place, file_id from wanted
    ),
    kept as (
      update files set due_at = null where id in (select file_id from wanted)
    )
    select * from done
    union all
    select n, 'not_found', null, room_id, null, null, null, null, 'message.sent', null from item
    where n not in (select n from good)`;
}
