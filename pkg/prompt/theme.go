package prompt

import (
	"charm.land/bubbles/v2/key"
	"charm.land/huh/v2"
	"charm.land/lipgloss/v2"
)

// The looks: the terminal's own sixteen colours, which are readable on light
// and dark backgrounds alike, and no characters of ambiguous width, which
// would break the lines of an East Asian terminal.
const (
	accent = "6" // cyan
	alarm  = "1" // red
)

func styleTitle() lipgloss.Style { return lipgloss.NewStyle().Bold(true) }
func styleFaint() lipgloss.Style { return lipgloss.NewStyle().Faint(true) }
func styleError() lipgloss.Style { return lipgloss.NewStyle().Foreground(lipgloss.Color(alarm)) }

func theme() huh.Theme {
	t := huh.ThemeBase(false)
	bar := lipgloss.NewStyle().PaddingLeft(1).
		BorderLeft(true).BorderStyle(lipgloss.Border{Left: "|"}).
		BorderForeground(lipgloss.Color(accent))
	button := lipgloss.NewStyle().Padding(0, 2).MarginRight(1)

	f := &t.Focused
	f.Base, f.Card = bar, bar
	f.Title = styleTitle()
	f.Description = styleFaint()
	f.ErrorIndicator = styleError()
	f.ErrorMessage = styleError()
	f.TextInput.Prompt = lipgloss.NewStyle().Foreground(lipgloss.Color(accent))
	f.TextInput.Cursor = lipgloss.NewStyle().Foreground(lipgloss.Color(accent))
	f.SelectSelector = lipgloss.NewStyle().Foreground(lipgloss.Color(accent)).SetString("> ")
	f.SelectedOption = styleTitle()
	f.FocusedButton = button.Reverse(true)
	f.BlurredButton = button

	t.Blurred = t.Focused
	t.Blurred.Base = bar.BorderStyle(lipgloss.Border{Left: " "})
	t.Blurred.Card = t.Blurred.Base
	t.Blurred.Title = lipgloss.NewStyle()
	return huh.ThemeFunc(func(bool) *huh.Styles { return t })
}

// keys returns the bindings with their help in the person's language. Esc
// leaves a form as Ctrl-C does. What has no help here is not shown.
func (a *Asker) keys() *huh.KeyMap {
	k := huh.NewDefaultKeyMap()
	k.Quit.SetKeys("ctrl+c", "esc")
	k.Select.Filter.SetEnabled(false)
	for _, b := range []*key.Binding{
		&k.Select.Down, &k.Select.Filter, &k.Confirm.Accept, &k.Confirm.Reject,
	} {
		b.SetHelp("", "")
	}
	for _, b := range []*key.Binding{&k.Input.Next, &k.Select.Next, &k.Confirm.Next} {
		b.SetHelp("enter", a.text.KeyNext)
	}
	for _, b := range []*key.Binding{&k.Input.Submit, &k.Select.Submit, &k.Confirm.Submit} {
		b.SetHelp("enter", a.text.KeySubmit)
	}
	k.Input.Prev.SetHelp("shift+tab", a.text.KeyBack)
	k.Select.Up.SetHelp("up/down", a.text.KeyChoose)
	k.Confirm.Toggle.SetHelp("left/right", a.text.KeyChoose)
	return k
}
