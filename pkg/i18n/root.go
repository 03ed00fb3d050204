package i18n

// RootFlags are the usages of the flags for a root's key that is kept in a file.
type RootFlags struct {
	RootOut, RootIn, RootPasswordFile string
}

// Root is what is said about it.
type Root struct {
	ThePassword             string // what, for NoInput
	Key, KeyHere, KeyInFile string // label and values
	Written                 string // {file}
}

func englishRootFlags() RootFlags {
	return RootFlags{
		RootOut:          "write the root's key to this new `FILE` alone, under a password",
		RootIn:           "the `FILE` with the root's key, which certctl ca init --root-out wrote",
		RootPasswordFile: "read the password of that file from `FILE` (- is standard input)",
	}
}

func englishRoot() Root {
	return Root{
		ThePassword: "password of the file with the root's key",
		Key:         "Key",
		KeyHere:     "sealed in the database",
		KeyInFile:   "in the file of --root-out, and nowhere else",
		Written: "The root's key is in {file} and nowhere else. Move it to where no network reaches, with a copy, and keep its password apart: " +
			"`certctl ca rotate --root-in` will ask for both.",
	}
}

func englishRootCodes() map[string]Problem {
	return map[string]Problem{
		"root_offline": {
			"The root's key is not here: it was written to a file when this backend was made.",
			"Bring that file and name it with --root-in FILE, and its password with --root-password-file F.",
		},
		"root_foreign": {
			"The file has the key of another root.",
			"Bring the file that was written when this backend was made; `certctl ca show` shows the root.",
		},
	}
}

func englishRootHints() map[string]string {
	return map[string]string{
		"usage root":          "A file that `certctl ca init --root-out` wrote begins with BEGIN ENCRYPTED PRIVATE KEY. If this one does, it is damaged: bring a copy.",
		"password_wrong root": "It is the one that was chosen when the backend was made with `certctl ca init --root-out`. Check capitals included.",
	}
}
