package install_test

import (
	"context"
	"errors"
	"testing"

	"certctl/pkg/install"
)

func TestExecReadsSecretsFromPipes(t *testing.T) {
	t.Parallel()
	out, complaints, err := install.Exec(t.Context(), install.Command{
		Name: "sh", Args: []string{"-c", `cat /dev/fd/3 - /dev/fd/4; echo "$X" >&2`},
		Env: []string{"X=from the environment"}, Stdin: []byte("two "), Secrets: []string{"one ", "three"},
	})
	if err != nil || out != "one two three" || complaints != "from the environment\n" {
		t.Errorf("%q, %q, %v", out, complaints, err)
	}
}

func TestExecSaysWhatWentWrong(t *testing.T) {
	t.Parallel()
	if _, _, err := install.Exec(t.Context(), install.Command{Name: "no-such-program"}); !errors.Is(err, install.ErrTools) {
		t.Errorf("no program: %v", err)
	}
	if _, _, err := install.Exec(t.Context(), install.Command{Name: "sh", Args: []string{"-c", "echo why >&2; exit 1"}}); err == nil || err.Error() != "run sh: exit status 1: why" {
		t.Errorf("a failure: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := install.Exec(ctx, install.Command{Name: "sleep", Args: []string{"60"}}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
