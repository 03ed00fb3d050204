package cli

import (
	"maps"
	"slices"
	"strings"

	"github.com/spf13/viper"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
)

// contractsKey is the part of the configuration file in which contracts have a
// policy of their own:
//
//	contracts:
//	  "12345678901":
//	    policy:
//	      validity: 90d
const contractsKey = "contracts."

// isContractSetting tells whether a contract may have a setting of its own.
func isContractSetting(key string) bool {
	return key == "acquire_auth" || strings.HasPrefix(key, "policy.") &&
		slices.ContainsFunc(settings(), func(s setting) bool { return s.key == key })
}

// contractKey tells whether a key of the file is about one contract, and what is
// wrong with it.
func (a *app) contractKey(key, file string) (ours bool, err error) {
	rest, ours := strings.CutPrefix(key, contractsKey)
	if !ours {
		return false, nil
	}
	e := a.text.Errors
	id, what, _ := strings.Cut(rest, ".")
	if canonical, err := (api.IDs{}).Contract(id); err != nil || canonical != id {
		return true, a.usage(i18n.Fill(e.UnknownKey, "key", quote(contractsKey+id), "file", quote(file)), e.ContractKeyHint)
	}
	if !isContractSetting(what) {
		return true, a.usage(i18n.Fill(e.UnknownKey, "key", quote(key), "file", quote(file)), e.ContractKeyHint)
	}
	return true, nil
}

// readContracts reads what the file says of single contracts.
func (c *config) readContracts(file *viper.Viper) {
	for _, key := range file.AllKeys() {
		if rest, ours := strings.CutPrefix(key, contractsKey); ours && file.Get(key) != nil {
			id, _, _ := strings.Cut(rest, ".")
			c.contracts = append(c.contracts, id)
			c.values[key], c.source[key] = fileText(file, key), fromFile
		}
	}
	slices.Sort(c.contracts)
	c.contracts = slices.Compact(c.contracts)
}

// of returns the settings that hold for a contract: its own, and those of all
// where it has none.
func (c *config) of(contractID string) *config {
	own := *c
	own.values, own.source = maps.Clone(c.values), maps.Clone(c.source)
	own.within = contractsKey + contractID + "."
	for _, s := range settings() {
		if value, found := c.values[own.within+s.key]; found {
			own.values[s.key], own.source[s.key] = value, fromContract
		}
	}
	return &own
}

// policies reads the policy of all contracts, and those of the contracts that
// have one of their own.
func (c *config) policies() (all api.Policy, own map[string]api.Policy, err error) {
	if all, err = c.policy(); err != nil {
		return all, nil, err
	}
	own = make(map[string]api.Policy, len(c.contracts))
	for _, id := range c.contracts {
		if own[id], err = c.of(id).policy(); err != nil {
			return all, nil, err
		}
	}
	return all, own, nil
}

// contractRows are the settings of single contracts in the order in which they
// are shown.
func (c *config) contractRows() []string {
	var keys []string
	for _, id := range c.contracts {
		for _, s := range settings() {
			if key := contractsKey + id + "." + s.key; c.source[key] != "" {
				keys = append(keys, key)
			}
		}
	}
	return keys
}
