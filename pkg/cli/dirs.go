package cli

import (
	"path/filepath"
	"runtime"
)

// dirs says where a run finds what is on disk.
type dirs struct {
	config string // config.yaml
	data   string // backend.db, wallet/
}

func (d dirs) configFile() string { return filepath.Join(d.config, "config.yaml") }
func (d dirs) database() string   { return filepath.Join(d.data, "backend.db") }
func (d dirs) wallet() string     { return filepath.Join(d.data, "wallet") }
func (d dirs) sealing() string    { return filepath.Join(d.data, "sealing") } // the id of a sealing key in the keyring

// dirs returns the directories of a run: all in home where it is set, else
// where the platform keeps such things. Nothing is made or looked at.
func (a *app) dirs(home string) (dirs, error) {
	if home != "" {
		home, err := filepath.Abs(home)
		return dirs{config: home, data: home}, err
	}
	d := platformDirs(runtime.GOOS, a.process.getenv)
	if d.config == "" || d.data == "" {
		return dirs{}, a.usage(a.text.Errors.NoHome, a.text.Errors.NoHomeHint)
	}
	return d, nil
}

// platformDirs returns the directories of a user on an operating system: the
// XDG Base Directory Specification's on Unix, the platform's own on macOS and
// Windows. A directory is empty where the environment does not tell.
func platformDirs(goos string, getenv func(string) string) dirs {
	under := func(dir string, elem ...string) string {
		if dir == "" {
			return ""
		}
		return filepath.Join(append([]string{dir}, elem...)...)
	}
	// The specification ignores a relative path.
	xdg := func(variable string, fallback ...string) string {
		if dir := getenv(variable); filepath.IsAbs(dir) {
			return under(dir, "certctl")
		}
		return under(getenv("HOME"), append(fallback, "certctl")...)
	}
	switch goos {
	case "windows":
		return dirs{config: under(getenv("APPDATA"), "certctl"), data: under(getenv("LOCALAPPDATA"), "certctl")}
	case "darwin":
		dir := under(getenv("HOME"), "Library", "Application Support", "certctl")
		return dirs{config: dir, data: dir}
	default:
		return dirs{config: xdg("XDG_CONFIG_HOME", ".config"), data: xdg("XDG_DATA_HOME", ".local", "share")}
	}
}
