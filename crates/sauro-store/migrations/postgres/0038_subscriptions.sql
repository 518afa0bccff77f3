-- Subscriptions (nhận tin): who is told of what the portal publishes, by mail or on a device, and what was told.

-- Whom to tell. Where to is sealed; the mark finds it again without saying what it is.
CREATE TABLE subscriptions (
    id           UUID    NOT NULL PRIMARY KEY,
    way          TEXT    NOT NULL CHECK (way IN ('mail', 'push')),
    mark         BYTEA    NOT NULL UNIQUE,          -- keyed, of the address or the endpoint
    sealed       BYTEA    NOT NULL,
    rhythm       TEXT    NOT NULL CHECK (rhythm IN ('now', 'daily', 'weekly')),
    wanted       TEXT    NOT NULL,                 -- JSON: codes of subjects
    is_on        BOOLEAN NOT NULL,                 -- the address was confirmed
    confirm_hash BYTEA    UNIQUE,                   -- of the link that confirms, while it is asked for
    consent      TEXT    NOT NULL,                 -- the version of the words that were agreed to
    asked_at     BIGINT NOT NULL,
    confirmed_at BIGINT,
    told_n       BIGINT NOT NULL,                 -- digests tell of what comes after
    next_at      BIGINT,                          -- when the next digest is closed
    CHECK ((confirmed_at IS NOT NULL) = (is_on))
);
CREATE INDEX subscriptions_due ON subscriptions (next_at, id) WHERE next_at IS NOT NULL;
CREATE INDEX subscriptions_asked ON subscriptions (asked_at, id) WHERE NOT is_on;

-- What confirmed subscriptions are about.
CREATE TABLE subscription_subjects (
    subject         TEXT    NOT NULL,
    rhythm          TEXT    NOT NULL,
    subscription_id UUID    NOT NULL REFERENCES subscriptions (id),
    way             TEXT    NOT NULL,
    since_n         BIGINT NOT NULL,              -- what was told before it was chosen is no news
    PRIMARY KEY (subject, rhythm, subscription_id)
);
CREATE INDEX subscription_subjects_of ON subscription_subjects (subscription_id, subject);

-- How many confirmed subscriptions there are about each subject.
CREATE TABLE subscription_counts (
    subject TEXT    NOT NULL PRIMARY KEY,
    n_mail  BIGINT NOT NULL,
    n_push  BIGINT NOT NULL
);

-- Counts what was told; one row.
CREATE TABLE subscription_counter (
    id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    n  BIGINT NOT NULL
);

-- What is to be told, once each.
CREATE TABLE subscription_news (
    id         UUID    NOT NULL PRIMARY KEY,
    cause      BYTEA    NOT NULL UNIQUE,            -- hash of what happened
    item_id    UUID    NOT NULL,
    occasion   TEXT    NOT NULL CHECK (occasion IN ('published', 'corrected', 'opens', 'closes')),
    subjects   TEXT    NOT NULL,                   -- JSON: codes of subjects
    due_at     BIGINT NOT NULL,
    state      TEXT    NOT NULL CHECK (state IN ('waiting', 'spreading', 'told', 'dropped')),
    n          BIGINT UNIQUE,                     -- its place among what was told
    at_subject BIGINT NOT NULL,                   -- how far it was spread: the subject, and after whom
    after_id   UUID    NOT NULL
);
CREATE INDEX subscription_news_to_go ON subscription_news (state, due_at, id);
CREATE INDEX subscription_news_of_item ON subscription_news (item_id, id);

-- What was told of each subject, for digests.
CREATE TABLE subscription_news_subjects (
    subject TEXT    NOT NULL,
    n       BIGINT NOT NULL,
    news_id UUID    NOT NULL REFERENCES subscription_news (id),
    PRIMARY KEY (subject, n)
);

-- The outbox. Where to is asked of the subscription when it goes; what it says as well, so that what was withdrawn
-- meanwhile is not in it.
CREATE TABLE subscription_letters (
    id              UUID    NOT NULL PRIMARY KEY,  -- also its Message-ID
    subscription_id UUID    NOT NULL REFERENCES subscriptions (id),
    way             TEXT    NOT NULL,
    kind            TEXT    NOT NULL CHECK (kind IN ('confirm', 'known', 'news')),
    cause           BYTEA    NOT NULL UNIQUE,       -- hash of what it answers: each is written once
    from_n          BIGINT NOT NULL,              -- it tells of what comes after
    until_n         BIGINT NOT NULL,
    sealed          BYTEA,                          -- the link that confirms, until it was sent
    state           TEXT    NOT NULL CHECK (state IN ('waiting', 'sent', 'rejected', 'dropped')),
    made_at         BIGINT NOT NULL,
    next_at         BIGINT NOT NULL,              -- not tried before
    n_tries         BIGINT NOT NULL,
    ended_at        BIGINT,
    error           TEXT    NOT NULL
);
CREATE INDEX subscription_letters_to_send ON subscription_letters (way, next_at, id) WHERE state = 'waiting';
CREATE INDEX subscription_letters_of ON subscription_letters (subscription_id, id);
CREATE INDEX subscription_letters_ended ON subscription_letters (ended_at, id) WHERE ended_at IS NOT NULL;
