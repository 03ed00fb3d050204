package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// When the connection is lost between a COMMIT and its answer, the transaction
// has happened or it has not, and the next command depends on which. So each
// one that writes leaves, as the last thing before its COMMIT, a row with a
// random id that is there exactly where the transaction is. The server's own
// pg_xact_status would be asked for the number of a transaction, and after a
// crash numbers are given out again whose transactions left nothing on disk.

// outcomeMemory is for how long the row is kept, in seconds of the server's
// clock; it is asked for within seconds.
const outcomeMemory = 900

// commit implements engine.
func (e *postgres) commit(ctx context.Context, db *sql.DB, tx *Tx) error {
	id := rand.Text()
	// Old ones go as new ones come. Nobody waits for another's.
	_, err := tx.exec(ctx, "mark transaction",
		`WITH old AS (
		     DELETE FROM outcomes WHERE id IN (
		         SELECT id FROM outcomes WHERE at < CAST(EXTRACT(EPOCH FROM now()) AS BIGINT) - $2
		         LIMIT 4 FOR UPDATE SKIP LOCKED))
		 INSERT INTO outcomes (id, at) VALUES ($1, CAST(EXTRACT(EPOCH FROM now()) AS BIGINT))`, id, outcomeMemory)
	if err != nil {
		return err
	}
	err = ended(ctx, tx.st.around("commit", tx.tx.Commit))
	if err == nil {
		return nil
	}
	_ = tx.tx.Rollback() // of a COMMIT that was not sent: nobody shall wait for it
	if !answered(err) {
		happened, unknown := e.happened(ctx, db, id)
		if unknown != nil {
			return fmt.Errorf("commit transaction: %w (%w; %w)", ErrOutcomeUnknown, err, unknown)
		}
		if happened {
			return nil
		}
	}
	return classify("commit transaction", err)
}

// answered tells whether a COMMIT failed because the server said so. What it
// says on its way down is no answer.
func answered(err error) bool {
	var e *pgconn.PgError
	return errors.As(err, &e) && e.Severity == "ERROR" || errors.Is(err, pgx.ErrTxCommitRollback) || pgconn.SafeToRetry(err)
}

// happened finds out, for as long as others would wait for a lock, whether a
// transaction was committed whose outcome nobody told.
func (e *postgres) happened(ctx context.Context, db *sql.DB, id string) (bool, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), e.busy)
	defer cancel()
	for {
		happened, err := lookUp(ctx, db, id)
		if err == nil || ctx.Err() != nil {
			return happened, err
		}
		pause := time.NewTimer(50 * time.Millisecond)
		select {
		case <-pause.C:
		case <-ctx.Done():
			pause.Stop()
			return false, err
		}
	}
}

// lookUp tries to write the row that the transaction has written, which waits
// for the end of one that is still under way: it is there, or now it can never
// be.
func lookUp(ctx context.Context, db *sql.DB, id string) (happened bool, err error) {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return false, err
	}
	defer func() { _ = tx.Rollback() }() // it is no outcome of ours
	res, err := tx.ExecContext(ctx, `INSERT INTO outcomes (id, at) VALUES ($1, 0) ON CONFLICT (id) DO NOTHING`, id)
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n == 0, err
}
