-- What the public lists of results ask for. Both columns follow from the row by the published formula, so
-- nobody can write them; a test holds them against the formula in code.

-- recurring | none (paused, cancelled) | done, late (verified) | wait (reported in time, not verified) | open.
-- The cut-off of a deadline is 17:00 in Viet Nam, 10:00 UTC.
ALTER TABLE tasks ADD COLUMN standing TEXT GENERATED ALWAYS AS (
    CASE
        WHEN recurs <> '' THEN 'recurring'
        WHEN stage IN ('paused', 'cancelled') THEN 'none'
        WHEN stage IN ('verified', 'in_use') THEN
            CASE
                WHEN reported_at <= (CAST(strftime('%s', due_on) AS INTEGER) + 36000) * 1000000 THEN 'done'
                ELSE 'late'
            END
        WHEN stage = 'reported'
            AND reported_at <= (CAST(strftime('%s', due_on) AS INTEGER) + 36000) * 1000000 THEN 'wait'
        ELSE 'open'
    END
) VIRTUAL;

-- What the lead says of an open task and the data do not show yet: done | on_track | empty.
ALTER TABLE tasks ADD COLUMN claim TEXT GENERATED ALWAYS AS (
    CASE
        WHEN recurs <> '' OR stage NOT IN ('issued', 'in_progress', 'returned', 'reported') THEN ''
        WHEN self_rating = 'done' THEN 'done'
        WHEN self_rating <> 'on_track' THEN ''
        WHEN stage = 'reported'
            AND reported_at <= (CAST(strftime('%s', due_on) AS INTEGER) + 36000) * 1000000 THEN ''
        ELSE 'on_track'
    END
) VIRTUAL;

CREATE INDEX tasks_shown_by_due ON tasks (is_public, due_on, id);
CREATE INDEX tasks_shown_by_standing ON tasks (is_public, standing, due_on, id);
CREATE INDEX tasks_shown_by_claim ON tasks (is_public, claim, due_on, id);
CREATE INDEX tasks_shown_of_programme ON tasks (programme_id, is_public, due_on, id);
CREATE INDEX tasks_shown_of_programme_by_standing ON tasks (programme_id, is_public, standing, due_on, id);
CREATE INDEX tasks_shown_of_programme_by_claim ON tasks (programme_id, is_public, claim, due_on, id);
CREATE INDEX tasks_shown_by_place ON tasks (is_public, lead_path, due_on, id);
CREATE INDEX programmes_by_name ON programmes (name_sort, id);
