// Package roster reads lists of users to be added, as CSV (RFC 4180) in UTF-8
// or Shift_JIS, and keeps the result file of an import: each user's secret and
// what became of them.
//
// A list is judged whole before anybody acts on it. The result file is written
// before the first user is added, with the key and the secret that each will
// have, so that an import that was cut short goes on where it was and nobody
// is added twice. Adding them, and saying what is wrong, are for others.
package roster
