package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"go.yaml.in/yaml/v3"
)

// writeSetting sets one key of config.yaml. Other keys, and comments, stay.
func (a *app) writeSetting(key, value string) error {
	c, err := a.config()
	if err != nil {
		return err
	}
	file := c.dirs.configFile()
	text, err := os.ReadFile(file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return a.badFile(file, err)
	}
	changed, err := setKey(text, key, value)
	if err != nil {
		return a.badFile(file, err)
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return a.badFile(file, err)
	}
	if err := a.writeFile(file, changed, replaceExisting); err != nil {
		return a.badFile(file, err)
	}
	return nil
}

// setKey sets a key at the top of a YAML document.
func setKey(text []byte, key, value string) ([]byte, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal(text, &doc); err != nil {
		return nil, fmt.Errorf("parse YAML: %w", err)
	}
	if doc.Kind == 0 { // empty, or nothing but comments
		line, err := yaml.Marshal(map[string]string{key: value})
		return append(text, line...), err
	}
	top := doc.Content[0]
	if top.Kind != yaml.MappingNode {
		return nil, errors.New("parse YAML: not a mapping at the top")
	}
	scalar := &yaml.Node{Kind: yaml.ScalarNode, Value: value}
	for i := 0; i < len(top.Content); i += 2 {
		if top.Content[i].Value == key {
			top.Content[i+1] = scalar
			return yaml.Marshal(&doc)
		}
	}
	top.Content = append(top.Content, &yaml.Node{Kind: yaml.ScalarNode, Value: key}, scalar)
	return yaml.Marshal(&doc)
}
