package keyringtest

import (
	"context"
	"encoding/base64"
	"fmt"
	"maps"
	"slices"
	"sync"

	"certctl/pkg/keyring"
)

const (
	windowsBlob  = 2560 // CRED_MAX_CREDENTIAL_BLOB_SIZE, as go-keyring checks it
	macOSCommand = 4094 // one line of `security -i` (zalando/go-keyring#153)
)

// Fake is a keyring.Provider in memory. It is no keyring: it stands for the
// two that a test on Linux cannot have, and refuses what either would refuse,
// because the Secret Service takes items of any size and would never show that
// ours are too big for the others.
//
// It is safe for concurrent use.
type Fake struct {
	mu    sync.Mutex
	items map[string]string
	// onSet, when set, may change or drop what is written.
	onSet func(account, value string) (string, bool)
	// refusal, when set, is what every call returns.
	refusal error
}

// NewFake returns an empty keyring.
func NewFake() *Fake { return &Fake{items: map[string]string{}} }

// OnSet makes f decide what every later Set keeps: another value, or nothing
// (false), while Set reports success. That is how keyrings mislead.
func (k *Fake) OnSet(f func(account, value string) (string, bool)) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.onSet = f
}

// Refuse makes every later call return err, as where a person says no to the
// keyring's question; nil ends that.
func (k *Fake) Refuse(err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.refusal = err
}

// Ready returns nil.
func (k *Fake) Ready(context.Context, bool) error { return nil }

// Set is described at keyring.Provider.
func (k *Fake) Set(service, account, value string) error {
	encoded := base64.StdEncoding.EncodeToString([]byte(value))
	command := fmt.Sprintf("add-generic-password -U -s '%s' -a '%s' -w 'go-keyring-base64:%s'\n", service, account, encoded)
	if len(value) > windowsBlob || len(command) > macOSCommand {
		return keyring.ErrTooBig
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.refusal != nil {
		return k.refusal
	}
	if k.onSet != nil {
		kept, ok := k.onSet(account, value)
		if !ok {
			return nil
		}
		value = kept
	}
	k.items[name(service, account)] = value
	return nil
}

// Get is described at keyring.Provider.
func (k *Fake) Get(service, account string) (string, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.refusal != nil {
		return "", k.refusal
	}
	value, ok := k.items[name(service, account)]
	if !ok {
		return "", keyring.ErrNotFound
	}
	return value, nil
}

// Delete is described at keyring.Provider.
func (k *Fake) Delete(service, account string) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.refusal != nil {
		return k.refusal
	}
	if _, ok := k.items[name(service, account)]; !ok {
		return keyring.ErrNotFound
	}
	delete(k.items, name(service, account))
	return nil
}

// Items returns the names of all items, "service:account", in order: what no
// real keyring tells.
func (k *Fake) Items() []string {
	k.mu.Lock()
	defer k.mu.Unlock()
	return slices.Sorted(maps.Keys(k.items))
}

// Clone returns another keyring with the same items.
func (k *Fake) Clone() *Fake {
	k.mu.Lock()
	defer k.mu.Unlock()
	return &Fake{items: maps.Clone(k.items)}
}

func name(service, account string) string { return service + ":" + account }
