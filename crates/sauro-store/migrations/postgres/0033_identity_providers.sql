-- Sign-in with identity providers (OpenID Connect): citizens, officials, and which petition is whose.

-- A citizen known to a provider. Who it is stands sealed; the mark is a keyed hash of provider and subject, so that
-- a copy of the database tells nobody who is there.
CREATE TABLE citizens (
    id           UUID    NOT NULL PRIMARY KEY,
    subject_mark BYTEA   NOT NULL UNIQUE,
    sealed       BYTEA   NOT NULL,                  -- JSON: provider, subject, name, e-mail, telephone
    made_at      BIGINT NOT NULL
);

-- Their sessions. Only the SHA-256 of the cookie's token is kept.
CREATE TABLE citizen_sessions (
    token_hash BYTEA   NOT NULL PRIMARY KEY,
    citizen_id UUID    NOT NULL REFERENCES citizens (id) ON DELETE CASCADE,
    provider   TEXT    NOT NULL,
    level      TEXT    NOT NULL,                    -- acr, as the provider said it
    made_at    BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX citizen_sessions_of ON citizen_sessions (citizen_id, token_hash);
CREATE INDEX citizen_sessions_by_expiry ON citizen_sessions (expires_at, token_hash);

-- Officials who linked themselves: one subject opens one account, and an account has one subject of each provider.
CREATE TABLE account_subjects (
    subject_mark BYTEA   NOT NULL PRIMARY KEY,
    account_id   UUID    NOT NULL REFERENCES accounts (id),
    provider     TEXT    NOT NULL,
    linked_at    BIGINT NOT NULL,
    UNIQUE (account_id, provider)
);

-- Trips to a provider that came back, until they would have ended anyway: each comes back once.
CREATE TABLE signin_trips (
    state_hash BYTEA   NOT NULL PRIMARY KEY,
    expires_at BIGINT NOT NULL
);
CREATE INDEX signin_trips_by_expiry ON signin_trips (expires_at, state_hash);

-- Cases that a citizen sent while signed in, or added by their code. Gone with the citizen, and when the sender
-- of the case is forgotten.
CREATE TABLE petition_citizens (
    citizen_id  UUID    NOT NULL REFERENCES citizens (id) ON DELETE CASCADE,
    petition_id UUID    NOT NULL REFERENCES petitions (id),
    added_at    BIGINT NOT NULL,
    PRIMARY KEY (citizen_id, petition_id)
);
CREATE INDEX petition_citizens_of_case ON petition_citizens (petition_id, citizen_id);

-- The same of initiatives; who wrote one stands in initiative_authors, sealed.
CREATE TABLE initiative_citizens (
    citizen_id    UUID    NOT NULL REFERENCES citizens (id) ON DELETE CASCADE,
    initiative_id UUID    NOT NULL REFERENCES initiatives (id),
    added_at      BIGINT NOT NULL,
    PRIMARY KEY (citizen_id, initiative_id)
);
