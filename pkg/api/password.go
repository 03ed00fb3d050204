package api

import "unicode/utf8"

// MinPassword is how many characters a password has at least that people choose
// for something new: NIST SP 800-63B 5.1.1.2. What is opened has the password
// that it has.
const MinPassword = 8

// LongEnough tells whether something new may have a password.
func LongEnough(password Secret) bool {
	return utf8.RuneCountInString(string(password)) >= MinPassword
}
