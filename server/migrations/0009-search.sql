-- compatible
-- What messages are found by. Derived: whatever is here can be made anew from the messages.
-- flags: what else is in them, see server/src/search/entry.ts. folded: their plain text without case and accents. grams: see server/src/search/grams.ts.
create table search_entries (
  message_id bigint primary key,
  room_id bigint not null,
  author_id bigint not null,
  at timestamptz not null,
  flags int not null,
  folded text not null,
  grams int[] not null
);
create index search_entries_grams on search_entries using gin (grams);

-- Filling goes from the newest message to the oldest. below: what is left; null before it begins.
create table search_filling (
  id bigint primary key check (id = 1),
  below bigint,
  filled int not null default 0,
  finished_at timestamptz
);
insert into search_filling (id) values (1);
