-- compatible
-- Everything durable is a numbered event in a stream. A stream has the id of its owner: a room, a person, the workspace.
-- No foreign keys on the path of a message: the rows are written under the room's stream lock, which keeps them true.

create sequence ids start 1000;

-- head: number of the last event. ordinal: messages in a room's timeline. Events up to floor are gone.
-- Locked in the order rooms, users, workspace, and by id within a kind; whoever appends holds the lock.
create table streams (
  id bigint primary key,
  kind text not null check (kind in ('room', 'user', 'workspace')),
  head bigint not null default 0,
  ordinal bigint not null default 0,
  floor bigint not null default 0,
  moved_at timestamptz not null,
  last_at timestamptz not null
) with (fillfactor = 70);

create table events (
  stream_id bigint not null,
  seq bigint not null,
  at timestamptz not null,
  name text not null,
  data json not null,
  tx xid8 not null default pg_current_xact_id(),
  primary key (stream_id, seq)
);
create index events_in_commit_order on events (tx, stream_id, seq);
create index events_by_time on events using brin (at);

create table workspace (
  id bigint primary key check (id = 1),
  epoch int not null,
  name text not null,
  sign_up_domains text[] not null default '{}',
  invitations text not null default 'everyone' check (invitations in ('everyone', 'admins')),
  set_up_at timestamptz
);
insert into workspace (id, epoch, name) values (1, 1, 'Confab');
insert into streams (id, kind, moved_at, last_at) values (1, 'workspace', to_timestamp(0), to_timestamp(0));

create table users (
  id bigint primary key,
  handle text not null,
  name text not null,
  title text not null default '',
  time_zone text not null default 'UTC',
  picture text,
  status json,
  role text not null check (role in ('owner', 'admin', 'member')),
  email text not null,
  password_hash text,
  preferences jsonb not null default '{}',
  created_at timestamptz not null,
  last_seen_at timestamptz,
  deactivated_at timestamptz
);
create unique index users_handle on users (lower(handle));
create unique index users_email on users (lower(email));
create index users_name on users (lower(name) text_pattern_ops);

-- Small pictures, by the hash of their bytes.
create table images (
  hash text primary key,
  bytes bytea not null,
  created_at timestamptz not null
);

create table sessions (
  id bigint primary key,
  user_id bigint not null references users (id),
  secret_hash bytea not null,
  device text not null,
  address text not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null
);
create unique index sessions_secret on sessions (secret_hash);
create index sessions_user on sessions (user_id);

create table tokens (
  id bigint primary key,
  user_id bigint not null references users (id),
  name text not null,
  scopes text[] not null,
  secret_hash bytea not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  last_used_at timestamptz
);
create unique index tokens_secret on tokens (secret_hash);
create index tokens_user on tokens (user_id);

create table invitations (
  id bigint primary key,
  created_by bigint not null references users (id),
  secret_hash bytea not null,
  role text not null check (role in ('owner', 'admin', 'member')),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  uses_max int not null,
  uses int not null default 0
);
create unique index invitations_secret on invitations (secret_hash);

