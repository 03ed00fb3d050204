package i18n

// Roster is what `certctl user import` says.
type Roster struct {
	// Columns are the names of the columns of a list, the first of which is
	// shown, and Words other words for what a cell may say, both with | between
	// them.
	Columns, Words map[string]string

	Adding string // while it goes on

	// What is wrong with a list: {line}, {column}, {value}, {other}.
	Faults   map[string]string
	Wrong    string // {file}, {faults}
	AndMore  string // {count}, as a last line of {faults}
	FixFirst string // the hint

	TooBig  string  // cause, for BadFile
	NotText Problem // {file}
	NoUsers Problem // {file}
	NoStdin string  // message where the list is standard input and --result is missing
	// NoStdout refuses - for --result.
	NoStdout string
	OtherResult, PlantedResult,
	OtherList Problem // {file}

	DryRun          string
	Done            string // {added}, {exists}, {failed}, {file}
	Earlier         string // {count}, after Done
	AddedEarlier    string // an outcome
	Next            string // {file}
	GoesOn          string // hint of what cut an import short
	Outcomes        map[string]string
	Factors         map[string]string // what a user is given, where it is no serial
	Outcome, Factor string            // headings
}

func englishUserImportPage() Page {
	return Page{
		Short: "Add the users of a list and register their OTP",
		Long: `Adds all users of a list, in CSV (UTF-8 or Shift_JIS) with a heading: user_id, and
contract_id unless --contract-id names the contract; name, email (several with ;
between them), role (user or admin) and otp as wanted. What each user is to prove
themselves with is in otp:

  software   a token for their app, made now; so it is where the cell is empty
  SERIAL     a hardware token of the inventory (see certctl otp import)
  pin        a confirmation PIN, made now, for those who have no token yet
  none       nothing yet

With any but none, the certificate slot is issued.

The list is judged whole before anything is written, and all that is wrong with it
is named by its line. The secrets go into the result file (0600), with what became
of each user, and nowhere else: hand them over, then delete it. An import that was
cut short goes on where it was when it is run again with the same result file.
Users who were there before are left alone.`,
		Example: `  certctl user import users.csv --contract-id 12345678901 --dry-run
  certctl user import users.csv --contract-id 12345678901
  certctl user import users.csv --result /root/users.result.csv -o json`,
	}
}

func englishRoster() Roster {
	return Roster{
		Columns: map[string]string{
			"contract_id": "contract_id|contract id|contract",
			"user_id":     "user_id|user id|user",
			"name":        "name|display name|full name",
			"email":       "email|e-mail|e-mail address|mail",
			"role":        "role|authority",
			"otp":         "otp|one-time password|token",
		},
		Words: map[string]string{
			"user":     "normal",
			"admin":    "administrator",
			"software": "app|yes",
			"pin":      "confirmation pin",
			"none":     "no|-",
		},
		Adding: "Adding the users",
		Faults: map[string]string{
			"unknown_column": "Line {line}: there is no column {value}.",
			"missing_column": "Line {line}: the column {column} is missing.",
			"twice_column":   "Line {line}: {value} is the column {column} a second time.",
			"bad_fields":     "Line {line}: it has not as many cells as the heading, or a quotation mark that does not match.",
			"bad_value":      "Line {line}: {value} is no valid {column}.",
			"twice_user":     "Line {line}: the user {value} is in line {other} already.",
			"twice_token":    "Line {line}: the hardware token {value} is in line {other} already.",

			"no_contract":        "Line {line}: there is no contract {value}.",
			"suspended_contract": "Line {line}: the contract {value} is suspended.",
			"no_token":           "Line {line}: {value} is no word for {column}, and no hardware token that this contract can have.",
			"token_expired":      "Line {line}: the hardware token {value} has ended: its time is over, or it was reported lost.",
			"token_taken":        "Line {line}: another user has the hardware token {value}.",
			"no_pins":            "Line {line}: everybody needs a one-time password here, and no PIN will do.",
		},
		Wrong:    "Nobody was added, because the list {file} is not right:\n{faults}",
		AndMore:  "And {count} more.",
		FixFirst: "Correct the list and run the command again.",
		TooBig:   "it is too big for a list of users",
		NotText: Problem{
			Message: "The list {file} is neither UTF-8 nor Shift_JIS.",
			Hint:    "Save it as CSV in UTF-8 and run the command again.",
		},
		NoUsers: Problem{
			Message: "The list {file} has no users.",
			Hint:    "The first line names the columns, and each line after it is a user: `certctl help user import`.",
		},
		NoStdin:  "Where the list comes from standard input, --result has to say where the secrets go.",
		NoStdout: "--result is a file, not standard output: the result has the secrets of all users, and a run that was cut short goes on from it. Name a file.",
		OtherResult: Problem{
			Message: "{file} is there already, and is not the result of an import, or was changed.",
			Hint:    "Name another file with --result.",
		},
		PlantedResult: Problem{
			Message: "Others may have written {file}, and the secrets of the users would come from it.",
			Hint:    "A result of certctl belongs to you, is no link, and is for you alone (0600). Look where it comes from, or name another file with --result.",
		},
		OtherList: Problem{
			Message: "{file} is the result of an import of other users.",
			Hint:    "Name another file with --result.",
		},
		DryRun:       "Nothing was written: this is what would be done.",
		Done:         "Added {added} users; {exists} were there before and were left alone; {failed} could not be added.",
		Earlier:      "{count} of the list were added by an earlier run already, and are in its result.",
		AddedEarlier: "added by an earlier run",
		Next:         "The secrets are in {file}, and nowhere else. Hand them to the users, then delete it.",
		GoesOn:       "Run the same command again: it goes on where it was, and adds nobody twice.",
		Outcomes: map[string]string{
			"planned":     "to be added",
			"added":       "added",
			"exists":      "was there before",
			"token_taken": "another user has got the token meanwhile",
		},
		Factors: map[string]string{"software": "app", "pin": "PIN", "none": "-"},
		Outcome: "OUTCOME",
		Factor:  "OTP",
	}
}
