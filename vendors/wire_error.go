package vendors

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"os"
	"strings"
	"syscall"
)

// wireVerdict says what the lack of an answer means: NotSent with proof, else Unknown.
func wireVerdict(ctx context.Context, err error, nothingLeft bool) Verdict {
	if v, isProxy := proxyVerdict(err); isProxy && nothingLeft && ctx.Err() == nil {
		return v
	}
	code := wireCode(ctx, err, nothingLeft)
	v := Verdict{Class: Unknown, Code: code, Hint: wireHint(code), Message: wireText(err)}
	if nothingLeft {
		v.Class, v.Hint = NotSent, notSentHint
		if h := wireHint(code); h != doubtHint {
			v.Hint = h
		}
	}
	return v
}

// wireText is what is shown of an error: net/http quotes the bytes it could not read, which may hold anything; they are left out.
func wireText(err error) string {
	text := err.Error()
	if i := strings.Index(text, "malformed"); i >= 0 {
		if quote := strings.IndexByte(text[i:], '"'); quote >= 0 {
			return strings.TrimRight(text[:i+quote], ": ")
		}
	}
	return text
}

// wireCode names what happened.
func wireCode(ctx context.Context, err error, nothingLeft bool) string {
	switch {
	case ctx.Err() != nil:
		return contextCode(ctx)
	case isA[*net.DNSError](err):
		return codeDNSFailed
	case errors.Is(err, syscall.ECONNREFUSED):
		return codeRefused
	case nothingLeft && isTimeout(err):
		return codeConnectTimeout
	case isTLSError(err):
		return codeTLSFailed
	case nothingLeft && isDialError(err):
		return codeConnectFailed
	case isTimeout(err):
		return codeTimeout
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return codeConnectionReset
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), strings.Contains(err.Error(), "server closed idle connection"):
		return codeConnectionClosed
	case isMalformed(err):
		return codeAnswerMalformed
	}
	return codeConnectionBroken
}

// contextCode is the code of a deadline or of a cancellation.
func contextCode(ctx context.Context) string {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return codeTimeout
	}
	return codeInterrupted
}

func isDialError(err error) bool {
	op, ok := errors.AsType[*net.OpError](err)
	return ok && op.Op == "dial" || isA[*net.DNSError](err)
}

func isTimeout(err error) bool {
	timeout, ok := errors.AsType[interface {
		error
		Timeout() bool
	}](err)
	return ok && timeout.Timeout() || errors.Is(err, os.ErrDeadlineExceeded)
}

func isTLSError(err error) bool {
	if op, ok := errors.AsType[*net.OpError](err); ok && (op.Op == "remote error" || op.Op == "local error") {
		return true // crypto/tls names alerts so; their type is not exported
	}
	return isA[tls.RecordHeaderError](err) || isA[*tls.CertificateVerificationError](err) || isA[x509.UnknownAuthorityError](err) ||
		isA[x509.HostnameError](err) || isA[x509.CertificateInvalidError](err)
}

// isA reports whether an error of the type T is in err's chain.
func isA[T error](err error) bool {
	_, ok := errors.AsType[T](err)
	return ok
}

// isMalformed recognises net/http's words for an answer that is not HTTP; it has no types for them.
func isMalformed(err error) bool {
	text := err.Error()
	return strings.Contains(text, "malformed") || strings.Contains(text, "transport connection broken") || strings.Contains(text, "server gave HTTP response to HTTPS client") ||
		strings.Contains(text, "exceeded") && strings.Contains(text, "header")
}
