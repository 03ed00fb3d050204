package issuer_test

import (
	"testing"

	"certctl/pkg/store/storetest"
)

// TestAllOnPostgreSQL runs this suite on PostgreSQL, but for what needs a disk
// that is full, or a column that takes what is not of its type.
func TestAllOnPostgreSQL(t *testing.T) {
	storetest.OnPostgreSQL(t, "TestFullDisk", "TestARowThatDoesNotReadIsBroken",
		"TestTheServerFailsInTheMiddle", "TestTheServerIsDown", "TestOneKeyOfTwoUsersAtOnce",
		"TestTwoAdministratorsGiveOneToken")
}
