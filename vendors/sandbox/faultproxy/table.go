package faultproxy

import "importer/vendors"

// Row is a line of the classification table: any of its faults, at any of its positions, on any of its connections, means Class and Code.
type Row struct {
	Faults []Fault
	At     []Position
	On     []Connection
	Class  vendors.Class
	Code   string
	Why    string
}

// Cell is one fault at one position on one connection.
type Cell struct {
	Shot  Shot
	Class vendors.Class
	Code  string
}

// Cells is every cell of the table, in its order.
func Cells() []Cell {
	var cells []Cell
	for _, r := range Rows() {
		for _, f := range r.Faults {
			for _, at := range r.At {
				for _, on := range r.On {
					cells = append(cells, Cell{Shot{Fault: f, At: at, On: on}, r.Class, r.Code})
				}
			}
		}
	}
	return cells
}

var (
	fresh  = []Connection{Fresh}
	living = []Connection{Fresh, Reused}
	whole  = []Position{Instead}
)

// Rows is the classification table: what a client must make of each fault. It is the design's table of classes, cell by cell: not sent needs
// proof, accepted needs the vendor's own confirmation to have arrived whole, and all between is unknown.
func Rows() []Row {
	return append(append(append(connectRows(), requestRows()...), answerRows()...), shapeRows()...)
}

func connectRows() []Row {
	const nothing = "there was no connection a byte could have left on"
	dial := func(f Fault, code string) Row {
		return Row{[]Fault{f}, []Position{Dialing}, fresh, vendors.NotSent, code, nothing}
	}
	return []Row{
		dial(NoHost, "dns_failed"),
		dial(DNSTimeout, "dns_failed"),
		dial(RefusedConn, "connection_refused"),
		dial(NoRoute, "connect_failed"),
		dial(DialTimedOut, "connect_timeout"),
		dial(DialSilence, "timeout"),
		{[]Fault{WrongHost, Expired, NotYetValid, SelfSigned, OldVersion, PlainHTTP}, []Position{Handshake}, fresh, vendors.NotSent, "tls_failed",
			"a request is written only after the handshake"},
		{[]Fault{Reset}, []Position{Handshake}, fresh, vendors.NotSent, "connection_reset", "a request is written only after the handshake"},
		{[]Fault{Close, HalfClose, Garbage}, []Position{Handshake}, fresh, vendors.NotSent, "connection_closed", "a request is written only after the handshake"},
		{[]Fault{Silence}, []Position{Handshake}, fresh, vendors.NotSent, "timeout", "a request is written only after the handshake"},
	}
}

func requestRows() []Row {
	start := []Position{RequestStart}
	inside := []Position{RequestLine, RequestHeader, RequestHead, RequestBody, BeforeVendor, BeforeAnswer}
	const none, some = "the write took no byte, which the connection counted", "bytes left, and nobody can say what the vendor made of them"
	return []Row{
		{[]Fault{Reset}, start, living, vendors.NotSent, "connection_reset", none},
		{[]Fault{Close, HalfClose}, start, living, vendors.NotSent, "connection_closed", none},
		{[]Fault{Silence}, start, living, vendors.NotSent, "timeout", none},
		{[]Fault{Garbage}, start, living, vendors.NotSent, "answer_malformed", none},
		{[]Fault{Continue}, []Position{RequestLine, RequestHeader, RequestHead, RequestBody}, living, vendors.Accepted, "created", "it was not asked for, and says nothing"},
		{[]Fault{Reset}, inside, living, vendors.Unknown, "connection_reset", some},
		{[]Fault{Close, HalfClose}, inside, living, vendors.Unknown, "connection_closed", some},
		{[]Fault{Silence, Drip}, inside, living, vendors.Unknown, "timeout", some},
		{[]Fault{Garbage}, inside, living, vendors.Unknown, "answer_malformed", some},
	}
}

