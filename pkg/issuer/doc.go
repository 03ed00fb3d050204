// Package issuer is the issuing backend: every rule of who may have a
// certificate, and when. It implements api.Service for holders and api.Admin
// for administrators over a store, a sealing key and a clock.
//
// An acquisition is three steps. Decide, one transaction that always commits:
// claim an attempt, match the code, spend its step, look at the slot, and fix
// every field of the certificate in a row in state signing. Sign, outside any
// transaction. Record, a second transaction that completes the row. Whoever is
// killed between them leaves a row that the next request with the same key
// finishes, with the same serial number and fields and without a code.
//
// It computes no code and no signature itself (otp, ca), keeps nothing in
// memory that another replica would miss, and speaks no protocol.
package issuer
