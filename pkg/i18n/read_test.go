package i18n_test

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"path/filepath"
	"strings"
	"testing"
)

// TestEveryTextIsRead finds the texts that no program reads: they would be
// translated, and kept up, for nobody.
func TestEveryTextIsRead(t *testing.T) {
	r := reading{files: token.NewFileSet(), read: map[types.Object]bool{}}
	r.texts = r.packageIn(t, ".")
	for _, reader := range []string{"../cli", "../prompt", "../../cmd/gen"} {
		r.packageIn(t, reader)
	}
	fields := 0
	for _, name := range r.texts.Scope().Names() {
		texts, ok := r.texts.Scope().Lookup(name).Type().Underlying().(*types.Struct)
		if !ok {
			continue
		}
		for f := range texts.Fields() {
			if fields++; !f.Embedded() && !r.read[f] {
				t.Errorf("nothing reads %s.%s", name, f.Name())
			}
		}
	}
	if fields < 300 {
		t.Errorf("%d fields looked for", fields)
	}
}

// reading is what packages read of the texts.
type reading struct {
	files *token.FileSet
	texts *types.Package
	read  map[types.Object]bool
}

// packageIn adds what the package in a directory reads. The package is checked by
// itself: of what it imports only the texts are known, and errors are passed over.
func (r *reading) packageIn(t *testing.T, dir string) *types.Package {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	var files []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(r.files, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	info := types.Info{Uses: map[*ast.Ident]types.Object{}}
	checking := types.Config{Importer: r, Error: func(error) {}}
	checked, _ := checking.Check(filepath.Base(dir), r.files, files, &info)
	for _, f := range files {
		r.walk(f, info.Uses)
	}
	return checked
}

// Import implements types.Importer.
func (r *reading) Import(path string) (*types.Package, error) {
	if r.texts != nil && path == "certctl/pkg/i18n" {
		return r.texts, nil
	}
	return nil, errors.New("not looked into")
}

// walk notes each field that is selected, but for those that are set.
func (r *reading) walk(f *ast.File, uses map[*ast.Ident]types.Object) {
	set := map[ast.Expr]bool{}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, left := range n.Lhs {
				set[left] = true
			}
		case *ast.SelectorExpr:
			if !set[n] {
				r.read[uses[n.Sel]] = true
			}
		}
		return true
	})
}
