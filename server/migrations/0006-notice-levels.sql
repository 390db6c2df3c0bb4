-- compatible
-- A room may leave it to its person's choice for all rooms what notifies. Until now `mentions` was what nobody had chosen
-- otherwise, and it is what the choice for all begins with.
alter table memberships drop constraint memberships_level_check;
alter table memberships alter column level set default 'default';
update memberships set level = 'default' where level = 'mentions';
alter table memberships add constraint memberships_level_check
  check (level in ('everything', 'mentions', 'nothing', 'default'));
