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

-- +goose Down
ALTER TABLE tokens DROP COLUMN resync_needed;
ALTER TABLE deployment DROP COLUMN restored_at;
DROP TABLE checkpoints;
DROP TABLE checkpoint_key;
ALTER TABLE audit DROP COLUMN token;
DROP INDEX audit_at;
