package i18n

import "strings"

// Fill replaces the named placeholders of a sentence. The pairs are names and
// values: Fill("{count} users", "count", "3") is "3 users". A sentence of
// another language may use its placeholders in another order, or more than
// once. A placeholder without a value is left as it is, and a value is never
// looked into for placeholders.
func Fill(s string, pairs ...string) string {
	replacements := make([]string, len(pairs))
	for i, p := range pairs {
		if i%2 == 0 {
			p = "{" + p + "}"
		}
		replacements[i] = p
	}
	return strings.NewReplacer(replacements...).Replace(s)
}
