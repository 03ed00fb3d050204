package main

import (
	"bufio"
	"go/ast"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestEveryPackageSaysWhatItIs(t *testing.T) {
	docs := map[string]string{}
	for _, s := range sources(t) {
		docs[s.dir] += s.file.Doc.Text()
	}
	for dir, text := range docs {
		name := filepath.Base(dir)
		if want := "Package " + name + " "; !strings.HasPrefix(dir, "cmd/") && !strings.HasPrefix(text, want) {
			t.Errorf("%s: the package comment does not start with %q", dir, want)
		}
		if want := "Command " + name + " "; strings.HasPrefix(dir, "cmd/") && !strings.HasPrefix(text, want) {
			t.Errorf("%s: the package comment does not start with %q", dir, want)
		}
	}
}

func TestEveryExportedNameIsDocumented(t *testing.T) {
	for _, s := range sources(t) {
		for _, d := range s.file.Decls {
			for _, name := range undocumented(d) {
				t.Errorf("%s: %s has no comment", s.at(d), name)
			}
		}
	}
}

// undocumented returns the exported names of a declaration that no comment
// describes. A comment above a group of constants or variables describes all.
func undocumented(d ast.Decl) []string {
	if f, isFunc := d.(*ast.FuncDecl); isFunc {
		if f.Doc == nil && f.Name.IsExported() && receiver(f).IsExported() {
			return []string{f.Name.Name}
		}
		return nil
	}
	group, isGroup := d.(*ast.GenDecl)
	if !isGroup || group.Doc != nil {
		return nil
	}
	var names []string
	for _, spec := range group.Specs {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			if spec.Doc == nil && spec.Name.IsExported() {
				names = append(names, spec.Name.Name)
			}
		case *ast.ValueSpec:
			for _, n := range spec.Names {
				if spec.Doc == nil && spec.Comment == nil && n.IsExported() {
					names = append(names, n.Name)
				}
			}
		}
	}
	return names
}

// receiver returns the type that a method belongs to, or the function's own
// name.
func receiver(f *ast.FuncDecl) *ast.Ident {
	if f.Recv == nil {
		return f.Name
	}
	expr := f.Recv.List[0].Type
	for {
		switch e := expr.(type) {
		case *ast.StarExpr:
			expr = e.X
		case *ast.IndexExpr:
			expr = e.X
		case *ast.IndexListExpr:
			expr = e.X
		case *ast.Ident:
			return e
		default:
			return f.Name
		}
	}
}

func TestNothingHappensBeforeMain(t *testing.T) {
	for _, s := range sources(t) {
		for _, d := range s.file.Decls {
			if f, isFunc := d.(*ast.FuncDecl); isFunc && f.Recv == nil && f.Name.Name == "init" {
				t.Errorf("%s: init", s.at(d))
			}
		}
	}
}

// constantVars are the package variables that are not recognised as constant
// by their form and yet never change, as "dir.name".
func constantVars() []string {
	return []string{
		"pkg/issuer.holderActor",
		"pkg/keyring.noSuchObject",
	}
}

// A package variable that changes is shared by everything in the process,
// tests that run beside one another included.
func TestPackageVariablesAreConstant(t *testing.T) {
	allowed := constantVars()
	for _, s := range sources(t) {
		for _, d := range s.file.Decls {
			group, isGroup := d.(*ast.GenDecl)
			if !isGroup || group.Tok != token.VAR {
				continue
			}
			for _, name := range changeable(group) {
				if !slices.Contains(allowed, s.dir+"."+name) {
					t.Errorf("%s: package variable %s", s.at(d), name)
				}
			}
		}
	}
}

// changeable returns the variables of a group that are neither errors, nor
// patterns, nor object identifiers, nor embedded files, nor the assertion
// that a type implements an interface.
func changeable(group *ast.GenDecl) []string {
	if isEmbed(group.Doc) {
		return nil
	}
	var names []string
	for _, spec := range group.Specs {
		v := spec.(*ast.ValueSpec)
		for i, n := range v.Names {
			constant := n.Name == "_" || isEmbed(v.Doc) || i < len(v.Values) && isConstant(v.Values[i])
			if !constant {
				names = append(names, n.Name)
			}
		}
	}
	return names
}

