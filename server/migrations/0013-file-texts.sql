-- compatible
-- What stands in documents and texts, for search: the beginning of it, on one line. None for what holds no text.
create table content_texts (
  hash text primary key references contents (hash) on delete cascade,
  text text not null
);
