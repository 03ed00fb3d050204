// Package storetest is for tests only: throw-away PostgreSQL clusters, and a
// suite that runs once on each database.
//
// A test asks Place where its database is to be and opens it there. Usually
// that is a file; one test of the package calls OnPostgreSQL, which runs the
// others once more in another process, where it is a new database of a server
// that is there for nothing else. To look at one of them:
//
//	TEST_STORE=postgres go test ./pkg/issuer -run TestName
package storetest
