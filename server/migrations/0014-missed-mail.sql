-- compatible
-- Mail of what somebody missed while they were away: another channel of the same notifications, gathered into one letter.

-- Of notifications whose subscription_id is 0, the person's mailbox. mail_due_at: when they have been waiting as long as the person
-- chose; due_at is never set, so that nobody takes them for a browser's. mail_id: the mail that carries them, which says how it
-- ended; outcome is 'mailed' then.
alter table notifications add column mail_due_at timestamptz, add column mail_id bigint;
alter table notifications drop constraint notifications_outcome_check;
alter table notifications add constraint notifications_outcome_check
  check (outcome in ('sent', 'needless', 'failed', 'mailed'));
create index notifications_missed on notifications (user_id) where mail_due_at is not null;
create index notifications_missed_due on notifications (mail_due_at) where mail_due_at is not null;
create index notifications_of_mail on notifications (mail_id) where mail_id is not null;

alter table mails drop constraint mails_kind_check;
alter table mails add constraint mails_kind_check check (kind in ('reset', 'invitation', 'missed'));

-- By which links and addresses in mails are known as ours. Made when it is first asked for.
create table mail_keys (
  id int primary key check (id = 1),
  secret text not null,
  made_at timestamptz not null
);
