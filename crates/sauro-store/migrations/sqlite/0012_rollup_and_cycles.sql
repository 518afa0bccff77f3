-- Programmes with ways of their own, the periods of recurring work, and how a task follows its children.

-- What a programme sets for its tasks where nobody says otherwise, as one JSON document.
ALTER TABLE programmes ADD COLUMN settings TEXT NOT NULL DEFAULT '{}';

-- The period of a recurring task that this task is, such as '2026-10'; empty for any other task.
ALTER TABLE tasks ADD COLUMN period TEXT NOT NULL DEFAULT '';
-- Who of the authority accepts: a role, or empty for whoever may.
ALTER TABLE tasks ADD COLUMN verifier_role TEXT NOT NULL DEFAULT '';
CREATE UNIQUE INDEX tasks_one_of_period ON tasks (parent_id, period) WHERE period <> '';
CREATE INDEX tasks_of_period ON tasks (parent_id, due_on, id) WHERE period <> '';

-- Where each recurring task stands: the first day whose period is still to be opened, and when.
CREATE TABLE task_cycles (
    task_id  BLOB NOT NULL PRIMARY KEY REFERENCES tasks (id),
    from_on  TEXT NOT NULL,
    opens_on TEXT NOT NULL                           -- '9999-12-31' while nothing is to be opened
) STRICT;
CREATE INDEX task_cycles_by_opening ON task_cycles (opens_on, task_id);

-- Recurring work that runs already goes on from today: its past was reported on the task itself.
INSERT INTO task_cycles (task_id, from_on, opens_on)
SELECT id, max(due_on, date('now', '+7 hours')), '2000-01-01'
FROM tasks
WHERE recurs <> '';

CREATE TRIGGER task_cycles_begin AFTER INSERT ON tasks WHEN NEW.recurs <> ''
BEGIN
    INSERT INTO task_cycles (task_id, from_on, opens_on) VALUES (NEW.id, NEW.due_on, '2000-01-01');
END;

-- The tasks handed down from a task, counted, and the rule by which it follows them. Periods are not
-- counted. The counts follow from `tasks` alone: triggers move them by what changed.
CREATE TABLE task_rollups (
    parent_id   BLOB    NOT NULL PRIMARY KEY REFERENCES tasks (id),
    rule        TEXT    NOT NULL CHECK (rule IN ('', 'all', 'share', 'count')),
    rule_value  INTEGER NOT NULL,                    -- basis points, or how many
    n_tasks     INTEGER NOT NULL,
    n_cancelled INTEGER NOT NULL,
    n_paused    INTEGER NOT NULL,
    n_verified  INTEGER NOT NULL
) STRICT;

INSERT INTO task_rollups (parent_id, rule, rule_value, n_tasks, n_cancelled, n_paused, n_verified)
SELECT parent_id, '', 0, COUNT(*), SUM(stage = 'cancelled'), SUM(stage = 'paused'),
    SUM(stage IN ('verified', 'in_use'))
FROM tasks
WHERE parent_id IS NOT NULL
GROUP BY parent_id;

CREATE TRIGGER task_rollups_come AFTER INSERT ON tasks WHEN NEW.parent_id IS NOT NULL AND NEW.period = ''
BEGIN
    INSERT INTO task_rollups (parent_id, rule, rule_value, n_tasks, n_cancelled, n_paused, n_verified)
    VALUES (NEW.parent_id, '', 0, 1, NEW.stage = 'cancelled', NEW.stage = 'paused',
        NEW.stage IN ('verified', 'in_use'))
    ON CONFLICT (parent_id) DO UPDATE SET
        n_tasks = n_tasks + 1,
        n_cancelled = n_cancelled + excluded.n_cancelled,
        n_paused = n_paused + excluded.n_paused,
        n_verified = n_verified + excluded.n_verified;
END;

CREATE TRIGGER task_rollups_go AFTER DELETE ON tasks WHEN OLD.parent_id IS NOT NULL AND OLD.period = ''
BEGIN
    UPDATE task_rollups
    SET n_tasks = n_tasks - 1,
        n_cancelled = n_cancelled - (OLD.stage = 'cancelled'),
        n_paused = n_paused - (OLD.stage = 'paused'),
        n_verified = n_verified - (OLD.stage IN ('verified', 'in_use'))
    WHERE parent_id = OLD.parent_id;
END;

CREATE TRIGGER task_rollups_move AFTER UPDATE OF stage, parent_id, period ON tasks
WHEN NEW.stage <> OLD.stage OR NEW.parent_id IS NOT OLD.parent_id OR NEW.period <> OLD.period
BEGIN
    UPDATE task_rollups
    SET n_tasks = n_tasks - 1,
        n_cancelled = n_cancelled - (OLD.stage = 'cancelled'),
        n_paused = n_paused - (OLD.stage = 'paused'),
        n_verified = n_verified - (OLD.stage IN ('verified', 'in_use'))
    WHERE parent_id = OLD.parent_id AND OLD.period = '';
    INSERT INTO task_rollups (parent_id, rule, rule_value, n_tasks, n_cancelled, n_paused, n_verified)
    SELECT NEW.parent_id, '', 0, 1, NEW.stage = 'cancelled', NEW.stage = 'paused',
        NEW.stage IN ('verified', 'in_use')
    WHERE NEW.parent_id IS NOT NULL AND NEW.period = ''
    ON CONFLICT (parent_id) DO UPDATE SET
        n_tasks = n_tasks + 1,
        n_cancelled = n_cancelled + excluded.n_cancelled,
        n_paused = n_paused + excluded.n_paused,
        n_verified = n_verified + excluded.n_verified;
END;
