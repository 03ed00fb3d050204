package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"certctl/pkg/i18n"
)

// streamMark is the annotation of a command whose result is a stream of rows.
const streamMark = "stream"

// stream marks a command whose result may be any number of rows: with -o jsonl
// each is a document on a line of its own.
func stream(cmd *cobra.Command) *cobra.Command {
	cmd.Annotations = map[string]string{streamMark: ""}
	return cmd
}

func isStream(cmd *cobra.Command) bool {
	_, marked := cmd.Annotations[streamMark]
	return marked
}

// noStream refuses -o jsonl for a command whose result is one document.
func (a *app) noStream(cmd *cobra.Command) error {
	e := a.text.Errors
	return a.usage(i18n.Fill(e.NoStream, "command", cmd.CommandPath()),
		i18n.Fill(e.NoStreamHint, "commands", strings.Join(streams(Command(Process{}, a.text)), ", ")))
}

// streams names the commands below a command that are marked as streams.
func streams(cmd *cobra.Command) []string {
	var all []string
	if isStream(cmd) {
		all = append(all, cmd.CommandPath())
	}
	for _, sub := range cmd.Commands() {
		all = append(all, streams(sub)...)
	}
	return all
}
