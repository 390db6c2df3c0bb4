-- compatible
-- Mail that is to go out. What a letter says, its link above all, is written at the moment of sending and never kept here.

-- user_id: whose matter it is; null: nobody's, asked for an address that nobody has. address: where it goes; null: to the person's
-- own. subject_id: the invitation. due_at: when it is tried next, or when whoever tries it now is taken for dead; null when it is
-- over, and outcome says how. Kept for a while then, for those who ask why.
create table mails (
  id bigint primary key,
  kind text not null check (kind in ('reset', 'invitation')),
  user_id bigint references users (id),
  address text,
  subject_id bigint,
  at timestamptz not null,
  due_at timestamptz,
  attempts int not null default 0,
  outcome text check (outcome in ('sent', 'needless', 'failed')),
  reason text,
  ended_at timestamptz
) with (fillfactor = 80);
create index mails_due on mails (due_at) where due_at is not null;
create index mails_ended on mails (ended_at) where ended_at is not null;
-- Of what concerns a person alone one waits at a time, however often it is asked for.
create unique index mails_waiting on mails (kind, user_id) where due_at is not null and subject_id is null;
create index mails_of_person on mails (user_id, kind, at);
