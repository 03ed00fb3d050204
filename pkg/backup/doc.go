// Package backup is the file that `certctl ca backup` writes and `certctl ca
// restore` reads: the sealing key and every row of a backend, encrypted with age
// (https://age-encryption.org/v1) by a passphrase or to recipients.
//
// Inside is one JSON value a line: the header; for each table a line with its
// columns, then a line for each row; at last how many rows each table has. A
// value of a row is a number, a string, {"b":BASE64} for bytes, or null, so that
// a file says the same of SQLite and of PostgreSQL. age authenticates the bytes
// and their end, and the last line says that whoever wrote them had come to the
// end too.
//
// It is read and written as a stream, however many rows there are. It knows no
// database, and not what the rows mean.
package backup
