-- +goose Up
CREATE INDEX audit_at ON audit (at, chain, seq);
ALTER TABLE audit ADD COLUMN token TEXT NOT NULL DEFAULT '';

CREATE TABLE checkpoint_key (
    one        BIGINT PRIMARY KEY CHECK (one = 1),
    sealed_key BYTEA  NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE checkpoints (
    number BIGINT PRIMARY KEY,
    signed TEXT   NOT NULL
);

-- What was sealed for clients before a restore is void, and a counter has to be
-- found again before a code of it counts.
ALTER TABLE deployment ADD COLUMN restored_at BIGINT;
ALTER TABLE tokens ADD COLUMN resync_needed BIGINT NOT NULL DEFAULT 0;

-- The moment on which the derived state of a slot depends: see SlotRange. It is
-- kept here, beside the slot's state, so that one index lists them by it.
ALTER TABLE users ADD COLUMN slot_at BIGINT NOT NULL DEFAULT 0;
UPDATE users SET slot_at = issued_at WHERE slot_state = 'issued' AND issued_at IS NOT NULL;
UPDATE users SET slot_at = COALESCE((SELECT not_after FROM certificates WHERE serial = current_serial), 0) WHERE slot_state = 'active';
CREATE INDEX users_slot ON users (slot_state, slot_at, contract_id, user_key);
-- Who has none is in the second index and, for SQLite to choose that, not in the
-- first.
DROP INDEX users_token;
CREATE INDEX users_token ON users (token_id) WHERE token_id IS NOT NULL;
CREATE INDEX users_without_token ON users (contract_id, user_key) WHERE token_id IS NULL AND removed_at IS NULL;
CREATE INDEX tokens_hardware ON tokens (contract_id, serial) WHERE serial IS NOT NULL;
CREATE INDEX users_locked ON users (contract_id, user_key) WHERE locked_at IS NOT NULL AND removed_at IS NULL;

-- A key that is kept elsewhere (ca init --root-out) is NULL here. SQLite cannot
-- take NOT NULL from a column.
ALTER TABLE authorities ADD COLUMN key BYTEA;
UPDATE authorities SET key = sealed_key;
ALTER TABLE authorities DROP COLUMN sealed_key;
ALTER TABLE authorities RENAME COLUMN key TO sealed_key;

-- +goose Down
ALTER TABLE authorities ADD COLUMN key BYTEA NOT NULL DEFAULT '';
UPDATE authorities SET key = sealed_key WHERE sealed_key IS NOT NULL;
ALTER TABLE authorities DROP COLUMN sealed_key;
ALTER TABLE authorities RENAME COLUMN key TO sealed_key;
DROP INDEX users_locked;
DROP INDEX tokens_hardware;
DROP INDEX users_without_token;
DROP INDEX users_token;
CREATE INDEX users_token ON users (token_id);
DROP INDEX users_slot;
ALTER TABLE users DROP COLUMN slot_at;
ALTER TABLE tokens DROP COLUMN resync_needed;
ALTER TABLE deployment DROP COLUMN restored_at;
DROP TABLE checkpoints;
DROP TABLE checkpoint_key;
ALTER TABLE audit DROP COLUMN token;
DROP INDEX audit_at;
