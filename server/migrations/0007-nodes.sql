-- compatible
-- The nodes that serve this database. A row is a lease: it holds until it expires, in the database's time, and its node
-- renews it. Host names make no difference between capitals and small letters.
create table nodes (
  id text not null,
  name text not null,
  version text not null,
  address text not null,
  state text not null check (state in ('starting', 'serving', 'draining')),
  started_at timestamptz not null,
  connections int not null,
  renewed_at timestamptz not null,
  expires_at timestamptz not null
) with (fillfactor = 50);
create unique index nodes_name on nodes (lower(name));
