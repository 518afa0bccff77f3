-- What every past day showed of figures and of targets can be told again.

-- What a correction put away, besides the value: the parts of a ratio, where the figure came from and its
-- remark. Empty in steps that corrected nothing, and in corrections made before this was kept.
ALTER TABLE observation_revisions ADD COLUMN was_numerator TEXT;
ALTER TABLE observation_revisions ADD COLUMN was_denominator TEXT;
ALTER TABLE observation_revisions ADD COLUMN was_source TEXT;
ALTER TABLE observation_revisions ADD COLUMN was_remark TEXT;

-- Since when a target was in force, and when another took its place.
ALTER TABLE indicator_targets ADD COLUMN in_force_at INTEGER;
ALTER TABLE indicator_targets ADD COLUMN replaced_at INTEGER;

-- When a second person had confirmed a target was not kept: until now it counts from the day it was written.
UPDATE indicator_targets SET in_force_at = set_at WHERE state IN ('in_force', 'replaced');
UPDATE indicator_targets SET replaced_at = coalesce((
    SELECT MIN(later.set_at) FROM indicator_targets AS later
    WHERE later.indicator_id = indicator_targets.indicator_id AND later.unit_id = indicator_targets.unit_id
        AND later.period = indicator_targets.period AND later.state IN ('in_force', 'replaced')
        AND later.set_at > indicator_targets.set_at
), set_at) WHERE state = 'replaced';
