package schedule

import (
	"encoding/xml"
	"fmt"
	"strings"
)

// Job is what is run.
type Job struct {
	Program     string // absolute path
	Args        []string
	Description string // one line
	// Hour and Minute are when launchd starts it: it cannot spread runs by
	// itself. 0 to 23, 0 to 59.
	Hour, Minute int
}

// service is the systemd unit (systemd.service(5)) that runs the job once.
func (j Job) service() string {
	// Of the words it is the program alone in which a dollar sign is one.
	command := []string{strings.ReplaceAll(systemdWord(j.Program), "$$", "$")}
	for _, arg := range j.Args {
		command = append(command, systemdWord(arg))
	}
	return `[Unit]
Description=` + systemdText(j.Description) + `
Documentation=man:certctl-renew(1)

[Service]
Type=oneshot
ExecStart=` + strings.Join(command, " ") + "\n"
}

// timer is the systemd unit (systemd.timer(5)) that starts the service: once a
// day, some time within six hours, and after the fact where the machine was off.
func (j Job) timer() string {
	return `[Unit]
Description=` + systemdText(j.Description) + `
Documentation=man:certctl-schedule(1)

[Timer]
OnCalendar=daily
RandomizedDelaySec=6h
Persistent=true

[Install]
WantedBy=timers.target
`
}

// systemdWord writes a word of a command line so that systemd takes it as it is
// (systemd.service(5), COMMAND LINES).
func systemdWord(word string) string {
	word = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", `\r`, "\t", `\t`, "%", "%%", "$", "$$").Replace(word)
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("/._-:+,@=%$", r)
	}
	if word != "" && strings.IndexFunc(word, func(r rune) bool { return !plain(r) }) < 0 {
		return word
	}
	return `"` + word + `"`
}

// systemdText writes a text that is for people.
func systemdText(text string) string { return strings.ReplaceAll(text, "%", "%%") }

// agent is the property list of a launchd agent (launchd.plist(5)). A run that
// was due while the machine slept is made when it wakes.
func (j Job) agent() string {
	var arguments strings.Builder
	for _, arg := range append([]string{j.Program}, j.Args...) {
		arguments.WriteString("\t\t<string>" + escaped(arg) + "</string>\n")
	}
	return fmt.Sprintf(`<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
	<key>Label</key>
	<string>%s</string>
	<key>ProgramArguments</key>
	<array>
%s	</array>
	<key>StartCalendarInterval</key>
	<dict>
		<key>Hour</key>
		<integer>%d</integer>
		<key>Minute</key>
		<integer>%d</integer>
	</dict>
	<key>ProcessType</key>
	<string>Background</string>
</dict>
</plist>
`, label, arguments.String(), j.Hour, j.Minute)
}

// task is a task of the Windows Task Scheduler (schema 1.2). It runs as the user
// who is logged in, so that the credential manager is theirs.
func (j Job) task() string {
	var arguments []string
	for _, arg := range j.Args {
		arguments = append(arguments, windowsWord(arg))
	}
	return `<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>` + escaped(j.Description) + `</Description>
  </RegistrationInfo>
  <Triggers>
    <CalendarTrigger>
      <StartBoundary>2026-01-01T00:00:00</StartBoundary>
      <RandomDelay>PT6H</RandomDelay>
      <ScheduleByDay>
        <DaysInterval>1</DaysInterval>
      </ScheduleByDay>
    </CalendarTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <ExecutionTimeLimit>PT1H</ExecutionTimeLimit>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>` + escaped(j.Program) + `</Command>
      <Arguments>` + escaped(strings.Join(arguments, " ")) + `</Arguments>
    </Exec>
  </Actions>
</Task>
`
}

// windowsWord writes an argument so that CommandLineToArgvW takes it as one.
func windowsWord(word string) string {
	if word != "" && !strings.ContainsAny(word, " \t\n\"") {
		return word
	}
	var quoted strings.Builder
	backslashes := 0
	for _, r := range word {
		switch r {
		case '\\':
			backslashes++
		case '"': // those before it are doubled, and it is escaped
			quoted.WriteString(strings.Repeat(`\`, backslashes+1))
			backslashes = 0
		default:
			backslashes = 0
		}
		quoted.WriteRune(r)
	}
	return `"` + quoted.String() + strings.Repeat(`\`, backslashes) + `"`
}

// escaped writes a text into XML.
func escaped(text string) string {
	var all strings.Builder
	_ = xml.EscapeText(&all, []byte(text)) // a strings.Builder takes everything
	return all.String()
}
