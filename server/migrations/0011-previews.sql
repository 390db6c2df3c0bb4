-- compatible
-- Cards of what links in messages lead to. Everything but what people have hidden can be fetched anew.

-- What an address leads to, asked once for the whole workspace. due_at: when it is to be fetched, or when whoever fetches it
-- now is taken for dead; null when nobody waits. fresh_until: until then it is not asked again, a failure neither.
-- title is null when there is nothing to show.
create table link_pages (
  id bigint primary key,
  url text not null,
  url_hash text not null unique,
  due_at timestamptz,
  fresh_until timestamptz,
  title text,
  excerpt text,
  site text,
  picture_key text,
  picture_width int,
  picture_height int
);
create index link_pages_due on link_pages (due_at) where due_at is not null;
create index link_pages_fresh on link_pages (fresh_until) where due_at is null;

-- Messages that wait for a page.
create table link_waiting (
  page_id bigint not null references link_pages (id) on delete cascade,
  message_id bigint not null,
  primary key (page_id, message_id)
);

-- Messages whose cards have to be looked at: sent, edited or deleted, or their pages have come.
create table preview_queue (
  message_id bigint primary key
);

-- What readers see under a message. cards: as in the protocol. hidden: pages whose cards the author has removed. told: numbers
-- of the events that carried its cards, which are emptied when it is deleted.
create table message_previews (
  message_id bigint primary key,
  cards json not null,
  page_ids bigint[] not null,
  hidden bigint[] not null,
  told bigint[] not null
);
create index message_previews_pages on message_previews using gin (page_ids);
