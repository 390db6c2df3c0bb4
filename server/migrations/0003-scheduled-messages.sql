-- compatible
-- Messages to be sent later. Rows stay when they are sent or deleted (then without text), so that repeating a client id
-- finds the first result for ever.
create table scheduled_messages (
  id bigint primary key,
  user_id bigint not null,
  client_id text not null,
  room_id bigint not null,
  thread_id bigint,
  also_in_room boolean not null,
  quote_id bigint,
  text text not null,
  send_at timestamptz not null,
  created_at timestamptz not null,
  state text not null check (state in ('waiting', 'failed', 'sent', 'deleted')),
  failure_code text,
  failed_at timestamptz,
  message_id bigint,
  -- Somebody is sending it until then; whoever comes later finds out how it went by sending again with the same client id.
  claimed_until timestamptz
) with (fillfactor = 80);
create unique index scheduled_messages_client_id on scheduled_messages (user_id, client_id);
create index scheduled_messages_listed on scheduled_messages (user_id, send_at) where state in ('waiting', 'failed');
create index scheduled_messages_due on scheduled_messages (send_at) where state = 'waiting';
