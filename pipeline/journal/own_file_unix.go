//go:build unix

package journal

import "syscall"

// noFollow are the flags of files that belong to a journal: a link at the end of the path is an error, and opening a pipe does not wait.
const noFollow = syscall.O_NOFOLLOW | syscall.O_NONBLOCK
