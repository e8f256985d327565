package vendors

import (
	"bytes"
	"context"
	"io"
	"maps"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
)

// maxAnswer is how many bytes of an answer are read.
const maxAnswer = 64 << 10

// Send makes ONE attempt and returns its verdict. It never retries, follows no redirect and returns no error: what went wrong is in the
// verdict. ctx carries the deadline of the attempt; its end before the answer gives the code "timeout" or "interrupted". rt should come from
// [NewTransport], or be one that behaves like it; of any other, only errors that wrap [ErrNotSent] or come from dialing count as not sent.
func (a *Account) Send(ctx context.Context, rt http.RoundTripper, r Request) Verdict {
	if r.made == nil || r.made.account != a || r.made.body == nil {
		return Verdict{Class: Fatal, Code: codeNotPrepared, Hint: wireHint(codeNotPrepared)}
	}
	reply, failed := a.exchange(ctx, rt, call{http.MethodPost, a.url, r.made.body, r.made.contentType})
	if failed != nil {
		return a.scrubbed(*failed, r.made.personal)
	}
	return a.Classify(reply, r.made.personal)
}

// call is one HTTP request to make.
type call struct {
	method      string
	url         *url.URL
	body        []byte
	contentType string
}

// Reply is what came back of one HTTP request.
type Reply struct {
	Status  int
	Header  http.Header
	Body    []byte
	Problem string // a wire code when the body could not be had in full; "" = it could
}

// exchange makes one HTTP request. The verdict, not yet scrubbed, is set when there is no reply.
func (a *Account) exchange(ctx context.Context, rt http.RoundTripper, c call) (Reply, *Verdict) {
	w := traceSend(c.url.RequestURI())
	req := a.httpRequest(c).WithContext(httptrace.WithClientTrace(ctx, &w.trace))
	resp, err := rt.RoundTrip(req)
	if err != nil {
		failed := wireVerdict(ctx, w.cause(err), w.nothingLeft(rt, err))
		return Reply{}, &failed
	}
	body, problem := readAnswer(ctx, resp)
	if w.misplaced(len(c.body)) {
		failed := coded(codeAnswerMisplaced)
		failed.HTTPStatus = resp.StatusCode
		return Reply{}, &failed
	}
	return Reply{resp.StatusCode, resp.Header, body, problem}, nil
}

// httpRequest builds the request. GetBody stays nil and Body never is, so that net/http has nothing to replay with: it sends a GET without a
// body again by itself when a connection fails, past every limit.
func (a *Account) httpRequest(c call) *http.Request {
	return &http.Request{
		Method: c.method, URL: c.url, Host: c.url.Host, Header: a.headerFor(c.contentType),
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Body: io.NopCloser(bytes.NewReader(c.body)), ContentLength: int64(len(c.body)),
	}
}

// headerFor returns the account's own header where it fits as it is: RoundTrippers must not change a request. Else a changed copy.
func (a *Account) headerFor(contentType string) http.Header {
	if len(a.dated) == 0 && contentType == a.contentType {
		return a.header
	}
	header := maps.Clone(a.header)
	delete(header, "Content-Type")
	if contentType != "" {
		header["Content-Type"] = []string{contentType}
	}
	expandInto(header, a.dated, a.datedSetting)
	return header
}

func (a *Account) datedSetting(name string) string {
	if name == "now" {
		return a.now().UTC().Format(http.TimeFormat)
	}
	return a.reveal(name)
}

// readAnswer reads an answer's body and closes it. problem is a wire code when the body cannot be had in full.
func readAnswer(ctx context.Context, resp *http.Response) (body []byte, problem string) {
	defer resp.Body.Close()
	if resp.StatusCode < 200 {
		return nil, codeAnswerUnreadable // 101: the body would be the bare connection, which no deadline ends
	}
	if coding := resp.Header.Get("Content-Encoding"); coding != "" && !strings.EqualFold(coding, "identity") {
		return nil, codeAnswerCompressed
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer+1))
	switch {
	case err != nil && ctx.Err() != nil:
		return nil, contextCode(ctx)
	case err != nil:
		return nil, codeAnswerCutOff
	case len(body) > maxAnswer:
		return nil, codeAnswerTooLarge
	}
	return body, ""
}

// scrubbed makes a verdict's texts safe and its field the standard one.
func (a *Account) scrubbed(v Verdict, personal []string) Verdict {
	v.Message = a.scrub.clean(v.Message, personal, maxMessage, true)
	v.VendorCode = a.scrub.clean(v.VendorCode, personal, maxName, true)
	v.VendorID = a.scrub.clean(v.VendorID, personal, maxName, false)
	v.Field = a.scrub.clean(a.standardField(v.Field), personal, maxName, true)
	return v
}

// standardField names the standard field behind a wire field; other names stay as they are.
func (a *Account) standardField(wire string) string {
	for i := range a.fields {
		if a.fields[i].Name == wire {
			return a.fields[i].standardName()
		}
	}
	return wire
}
