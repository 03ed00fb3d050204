-- +goose Up
-- Who is suspended, and which contracts: a few of many.
CREATE INDEX users_suspended ON users (contract_id, user_key) WHERE suspended_at IS NOT NULL AND removed_at IS NULL;
CREATE INDEX contracts_suspended ON contracts (id) WHERE suspended_at IS NOT NULL;

-- +goose Down
DROP INDEX contracts_suspended;
DROP INDEX users_suspended;
