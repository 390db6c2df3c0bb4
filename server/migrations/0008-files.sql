-- compatible
-- Files of rooms. A file is what somebody uploaded; equal bytes are one content, whoever uploaded them.

-- received: bytes that are kept. content_hash: null until it is finished. due_at: when it is removed if no message has it.
create table files (
  id bigint primary key,
  room_id bigint not null,
  user_id bigint not null,
  client_id text not null,
  name text not null,
  size bigint not null,
  received bigint not null default 0,
  content_hash text,
  created_at timestamptz not null,
  due_at timestamptz
);
create unique index files_client_id on files (user_id, client_id);
create index files_due on files (due_at) where due_at is not null;
create index files_content on files (content_hash) where content_hash is not null;

-- Pieces of a file that is on its way.
create table file_pieces (
  file_id bigint not null,
  from_byte bigint not null,
  size bigint not null,
  key text not null,
  primary key (file_id, from_byte)
);

-- hash: SHA-256 of the bytes as they are served. width, height: of a picture that can be shown.
create table contents (
  hash text primary key,
  key text not null,
  size bigint not null,
  type text not null,
  width int,
  height int,
  thumbnail_key text
);

-- Which message has which files, in this order. Rows change only under the stream lock of the message's room.
create table attachments (
  message_id bigint not null,
  place int not null,
  file_id bigint not null,
  primary key (message_id, place)
);
create index attachments_file on attachments (file_id, message_id);
create index files_room on files (room_id, id);

-- Objects of the file store that are to go. A key is entered before it is written and taken out by what refers to it, so
-- that whatever dies in between leaves nothing behind for ever.
create table doomed_objects (
  key text primary key,
  due_at timestamptz not null
);
create index doomed_objects_due on doomed_objects (due_at);
