package ca_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"certctl/pkg/ca"
)

var update = flag.Bool("update", false, "make testdata/csr anew")

const corpusDir = "../../testdata/csr"

var allKeyTypes = []string{"ec-p256", "ec-p384", "rsa-2048", "rsa-3072", "ed25519"}

// specimen is one request of the corpus.
type specimen struct {
	name string
	made string        // how, for the README
	want error         // nil: accepted
	text string        // what the refusal says, or the key type
	der  func() []byte // makes it anew
}

// TestCorpus holds CheckCSR to every request in testdata/csr. With -update it
// makes them and their README again, with new keys.
func TestCorpus(t *testing.T) {
	if *update {
		writeCorpus(t)
	}
	for _, s := range corpus() {
		der, err := os.ReadFile(filepath.Join(corpusDir, s.name+".der"))
		if err != nil {
			t.Error(err)
			continue
		}
		got, err := ca.CheckCSR(der, allKeyTypes)
		if !errors.Is(err, s.want) {
			t.Errorf("%s: %v, want %v", s.name, err, s.want)
			continue
		}
		if err != nil && !strings.Contains(err.Error(), s.text) {
			t.Errorf("%s: %q does not say %q", s.name, err, s.text)
		}
		if err == nil && got.KeyType != s.text {
			t.Errorf("%s: key type %s, want %s", s.name, got.KeyType, s.text)
		}
	}
}

func TestCorpusIsDescribed(t *testing.T) {
	readme, err := os.ReadFile(filepath.Join(corpusDir, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(readme, corpusReadme()) {
		t.Error("README.md is stale: go test ./pkg/ca -run TestCorpus -update")
	}
	files, err := filepath.Glob(filepath.Join(corpusDir, "*.der"))
	if err != nil {
		t.Fatal(err)
	}
	if want := len(corpus()); len(files) != want {
		t.Errorf("%d requests, %d described", len(files), want)
	}
}

func writeCorpus(t *testing.T) {
	t.Helper()
	for _, s := range corpus() {
		if err := os.WriteFile(filepath.Join(corpusDir, s.name+".der"), s.der(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(corpusDir, "README.md"), corpusReadme(), 0o644); err != nil {
		t.Fatal(err)
	}
}

func corpusReadme() []byte {
	var b bytes.Buffer
	b.WriteString(`# Certificate requests, good and hostile

PKCS#10 in DER. Made by pkg/ca/specimen_test.go:

    go test ./pkg/ca -run TestCorpus -update

Unless a line says otherwise the signature is good, so that nothing but what the
line names is a reason to refuse.

| request | how it was made | outcome |
| --- | --- | --- |
`)
	for _, s := range corpus() {
		outcome := "accepted"
		if s.want != nil {
			outcome = s.want.Error()
		}
		if s.text != "" {
			outcome += ": " + s.text
		}
		fmt.Fprintf(&b, "| %s | %s | %s |\n", s.name, s.made, outcome)
	}
	return b.Bytes()
}