create table password_resets (
  id bigint primary key,
  user_id bigint not null references users (id),
  secret_hash bytea not null,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create unique index password_resets_secret on password_resets (secret_hash);

-- Attempts at secrets, per key (address or account) and window.
create table attempts (
  key text not null,
  window_start timestamptz not null,
  count int not null,
  primary key (key, window_start)
);

create table rooms (
  id bigint primary key,
  kind text not null check (kind in ('public', 'private', 'direct')),
  name text not null,
  topic text not null default '',
  description text not null default '',
  posting text not null default 'everyone' check (posting in ('everyone', 'moderators')),
  is_default boolean not null default false,
  archived_at timestamptz,
  created_at timestamptz not null,
  created_by bigint not null,
  client_id text,
  member_count int not null default 0,
  -- All people of a direct room in id order; the key finds it again.
  people bigint[] not null default '{}',
  direct_key text,
  changed_at timestamptz not null
);
create unique index rooms_client_id on rooms (created_by, client_id);
create unique index rooms_public_name on rooms (lower(name)) where kind = 'public';
create unique index rooms_direct_key on rooms (direct_key);

create table memberships (
  user_id bigint not null,
  room_id bigint not null,
  role text not null check (role in ('owner', 'moderator', 'member')),
  joined_at timestamptz not null,
  read_ordinal bigint not null default 0,
  starred boolean not null default false,
  muted boolean not null default false,
  level text not null default 'mentions' check (level in ('everything', 'mentions', 'nothing')),
  closed_ordinal bigint,
  primary key (user_id, room_id)
) with (fillfactor = 80);
create index memberships_room on memberships (room_id, user_id);

create table messages (
  id bigint primary key,
  room_id bigint not null,
  seq bigint not null,
  ordinal bigint,
  author_id bigint not null,
  client_id text not null,
  at timestamptz not null,
  text text not null,
  -- null: mentions nothing
  mentions json,
  thread_id bigint,
  thread_ordinal bigint,
  quote_id bigint,
  version int not null default 1,
  edited_at timestamptz,
  deleted_at timestamptz,
  pinned_at timestamptz
);
create unique index messages_client_id on messages (author_id, client_id);
create unique index messages_timeline on messages (room_id, ordinal) where ordinal is not null;
create unique index messages_thread on messages (thread_id, thread_ordinal) where thread_id is not null;
create index messages_pinned on messages (room_id, pinned_at) where pinned_at is not null;

-- Texts that an edit replaced. at: when this text was written. seq: the event of the edit that replaced it.
create table message_edits (
  message_id bigint not null,
  version int not null,
  text text not null,
  at timestamptz not null,
  seq bigint not null,
  primary key (message_id, version)
);

-- A thread has the id of its root message. Rows here and followers change only under the room's stream lock.
create table threads (
  id bigint primary key,
  room_id bigint not null,
  replies int not null,
  ordinal bigint not null,
  last_at timestamptz not null,
  faces bigint[] not null default '{}'
) with (fillfactor = 80);

create table thread_followers (
  user_id bigint not null,
  thread_id bigint not null,
  read_ordinal bigint not null,
  primary key (user_id, thread_id)
) with (fillfactor = 80);
create index thread_followers_thread on thread_followers (thread_id, user_id);

create table mentions (
  user_id bigint not null,
  message_id bigint not null,
  room_id bigint not null,
  ordinal bigint,
  thread_id bigint,
  thread_ordinal bigint,
  primary key (user_id, message_id)
);
create index mentions_room on mentions (user_id, room_id, ordinal);
create index mentions_thread on mentions (user_id, thread_id, thread_ordinal) where thread_id is not null;
create index mentions_message on mentions (message_id);

-- @all and @here: one row per message, whatever the size of the room.
create table room_mentions (
  room_id bigint not null,
  ordinal bigint not null,
  message_id bigint not null,
  kind text not null check (kind in ('all', 'here')),
  primary key (room_id, ordinal)
);

create table reactions (
  message_id bigint not null,
  emoji text not null,
  user_id bigint not null,
  -- their order on the message: an emoji keeps the place of the first who chose it until nobody is left, whoever leaves
  kind_id bigint not null,
  id bigint not null default nextval('ids'),
  primary key (message_id, emoji, user_id)
);

create table saved_messages (
  user_id bigint not null,
  message_id bigint not null,
  saved_at timestamptz not null,
  primary key (user_id, message_id)
);
create index saved_messages_by_time on saved_messages (user_id, saved_at desc, message_id desc);

create table drafts (
  user_id bigint not null,
  room_id bigint not null,
  -- 0: in the room itself
  thread_id bigint not null default 0,
  text text not null,
  at timestamptz not null,
  primary key (user_id, room_id, thread_id)
);

create table custom_emoji (
  name text primary key,
  picture text not null references images (hash),
  added_by bigint not null,
  added_at timestamptz not null
);

-- Where a reader of all streams stands, in commit order: everything up to (tx, stream_id, seq) is done.
create table readers (
  name text primary key,
  tx xid8 not null,
  stream_id bigint not null,
  seq bigint not null,
  moved_at timestamptz not null
);

create table daily_messages (
  day date primary key,
  messages bigint not null
);
create table daily_people (
  day date not null,
  user_id bigint not null,
  primary key (day, user_id)
);

-- The first few faces of a thread: `more` appended to `faces` without repeats, five at most.
create function add_faces(faces bigint[], more bigint[]) returns bigint[] language plpgsql immutable as $$
declare
  face bigint;
begin
  foreach face in array more loop
    exit when cardinality(faces) >= 5;
    if not face = any (faces) then
      faces := faces || face;
    end if;
  end loop;
  return faces;
end $$;

create function to_ms(moment timestamptz) returns bigint language sql stable parallel safe
  return (extract(epoch from moment) * 1000)::bigint;
