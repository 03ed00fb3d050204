// Package wallet keeps the holder's keys and certificates on this machine: the
// public half (NAME.json, NAME.pem) in a directory, the private half (a
// PKCS#12 bundle, and keys still waiting for their certificate) in a Box,
// which is either the keyring of the operating system or encrypted files in
// the same directory.
//
// The directory never names an entry whose key the Box does not hold, and the
// Box holds nothing that the directory does not name: a change is staged in
// the directory (NAME.json.next), made in the Box, then committed in the
// directory (one rename); whatever a crash left between is finished or undone
// by the next change. Reading the public half opens no Box, so listing asks
// for no password and no keyring.
//
// It makes no keys and no requests, talks to no backend and knows no policy
// beyond remembering it: that is package enroll. It does not talk to a keyring
// itself: that is package keyring.
package wallet
