package faultproxy

import (
	"slices"
	"time"

	"importer/vendors"
)

// Row is a line of the classification table: any of its faults, at any of its positions, on any of its connections, means Class and Code at every
// vendor but those that Vendors names.
type Row struct {
	Faults  []Fault
	At      []Position
	On      []Connection
	Class   vendors.Class
	Code    string
	Why     string
	Vendors []VendorVerdict // where a vendor's own rules say otherwise
	Wait    time.Duration   // how long the vendor asks everybody to wait; a date may say up to a second less

	answers []answerFault // how the faults of an answer are made
}

// VendorVerdict is the verdict at a vendor whose own rules differ from the table's.
type VendorVerdict struct {
	Vendor string
	Class  vendors.Class
	Code   string
}

// Cell is one fault at one position on one connection, with the row that it is in.
type Cell struct {
	Injection Injection
	Row
}

// Cells is every cell of the table, in its order.
func Cells() []Cell {
	var cells []Cell
	for _, r := range Rows() {
		for _, f := range r.Faults {
			for _, at := range r.At {
				for _, on := range r.On {
					cells = append(cells, Cell{Injection{Fault: f, At: at, On: on}, r})
				}
			}
		}
	}
	return cells
}

// For is the verdict at one vendor.
func (r Row) For(vendor string) (vendors.Class, string) {
	if i := slices.IndexFunc(r.Vendors, func(v VendorVerdict) bool { return v.Vendor == vendor }); i >= 0 {
		return r.Vendors[i].Class, r.Vendors[i].Code
	}
	return r.Class, r.Code
}

var (
	fresh  = []Connection{Fresh}
	living = []Connection{Fresh, Reused}
)

// Rows is the classification table: what a client must make of each fault. It is the design's table of classes, cell by cell: not sent needs
// proof, accepted needs the vendor's own confirmation to have arrived whole, and all between is unknown.
func Rows() []Row {
	return slices.Concat(connectRows(), requestRows(), answerRows(), formRows(), statusRows(), waitRows(), ownRows())
}

// row is a line that holds at every vendor.
func row(at []Position, on []Connection, class vendors.Class, code, why string, faults ...Fault) Row {
	return Row{Faults: faults, At: at, On: on, Class: class, Code: code, Why: why}
}

func connectRows() []Row {
	dialing, shake := []Position{Dialing}, []Position{Handshake}
	hello := []Position{Handshake, MidHandshake}
	const nothing, later = "there was no connection a byte could have left on", "a request is written only after the handshake"
	return []Row{
		row(dialing, fresh, vendors.NotSent, "dns_failed", nothing, NoHost, DNSTimeout, ServFail),
		row(dialing, fresh, vendors.NotSent, "connection_refused", nothing, RefusedConn),
		row(dialing, fresh, vendors.NotSent, "connect_failed", nothing, NoRoute, NetDown, NoPort, NoFile, DialReset),
		row(dialing, fresh, vendors.NotSent, "connect_timeout", nothing, DialTimedOut),
		row(dialing, fresh, vendors.NotSent, "timeout", nothing, DialSilence),
		row(shake, fresh, vendors.NotSent, "tls_failed", later, WrongHost, Expired, NotYetValid, SelfSigned, UnknownRoot, OldVersion, PlainHTTP, Alert),
		row(hello, fresh, vendors.NotSent, "connection_reset", later, Reset),
		row(hello, fresh, vendors.NotSent, "connection_closed", later, Close, HalfClose),
		row(shake, fresh, vendors.NotSent, "connection_closed", later, Garbage),
		row([]Position{MidHandshake}, fresh, vendors.NotSent, "tls_failed", later+"; `connection_closed` where the bytes are too few for a record", Garbage),
		row(hello, fresh, vendors.NotSent, "timeout", later, Silence),
	}
}

func requestRows() []Row {
	start := []Position{RequestStart}
	sending := []Position{RequestLine, RequestHeader, RequestHead, RequestBody}
	inside := append(slices.Clone(sending), BeforeVendor, BeforeAnswer)
	const none, some = "the write took no byte, which the connection counted", "bytes left, and it is not known what the vendor did with them"
	return []Row{
		row(start, living, vendors.NotSent, "connection_reset", none, Reset),
		row(start, living, vendors.NotSent, "connection_closed", none, Close, HalfClose),
		row(start, living, vendors.NotSent, "timeout", none, Silence),
		row(start, living, vendors.NotSent, "answer_malformed", none, Garbage),
		row(sending, living, vendors.Accepted, "created", "it was not asked for, and says nothing", Continue),
		row(inside, living, vendors.Unknown, "connection_reset", some, Reset),
		row(inside, living, vendors.Unknown, "connection_closed", some, Close, HalfClose),
		row(inside, living, vendors.Unknown, "timeout", some, Silence, Drip),
		row(inside, living, vendors.Unknown, "answer_malformed", some, Garbage),
	}
}

func answerRows() []Row {
	head, body := []Position{AnswerStatus, AnswerHeader}, []Position{AnswerHead, AnswerBody}
	after, idle := []Position{AfterAnswer}, []Position{Idle}
	noticed, refused, taken := []Connection{Noticed}, []Connection{Refused}, []Connection{Taken}
	const cut, arrived = "the vendor acted, and what it said did not arrive whole", "the confirmation was whole before the fault"
	const race = "the known race of a pool: the kernel took the bytes, so there is no proof"
	return []Row{
		row(head, living, vendors.Unknown, "connection_reset", cut, Reset),
		row(head, living, vendors.Unknown, "connection_closed", cut, Close, HalfClose),
		row(head, living, vendors.Unknown, "timeout", cut, Silence, Drip),
		row(head, living, vendors.Unknown, "answer_malformed", cut, Garbage),
		row(body, living, vendors.Unknown, "answer_cut_off", cut, Reset, Close, HalfClose),
		row(body, living, vendors.Unknown, "timeout", cut, Silence, Drip),
		row(body, living, vendors.Unknown, "answer_unreadable", cut, Garbage),
		row(after, living, vendors.Accepted, "created", arrived, Reset, Close, HalfClose, Silence, Garbage, Stray, Stray408),
		row(idle, noticed, vendors.Accepted, "created", "the pool dropped the dead connection and the request went over another, once",
			Reset, Close, HalfClose, Garbage, Stray, Stray408),
		row(idle, refused, vendors.NotSent, "connection_reset", "the write failed with no byte taken; net/http replays no request that has a body", Reset, Close),
		row(idle, taken, vendors.Unknown, "connection_reset", race, Reset),
		row(idle, taken, vendors.Unknown, "connection_closed", race, Close, HalfClose),
		row(idle, taken, vendors.Unknown, "timeout", "a middle box forgot the connection: the bytes go nowhere, and nothing says so", Silence),
	}
}
