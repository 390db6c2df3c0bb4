-- compatible
-- What people want to be reminded of. Deleted ones stay without their note, so that repeating a client id finds the first
-- result for ever.
create table reminders (
  id bigint primary key,
  user_id bigint not null,
  client_id text not null,
  message_id bigint,
  room_id bigint,
  note text not null,
  remind_at timestamptz not null,
  created_at timestamptz not null,
  due_at timestamptz,
  completed_at timestamptz,
  deleted_at timestamptz
) with (fillfactor = 80);
create unique index reminders_client_id on reminders (user_id, client_id);
create index reminders_open on reminders (user_id, remind_at) where completed_at is null and deleted_at is null;
create index reminders_completed on reminders (user_id, completed_at)
  where completed_at is not null and deleted_at is null;
create index reminders_waiting on reminders (remind_at)
  where due_at is null and completed_at is null and deleted_at is null;
