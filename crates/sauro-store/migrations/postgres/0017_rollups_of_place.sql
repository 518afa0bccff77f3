-- The newest roll-ups of one place, without walking those of all other places.
CREATE INDEX rollups_of_place ON rollups (indicator_id, place, period);
