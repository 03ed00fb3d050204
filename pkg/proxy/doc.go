// Package proxy is a reverse proxy on this machine's loopback address that
// presents a client certificate to one HTTPS server, so that programs which
// cannot reach the key, or know no client certificates, use it all the same.
//
// The key never leaves the process. Other users of the machine can reach the
// port but not pass: every request has to carry the proxy's token, in a header
// (programs) or in a cookie that a first visit with the token sets (browsers),
// and to name the loopback as its host, which keeps other web sites out that
// have their name point here. Neither token nor cookie is passed on. When the
// certificate is replaced, new requests present the new one.
//
// Where the certificate comes from, and where the token is written down, is the
// caller's.
package proxy
