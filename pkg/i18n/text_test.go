package i18n_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"certctl/pkg/i18n"
)

// A sentence that is missing in one language would be an empty line for
// whoever speaks it.
func TestNoSentenceIsMissing(t *testing.T) {
	strings := 0
	walk(reflect.ValueOf(*i18n.English()), "Text", func(path, s string) {
		strings++
		if s == "" {
			t.Errorf("%s is empty", path)
		}
	})
	if strings < 200 {
		t.Errorf("walked over %d sentences only", strings)
	}
}

// A hint is a sentence, and a message is one: they stand on lines of their
// own.
func TestErrorsAreSentences(t *testing.T) {
	for code, p := range i18n.English().Errors.Codes {
		for _, s := range []string{p.Message, p.Hint} {
			if !strings.HasSuffix(s, ".") {
				t.Errorf("%s: %q is no sentence", code, s)
			}
		}
	}
}

func walk(v reflect.Value, path string, visit func(path, s string)) {
	switch v.Kind() {
	case reflect.String:
		visit(path, v.String())
	case reflect.Struct:
		for i := range v.NumField() {
			walk(v.Field(i), path+"."+v.Type().Field(i).Name, visit)
		}
	case reflect.Map:
		if v.Len() == 0 {
			visit(path, "")
		}
		for _, key := range v.MapKeys() {
			walk(v.MapIndex(key), fmt.Sprintf("%s[%v]", path, key), visit)
		}
	case reflect.Slice:
		for i := range v.Len() {
			walk(v.Index(i), fmt.Sprintf("%s[%d]", path, i), visit)
		}
	default:
		panic("a Text holds strings, and " + path + " is a " + v.Kind().String())
	}
}
