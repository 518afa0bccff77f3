-- Copies of pictures for everybody, parts covered: made by an officer ('prepared'), and those that a leader let
-- out ('public'). What the sender sent stays as it is in petition_files.
CREATE TABLE petition_pictures (
    file_id     BLOB   NOT NULL REFERENCES petition_files (id),
    stage       TEXT   NOT NULL CHECK (stage IN ('prepared', 'public')),
    petition_id BLOB   NOT NULL REFERENCES petitions (id),
    hash        BLOB  NOT NULL,
    width       INTEGER NOT NULL,
    height      INTEGER NOT NULL,
    n_bytes     INTEGER NOT NULL,
    covers      TEXT   NOT NULL,                    -- what was covered, as model/picture.rs writes it
    made_at     INTEGER NOT NULL,
    PRIMARY KEY (file_id, stage)
) STRICT;
CREATE INDEX petition_pictures_of_case ON petition_pictures (petition_id, stage);
ALTER TABLE petition_files DROP COLUMN public_hash;
