-- Copies of pictures for everybody, parts covered: made by an officer ('prepared'), and those that a leader let
-- out ('public'). What the sender sent stays as it is in petition_files.
CREATE TABLE petition_pictures (
    file_id     UUID   NOT NULL REFERENCES petition_files (id),
    stage       TEXT   NOT NULL CHECK (stage IN ('prepared', 'public')),
    petition_id UUID   NOT NULL REFERENCES petitions (id),
    hash        BYTEA  NOT NULL,
    width       BIGINT NOT NULL,
    height      BIGINT NOT NULL,
    n_bytes     BIGINT NOT NULL,
    covers      TEXT   NOT NULL,                    -- what was covered, as model/picture.rs writes it
    made_at     BIGINT NOT NULL,
    PRIMARY KEY (file_id, stage)
);
CREATE INDEX petition_pictures_of_case ON petition_pictures (petition_id, stage);
ALTER TABLE petition_files DROP COLUMN public_hash;
