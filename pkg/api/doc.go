// Package api is the vocabulary that the holder's half of certctl (enroll,
// wallet, install, prompt) and the issuing half (issuer, ca, otp, seal, store)
// share: the Service and Admin interfaces, their requests and answers, the
// canonical form of an ID, and the errors with their stable codes.
//
// It decides nothing, keeps nothing and prints nothing. The issuing backend
// implements Service in process; a client implements it over the network; a
// command cannot tell which one it holds. What a person reads is made from the
// codes here by the command line.
package api
