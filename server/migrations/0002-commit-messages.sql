-- compatible
-- The commit lane's one call: whatever sends arrived, for whatever rooms, in one transaction.
--
-- Locks the rooms' streams first; what follows sees everything that was committed before them (READ COMMITTED takes a
-- new snapshot), so membership, archive and repeats (by author and client id) are judged exactly at the numbers given.
-- Then numbers per room and thread, inserts messages, events, mentions and follows, and appends to the streams of
-- those concerned at once (direct, mentioned, following). Streams are locked rooms first, then users, by id; memberships
-- of authors after that, since whoever reads a room holds their own stream when they move their membership.
--
-- items: [{n, room_id, author_id, client_id, text, mentions, mentioned: [user ids], wide: 'all'|'here'|null,
--          thread_id, also, quote_id, body, excerpt}]; body is the message's JSON less what is numbered here, excerpt a
--          JSON string; no two items share author and client id.
-- quiet: no item mentions anybody or replies in a thread. Then, unless a room is direct, nobody is told by their own
-- stream, and most of the work falls away.
-- Returns a row per item (outcome: sent, kept, or a refusal's code) and a row per event in a person's stream (n null).

-- How each item is to be taken: `outcome`, and what numbering needs. Inlined into the statements that use it.
create function judge_sends_1(items json, moment timestamptz)
returns table (
  n int, room_id bigint, author_id bigint, client_id text, text text, mentions json, mentioned bigint[], wide text,
  thread_id bigint, quote_id bigint, body text, excerpt text, in_timeline boolean, room_head bigint, room_ordinal bigint,
  stamp timestamptz, is_direct boolean, root_author bigint, thread_head bigint, kept_id bigint, kept_room bigint,
  kept_seq bigint, kept_ordinal bigint, kept_thread_ordinal bigint, kept_at timestamptz, outcome text
)
language sql stable as $$
  select i.n, i.room_id, i.author_id, i.client_id, i.text, i.mentions, i.mentioned, i.wide, i.thread_id, i.quote_id,
    i.body, i.excerpt, i.thread_id is null or i.also, s.head, s.ordinal, greatest(moment, s.moved_at), r.kind = 'direct',
    root.author_id, t.ordinal, kept.id, kept.room_id, kept.seq, kept.ordinal, kept.thread_ordinal, kept.at,
    case
      when kept.id is not null then 'kept'
      when m.user_id is null or u.deactivated_at is not null then 'not_found'
      when r.archived_at is not null then 'archived'
      when r.posting = 'moderators' and m.role = 'member' then 'forbidden'
      when i.thread_id is not null and root.id is null then 'not_found'
      when i.quote_id is not null and quoted.id is null then 'not_found'
      else 'sent'
    end
  from json_to_recordset(items) as i(
    n int, room_id bigint, author_id bigint, client_id text, text text, mentions json, mentioned bigint[], wide text,
    thread_id bigint, also boolean, quote_id bigint, body text, excerpt text)
  -- `offset 0` keeps each a look-up by index per item, whatever the planner believes about the size of a table.
  left join lateral (
    select k.* from messages k where k.author_id = i.author_id and k.client_id = i.client_id offset 0) kept on true
  left join lateral (select x.* from streams x where x.id = i.room_id offset 0) s on true
  left join lateral (select x.* from rooms x where x.id = i.room_id offset 0) r on true
  left join lateral (select x.deactivated_at from users x where x.id = i.author_id offset 0) u on true
  left join lateral (
    select x.user_id, x.role from memberships x where x.user_id = i.author_id and x.room_id = i.room_id offset 0) m on true
  left join lateral (
    select x.id, x.author_id from messages x where x.id = i.thread_id and x.room_id = i.room_id
      and x.thread_id is null and x.deleted_at is null offset 0) root on true
  left join lateral (select x.ordinal from threads x where x.id = i.thread_id offset 0) t on true
  left join lateral (
    select x.id from messages x where x.id = i.quote_id and x.room_id = i.room_id and x.deleted_at is null offset 0
  ) quoted on true
$$;

-- The data of a `message.sent`.
create function message_data_1(
  id bigint, seq bigint, ordinal bigint, thread_ordinal bigint, stamp timestamptz, body text
) returns text language sql stable
  return '{"message":{"id":"' || id || '","seq":' || seq || ',"ordinal":' || coalesce(ordinal::text, 'null')
    || ',"threadOrdinal":' || coalesce(thread_ordinal::text, 'null') || ',"at":' || to_ms(stamp) || ',' || body || '}}';

-- Plans are made once per connection and go by index: tables that were just made or filled have no statistics yet, and a
-- plan that reads a whole table for a batch would stay until somebody analyses it.
create function commit_messages_1(room_ids bigint[], items json, quiet boolean, moment timestamptz)
returns table (
  n int, outcome text, message_id bigint, stream_id bigint, seq bigint, ordinal bigint, thread_ordinal bigint,
  at_ms bigint, name text, data text
)
language plpgsql set jit = off set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
#variable_conflict use_column
begin
  perform 1 from streams where id = any (room_ids) order by id for update;

  if quiet and not exists (select 1 from rooms where id = any (room_ids) and kind = 'direct') then
    return query
    with judged as materialized (
      select * from judge_sends_1(items, moment)
    ),
    numbered as materialized (
      select j.*, nextval('ids') as id, row_number() over (partition by j.room_id order by j.n) as place
      from judged j where j.outcome = 'sent'
    ),
    worded as materialized (
      select w.*, message_data_1(w.id, w.seq, w.ordinal, null, w.stamp, w.body) as data
      from (select f.*, f.room_head + f.place as seq, f.room_ordinal + f.place as ordinal from numbered f offset 0) w
    ),
    new_messages as (
      insert into messages (id, room_id, seq, ordinal, author_id, client_id, at, text, mentions, quote_id)
      select id, room_id, seq, ordinal, author_id, client_id, stamp, text, mentions, quote_id from worded
    ),
    room_events as (
      insert into events (stream_id, seq, at, name, data)
      select room_id, seq, stamp, 'message.sent', data::json from worded
    ),
    room_heads as (
      update streams s set head = x.head, ordinal = x.ordinal, moved_at = x.stamp, last_at = x.stamp
      from (select room_id, max(seq) as head, max(ordinal) as ordinal, max(stamp) as stamp from worded group by room_id) x
      where s.id = x.room_id
    ),
    own_reads as (
      update memberships m set read_ordinal = x.ordinal
      from (select room_id, author_id, max(ordinal) as ordinal from worded group by room_id, author_id) x
      where m.user_id = x.author_id and m.room_id = x.room_id and m.read_ordinal < x.ordinal
    )
    select j.n, j.outcome, coalesce(w.id, j.kept_id), coalesce(j.kept_room, j.room_id), coalesce(w.seq, j.kept_seq),
      coalesce(w.ordinal, j.kept_ordinal), j.kept_thread_ordinal, to_ms(coalesce(w.stamp, j.kept_at)), 'message.sent',
      w.data
    from judged j left join worded w on w.n = j.n;
    return;
  end if;

  return query
  with judged as materialized (
    select * from judge_sends_1(items, moment)
  ),
  numbered as materialized (
    select j.*, nextval('ids') as id,
      j.room_head + row_number() over room as seq,
      case when j.in_timeline then j.room_ordinal + count(*) filter (where j.in_timeline) over room end as ordinal,
      case when j.thread_id is not null then coalesce(j.thread_head, 0)
        + row_number() over (partition by j.thread_id order by j.n) end as thread_ordinal
    from judged j where j.outcome = 'sent'
    window room as (partition by j.room_id order by j.n)
  ),
  fresh as materialized (
    select f.*, message_data_1(f.id, f.seq, f.ordinal, f.thread_ordinal, f.stamp, f.body) as data from numbered f
  ),
  new_messages as (
    insert into messages (id, room_id, seq, ordinal, author_id, client_id, at, text, mentions, thread_id,
      thread_ordinal, quote_id)
    select id, room_id, seq, ordinal, author_id, client_id, stamp, text, mentions, thread_id, thread_ordinal, quote_id
    from fresh
  ),
  room_events as (
    insert into events (stream_id, seq, at, name, data)
    select room_id, seq, stamp, 'message.sent', data::json from fresh
  ),
  room_heads as (
    update streams s set head = x.head, ordinal = coalesce(x.ordinal, s.ordinal), moved_at = x.stamp,
      last_at = case when x.ordinal is null then s.last_at else x.stamp end
    from (select room_id, max(seq) as head, max(ordinal) as ordinal, max(stamp) as stamp from fresh group by room_id) x
    where s.id = x.room_id
  ),
  wide as (
    insert into room_mentions (room_id, ordinal, message_id, kind)
    select room_id, ordinal, id, wide from fresh where wide is not null and ordinal is not null
  ),
  target as materialized (
    select distinct f.id, f.n, f.thread_id, f.thread_ordinal, f.room_id, f.ordinal, x.user_id
    from fresh f cross join lateral unnest(f.mentioned) as x(user_id) where x.user_id <> f.author_id
  ),
  named as materialized (
    select t.* from target t join memberships m on m.user_id = t.user_id and m.room_id = t.room_id
  ),
  new_mentions as (
    insert into mentions (user_id, message_id, room_id, ordinal, thread_id, thread_ordinal)
    select user_id, id, room_id, ordinal, thread_id, thread_ordinal from named
  ),
  in_direct as materialized (
    select f.id, f.thread_id, f.thread_ordinal, m.user_id
    from fresh f join memberships m on m.room_id = f.room_id
    where f.is_direct and m.user_id <> f.author_id
  ),
  reply as materialized (
    select * from fresh where thread_id is not null
  ),
  thread_heads as (
    insert into threads (id, room_id, replies, ordinal, last_at, faces)
    select thread_id, room_id, count(*), max(thread_ordinal), max(stamp),
      add_faces('{}', array_agg(author_id order by n))
    from reply group by thread_id, room_id
    on conflict (id) do update set replies = threads.replies + excluded.replies, ordinal = excluded.ordinal,
      last_at = excluded.last_at, faces = add_faces(threads.faces, excluded.faces)
  ),
  -- Who follows already, with all they have read; authors among them.
  following as materialized (
    select e.thread_id, e.user_id, e.read_ordinal
    from thread_followers e where e.thread_id in (select thread_id from reply)
  ),
  -- Who follows from now on, the replies before read: whoever wrote the root, with the first reply (later they may have
  -- chosen not to), whoever is mentioned, and everybody in a direct room.
  joining as materialized (
    select x.thread_id, x.user_id, min(x.thread_ordinal) - 1 as read_ordinal
    from (
      select f.thread_id, f.thread_ordinal, m.user_id from reply f
        join memberships m on m.user_id = f.root_author and m.room_id = f.room_id
        where f.root_author <> f.author_id and f.thread_ordinal = 1
      union all
      select thread_id, thread_ordinal, user_id from named where thread_id is not null
      union all
      select thread_id, thread_ordinal, user_id from in_direct where thread_id is not null
    ) x
    where (x.thread_id, x.user_id) not in (select thread_id, user_id from following)
      and (select count(*) from following e where e.thread_id = x.thread_id) < 1000
    group by x.thread_id, x.user_id
  ),
  new_follows as (
    insert into thread_followers (user_id, thread_id, read_ordinal)
    select user_id, thread_id, max(read_ordinal) from (
      select author_id as user_id, thread_id, max(thread_ordinal) as read_ordinal from reply group by author_id, thread_id
      union all
      select user_id, thread_id, read_ordinal from joining
    ) x group by user_id, thread_id
    on conflict (user_id, thread_id) do update
      set read_ordinal = greatest(thread_followers.read_ordinal, excluded.read_ordinal)
  ),
  follower as materialized (
    select f.id, f.room_id, e.user_id from reply f join following e on e.thread_id = f.thread_id
    where e.user_id <> f.author_id
  ),
  concerned as materialized (
    select x.id, x.user_id, bool_or(x.direct) as direct, bool_or(x.mentioned) as mentioned from (
      select id, user_id, true as direct, false as mentioned from in_direct
      union all
      select id, user_id, false, true from named
      union all
      select w.id, w.user_id, false, false from follower w
        join memberships m on m.user_id = w.user_id and m.room_id = w.room_id
      union all
      select f.id, j.user_id, false, false from reply f
        join joining j on j.thread_id = f.thread_id and j.read_ordinal < f.thread_ordinal
        where j.user_id <> f.author_id
    ) x group by x.id, x.user_id
  ),
  notes as materialized (
    select f.n, c.user_id, 'notice.added' as name,
      '{"notice":{"kind":"' || case when c.direct then 'direct' when c.mentioned then 'mention' else 'thread' end
        || '","roomId":"' || f.room_id || '","messageId":"' || f.id || '","seq":' || f.seq
        || ',"ordinal":' || coalesce(f.ordinal::text, 'null')
        || ',"threadId":' || coalesce('"' || f.thread_id || '"', 'null')
        || ',"threadOrdinal":' || coalesce(f.thread_ordinal::text, 'null')
        || ',"mentioned":' || c.mentioned || ',"authorId":"' || f.author_id || '","excerpt":' || f.excerpt || '}}' as data
    from concerned c join fresh f on f.id = c.id
    union all
    -- Replying reads the thread: the author's other devices learn it.
    select f.n, f.author_id, 'thread.followed',
      '{"thread":{"threadId":"' || f.thread_id || '","roomId":"' || f.room_id || '","ordinal":' || f.thread_ordinal
        || ',"readOrdinal":' || f.thread_ordinal || ',"mentions":[]}}'
    from reply f join following e on e.user_id = f.author_id and e.thread_id = f.thread_id
    where e.read_ordinal < f.thread_ordinal - 1
  ),
  user_heads as materialized (
    select id, head from streams where id in (select user_id from notes) order by id for update
  ),
  own_reads as (
    update memberships m set read_ordinal = x.ordinal
    from (select room_id, author_id, max(ordinal) as ordinal from fresh where ordinal is not null
      group by room_id, author_id) x
    where m.user_id = x.author_id and m.room_id = x.room_id and m.read_ordinal < x.ordinal
      and (select count(*) from user_heads) >= 0
  ),
  told as materialized (
    select h.id as user_id, h.head + row_number() over (partition by h.id order by o.n) as seq, o.name, o.data
    from notes o join user_heads h on h.id = o.user_id
  ),
  user_events as (
    insert into events (stream_id, seq, at, name, data)
    select user_id, seq, moment, name, data::json from told
  ),
  moved_users as (
    update streams s set head = x.head, moved_at = greatest(s.moved_at, moment)
    from (select user_id, max(seq) as head from told group by user_id) x where s.id = x.user_id
  )
  select j.n, j.outcome, coalesce(w.id, j.kept_id), coalesce(j.kept_room, j.room_id), coalesce(w.seq, j.kept_seq),
    coalesce(w.ordinal, j.kept_ordinal), coalesce(w.thread_ordinal, j.kept_thread_ordinal),
    to_ms(coalesce(w.stamp, j.kept_at)), 'message.sent', w.data
  from judged j left join fresh w on w.n = j.n
  union all
  select null, 'event', null, user_id, seq, null, null, to_ms(moment), name, data from told;
end $$;
