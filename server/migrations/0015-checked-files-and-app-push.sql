-- compatible
-- What a virus scanner says of bytes, what programs that came later make of them, and who has to be told of it. Push to apps.

-- scan: null when nobody asked; nothing is served while it is waiting, infected or too_large. finding: what the scanner called
-- it. scan_due_at: when the scanner is asked, or when whoever asks it now is taken for dead; what was here before is asked of
-- last. look_due_at: the same for its picture and text, null when there is nothing more to find out.
-- tell_due_at: when messages that have it are told what it is now, as it became at changed_at.
alter table contents
  add column scan text check (scan in ('waiting', 'clean', 'infected', 'too_large')),
  add column finding text,
  add column scan_due_at timestamptz default 'epoch',
  add column look_due_at timestamptz default 'epoch',
  add column changed_at timestamptz,
  add column tell_due_at timestamptz;
create index contents_scan_due on contents (scan desc nulls last, scan_due_at) where scan_due_at is not null;
create index contents_look_due on contents (type, look_due_at) where look_due_at is not null;
create index contents_tell_due on contents (tell_due_at) where tell_due_at is not null;

-- Where an app takes notifications that signs in by an access token: it ends with that token. name: as the app calls itself,
-- for the list of devices; of browsers the session knows it.
alter table push_subscriptions
  alter column session_id drop not null,
  add column token_id bigint references tokens (id) on delete cascade,
  add column name text,
  add constraint push_subscriptions_owner check ((session_id is null) <> (token_id is null));
create index push_subscriptions_token on push_subscriptions (token_id) where token_id is not null;
