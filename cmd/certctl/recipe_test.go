package main

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// recipe is a job of docs/renew-in-ci.md: the variables that it sets, and what it
// runs, as a shell gets it.
type recipe struct {
	env   []string
	shell []string // and its flags
	steps []string
}

// recipes reads the jobs out of a page.
func recipes(t *testing.T, page string) (hook string, jobs map[string]recipe) {
	t.Helper()
	blocks := regexp.MustCompile("(?ms)^```[a-z]+\n(.*?)^```$").FindAllStringSubmatch(page, -1)
	if len(blocks) != 4 {
		t.Fatalf("%d blocks, want 4", len(blocks))
	}
	github, gitlab, cron := blocks[1][1], blocks[2][1], blocks[3][1]
	jobs = map[string]recipe{
		// As each of them runs a step.
		"github": {shell: []string{"bash", "--noprofile", "--norc", "-eo", "pipefail"}, env: variables(github, ": "), steps: indented(github)},
		"gitlab": {shell: []string{"bash", "-eo", "pipefail"}, env: variables(gitlab, ": "), steps: items(gitlab)},
		"cron":   {shell: []string{"sh"}, env: variables(cron, "="), steps: crontab(cron)},
	}
	for name, job := range jobs {
		if len(job.env) != 3 || len(job.steps) == 0 {
			t.Fatalf("%s: %+v", name, job)
		}
	}
	return blocks[0][1], jobs
}

// variables are the settings of certctl in a block.
func variables(block, between string) []string {
	var all []string
	for _, m := range regexp.MustCompile(`(?m)^ *(CERTCTL_[A-Z_]+)`+between+`(.*)$`).FindAllStringSubmatch(block, -1) {
		all = append(all, m[1]+"="+m[2])
	}
	return all
}

// indented are the texts under "run: |".
func indented(block string) []string {
	var all []string
	for _, m := range regexp.MustCompile(`(?m)^ +run: \|\n((?: {10}.*\n)+)`).FindAllStringSubmatch(block, -1) {
		all = append(all, strings.ReplaceAll(m[1], "          ", ""))
	}
	return all
}

// items are the lines of the script of a job; they run in one shell.
func items(block string) []string {
	_, script, _ := strings.Cut(block, "  script:\n")
	script, _, _ = strings.Cut(script, "  artifacts:")
	return []string{strings.ReplaceAll(script, "    - ", "")}
}

// crontab are the commands behind the times.
func crontab(block string) []string {
	var all []string
	for _, m := range regexp.MustCompile(`(?m)^[0-9]+ [0-9]+ \* \* \* (.*)$`).FindAllStringSubmatch(block, -1) {
		all = append(all, m[1])
	}
	return all
}

// The jobs of the page renew a certificate that ends tomorrow and run the hook,
// and do nothing the next day. They are run as they stand there, but for the
// directories.
func TestTheRecipesRenew(t *testing.T) {
	page := readDoc(t, "renew-in-ci.md")
	hook, jobs := recipes(t, page)
	template := holder(t)
	for name, job := range jobs {
		t.Run(name, func(t *testing.T) {
			w := template.copy(t)
			if err := os.Chmod(filepath.Join(w.home, "wallet", "wallet.key"), 0o600); err != nil {
				t.Fatal(err)
			}
			bin := t.TempDir()
			here := strings.NewReplacer("/var/lib/certctl", w.home, "/usr/local/bin/", bin+"/")
			program(t, bin, "deploy-certificate", here.Replace(hook))
			program(t, bin, "systemctl", "#!/bin/sh\necho \"$*\" >>'"+w.beside("reloads")+"'\n")
			first := w.serial(t)

			w.runRecipe(t, job, here, bin, "2028-02-28T09:00:00Z")
			second := w.serial(t)
			if second == first {
				t.Error("the certificate was not renewed")
			}
			out, err := exec.Command("openssl", "x509", "-in", filepath.Join(w.home, "client.pem"), "-noout", "-serial").Output()
			if got := strings.ToLower(strings.TrimSpace(string(out))); err != nil || strings.TrimLeft(got[len("serial="):], "0") != second {
				t.Errorf("deployed is %q, want %s (%v)", out, second, err)
			}
			w.runRecipe(t, job, here, bin, "2028-02-29T09:00:00Z")
			if third := w.serial(t); third != second {
				t.Error("it was renewed twice")
			}
			if reloads, err := os.ReadFile(w.beside("reloads")); err != nil || string(reloads) != "reload nginx\n" {
				t.Errorf("reloads: %q, %v", reloads, err)
			}
		})
	}
}

// runRecipe runs the steps of a job at a time.
func (w town) runRecipe(t *testing.T, job recipe, here *strings.Replacer, bin, at string) {
	t.Helper()
	work := t.TempDir()
	for _, step := range job.steps {
		cmd := exec.Command(job.shell[0], append(slices.Clone(job.shell[1:]), "-c", here.Replace(step))...)
		cmd.Dir = work
		cmd.Env = append(w.command().Env, "CERTCTL_NO_INPUT=", "CERTCTL_WALLET=", "CERTCTL_WALLET_PASSWORD_FILE=", "PATH="+bin+":"+os.Getenv("PATH"))
		for _, variable := range job.env {
			cmd.Env = append(cmd.Env, here.Replace(variable))
		}
		if err := os.WriteFile(w.beside("clock"), []byte(at), 0o600); err != nil {
			t.Fatal(err)
		}
		var complaint bytes.Buffer
		cmd.Stderr = &complaint
		if out, err := cmd.Output(); err != nil {
			t.Errorf("%s: %v\n%s%s", step, err, out, complaint.String())
		}
	}
	text, err := os.ReadFile(filepath.Join(work, "renewed.json"))
	if err != nil {
		return // cron's has none
	}
	var doc struct{ Certificates []struct{ Result string } }
	if err := json.Unmarshal(text, &doc); err != nil || len(doc.Certificates) != 1 {
		t.Errorf("renewed.json: %v\n%s", err, text)
	}
}

// program makes an executable file.
func program(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o700); err != nil {
		t.Fatal(err)
	}
}

func readDoc(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "docs", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// What is to be copied is the same in both languages.
func TestTheRecipesAreTheSameInBothLanguages(t *testing.T) {
	blocks := regexp.MustCompile("(?ms)^```[a-z]+\n.*?^```$")
	english, japanese := readDoc(t, "renew-in-ci.md"), readDoc(t, "renew-in-ci.ja.md")
	if a, b := blocks.FindAllString(english, -1), blocks.FindAllString(japanese, -1); !slices.Equal(a, b) {
		t.Errorf("%q\n%q", a, b)
	}
}