func isEmbed(doc *ast.CommentGroup) bool {
	return doc != nil && slices.ContainsFunc(doc.List, func(c *ast.Comment) bool {
		return strings.HasPrefix(c.Text, "//go:embed ")
	})
}

func isConstant(value ast.Expr) bool {
	switch v := value.(type) {
	case *ast.CallExpr:
		return slices.Contains([]string{"errors.New", "fmt.Errorf", "regexp.MustCompile"}, selector(v.Fun))
	case *ast.CompositeLit:
		return selector(v.Type) == "asn1.ObjectIdentifier"
	}
	return false
}

// doors are what only a few files may use: the clock, the streams and the end
// of the process reach everybody else through cli.Process. A function is kept
// where it is called; to name time.Now as a default is no use of it.
func doors() map[string][]string {
	mains := []string{"cmd/certctl/main.go", "cmd/gen/main.go"}
	clock := []string{
		"pkg/cli/process.go",
		"pkg/store/sqlite.go", // how long it has waited: a real time, whatever the clock says
	}
	return map[string][]string{
		"os.Stdin":      mains,
		"os.Stdout":     mains,
		"os.Stderr":     mains,
		"os.Args":       mains,
		"os.Exit()":     mains,
		"os.Environ()":  mains,
		"os.Getenv()":   mains,
		"fmt.Print()":   mains,
		"fmt.Printf()":  mains,
		"fmt.Println()": mains,
		"log.Print()":   {},
		"log.Printf()":  {},
		"log.Println()": {},
		"log.Fatal()":   {},
		"log.Fatalf()":  {},
		"time.Now()":    clock,
		"time.Since()":  clock,
		"time.Until()":  clock,
		"time.Sleep()":  {},
	}
}

func TestTheOutsideHasOneDoor(t *testing.T) {
	table := doors()
	for _, s := range sources(t) {
		ast.Inspect(s.file, func(n ast.Node) bool {
			use := used(n)
			if places, kept := table[use]; kept && !slices.Contains(places, s.path) {
				t.Errorf("%s: %s, which only %v may use", s.at(n), use, places)
			}
			return true
		})
	}
}

// used returns "package.Name" for such an expression, "package.Name()" for a
// call of it, else nothing.
func used(n ast.Node) string {
	switch n := n.(type) {
	case *ast.SelectorExpr:
		return selector(n)
	case *ast.CallExpr:
		if name := selector(n.Fun); name != "" {
			return name + "()"
		}
	}
	return ""
}

// A test that does not run is a promise that is not kept, and a test that
// sleeps is slow on a fast machine and wrong on a slow one.
func TestTestsNeitherSkipNorSleep(t *testing.T) {
	skips := regexp.MustCompile(`^\w+\.(Skip|Skipf|SkipNow)\(\)$`)
	for _, s := range tests(t) {
		ast.Inspect(s.file, func(n ast.Node) bool {
			use := used(n)
			if skips.MatchString(use) || use == "testing.Short()" || use == "time.Sleep()" {
				t.Errorf("%s: %s", s.at(n), use)
			}
			return true
		})
	}
}

func TestScriptsNeitherSkipNorSleep(t *testing.T) {
	scripts, err := filepath.Glob(filepath.Join(root, "testdata", "script", "*.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	idle := regexp.MustCompile(`^\s*(\[[^\]]*\]\s*)*[?!]?\s*(skip|stop|(exec\s+)?sleep)\b`)
	for _, name := range scripts {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		for lines := bufio.NewScanner(f); lines.Scan() && !strings.HasPrefix(lines.Text(), "-- "); {
			if idle.MatchString(lines.Text()) {
				t.Errorf("%s: %s", filepath.Base(name), lines.Text())
			}
		}
	}
}
