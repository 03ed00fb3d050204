package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// root is the top of the module, from this directory.
const root = "../.."

// source is one Go file of the module, whatever system it is built for.
type source struct {
	path string // from the top of the module, with slashes
	dir  string // of path
	file *ast.File
	set  *token.FileSet
}

// sources returns the files that are built into a command.
func sources(t *testing.T) []source {
	t.Helper()
	return parse(t, func(path string) bool { return !isTest(path) })
}

// tests returns the test files.
func tests(t *testing.T) []source {
	t.Helper()
	return parse(t, isTest)
}

// isTest tells whether a file is there for tests only. All of a package like
// keyringtest is.
func isTest(path string) bool {
	return strings.HasSuffix(path, "_test.go") || isTestPackage(filepath.ToSlash(filepath.Dir(path)))
}

func isTestPackage(dir string) bool { return strings.HasSuffix(dir, "test") }

func parse(t *testing.T, wanted func(path string) bool) []source {
	t.Helper()
	var all []source
	set := token.NewFileSet()
	visit := func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".go" || !wanted(path) {
			return err
		}
		file, err := parser.ParseFile(set, path, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		all = append(all, source{path: rel, dir: rel[:strings.LastIndex(rel, "/")], file: file, set: set})
		return nil
	}
	for _, top := range []string{"cmd", "pkg"} {
		if err := filepath.WalkDir(filepath.Join(root, top), visit); err != nil {
			t.Fatal(err)
		}
	}
	if len(all) == 0 {
		t.Fatal("no Go file found")
	}
	return all
}

func (s source) imports(t *testing.T) []string {
	t.Helper()
	var paths []string
	for _, spec := range s.file.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatalf("%s: %v", s.path, err)
		}
		paths = append(paths, path)
	}
	return paths
}

// at names the place of a node.
func (s source) at(n ast.Node) string {
	return fmt.Sprintf("%s:%d", s.path, s.set.Position(n.Pos()).Line)
}

// selector returns "package.Name" for such an expression, else nothing.
func selector(e ast.Expr) string {
	s, isSelector := e.(*ast.SelectorExpr)
	if !isSelector {
		return ""
	}
	x, isIdent := s.X.(*ast.Ident)
	if !isIdent {
		return ""
	}
	return x.Name + "." + s.Sel.Name
}
