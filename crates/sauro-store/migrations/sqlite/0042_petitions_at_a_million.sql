-- What a list of petitions reads grows with what it shows, not with what is stored.

-- Who gave the last answer that was approved, beside when it went out: a file of every answered case reads one table.
ALTER TABLE petitions ADD COLUMN answered_by_id BLOB;
UPDATE petitions
SET answered_by_id = (
    SELECT given.agency_id
    FROM petition_answers given
    WHERE given.petition_id = petitions.id AND given.approved_at IS NOT NULL
    ORDER BY given.n DESC
    LIMIT 1
)
WHERE answered_at IS NOT NULL;

-- Reviews below an agency: of all cases below, few are in review at any time.
DROP INDEX petitions_below;
CREATE INDEX petitions_in_review ON petitions (holder_path, id) WHERE state = 'review';
