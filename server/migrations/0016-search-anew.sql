-- compatible
-- The numbers that messages are found by are others than before (server/src/search/grams.ts): all are put in anew.
update search_filling set below = null, filled = 0, finished_at = null;
