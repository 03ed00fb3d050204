package issuer_test

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"certctl/pkg/api"
	"certctl/pkg/issuer"
	"certctl/pkg/store"
	"certctl/pkg/store/storetest"
)

// Whoever has the public key can write a backup. One that says what no backend of
// ours would have written is refused whole, on both engines, and before the
// sealing key is kept.
func TestAHostileBackupRestoresNothing(t *testing.T) {
	b := newBackend(t, nil)
	b.addUser(tanaka)
	b.acquired(tanaka, 0)
	file := b.backUp()
	place := storetest.Place(t)
	st := must(store.Open(t.Context(), place, store.Options{Create: true}))
	defer st.Close()
	db := storetest.OpenDB(t, place)
	for name, c := range map[string]struct{ old, now string }{
		"a list's number that overflows":    {`(?m)^(\["[0-9a-f]+","issuing",.*),0,null,`, `$1,9223372036854775807,null,`},
		"a step that overflows":             {`(,"SHA1",\{[^}]*\}),[0-9]+,`, `$1,9223372036854775807,`},
		"a step before the first":           {`(,"SHA1",\{[^}]*\}),[0-9]+,`, `$1,-1,`},
		"a number that is none":             {`(,"SHA1",\{[^}]*\}),[0-9]+,`, `$1,1e30,`},
		"a period of nothing":               {`"totp",6,30,`, `"totp",6,0,`},
		"nine million digits":               {`"totp",6,30,`, `"totp",9000000,30,`},
		"no algorithm":                      {`"SHA1"`, `"MD5"`},
		"a type of no token":                {`"totp",6`, `"yubi",6`},
		"a serial that is none":             {`(?m)^\["[0-9a-f]+","root"`, `["../../etc","root"`},
		"a serial that is another's":        {`(?m)^\["[0-9a-f]+","root"`, `["0A","root"`},
		"a time that no calendar has":       {`(?m)^(\["12345678901","",null),[0-9]+`, `$1,9000000000000000`},
		"a time before all":                 {`(?m)^(\["12345678901","",null),[0-9]+`, `$1,-1`},
		"text for a number":                 {`(?m)^(\["12345678901","",null),[0-9]+`, `$1,"now"`},
		"bytes for a text":                  {`(?m)^\["12345678901","",null`, `["12345678901",{"b":"AAAA"},null`},
		"text for bytes":                    {`(,"SHA1",)\{[^}]*\}`, `$1"secret"`},
		"a number for a text":               {`(?m)^\["12345678901","",null`, `["12345678901",7,null`},
		"a list for a text":                 {`(?m)^\["12345678901","",null`, `["12345678901",["",[]],null`},
		"nothing where something has to be": {`(?m)^\["12345678901","",null`, `["12345678901",null,null`},
		"a text with a NUL":                 {`"tanaka","tanaka","[^"]*"`, `"tanaka","tanaka","a\u0000b"`},
		"addresses that are no list":        {`,"null","user",`, `,"{","user",`},
		"a role that is none":               {`,"null","user",`, `,"null","root",`},
		"a row twice":                       {`(?m)^(\["12345678901","",null.*)$`, "$1\n$1"},
		"two deployments":                   {`(?m)^(\{"table":"deployment".*)\n(.*)$`, "$1\n$2\n$2"},
		"a certificate that is not there":   {`"active",([0-9]+),"[0-9a-f]+"`, `"active",$1,"abc"`},
		"an active slot with nothing in it": {`"active",([0-9]+),"[0-9a-f]+"`, `"active",$1,null`},
		"a predecessor that is not there":   {`"active",([0-9]+),"([0-9a-f]+)",null`, `"active",$1,"$2","abc"`},
		"a table twice":                     {`(?m)^(\{"table":"contracts".*)$`, "$1\n$1"},
		"a row of no table":                 {`(?m)^(\{"table":"deployment".*)$`, "[]\n$1"},
		"a row that is too long":            {`(?m)^\["12345678901","",null`, `["12345678901","",null,1,2,3,4,5`},
		"a table without columns":           {`"columns":\["chain","seq","mac"\]`, `"columns":[]`},
		"a column twice":                    {`"columns":\["chain","seq","mac"\]`, `"columns":["chain","seq","seq"]`},
		"a billion rows":                    {`"users":1\}`, `"users":1000000000}`},
		"bytes with a secret beside":        {`(,"SHA1",\{"b":"[^"]*")`, `$1,"c":1`},
		"a root that is no certificate":     {`(?m)^(\["[0-9a-f]+","root",\{"b":")[^"]*`, `${1}AAAA`},
		"no CA that issues":                 {`(?m)^(\["[0-9a-f]+",)"issuing"`, `$1"root"`},
		"a last line that never ends":       {`\{"rows":`, `{` + strings.Repeat(" ", 1<<18) + `"rows":`},
	} {
		changed := false
		bad := b.rewritten(file, func(lines []string) []string {
			text := strings.Join(lines, "\n")
			again := regexp.MustCompile(c.old).ReplaceAllString(text, c.now)
			changed = again != text
			return strings.Split(again, "\n")
		})
		if !changed {
			t.Errorf("%s: nothing is changed", name)
			continue
		}
		r, err := issuer.OpenBackup(bytes.NewReader(bad), "", strings.NewReader(ageIdentity))
		if err == nil {
			_, err = issuer.Restore(t.Context(), st, r, issuer.Config{Now: b.clock.now}, operator, func([]byte) error {
				t.Errorf("%s: the key is kept", name)
				return nil
			})
		}
		wantCode(t, name, err, api.BackupDamaged)
		var n int
		if err := db.QueryRow(`SELECT (SELECT COUNT(*) FROM deployment) + (SELECT COUNT(*) FROM contracts)`).Scan(&n); err != nil || n != 0 {
			t.Errorf("%s: %d rows (%v)", name, n, err)
		}
	}
}
