package cli

import (
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// versionDoc is what `certctl version` shows.
type versionDoc struct {
	Version string `json:"version"`
	Commit  string `json:"commit"`
	Time    string `json:"commit_time"`
	Go      string `json:"go"`
	OS      string `json:"os"`
	Arch    string `json:"arch"`
}

func newVersion(a *app) *cobra.Command {
	cmd := a.command("version", a.text.Commands.Version)
	cmd.Annotations = map[string]string{momentary: ""}
	cmd.RunE = func(*cobra.Command, []string) error { return runVersion(a) }
	return cmd
}

func runVersion(a *app) error {
	v := builtFrom()
	l := a.text.Output.Labels
	return a.show(v, func(p *page) {
		p.fields(
			field{l.Version, v.Version},
			field{l.Commit, v.Commit},
			field{l.Built, v.Time},
			field{l.Go, v.Go},
			field{l.Platform, v.OS + "/" + v.Arch},
		)
	})
}

// builtFrom reads what the linker stamped: the version of a tag, and the
// commit where there was one.
func builtFrom() versionDoc {
	v := versionDoc{Version: "(devel)", Go: runtime.Version(), OS: runtime.GOOS, Arch: runtime.GOARCH}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return v
	}
	if info.Main.Version != "" {
		v.Version = info.Main.Version
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			v.Commit = s.Value
		case "vcs.time":
			v.Time = s.Value
		}
	}
	return v
}
