package vendors

import (
	"fmt"
	"io"
	"net/http"
	"sort"
)

// Request is one customer's registration, ready to send. It is plain data: it may be kept, copied and sent by any goroutine. Printing it
// shows no body.
type Request struct {
	Identity string // normalised identity text (an e-mail in lower case); what makes two rows one person; "" = none
	Key      string // masked identity for people: "j***@example.com"
	Repeat   Repeat // what the vendor makes of a repeat of this request

	account     *Account
	members     []member
	body        []byte
	contentType string
	personal    []string // the row's own values, masked in what the vendor says
}

// String shows the request without its body.
func (r Request) String() string { return "request for " + r.Key }

// GoString shows the request without its body.
func (r Request) GoString() string { return r.String() }

// Format prints String for every verb.
func (r Request) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, r.String()) }

// Size returns the body's length in bytes.
func (r Request) Size() int { return len(r.body) }

// Show writes the request as it would be sent, with secrets and passwords masked. A request that was not prepared shows nothing.
func (r Request) Show(w io.Writer) {
	if r.account == nil {
		return
	}
	a := r.account
	fmt.Fprintf(w, "POST %s HTTP/1.1\nHost: %s\n", a.url.RequestURI(), a.url.Host)
	header := a.shownHeader()
	header.Set("Content-Type", r.contentType)
	header.Set("Content-Length", fmt.Sprint(len(r.body)))
	writeHeader(w, header)
	fmt.Fprintf(w, "\n%s\n", a.hidePasswords(r))
}

func writeHeader(w io.Writer, header http.Header) {
	names := make([]string, 0, len(header))
	for name := range header {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		for _, value := range header[name] {
			fmt.Fprintf(w, "%s: %s\n", name, value)
		}
	}
}
