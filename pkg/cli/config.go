package cli

import (
	"bytes"
	"cmp"
	"errors"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/pflag"
	"github.com/spf13/viper"

	"certctl/pkg/i18n"
	"certctl/pkg/store"
)

// source says where the value of a setting comes from.
type source string

const (
	fromDefault source = "default"
	fromLocale  source = "locale"
	fromFile    source = "file"
	// fromContract is the part of the file that is about one contract.
	fromContract source = "contract"
	fromEnv      source = "environment"
	fromFlag     source = "flag"
)

// config is what a run goes by. Its values are the text that was written;
// whoever needs one reads it, so that a run trips only over what it uses.
type config struct {
	app       *app
	dirs      dirs
	values    map[string]string
	source    map[string]source
	contracts []string // those with settings of their own, by ID
	within    string   // what the keys of fromContract begin with: see of
}

// globals reads the settings that no file holds: flags over environment over
// defaults. It opens nothing.
func (a *app) globals(flags *pflag.FlagSet) *config {
	return a.layers(flags, viper.New())
}

// layers lays flags over the environment over a configuration file over the
// defaults. A variable that is empty is not set, nor is a key of the file
// without a value.
func (a *app) layers(flags *pflag.FlagSet, file *viper.Viper) *config {
	c := &config{app: a, values: defaults(), source: map[string]source{}}
	for _, s := range settings() {
		c.source[s.key] = fromDefault
		if s.inFile && file.Get(s.key) != nil {
			c.values[s.key], c.source[s.key] = fileText(file, s.key), fromFile
		}
		if value := a.process.getenv(s.variable()); value != "" {
			c.values[s.key], c.source[s.key] = value, fromEnv
		}
		if f := flags.Lookup(s.flag); f != nil && f.Changed {
			c.values[s.key], c.source[s.key] = f.Value.String(), fromFlag
		}
	}
	if c.source["lang"] == fromDefault {
		c.localeLanguage()
	}
	c.readContracts(file)
	return c
}

// localeLanguage sets the language that no setting says.
func (c *config) localeLanguage() {
	l, found := c.app.process.locale()
	if found {
		c.source["lang"] = fromLocale
	}
	c.values["lang"] = string(cmp.Or(l, i18n.Languages()[0]))
}

// checkLanguage refuses a language that is none of ours.
func (c *config) checkLanguage() error {
	var known []string
	for _, l := range i18n.Languages() {
		known = append(known, string(l))
	}
	_, err := c.oneOf("lang", known...)
	return err
}

// fileText returns a value of the file as a variable would have it: a list
// with commas.
func fileText(file *viper.Viper, key string) string {
	if _, list := file.Get(key).([]any); list {
		return strings.Join(file.GetStringSlice(key), ",")
	}
	return file.GetString(key)
}

// config returns all settings, the configuration file included; it is read
// once in a run.
func (a *app) config() (*config, error) {
	if a.settings != nil {
		return a.settings, nil
	}
	c, err := a.readConfig(a.flags)
	a.settings = c
	return c, err
}

// readConfig reads all settings. A file that is not there is an empty one.
func (a *app) readConfig(flags *pflag.FlagSet) (*config, error) {
	d, err := a.dirs(a.globals(flags).text("home"))
	if err != nil {
		return nil, err
	}
	file := viper.New()
	file.SetConfigType("yaml")
	text, err := os.ReadFile(d.configFile())
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, a.badFile(d.configFile(), err)
	}
	if err := file.ReadConfig(bytes.NewReader(text)); err != nil {
		return nil, a.badFile(d.configFile(), err)
	}
	if err := a.checkKeys(file, d.configFile()); err != nil {
		return nil, err
	}
	c := a.layers(flags, file)
	c.dirs = d
	if err := c.checkLanguage(); err != nil {
		return nil, err
	}
	return c, nil
}

// checkKeys refuses a key that means nothing: a slip of the pen would
// otherwise leave a default in force that somebody believes to have changed.
func (a *app) checkKeys(file *viper.Viper, name string) error {
	keys := file.AllKeys()
	slices.Sort(keys)
	e := a.text.Errors
	for _, key := range keys {
		if ours, err := a.contractKey(key, name); ours && err == nil {
			continue
		} else if err != nil {
			return err
		}
		if slices.ContainsFunc(settings(), func(s setting) bool { return strings.HasPrefix(s.key, key+".") }) {
			return a.usage(i18n.Fill(e.KeyIsGroup, "key", quote(key), "file", quote(name)), e.UnknownKeyHint)
		}
		if !slices.ContainsFunc(settings(), func(s setting) bool { return s.inFile && s.key == key }) {
			return a.usage(i18n.Fill(e.UnknownKey, "key", quote(key), "file", quote(name)), e.UnknownKeyHint)
		}
	}
	return nil
}

// text returns a setting as it was written.
func (c *config) text(key string) string { return strings.TrimSpace(c.values[key]) }

// shown returns a setting as others may see it: the URL of a database without
// its password, and what looks like none without anything.
func (c *config) shown(key string) string {
	v := c.text(key)
	switch {
	case key != "store" || v == defaults()[key]:
		return v
	case store.IsPostgres(v):
		return store.Redact(v)
	}
	scheme, _, _ := strings.Cut(v, ":")
	return scheme + ":…"
}

// database returns where the backend's records are: a file of ours, or the URL
// of a PostgreSQL database.
func (c *config) database() (string, error) {
	v := c.text("store")
	switch {
	case v == defaults()["store"]:
		return c.dirs.database(), nil
	case store.IsPostgres(v) && store.CheckPlace(v) == nil:
		return v, nil
	}
	return "", c.bad("store", c.app.text.Errors.Database.WantStore)
}

// truth returns a setting that is yes or no.
func (c *config) truth(key string) (bool, error) {
	v, err := strconv.ParseBool(c.text(key))
	if err != nil {
		return false, c.bad(key, oneOf(c.app, []string{"true", "false"}))
	}
	return v, nil
}

// duration returns a setting that is a length of time.
func (c *config) duration(key string) (time.Duration, error) {
	d, err := parseDuration(c.text(key))
	if err != nil || d < 0 {
		return 0, c.bad(key, c.app.text.Errors.WantDuration)
	}
	return d, nil
}

// oneOf returns a setting that is one of a few words.
func (c *config) oneOf(key string, words ...string) (string, error) {
	v := c.text(key)
	if !slices.Contains(words, v) {
		return "", c.bad(key, oneOf(c.app, words))
	}
	return v, nil
}

// bad is the error for a value that cannot be meant, naming where it came
// from and what would do.
func (c *config) bad(key, want string) error {
	e := c.app.text.Errors
	return c.app.usage(i18n.Fill(e.BadSetting, "value", quote(c.shown(key)), "name", c.origin(key)), i18n.Fill(e.Want, "want", want))
}

// origin names the flag, the variable or the key by which a setting was set.
func (c *config) origin(key string) string {
	for _, s := range settings() {
		if s.key != key {
			continue
		}
		switch c.source[key] {
		case fromFlag:
			return "--" + s.flag
		case fromEnv:
			return s.variable()
		case fromContract:
			return c.within + key
		}
	}
	return key
}
