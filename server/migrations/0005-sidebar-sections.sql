-- compatible
-- How people arrange their sidebar. Built-in sections have rows once somebody has arranged anything. Deleted ones stay
-- empty, so that repeating a client id finds the first result for ever.
create table sections (
  user_id bigint not null,
  -- 'starred', 'rooms', 'direct', or a number of one's own
  id text not null,
  client_id text,
  place int not null default 0,
  name text not null default '',
  emoji text,
  sort text not null default 'name' check (sort in ('recent', 'name', 'hand')),
  is_folded boolean not null default false,
  room_ids bigint[] not null default '{}',
  deleted_at timestamptz,
  primary key (user_id, id)
);
create unique index sections_client_id on sections (user_id, client_id) where client_id is not null;
