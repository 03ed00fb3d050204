package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// startup measures the commands that open nothing beside a command that does
// nothing and links the same modules.
func startup(dir, certctl string) error {
	empty := filepath.Join(dir, "empty")
	if err := buildEmpty(dir, empty); err != nil {
		return err
	}
	env := []string{"HOME=" + dir}
	var failed []error
	for _, argument := range []string{"version", "--help"} {
		program := func(name, path string) side {
			return side{name, func(int) (time.Duration, error) {
				took, _, err := timed(env, path, argument)
				return took, err
			}}
		}
		failed = append(failed, compare("certctl "+argument, 101, 1.5, program("certctl", certctl), program("empty", empty)))
	}
	return errors.Join(failed...)
}

// buildEmpty builds ./testdata/bench/empty with the packages of other modules
// that certctl imports. The file that names them is made now, and laid over
// the tree, so that it is never stale.
func buildEmpty(dir, output string) error {
	paths, err := foreignImports()
	if err != nil {
		return err
	}
	var text strings.Builder
	text.WriteString("package main\n\nimport (\n")
	for _, path := range paths {
		fmt.Fprintf(&text, "\t_ %q\n", path)
	}
	text.WriteString(")\n")
	links := filepath.Join(dir, "links.go")
	if err := os.WriteFile(links, []byte(text.String()), 0o600); err != nil {
		return err
	}

	inTree, err := filepath.Abs("testdata/bench/empty/links.go")
	if err != nil {
		return err
	}
	overlay, err := json.Marshal(map[string]map[string]string{"Replace": {inTree: links}})
	if err != nil {
		return err
	}
	overlayFile := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(overlayFile, overlay, 0o600); err != nil {
		return err
	}
	return build(output, "./testdata/bench/empty", "-overlay", overlayFile)
}

// foreignImports returns what the packages that make up certctl import of
// other modules.
func foreignImports() ([]string, error) {
	list := exec.Command("go", "list", "-deps", "-f", "{{range .Imports}}{{$.ImportPath}} {{.}}\n{{end}}", "./cmd/certctl")
	list.Stderr = os.Stderr
	out, err := list.Output()
	if err != nil {
		return nil, fmt.Errorf("list the imports of certctl: %w", err)
	}
	var paths []string
	for line := range strings.Lines(string(out)) {
		from, path, _ := strings.Cut(strings.TrimSpace(line), " ")
		host, _, _ := strings.Cut(path, "/")
		if strings.HasPrefix(from, "certctl/") && strings.Contains(host, ".") {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	return slices.Compact(paths), nil
}

// build builds a command as the release is built.
func build(output, path string, flags ...string) error {
	args := append([]string{"build", "-trimpath", "-ldflags", "-s -w", "-o", output}, flags...)
	cmd := exec.Command("go", append(args, path)...)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("build %s: %w: %s", path, err, out)
	}
	return nil
}
