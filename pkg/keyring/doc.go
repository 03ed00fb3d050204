// Package keyring keeps bytes in the keyring of the operating system: the
// Secret Service (GNOME Keyring, KWallet, KeePassXC), the macOS keychain or
// the Windows credential manager.
//
// It makes of them what they are not: a store of values of up to 32 KiB that
// change at once. A value is cut into items that every keyring takes; its
// generations alternate between two names, so that a write that is cut off
// leaves the old value; every write is read back before the old value goes;
// leftovers are found again although a keyring cannot be listed, because every
// name can be told in advance. Every call ends within a timeout, and the
// reasons why a keyring does not answer are told apart.
//
// What the bytes mean is the caller's. A keyring protects them from other
// users and from whoever has the disk; every process of the same user can read
// them.
package keyring
