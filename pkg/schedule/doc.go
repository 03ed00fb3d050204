// Package schedule has the operating system run a command once a day for a
// user: as a systemd user timer, a launchd agent or a task of the Windows Task
// Scheduler. It writes what those read, has them take it over, and asks them how
// the last run ended.
//
// Each spreads the runs of many machines over some hours and catches up on one
// that was missed because the machine was off or asleep. What is run, and
// whether that works without a login session, is the caller's to know.
package schedule