func answerRows() []Row {
	head, headers := []Position{AnswerStatus, AnswerHeader}, []Position{AnswerHeader}
	body := []Position{AnswerHead, AnswerBody}
	const cut, arrived = "the vendor acted, and what it said did not arrive whole", "the confirmation was whole before the fault"
	return []Row{
		{[]Fault{Reset}, head, living, vendors.Unknown, "connection_reset", cut},
		{[]Fault{Close, HalfClose}, head, living, vendors.Unknown, "connection_closed", cut},
		{[]Fault{Silence, Drip}, head, living, vendors.Unknown, "timeout", cut},
		{[]Fault{Garbage}, []Position{AnswerStatus}, living, vendors.Unknown, "answer_malformed", cut},
		{[]Fault{Garbage}, headers, living, vendors.Unknown, "answer_malformed", cut},
		{[]Fault{Reset, Close, HalfClose}, body, living, vendors.Unknown, "answer_cut_off", cut},
		{[]Fault{Silence, Drip}, body, living, vendors.Unknown, "timeout", cut},
		{[]Fault{Garbage}, []Position{AnswerBody}, living, vendors.Unknown, "answer_unreadable", cut},
		{[]Fault{Reset, Close, HalfClose, Silence, Garbage, Stray, Stray408}, []Position{AfterAnswer}, living, vendors.Accepted, "created", arrived},
		{[]Fault{Reset, Close, HalfClose, Garbage, Stray, Stray408}, []Position{Idle}, []Connection{Noticed}, vendors.Accepted, "created",
			"the pool dropped the dead connection and the request went over another, once"},
		{[]Fault{Reset, Close}, []Position{Idle}, []Connection{Refused}, vendors.NotSent, "connection_reset", "the write failed with no byte taken; net/http replays no request that has a body"},
		{[]Fault{Reset}, []Position{Idle}, []Connection{Taken}, vendors.Unknown, "connection_reset", "the classic race of a pool: the kernel took the bytes, so proof is gone"},
		{[]Fault{Close, HalfClose}, []Position{Idle}, []Connection{Taken}, vendors.Unknown, "connection_closed", "the classic race of a pool: the kernel took the bytes, so proof is gone"},
		{[]Fault{Silence}, []Position{Idle}, []Connection{Taken}, vendors.Unknown, "timeout", "a middle box forgot the connection: the bytes go nowhere, and nothing says so"},
	}
}

func shapeRows() []Row {
	row := func(class vendors.Class, code, why string, faults ...Fault) Row {
		return Row{faults, whole, living, class, code, why}
	}
	rows := []Row{
		row(vendors.Unknown, "answer_cut_off", "the end that was promised did not come", CutLength, CutChunked, ChunkedNoEnd, ChunkedBadSize, LengthLongClose),
		row(vendors.Unknown, "timeout", "the end that was promised did not come", LengthLongOpen),
		row(vendors.Unknown, "answer_malformed", "what came is not HTTP, or has no clear end", LengthNegative, LengthWords, LengthTwo, HugeHeader, ManyHeaders, EndlessHeaders,
			BadHeader, Flood100, Flood103, LowerCase),
		row(vendors.Unknown, "connection_closed", "no line of it ended before the connection did", HTTP09, HTTP2),
		row(vendors.Unknown, "answer_too_large", "a reader that waits for the end is a reader that hangs", EndlessBody, EndlessChunks, BigBody),
		row(vendors.Unknown, "answer_compressed", "it was not asked for; what is inside is not looked at", Gzip),
		row(vendors.Unknown, "answer_unreadable", "not the vendor's own confirmation, whole and readable", LengthShort, UntilCloseCut, GzipUnlabelled, Switching, NoContent, EmptyAnswer,
			HTML, HTML404, UTF16, BOM, BadUTF8, Null, OtherVendor, SuccessTwice, Echo, Status(400), Status(404), Status(409), Status(413), Status(418), Status(451)),
		row(vendors.Accepted, "created", "odd but whole: RFC 9112 allows it, or says how it is to be read", ChunkedWhole, LengthTwice, LengthAndChunked, UntilClose, Interim, Latin1, AnswerTwice, BareLF),
		row(vendors.Unknown, "answer_contradictory", "the status and the body say different things", Status999),
		row(vendors.Unknown, "redirect_refused", "never followed; what a redirect confirms is not believed", NotModified, Status(300), Status(305)),
		row(vendors.Fatal, "credentials_refused", "nothing would succeed", Status(401)),
		row(vendors.Fatal, "ip_not_allowed", "nothing would succeed; the code is the vendor's (here Distinct's)", Status(403)),
		row(vendors.Throttled, "rate_limited", "it says that the vendor did not act", Status(429)),
		row(vendors.Unknown, "server_timeout", "it may have acted", Status(408)),
		row(vendors.Unknown, "too_early", "it may have acted", Status(425)),
	}
	for _, code := range []int{301, 302, 303, 307, 308} {
		rows = append(rows, row(vendors.Unknown, "redirect_refused", "never followed: a key and a body would reach whoever is named", RedirectHere(code), RedirectAway(code)))
	}
	for _, code := range []string{"500", "502", "503", "504", "507", "520"} {
		rows = append(rows, row(vendors.Unknown, "server_error_"+code, "a gateway's word says nothing of what the vendor did", Fault("status "+code)))
	}
	return rows
}
