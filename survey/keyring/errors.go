package keyring

import (
	"errors"
	"io/fs"
)

// Errors that an operator acts on. But for ErrNewest and ErrPassphrase an *fs.PathError around them names the file or folder.
var (
	ErrShared     = errors.New("others can read it; run chmod 700 on it")
	ErrDamaged    = errors.New("damaged: want 32 bytes in hex")
	ErrForeign    = errors.New("not a key of ours")
	ErrHeld       = errors.New("root keys are there already")
	ErrNewest     = errors.New("this key makes the new tokens; rotate first")
	ErrPassphrase = errors.New("the passphrase does not open this backup, or the file is damaged")
)

// at names the file or folder that is wrong.
func at(path string, err error) error { return &fs.PathError{Op: "key", Path: path, Err: err} }
