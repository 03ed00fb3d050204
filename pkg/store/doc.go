// Package store remembers: the deployment and its certificate authorities,
// contracts, users with their slots, tokens, certificates, sessions and the
// audit chains, in SQLite or PostgreSQL.
//
// It knows no rule. Everything that must be decided by one of many callers is
// a conditional UPDATE here whose row count or RETURNING says who won; the
// issuer decides what that means. Secrets reach it sealed.
//
// All shared state is in the database, so any number of processes may use one
// at once. The SQL is literal text beside the method that runs it, with $1
// parameters and named columns, and one text for both databases. Times are Unix
// seconds, UTC; serial numbers are lower-case hex.
package store
