-- +goose Up
CREATE TABLE deployment (
    one        BIGINT PRIMARY KEY CHECK (one = 1),
    id         TEXT   NOT NULL,
    seal_check BYTEA  NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE authorities (
    serial      TEXT   PRIMARY KEY,
    kind        TEXT   NOT NULL CHECK (kind IN ('root', 'issuing')),
    certificate BYTEA  NOT NULL,
    sealed_key  BYTEA  NOT NULL,
    crl         BYTEA,
    crl_number  BIGINT NOT NULL DEFAULT 0,
    crl_at      BIGINT,
    created_at  BIGINT NOT NULL
);

CREATE TABLE contracts (
    id           TEXT   PRIMARY KEY,
    name         TEXT   NOT NULL,
    suspended_at BIGINT,
    created_at   BIGINT NOT NULL
);

CREATE TABLE tokens (
    id            TEXT   PRIMARY KEY,
    serial        TEXT   UNIQUE,
    contract_id   TEXT   REFERENCES contracts (id),
    type          TEXT   NOT NULL CHECK (type IN ('totp', 'hotp')),
    digits        BIGINT NOT NULL,
    period        BIGINT NOT NULL,
    algorithm     TEXT   NOT NULL,
    sealed_secret BYTEA  NOT NULL,
    next_step     BIGINT NOT NULL DEFAULT 0,
    drift         BIGINT NOT NULL DEFAULT 0,
    attempts      BIGINT NOT NULL DEFAULT 0,
    confirmed_at  BIGINT,
    last_used_at  BIGINT,
    expires_at    BIGINT,
    created_at    BIGINT NOT NULL
);

CREATE TABLE users (
    id             TEXT   PRIMARY KEY,
    contract_id    TEXT   NOT NULL REFERENCES contracts (id),
    user_id        TEXT   NOT NULL,
    user_key       TEXT   NOT NULL,
    name           TEXT   NOT NULL,
    emails         TEXT   NOT NULL,
    role           TEXT   NOT NULL CHECK (role IN ('user', 'admin')),
    token_id       TEXT   REFERENCES tokens (id),
    sealed_pin     BYTEA,
    attempts       BIGINT NOT NULL DEFAULT 0,
    locked_at      BIGINT,
    suspended_at   BIGINT,
    removed_at     BIGINT,
    created_at     BIGINT NOT NULL,
    slot_state     TEXT   NOT NULL CHECK (slot_state IN ('not_issued', 'issued', 'active', 'revoked', 'removed')),
    issued_at      BIGINT,
    current_serial TEXT,
    predecessor_serial TEXT
);
CREATE UNIQUE INDEX users_living ON users (contract_id, user_key) WHERE removed_at IS NULL;
CREATE INDEX users_token ON users (token_id);

CREATE TABLE certificates (
    serial        TEXT   PRIMARY KEY,
    user_id       TEXT   NOT NULL REFERENCES users (id),
    issuer_serial TEXT   NOT NULL REFERENCES authorities (serial),
    state         TEXT   NOT NULL CHECK (state IN ('signing', 'good', 'revoked')),
    spki          BYTEA  NOT NULL,
    spki_sha256   TEXT   NOT NULL UNIQUE,
    subject_o     TEXT   NOT NULL,
    subject_uid   TEXT   NOT NULL,
    subject_cn    TEXT   NOT NULL,
    not_before    BIGINT NOT NULL,
    not_after     BIGINT NOT NULL,
    created_at    BIGINT NOT NULL,
    der           BYTEA,
    superseded_at BIGINT,
    revoked_at    BIGINT,
    reason        TEXT
);
CREATE INDEX certificates_user ON certificates (user_id, state);

CREATE TABLE sessions (
    nonce      TEXT   PRIMARY KEY,
    spent      BIGINT NOT NULL DEFAULT 0,
    succeeded  BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL
);
CREATE INDEX sessions_age ON sessions (created_at);

CREATE TABLE tries (
    nonce      TEXT   NOT NULL REFERENCES sessions (nonce) ON DELETE CASCADE,
    code_mac   TEXT   NOT NULL,
    csr_sha256 TEXT   NOT NULL,
    outcome    TEXT   NOT NULL,
    tries_left BIGINT,
    serial     TEXT,
    PRIMARY KEY (nonce, code_mac, csr_sha256)
);

CREATE TABLE nonces (
    nonce      TEXT   PRIMARY KEY,
    created_at BIGINT NOT NULL
);
CREATE INDEX nonces_age ON nonces (created_at);

CREATE TABLE audit (
    chain   TEXT   NOT NULL,
    seq     BIGINT NOT NULL,
    at      BIGINT NOT NULL,
    actor   TEXT   NOT NULL,
    action  TEXT   NOT NULL,
    subject TEXT   NOT NULL,
    outcome TEXT   NOT NULL,
    serial  TEXT   NOT NULL,
    why     TEXT   NOT NULL,
    mac     BYTEA  NOT NULL,
    PRIMARY KEY (chain, seq)
);

CREATE TABLE audit_heads (
    chain TEXT   PRIMARY KEY,
    seq   BIGINT NOT NULL,
    mac   BYTEA  NOT NULL
);

CREATE TABLE notices (
    id         TEXT   PRIMARY KEY,
    user_id    TEXT   NOT NULL REFERENCES users (id),
    claimed_at BIGINT NOT NULL,
    sent_at    BIGINT
);

-- What PostgreSQL's transactions leave behind to be found by: see outcome.go.
CREATE TABLE outcomes (
    id TEXT   PRIMARY KEY,
    at BIGINT NOT NULL
);
CREATE INDEX outcomes_age ON outcomes (at);

-- +goose Down
DROP TABLE outcomes;
DROP TABLE notices;
DROP TABLE audit_heads;
DROP TABLE audit;
DROP TABLE nonces;
DROP TABLE tries;
DROP TABLE sessions;
DROP TABLE certificates;
DROP TABLE users;
DROP TABLE tokens;
DROP TABLE contracts;
DROP TABLE authorities;
DROP TABLE deployment;
