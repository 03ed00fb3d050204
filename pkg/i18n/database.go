package i18n

// DatabaseErrors is what there is to say of a database server.
type DatabaseErrors struct {
	NoDatabase  Problem
	NoRights    Problem
	NotUTF8     Problem
	KeyInPlace  Problem // the sealing key, in the keyring
	WantStore   string
	WeakSetting string // {settings}
}

// englishDatabaseCodes are the codes of a database server.
func englishDatabaseCodes() map[string]Problem {
	return map[string]Problem{
		"store_unreachable": {
			"The database server does not answer.",
			"Check that the server is running, and that `store` in config.yaml (CERTCTL_STORE) names it: `certctl config view`. Then run the command again: nothing is done twice, and no code is lost.",
		},
		"store_login": {
			"The database server does not let this user in.",
			"Check the user and the database in `store` (CERTCTL_STORE), and the password, which may be in ~/.pgpass or PGPASSWORD too. pg_hba.conf on the server says who may come from where.",
		},
		"outcome_unknown": {
			"The connection to the database was lost before it said whether it had kept what was done.",
			"Run `certctl acquire` or `certctl renew` again as it was: neither does anything twice. After another command see first what is there, with `certctl user list` or `certctl contract list`.",
		},
	}
}

func englishDatabase() DatabaseErrors {
	return DatabaseErrors{
		NoDatabase: Problem{
			"The database server has no database of this name.",
			"Correct the name in `store` (CERTCTL_STORE), or have one made on the server: `createdb --encoding=UTF8 --template=template0 NAME`.",
		},
		NoRights: Problem{
			"The database's user may not do what an issuing backend has to do.",
			"Make the user the owner of the database, on the server: `ALTER DATABASE NAME OWNER TO USER`. Then run the command again.",
		},
		NotUTF8: Problem{
			"The database is not in UTF-8, and cannot keep every name as it is written.",
			"Have another made on the server: `createdb --encoding=UTF8 --template=template0 NAME`.",
		},
		KeyInPlace: Problem{
			"Where the records are in PostgreSQL, the sealing key cannot be in the keyring.",
			"Every machine that works with the database needs the same key. Keep it in a file: --sealed-by file:PATH (CERTCTL_SEALED_BY).",
		},
		WantStore:   "sqlite, or the URL of a PostgreSQL database such as postgres://USER@HOST/DATABASE",
		WeakSetting: "Warning: the database server runs with {settings}. If its machine fails, records may be lost that certctl has reported as kept, and a code that was used may be accepted again.",
	}
}
