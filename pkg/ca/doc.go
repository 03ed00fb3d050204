// Package ca makes and checks what an issuing backend signs: the root and the
// issuing certificate authority, holders' certificates for TLS client
// authentication (RFC 5280), the root's revocation list, and the rules for the
// keys of certificate requests (PKCS#10, RFC 2986).
//
// It computes, over a crypto.Signer, and no more. Who may have a certificate,
// which serial went where, the time, and the safe keeping of an authority's key
// are its caller's. It keeps no records and reads no clock.
package ca
