-- What became of a draft is looked up by those who asked for the task: a case of a citizen knows its draft.
CREATE INDEX tasks_of_draft ON tasks (draft_id) WHERE draft_id IS NOT NULL;
