-- Figures come by the ten thousand. Each key below is checked row by row although it follows from
-- another: the indicator from its version, and what is counted of a figure is written by the reader that
-- has just read that figure.
ALTER TABLE observations DROP CONSTRAINT observations_indicator_id_fkey;
ALTER TABLE rollup_parts DROP CONSTRAINT rollup_parts_observation_id_fkey;
