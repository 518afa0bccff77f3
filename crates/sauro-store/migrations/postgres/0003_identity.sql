-- Accounts, seats, sessions and what slows attackers.

-- Accounts (tài khoản): one a person. The login is lower-case ASCII.
CREATE TABLE accounts (
    id                   UUID    NOT NULL PRIMARY KEY,
    login                TEXT COLLATE "C"   NOT NULL UNIQUE,
    display_name         TEXT    NOT NULL,
    name_fold            TEXT    NOT NULL,
    password_hash        TEXT,                        -- PHC string, argon2id; NULL: no sign-in by password
    totp_secret          BYTEA,                       -- sealed with the key file of the data folder
    totp_confirmed_at    BIGINT,
    totp_step            BIGINT     NOT NULL,            -- the last 30-second step used, so that no code works twice
    must_change_password BOOLEAN NOT NULL,
    is_sample            BOOLEAN NOT NULL,             -- offered on the sign-in page of a demonstration
    disabled_at          BIGINT,
    created_at           BIGINT     NOT NULL,
    version              BIGINT     NOT NULL
);

-- Seats (chức danh): an account acts for an agency in a role, between two days. A lent seat names the lender's.
CREATE TABLE posts (
    id             UUID NOT NULL PRIMARY KEY,
    account_id     UUID NOT NULL REFERENCES accounts (id),
    agency_id      UUID NOT NULL REFERENCES agencies (id),
    role           TEXT NOT NULL CHECK (role IN ('administrator', 'standing-agency', 'leader',
                                                 'focal-officer', 'officer', 'verifier', 'inspector')),
    title          TEXT NOT NULL,
    valid_from     DATE NOT NULL,
    valid_to       DATE,                              -- the last day
    delegated_from UUID REFERENCES posts (id)
);
CREATE INDEX posts_of_account ON posts (account_id, valid_from, id);
CREATE INDEX posts_of_agency ON posts (agency_id, role, id);
CREATE INDEX posts_lent ON posts (delegated_from, valid_from, id);

-- Sessions (phiên làm việc). Only the SHA-256 of the cookie's token is kept.
CREATE TABLE sessions (
    token_hash   BYTEA NOT NULL PRIMARY KEY,
    account_id   UUID  NOT NULL REFERENCES accounts (id),
    post_id      UUID  REFERENCES posts (id),         -- NULL until every step of signing in is done
    created_at   BIGINT   NOT NULL,
    seen_at      BIGINT   NOT NULL,
    expires_at   BIGINT   NOT NULL,
    user_agent   TEXT  NOT NULL,
    address_hint TEXT  NOT NULL,                      -- the address without its last part
    totp_passed  BOOLEAN NOT NULL
);
CREATE INDEX sessions_of_account ON sessions (account_id, seen_at, token_hash);
CREATE INDEX sessions_by_expiry ON sessions (expires_at, token_hash);

-- Machines that signed in before: their owner is not slowed by strangers who guess at the login.
CREATE TABLE signin_devices (
    token_hash BYTEA NOT NULL,
    account_id UUID  NOT NULL REFERENCES accounts (id),
    seen_at    BIGINT   NOT NULL,
    PRIMARY KEY (token_hash, account_id)
);
CREATE INDEX signin_devices_of_account ON signin_devices (account_id, seen_at, token_hash);

-- Attempts that failed. The key is the SHA-256 of what is counted (login and address, or address alone).
CREATE TABLE signin_attempts (
    key        BYTEA NOT NULL PRIMARY KEY,
    n_failed   BIGINT   NOT NULL,
    last_at    BIGINT   NOT NULL,
    wait_until BIGINT   NOT NULL
);
CREATE INDEX signin_attempts_by_age ON signin_attempts (last_at, key);

-- Recovery codes (mã dự phòng) for whoever lost the phone. Only the SHA-256 is kept; each works once.
CREATE TABLE recovery_codes (
    account_id UUID  NOT NULL REFERENCES accounts (id),
    code_hash  BYTEA NOT NULL,
    used_at    BIGINT,
    PRIMARY KEY (account_id, code_hash)
);
