package api

// CodeKind is one row of the table of errors.
type CodeKind struct {
	Code Code
	Kind Kind
}

// Codes returns the table of errors: every code with its kind, in the order in
// which the documentation shows them. It is the only place where a code gets
// its class.
func Codes() []CodeKind {
	return []CodeKind{
		{Internal, KindInternal},
		{AuditBroken, KindInternal},
		{Usage, KindUsage},
		{BackupForeign, KindUsage},
		{RootOffline, KindUsage},
		{NotFound, KindNotFound},
		{StoreAbsent, KindNotFound},
		{OTPWrong, KindDenied},
		{OTPSpent, KindDenied},
		{OTPDrifted, KindDenied},
		{OTPNotRegistered, KindDenied},
		{OTPExpired, KindDenied},
		{OTPResyncNeeded, KindDenied},
		{PINWrong, KindDenied},
		{PINRefused, KindDenied},
		{AuthFailed, KindDenied},
		{Locked, KindDenied},
		{Suspended, KindDenied},
		{NotIssued, KindDenied},
		{AcquireExpired, KindDenied},
		{ReissueNeeded, KindDenied},
		{WeakKey, KindDenied},
		{BadCSR, KindDenied},
		{SessionExpired, KindDenied},
		{ChainUntrusted, KindDenied},
		{Expired, KindDenied},
		{Revoked, KindDenied},
		{Foreign, KindDenied},
		{NotDue, KindDenied},
		{BadRequest, KindDenied},
		{NonceSpent, KindDenied},
		{ReplaceDenied, KindDenied},
		{PasswordWrong, KindDenied},
		{LastAdmin, KindDenied},
		{RootForeign, KindDenied},
		{Forbidden, KindDenied},
		{SessionUsed, KindConflict},
		{AlreadyAcquired, KindConflict},
		{AlreadyRenewed, KindConflict},
		{KeyReused, KindConflict},
		{NameTaken, KindConflict},
		{Exists, KindConflict},
		{KeyringAbsent, KindUnavailable},
		{KeyringLocked, KindUnavailable},
		{KeyringDenied, KindUnavailable},
		{WalletFull, KindUnavailable},
		{WalletLocked, KindUnavailable},
		{WalletDamaged, KindUnavailable},
		{DiskFull, KindUnavailable},
		{StoreLocked, KindUnavailable},
		{StoreCorrupt, KindUnavailable},
		{StoreTooNew, KindUnavailable},
		{StoreDenied, KindUnavailable},
		{StoreUnreachable, KindUnavailable},
		{StoreLogin, KindUnavailable},
		{OutcomeUnknown, KindUnavailable},
		{SealWrong, KindUnavailable},
		{BackupTruncated, KindUnavailable},
		{BackupDamaged, KindUnavailable},
		{BackupTooNew, KindUnavailable},
		{ClockBehind, KindUnavailable},
		{CAEnding, KindUnavailable},
		{Unsupported, KindUnavailable},
		{TargetLocked, KindUnavailable},
		{TargetDamaged, KindUnavailable},
		{MailFailed, KindUnavailable},
		{Timeout, KindUnavailable},
		{HookFailed, KindFollowUp},
		{InstallFailed, KindFollowUp},
		{Due, KindDue},
		{Cancelled, KindCancelled},
		{Terminated, KindTerminated},
	}
}

// Kind returns the class of the code; KindInternal for one that is not in the
// table.
func (c Code) Kind() Kind {
	for _, row := range Codes() {
		if row.Code == c {
			return row.Kind
		}
	}
	return KindInternal
}
