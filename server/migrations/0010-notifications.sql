-- compatible
-- Notifications for browsers whose page is closed (Web Push), decided by a reader of the streams.

-- The workspace's one pair of keys, by which push services know who sends. Made when it is first asked for.
create table push_keys (
  id int primary key check (id = 1),
  public_key text not null,
  private_key text not null,
  made_at timestamptz not null
);

-- Where a browser takes notifications. It ends with the session in which it was asked for.
create table push_subscriptions (
  id bigint primary key,
  user_id bigint not null,
  session_id bigint not null references sessions (id) on delete cascade,
  endpoint text not null,
  public_key text not null,
  secret text not null,
  hides_content boolean not null,
  created_at timestamptz not null
);
create unique index push_subscriptions_endpoint on push_subscriptions (endpoint);
create index push_subscriptions_user on push_subscriptions (user_id);
create index push_subscriptions_session on push_subscriptions (session_id);

-- One row for a person, what happened (occasion), and a browser. due_at: when it is tried next, or when whoever tries it now
-- is taken for dead; null when it is over, and outcome says how. Kept for a while then, for those who ask why.
create table notifications (
  id bigint primary key,
  user_id bigint not null,
  subscription_id bigint not null,
  occasion text not null,
  kind text not null,
  room_id bigint,
  message_id bigint,
  reminder_id bigint,
  at timestamptz not null,
  due_at timestamptz,
  attempts int not null default 0,
  outcome text check (outcome in ('sent', 'needless', 'failed')),
  reason text,
  ended_at timestamptz
) with (fillfactor = 80);
create unique index notifications_once on notifications (user_id, occasion, subscription_id);
create index notifications_due on notifications (due_at) where due_at is not null;
create index notifications_ended on notifications (ended_at) where ended_at is not null;
create index notifications_of_subscription on notifications (subscription_id, ended_at);
