package cli

import (
	"slices"

	"github.com/spf13/cobra"

	"certctl/pkg/i18n"
)

// entry is a command of the first help page.
type entry struct {
	group string
	name  string
	short string
	make  func(*app) *cobra.Command // with its flags, and the verbs under it
}

// entries is the first help page.
func entries(t i18n.Commands) []entry {
	return []entry{
		{groupHolder, "acquire", t.Acquire.Short, newAcquire},
		{groupHolder, "renew", t.Renew.Short, newRenew},
		{groupHolder, "status", t.Status.Short, newStatus},
		{groupHolder, "list", t.List.Short, newList},
		{groupHolder, "show", t.Show.Short, newShow},
		{groupHolder, "schedule", t.Schedule.Short, newSchedule},
		{groupHolder, "doctor", t.Doctor.Short, newDoctor},
		{groupHolder, "exec", t.Exec.Short, newExec},
		{groupHolder, "proxy", t.Proxy.Short, newProxy},
		{groupHolder, "export", t.Export.Short, newExport},
		{groupHolder, "import", t.Import.Short, newImport},
		{groupHolder, "install", t.Install.Short, newInstall},
		{groupHolder, "uninstall", t.Uninstall.Short, newUninstall},
		{groupHolder, "remove", t.Remove.Short, newRemove},
		{groupHolder, "revoke", t.Revoke.Short, newRevoke},
		{groupAdmin, "user", t.User.Short, newUser},
		{groupAdmin, "otp", t.OTP.Short, newOTP},
		{groupAdmin, "pin", t.PIN.Short, newPIN},
		{groupAdmin, "notify", t.Notify.Short, newNotify},
		{groupOperator, "ca", t.CA.Short, newCA},
		{groupOperator, "contract", t.Contract.Short, newContract},
		{groupOperator, "audit", t.Audit.Short, newAudit},
		{groupEveryone, "quickstart", t.Quickstart.Short, newQuickstart},
		{groupEveryone, "config", t.Config.Short, newConfig},
		{groupEveryone, "completion", t.Completion.Short, newCompletion},
		{groupEveryone, "version", t.Version.Short, newVersion},
	}
}

// enter returns the command of an entry. It is made in full only where the
// arguments name it: a run needs one of them, and of all others what a list, a
// completion or the guess at a slip of the pen needs. All of them, with all their
// flags, took as long as everything else of a run that opens nothing.
func (a *app) enter(e entry) *cobra.Command {
	if a.process.Args != nil && !slices.Contains(a.process.Args, e.name) {
		return &cobra.Command{Use: e.name, Short: e.short, GroupID: e.group, Run: func(*cobra.Command, []string) {}}
	}
	cmd := e.make(a)
	cmd.GroupID = e.group
	return cmd
}
