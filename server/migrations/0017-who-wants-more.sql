-- compatible
-- Who hears of all that is said in a room, or looks for words in it: found without asking each of its members.
create index memberships_of_everything on memberships (room_id) where level = 'everything';
create index users_who_want_more on users (id)
  where preferences->>'noticeLevel' = 'everything' or jsonb_array_length(coalesce(preferences->'keywords', '[]')) > 0;
