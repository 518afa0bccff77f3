-- Deadlines of open petitions set anew after a limit or the calendar changed: by what, and how far it is, so that
-- whoever starts next goes on from there, on whichever node.
CREATE TABLE petition_recounts (
    id       BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    basis    BYTEA  NOT NULL,                    -- hash of the limits and the calendar
    after_id UUID   NOT NULL,                    -- the last case that was looked at
    n_all    BIGINT NOT NULL,                    -- open cases when it began
    n_seen   BIGINT NOT NULL,
    n_moved  BIGINT NOT NULL,                    -- that have another deadline
    began_at BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE INDEX petitions_open ON petitions (id) WHERE state <> 'closed';

-- The public list of one field, the newest answer first.
CREATE INDEX petitions_public_of_field ON petitions (field, answered_at, id)
    WHERE answered_at IS NOT NULL AND may_publish AND NOT is_hidden;

-- Where each word led most often; of a word that led everywhere no more is read than its first targets.
CREATE INDEX petition_words_most ON petition_words (word, n, target);
