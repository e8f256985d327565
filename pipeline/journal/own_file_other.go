//go:build !unix

package journal

// noFollow is nothing where the system has no such flags: CheckOwn has looked just before.
const noFollow = 0
