package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"time"

	"certctl/pkg/store"
	"certctl/pkg/store/storetest"
)

// databases prints how many acquisitions (both stages, key and request
// included) one process does in a second with its records in SQLite and in
// PostgreSQL, both as they are set up by default, beside what a bare program
// does that runs the same SQL in the same transactions and nothing else: no
// key, no signature, no seal.
func databases(dir string) error {
	server, err := storetest.New()
	if err != nil {
		return err
	}
	defer runtime.KeepAlive(server)
	file := filepath.Join(dir, "databases.db")
	for _, d := range []struct {
		name, place, driver, dsn string
		connections              int
	}{
		{"SQLite", file, "sqlite", bareSQLite(file), 1},
		{"PostgreSQL", server.URL("postgres", "postgres"), "pgx", server.URL("postgres", "postgres"), 20},
	} {
		ctx := context.Background()
		var done []string
		ours, err := openBackend(ctx, d.place, store.Options{Create: true, Around: func(op string, do func() error) error {
			if done != nil { // while there is one goroutine
				done = append(done, op)
			}
			return do()
		}})
		if err != nil {
			return err
		}
		db, err := sql.Open(d.driver, d.dsn)
		if err != nil {
			return err
		}
		db.SetMaxOpenConns(d.connections)
		db.SetMaxIdleConns(d.connections)
		bare := &bareProgram{db: db, backend: ours, marks: d.driver == "pgx"}
		done = []string{}
		if _, err := ours.acquisitions(ctx, 1, 1); err != nil {
			return err
		}
		if err := bare.compareWith(ctx, done); err != nil {
			return err
		}
		done = nil
		for _, workers := range []int{1, 8, 32} {
			if err := sideBySide(ctx, d.name, workers, ours, bare); err != nil {
				return fmt.Errorf("%s from %d goroutines: %w", d.name, workers, err)
			}
		}
		if err := errors.Join(db.Close(), ours.store.Close()); err != nil {
			return err
		}
	}
	return nil
}

// bareSQLite is how a program opens a database with what certctl promises of its own.
func bareSQLite(file string) string {
	return "file:" + file + "?_pragma=busy_timeout(5000)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)&_txlock=immediate"
}

// sideBySide runs both in turn, and prints the medians of their rates.
func sideBySide(ctx context.Context, name string, workers int, ours *backend, bare *bareProgram) error {
	const rounds, users = 3, 128
	var rates [2][]float64
	for range rounds {
		for i, side := range []func(context.Context, int, int) (float64, error){ours.acquisitions, bare.acquisitions} {
			rate, err := side(ctx, workers, users)
			if err != nil {
				return err
			}
			rates[i] = append(rates[i], rate)
		}
	}
	for i := range rates {
		slices.Sort(rates[i])
	}
	a, b := rates[0][rounds/2], rates[1][rounds/2]
	fmt.Printf("%-22s %.0f acquisitions/s, the bare SQL %.0f/s: %.2f× (medians of %d)\n",
		fmt.Sprintf("%s, %d at once", name, workers), a, b, a/b, rounds)
	return nil
}

// bareProgram runs the SQL of an acquisition.
type bareProgram struct {
	db      *sql.DB
	backend *backend // adds the users
	marks   bool     // each transaction leaves its mark, as on PostgreSQL
}

// acquisitions adds users and returns how many a second are done with.
func (p *bareProgram) acquisitions(ctx context.Context, workers, users int) (float64, error) {
	work := make(chan []transaction, users)
	for range users {
		t, err := p.acquisition(ctx)
		if err != nil {
			return 0, err
		}
		work <- t
	}
	close(work)
	failed := make([]error, workers)
	var all sync.WaitGroup
	start := time.Now()
	for w := range workers {
		all.Go(func() {
			for transactions := range work {
				for _, t := range transactions {
					failed[w] = errors.Join(failed[w], p.run(ctx, t))
				}
			}
		})
	}
	all.Wait()
	return float64(users) / time.Since(start).Seconds(), errors.Join(failed...)
}

func (p *bareProgram) run(ctx context.Context, t transaction) error {
	opts := &sql.TxOptions{ReadOnly: t.reads}
	if t.reads && p.marks {
		opts.Isolation = sql.LevelRepeatableRead
	}
	tx, err := p.db.BeginTx(ctx, opts)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	var seq int64
	for _, s := range t.statements {
		args := s.args
		if s.op == "insert audit row" {
			args = slices.Concat(args, []any{seq})
		}
		err := ask(ctx, tx, s.sql, args, func(rows *sql.Rows) error {
			if s.op != "extend audit chain" {
				return nil
			}
			var mac []byte
			return rows.Scan(&seq, &mac)
		})
		if err != nil {
			return fmt.Errorf("%s: %w", s.op, err)
		}
	}
	return tx.Commit()
}

// ask runs a statement and looks at each row that it answers.
func ask(ctx context.Context, tx *sql.Tx, query string, args []any, look func(*sql.Rows) error) error {
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := look(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// compareWith is an error where the bare program does not do what certctl has
// done: its SQL is to be brought up to date then.
func (p *bareProgram) compareWith(ctx context.Context, done []string) error {
	transactions, err := p.acquisition(ctx)
	if err != nil {
		return err
	}
	var bare []string
	for _, t := range transactions {
		bare = append(bare, "begin")
		for _, s := range t.statements {
			bare = append(bare, s.op)
		}
		bare = append(bare, "commit")
	}
	// Adding the user is no part of it: it ends with the first commit.
	done = done[slices.Index(done, "commit")+1:]
	if !slices.Equal(done, bare) {
		return fmt.Errorf("the bare program does\n%q, and certctl\n%q", bare, done)
	}
	return nil
}
