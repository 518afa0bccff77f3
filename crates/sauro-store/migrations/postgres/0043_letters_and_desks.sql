-- Senders are told on the way that they left: by mail or by short message, whichever way their case came in.

ALTER TABLE mailbox_letters ADD COLUMN way TEXT NOT NULL DEFAULT 'mail' CHECK (way IN ('mail', 'sms'));
ALTER TABLE mailbox_letters ADD COLUMN n_unsure BIGINT NOT NULL DEFAULT 0;
ALTER TABLE mailbox_letters DROP CONSTRAINT mailbox_letters_kind_check;
ALTER TABLE mailbox_letters ADD CONSTRAINT mailbox_letters_kind_check
    CHECK (kind IN ('receipt', 'refusal', 'asked', 'extended', 'merged', 'answered', 'code'));
DROP INDEX mailbox_letters_to_send;
CREATE INDEX mailbox_letters_to_send ON mailbox_letters (way, next_at, id) WHERE state = 'waiting';

-- Lists of places and of fields walk the indexes of public cases alone; these two only made each write dearer.
DROP INDEX petitions_of_place;
DROP INDEX petitions_of_field;

-- The few cases about an official, who is told of none of them: counted apart, so that all others are counted along an
-- index alone.
CREATE INDEX petitions_about ON petitions (about_id, holder_id, state) WHERE about_id IS NOT NULL;

-- What only the desk that coordinates can bring forward: few cases among many that wait to be sorted.
CREATE INDEX petitions_to_bind ON petitions (holder_id, due_on, id) WHERE state = 'sorting' AND n_refusals >= 2;
