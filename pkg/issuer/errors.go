package issuer

import (
	"errors"

	"certctl/pkg/api"
	"certctl/pkg/ca"
	"certctl/pkg/store"
)

// translate turns what store and ca report into the errors of api, once, where
// they leave the issuer. An *api.Error and a context's error pass unchanged.
func translate(err error) error {
	if err == nil {
		return nil
	}
	var known *api.Error
	if errors.As(err, &known) {
		return err
	}
	if errors.Is(err, ca.ErrName) {
		return &api.Error{Code: api.Usage, Field: "name", Err: err}
	}
	for _, row := range []struct {
		cause error
		code  api.Code
	}{
		{store.ErrAbsent, api.StoreAbsent},
		{store.ErrLocked, api.StoreLocked},
		{store.ErrCorrupt, api.StoreCorrupt},
		{store.ErrTooNew, api.StoreTooNew},
		{store.ErrFull, api.DiskFull},
		{store.ErrDenied, api.StoreDenied},
		{store.ErrNetworkFS, api.StoreDenied},
		{store.ErrRights, api.StoreDenied},
		{store.ErrEncoding, api.StoreDenied},
		{store.ErrOutcomeUnknown, api.OutcomeUnknown}, // before what it is wrapped with
		{store.ErrUnreachable, api.StoreUnreachable},
		{store.ErrLogin, api.StoreLogin},
		{store.ErrNoDatabase, api.StoreAbsent},
		{ca.ErrBadCSR, api.BadCSR},
		{ca.ErrWeakKey, api.WeakKey},
		{ca.ErrOutlives, api.CAEnding},
	} {
		if errors.Is(err, row.cause) {
			return api.Fail(row.code, err)
		}
	}
	return err
}
