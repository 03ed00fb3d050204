package store_test

import (
	"testing"

	"certctl/pkg/store/storetest"
)

// TestAllOnPostgreSQL runs this suite on PostgreSQL, but for what looks at
// files and what is on PostgreSQL in any case.
func TestAllOnPostgreSQL(t *testing.T) {
	storetest.OnPostgreSQL(t, "TestOpenMakesNothingUnlessAsked", "TestFilesArePrivateWhateverTheUmask",
		"TestOpenSaysWhyItCouldNot", "TestABrokenPageIsFoundWhereItIsRead",
		"TestALostCommitIsLookedUp", "TestAServerThatWasStartedAnewIsUsedAgain", "TestTwoInEachOthersWayBothSucceed")
}
