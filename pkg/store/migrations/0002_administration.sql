-- +goose Up
CREATE INDEX audit_at ON audit (at, chain, seq);

-- +goose Down
DROP INDEX audit_at;
