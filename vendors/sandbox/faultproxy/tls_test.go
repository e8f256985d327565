package faultproxy_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"math/big"
	"net"
	"testing"
	"testing/synctest"
	"time"

	"importer/vendors"
	"importer/vendors/sandbox"
	"importer/vendors/sandbox/faultproxy"
)

// authority signs certificates of a test; its key is made of a fixed seed and good for nothing else.
type authority struct {
	key  ed25519.PrivateKey
	root *x509.Certificate
}

func year(y int) time.Time { return time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC) }

func newAuthority(t testing.TB) *authority {
	t.Helper()
	a := &authority{key: ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "root"}, NotBefore: year(1990), NotAfter: year(2100), IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}
	a.root = parse(t, template, template, a.key, a.key)
	return a
}

// parse makes a certificate of key's, signed by signer.
func parse(t testing.TB, template, parent *x509.Certificate, key, signer ed25519.PrivateKey) *x509.Certificate {
	t.Helper()
	der, err := x509.CreateCertificate(nil, template, parent, key.Public(), signer)
	if err != nil {
		t.Fatal(err)
	}
	c, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// certificate is the server's, with the fault that was asked for.
func (a *authority) certificate(t testing.TB, f faultproxy.Fault) *tls.Certificate {
	t.Helper()
	template := &x509.Certificate{SerialNumber: big.NewInt(2), NotBefore: year(1990), NotAfter: year(2100), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	parent, signer := a.root, a.key
	switch f {
	case faultproxy.WrongHost:
		template.IPAddresses, template.DNSNames = nil, []string{"other.example"}
	case faultproxy.Expired:
		template.NotAfter = year(1999)
	case faultproxy.NotYetValid:
		template.NotBefore = year(2099)
	case faultproxy.SelfSigned:
		template.Subject.CommonName, parent = "self", template
	case faultproxy.UnknownRoot:
		other := &x509.Certificate{SerialNumber: big.NewInt(3), Subject: pkix.Name{CommonName: "another root"}, NotBefore: year(1990), NotAfter: year(2100), IsCA: true, BasicConstraintsValid: true}
		signer = ed25519.NewKeyFromSeed(bytes.Repeat([]byte{1}, ed25519.SeedSize))
		parent = parse(t, other, other, signer, signer)
	}
	return &tls.Certificate{Certificate: [][]byte{parse(t, template, parent, a.key, signer).Raw}, PrivateKey: a.key}
}

// server is the TLS of a proxy whose n-th connection has a fault of the handshake.
func (a *authority) server(t testing.TB, fault func(n int) faultproxy.Fault) *tls.Config {
	good := a.certificate(t, "")
	n := 0
	return &tls.Config{GetConfigForClient: func(*tls.ClientHelloInfo) (*tls.Config, error) { // one connection at a time
		n++
		f := fault(n)
		c := &tls.Config{Certificates: []tls.Certificate{*good}}
		switch f {
		case faultproxy.OldVersion:
			c.MinVersion, c.MaxVersion = tls.VersionTLS10, tls.VersionTLS11
		case faultproxy.WantsClient:
			c.ClientAuth = tls.RequireAnyClientCert
		case "":
		default:
			c.Certificates[0] = *a.certificate(t, f)
		}
		return c, nil
	}}
}

func (a *authority) client() *tls.Config {
	pool := x509.NewCertPool()
	pool.AddCert(a.root)
	return &tls.Config{RootCAs: pool}
}

// newSecureBench is a bench that speaks TLS.
func newSecureBench(t testing.TB, w way, a *authority, o faultproxy.Options) *bench {
	t.Helper()
	return newBenchAt(t, w, "https://127.0.0.1/"+w.vendor, sandbox.Options{}, o, vendors.TransportOptions{Workers: 1, TLS: a.client()})
}

// ofCertificate reports whether a fault of the handshake is made by the server's TLS, not by the wire.
func ofCertificate(f faultproxy.Fault) bool {
	switch f {
	case faultproxy.WrongHost, faultproxy.Expired, faultproxy.NotYetValid, faultproxy.SelfSigned, faultproxy.UnknownRoot, faultproxy.OldVersion, faultproxy.WantsClient:
		return true
	}
	return false
}

// hellos are how far the vendor's part of a handshake goes before a fault in the middle of it: a byte, a record's head, some way into the
// certificate, all but the last twenty bytes.
var hellos = []int{1, 5, 200, -20}

// TestHandshakes tries the cells of the TLS handshake at every vendor, and a good request after each.
func TestHandshakes(t *testing.T) {
	quietLog(t)
	for _, w := range vendorsOnce() {
		for _, cell := range faultproxy.Cells() {
			switch cell.Injection.At {
			case faultproxy.Handshake:
				t.Run(fmt.Sprintf("%s, %s", w.name, cell.Injection.Fault), func(t *testing.T) {
					synctest.Test(t, func(t *testing.T) { w.shake(t, cell, 0) })
				})
			case faultproxy.MidHandshake:
				for _, hello := range hellos {
					t.Run(fmt.Sprintf("%s, %s after %d bytes", w.name, cell.Injection.Fault, hello), func(t *testing.T) {
						synctest.Test(t, func(t *testing.T) { w.shake(t, cell, hello) })
					})
				}
			}
		}
	}
}

func (w way) shake(t *testing.T, cell faultproxy.Cell, hello int) {
	a := newAuthority(t)
	once := func(of bool) func(n int) faultproxy.Fault {
		return func(n int) faultproxy.Fault {
			if n == 1 && of {
				return cell.Injection.Fault
			}
			return ""
		}
	}
	byServer := ofCertificate(cell.Injection.Fault)
	b := newSecureBench(t, w, a, faultproxy.Options{Dial: once(!byServer), TLS: a.server(t, once(byServer)), HandshakeBytes: hello})
	defer b.close()
	v := b.send()
	torn := hello != 0 && cell.Injection.Fault == faultproxy.Garbage // how much of a record it makes depends on where it begins
	if v.Class != cell.Class || v.Code != cell.Code && (!torn || v.Code != "connection_closed") || v.Hint == "" {
		t.Errorf("got %s/%s (%q), want %s/%s", v.Class, v.Code, v.Message, cell.Class, cell.Code)
	}
	time.Sleep(20 * time.Second)
	if v := b.send(); v.Class != vendors.Accepted {
		t.Errorf("the next request: %s/%s (%q)", v.Class, v.Code, v.Message)
	}
}

// TestMatrixOverTLS tries the cells again over TLS, each at the next vendor in turn: the verdict is the same. A line that TLS's own goodbye breaks off is called malformed,
// because the connection beneath has not ended yet. Dead connections say goodbye too, so only a reset of them goes unnoticed.
func TestMatrixOverTLS(t *testing.T) {
	quietLog(t)
	every := ways()
	for i, cell := range faultproxy.Cells() {
		w := every[i%len(every)]
		if s := cell.Injection; ofHandshake(s) || s.At == faultproxy.Dialing || s.At == faultproxy.RequestStart || s.On == faultproxy.Reused || unnoticed(s) && s.Fault != faultproxy.Reset {
			continue
		}
		t.Run(w.name+", "+name(cell.Injection), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				a := newAuthority(t)
				none := func(int) faultproxy.Fault { return "" }
				before := cleanRequests(cell.Injection)
				at := before + 1
				if cell.Injection.At == faultproxy.Idle {
					at = before
				}
				b := newSecureBench(t, w, a, faultproxy.Options{TLS: a.server(t, none), Inject: func(n int) faultproxy.Injection {
					if n == at {
						return cell.Injection
					}
					return faultproxy.Injection{}
				}})
				defer b.close()
				for range before {
					if v := b.send(); v.Class != vendors.Accepted {
						t.Fatalf("a request before the fault: %+v", v)
					}
					time.Sleep(time.Second)
				}
				class, code := cell.For(w.vendor)
				if v := b.send(); v.Class != class || v.Code != code && (v.Code != "answer_malformed" || !brokenLine(cell.Injection)) {
					t.Errorf("got %s/%s (%q), want %s/%s", v.Class, v.Code, v.Message, class, code)
				}
				time.Sleep(20 * time.Second)
				if v := b.send(); v.Class != vendors.Accepted {
					t.Errorf("the next request: %s/%s (%q)", v.Class, v.Code, v.Message)
				}
			})
		})
	}
}

func unnoticed(s faultproxy.Injection) bool {
	return s.On == faultproxy.Refused || s.On == faultproxy.Taken
}

func brokenLine(s faultproxy.Injection) bool {
	return (s.At == faultproxy.AnswerStatus || s.At == faultproxy.AnswerHeader) && (s.Fault == faultproxy.Close || s.Fault == faultproxy.HalfClose)
}

// TestClientCertificateWanted: in TLS 1.3 the client has finished and may have written its request when it learns that a certificate of its
// own is wanted.
func TestClientCertificateWanted(t *testing.T) {
	quietLog(t)
	for range 20 {
		synctest.Test(t, func(t *testing.T) {
			a := newAuthority(t)
			b := newSecureBench(t, wayTo("distinct"), a, faultproxy.Options{TLS: a.server(t, func(int) faultproxy.Fault { return faultproxy.WantsClient })})
			defer b.close()
			if v := b.send(); v.Class != vendors.NotSent && v.Class != vendors.Unknown {
				t.Errorf("%+v", v)
			}
		})
	}
}
