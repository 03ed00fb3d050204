package i18n

// ListFlags are the usage texts of the flags that say what of a list is wanted.
type ListFlags struct {
	UserState, Expiring, NoTokenFilter, Limit, After string
}

// List is what the lists of users and tokens say.
type List struct {
	NoMatch string
	More    string // {cursor}
}

func englishListFlags() ListFlags {
	return ListFlags{
		UserState:     "only users in this `STATE`: not_issued, acquirable, acquire_expired, active, renewable, expired_reacquirable, expired_reissue or revoked; or locked or suspended, whatever the certificate",
		Expiring:      "only users whose certificate ends within this `TIME`, such as 30d",
		NoTokenFilter: "only users who have no token",
		Limit:         "at most `COUNT`, and where to go on; without it, all",
		After:         "go on at the `CURSOR` with which the page before ended",
	}
}

func englishList() List {
	return List{
		NoMatch: "Nothing in the list matches.",
		More:    "There are more. For the next page, run this again with\n  --after {cursor}",
	}
}
