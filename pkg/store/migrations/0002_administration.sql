-- +goose Up
CREATE INDEX audit_at ON audit (at, chain, seq);

CREATE TABLE checkpoint_key (
    one        BIGINT PRIMARY KEY CHECK (one = 1),
    sealed_key BYTEA  NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE checkpoints (
    number BIGINT PRIMARY KEY,
    signed TEXT   NOT NULL
);

-- +goose Down
DROP TABLE checkpoints;
DROP TABLE checkpoint_key;
DROP INDEX audit_at;
