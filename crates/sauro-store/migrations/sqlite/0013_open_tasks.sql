-- What is owed of the open tasks is told from the index alone: the nation's overdue are counted by it.
DROP INDEX tasks_open_by_due;
CREATE INDEX tasks_open_by_due ON tasks (due_on, id, standing)
    WHERE stage IN ('issued', 'in_progress', 'returned', 'reported', 'paused');
