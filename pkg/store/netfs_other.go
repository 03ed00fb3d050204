//go:build !linux

package store

// refuseNetworkFS is a check that only Linux has an answer to.
func refuseNetworkFS(string) error { return nil }
