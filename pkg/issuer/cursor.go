package issuer

import (
	"encoding/base64"
	"encoding/json"

	"certctl/pkg/api"
)

// cursor is a place in a list, for the client to keep: behind one user or token.
// It names the order of the list, for in another one it is no place.
type cursor struct {
	Order      string `json:"o"`
	Moment     int64  `json:"m,omitempty"` // of a slot
	ContractID string `json:"c"`
	Serial     string `json:"s,omitempty"` // of a token
	UserID     string `json:"u"`
}

// The orders of lists that are in no order of time. Those that are have that of
// the stored state whose slots they list.
const (
	byUser  = "user"
	byToken = "token"
)

// String encodes a cursor so that it can stand in a command.
func (c cursor) String() string {
	text, _ := json.Marshal(c) // strings and a number: never fails
	return base64.RawURLEncoding.EncodeToString(text)
}

// readCursor reads a cursor of a list; the zero one, its beginning, where there
// is none.
func readCursor(order, after string) (cursor, error) {
	var c cursor
	if after == "" {
		return c, nil
	}
	text, err := base64.RawURLEncoding.DecodeString(after)
	if err == nil {
		err = json.Unmarshal(text, &c)
	}
	if err != nil || c.String() != after || c.Order != order {
		return c, &api.Error{Code: api.Usage, Field: "after", Value: after, Err: err}
	}
	return c, nil
}

// pageSize is how much is on a page.
func pageSize(limit int) int {
	if limit <= 0 || limit > api.PageSize {
		return api.PageSize
	}
	return limit
}
