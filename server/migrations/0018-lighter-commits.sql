-- compatible
-- What the commit lane calls instead of commit_messages_1 (see 0002, whose words hold here). Where nobody in particular is
-- concerned it looks for no threads, and does not give back what the lane can tell by itself: `data` is null there.
create function commit_messages_2(room_ids bigint[], items json, quiet boolean, moment timestamptz)
returns table (
  n int, outcome text, message_id bigint, stream_id bigint, seq bigint, ordinal bigint, thread_ordinal bigint,
  at_ms bigint, name text, data text
)
language plpgsql set jit = off set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
#variable_conflict use_column
begin
  perform 1 from streams where id = any (room_ids) order by id for update;

  if not quiet or exists (select 1 from rooms where id = any (room_ids) and kind = 'direct') then
    return query select * from commit_messages_1(room_ids, items, false, moment);
    return;
  end if;

  return query
  with judged as materialized (
    select i.*, s.head, s.ordinal as room_ordinal, greatest(moment, s.moved_at) as stamp,
      kept.id as kept_id, kept.room_id as kept_room, kept.seq as kept_seq, kept.ordinal as kept_ordinal,
      kept.thread_ordinal as kept_thread_ordinal, kept.at as kept_at,
      case
        when kept.id is not null then 'kept'
        when m.user_id is null or u.deactivated_at is not null then 'not_found'
        when r.archived_at is not null then 'archived'
        when r.posting = 'moderators' and m.role = 'member' then 'forbidden'
        when i.quote_id is not null and quoted.id is null then 'not_found'
        else 'sent'
      end as outcome
    from json_to_recordset(items) as i(
      n int, room_id bigint, author_id bigint, client_id text, text text, mentions json, quote_id bigint, body text)
    -- `offset 0` keeps each a look-up by index per item, whatever the planner believes about the size of a table.
    left join lateral (
      select k.* from messages k where k.author_id = i.author_id and k.client_id = i.client_id offset 0) kept on true
    left join lateral (select x.head, x.ordinal, x.moved_at from streams x where x.id = i.room_id offset 0) s on true
    left join lateral (select x.archived_at, x.posting from rooms x where x.id = i.room_id offset 0) r on true
    left join lateral (select x.deactivated_at from users x where x.id = i.author_id offset 0) u on true
    left join lateral (
      select x.user_id, x.role from memberships x where x.user_id = i.author_id and x.room_id = i.room_id offset 0
    ) m on true
    left join lateral (
      select x.id from messages x where x.id = i.quote_id and x.room_id = i.room_id and x.deleted_at is null offset 0
    ) quoted on true
  ),
  numbered as materialized (
    select f.*, f.head + f.place as seq, f.room_ordinal + f.place as ordinal
    from (
      select j.*, nextval('ids') as id, row_number() over (partition by j.room_id order by j.n) as place
      from judged j where j.outcome = 'sent'
    ) f
  ),
  new_messages as (
    insert into messages (id, room_id, seq, ordinal, author_id, client_id, at, text, mentions, quote_id)
    select id, room_id, seq, ordinal, author_id, client_id, stamp, text, mentions, quote_id from numbered
  ),
  room_events as (
    insert into events (stream_id, seq, at, name, data)
    select room_id, seq, stamp, 'message.sent', message_data_1(id, seq, ordinal, null, stamp, body)::json from numbered
  ),
  room_heads as (
    update streams s set head = x.head, ordinal = x.ordinal, moved_at = x.stamp, last_at = x.stamp
    from (select room_id, max(seq) as head, max(ordinal) as ordinal, max(stamp) as stamp from numbered group by room_id) x
    where s.id = x.room_id
  ),
  own_reads as (
    update memberships m set read_ordinal = x.ordinal
    from (select room_id, author_id, max(ordinal) as ordinal from numbered group by room_id, author_id) x
    where m.user_id = x.author_id and m.room_id = x.room_id and m.read_ordinal < x.ordinal
  )
  select j.n, j.outcome, coalesce(w.id, j.kept_id), coalesce(j.kept_room, j.room_id), coalesce(w.seq, j.kept_seq),
    coalesce(w.ordinal, j.kept_ordinal), j.kept_thread_ordinal, to_ms(coalesce(w.stamp, j.kept_at)), 'message.sent', null
  from judged j left join numbered w on w.n = j.n;
end $$;
