package cli

import (
	"strings"
	"time"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
)

// tokenDoc is a registered token, without its secret.
type tokenDoc struct {
	Serial       *string `json:"serial"` // of hardware
	Type         string  `json:"type"`
	Digits       int     `json:"digits"`
	Period       int     `json:"period,omitempty"` // seconds; a counter has none
	Algorithm    string  `json:"algorithm"`
	Confirmed    bool    `json:"confirmed"`
	Locked       bool    `json:"locked"`
	ResyncNeeded bool    `json:"resync_needed"`
	DriftSeconds *int    `json:"drift_seconds,omitempty"` // a counter has none
	LastUsed     timeDoc `json:"last_used"`
	Expires      timeDoc `json:"expires"`
}

func newTokenDoc(t api.Token) tokenDoc {
	doc := tokenDoc{
		Type: t.Params.Type, Digits: t.Params.Digits, Period: int(t.Params.Period / time.Second), Algorithm: t.Params.Algorithm,
		Confirmed: t.Confirmed, Locked: t.Locked, ResyncNeeded: t.ResyncNeeded,
		LastUsed: timeDoc(t.LastUsed), Expires: timeDoc(t.Expires),
	}
	if drift := int(t.Drift / time.Second); t.Params.Type == api.TOTP {
		doc.DriftSeconds = &drift
	}
	if t.Serial != "" {
		doc.Serial = &t.Serial
	}
	return doc
}

// tokenLine says in a line what is to be known of a user's token.
func (a *app) tokenLine(u userDoc) string {
	o, t := a.text.Output, u.Token
	if t == nil {
		if u.Factor != nil && *u.Factor == api.FactorPIN {
			return o.Token.HasPIN
		}
		return o.None
	}
	line := strings.ToUpper(t.Type)
	if t.Serial != nil {
		line += " " + *t.Serial
	}
	if !t.Confirmed {
		line += o.Comma + o.Unconfirmed
	}
	if t.Locked {
		line += o.Comma + o.Statuses[string(api.StatusLocked)]
	}
	if t.ResyncNeeded {
		line += o.Comma + a.text.Backup.NeedResync
	}
	if t.DriftSeconds != nil && *t.DriftSeconds != 0 {
		line += o.Comma + i18n.Fill(o.Drift, "seconds", formatDuration(time.Duration(*t.DriftSeconds)*time.Second))
	}
	if end := time.Time(t.Expires); !end.IsZero() {
		line += o.Comma + i18n.Fill(o.Token.Ends, "time", a.time(end))
	}
	return line
}
