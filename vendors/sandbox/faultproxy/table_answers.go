package faultproxy

import (
	"strconv"
	"time"

	"importer/vendors"
)

// instead is a line about what comes in place of the vendor's answer.
func instead(class vendors.Class, code, why string, faults ...Fault) Row {
	return row([]Position{Instead}, living, class, code, why, faults...)
}

// shapeRows are about the form of an answer.
func shapeRows() []Row {
	const odd = "odd but whole: RFC 9112 allows it, or says how it is to be read"
	broken := instead(vendors.Unknown, "answer_unreadable", "read with a replacement character, the body has no member of that name; which one is missing differs", BadUTF8)
	broken.Own = []Own{{"epixel", vendors.Unknown, "success_not_confirmed"}, {"jframework", vendors.Unknown, "unknown_error"}}
	return []Row{
		broken,
		instead(vendors.Unknown, "answer_cut_off", "the end that was promised did not come", CutLength, CutChunked, ChunkedNoEnd, ChunkedBadSize, ChunkNegative, ChunkHuge, ChunkLong,
			BadTrailers, CutTrailers, EndlessTrailers, LengthLongClose),
		instead(vendors.Unknown, "timeout", "the end that was promised did not come", LengthLongOpen, InterimSilence),
		instead(vendors.Unknown, "answer_malformed", "what came is not HTTP, or has no clear end", LengthNegative, LengthWords, LengthTwo, CodedTransfer, HugeHeader, ManyHeaders, EndlessHeaders,
			BadHeader, NulHeader, EmptyLineFirst, ShortStatus, LongStatus, Flood100, Flood103, LowerCase, OtherProtocol),
		instead(vendors.Unknown, "connection_closed", "no line of it ended before the connection did, or only one that announces another", HTTP09, HTTP2, InterimClose, HintsClose),
		instead(vendors.Unknown, "answer_too_large", "a reader that waits for the end is a reader that hangs", EndlessBody, EndlessChunks, BigBody),
		instead(vendors.Unknown, "answer_compressed", "it was not asked for; what is inside is not looked at", Gzip, GzipBomb, Deflate, Brotli),
		instead(vendors.Unknown, "answer_unreadable", "not the vendor's own confirmation, whole and readable", LengthShort, UntilCloseCut, GzipUnlabelled, Switching, SwitchingAnswer, NoContent, EmptyAnswer,
			Blanks, HTML, HTML404, UTF16, BOM, Null, EmptyObject, EmptyList, Word, Deep, MemberTwice, WordBehind, OtherVendor, SuccessTwice, Echo),
		instead(vendors.Accepted, "created", odd, ChunkedWhole, ChunkExtended, Trailers, LengthTwice, LengthAndChunked, UntilClose, UntilClose11, Length10, Interim, Identity, Latin1, NoType,
			FoldedHeader, BlankColon, NoReason, AnswerTwice, AnswerAndBytes, BareLF),
		instead(vendors.Accepted, "created", "late, and within the deadline", Late),
	}
}

// statusRows are about an answer's HTTP status.
func statusRows() []Row {
	const elsewhere = "never followed: a key and a body would reach whoever is named"
	forbidden := instead(vendors.Fatal, "access_refused", "nothing would succeed", Status(403))
	forbidden.Own = []Own{{"distinct", vendors.Fatal, "ip_not_allowed"}}
	almost := instead(vendors.Unknown, "success_not_confirmed", "the vendor's page has another status for a success; Pelcro's takes any 2xx", Around(202), Around(206))
	almost.Own = []Own{{"pelcro", vendors.Accepted, "created"}}
	rows := []Row{
		almost,
		instead(vendors.Unknown, "answer_contradictory", "the status and the body say different things", Around(400), Around(401), Around(403), Around(422), Around(429), Around(500), Around(503), Around(999)),
		instead(vendors.Unknown, "answer_unreadable", "not the vendor's own words, whatever the status", Status(400), Status(402), Status(404), Status(405), Status(409), Status(410), Status(411), Status(413),
			Status(415), Status(418), Status(421), Status(422), Status(426), Status(431), Status(451)),
		instead(vendors.Unknown, "redirect_refused", "never followed; what a redirect confirms is not believed", NotModified, Status(300), Status(305), RedirectNowhere, RedirectNowhere7),
		instead(vendors.Fatal, "credentials_refused", "nothing would succeed", Status(401)),
		forbidden,
		instead(vendors.Throttled, "rate_limited", "it says that the vendor did not act", Status(429)),
		instead(vendors.Unknown, "server_timeout", "it may have acted", Status(408)),
		instead(vendors.Unknown, "too_early", "it may have acted", Status(425)),
	}
	for _, code := range []int{301, 302, 303, 307, 308} {
		rows = append(rows, instead(vendors.Unknown, "redirect_refused", elsewhere, RedirectHere(code), RedirectAway(code)))
	}
	for _, code := range []int{500, 501, 502, 503, 504, 505, 507, 511, 520, 522, 524, 599} {
		rows = append(rows, instead(vendors.Unknown, "server_error_"+strconv.Itoa(code), "a gateway's word says nothing of what the vendor did", Status(code)))
	}
	return rows
}

// longest is what a Retry-After is cut to.
const longest = 31 * 24 * time.Hour

// waitRows are about Retry-After.
func waitRows() []Row {
	wait := func(d time.Duration, r Row) Row {
		r.Wait = d
		return r
	}
	return []Row{
		wait(7*time.Second, instead(vendors.Throttled, "rate_limited", "everybody waits 7 s", Later(429, "7"), Later(429, ADate))),
		wait(0, instead(vendors.Throttled, "rate_limited", "says nothing that can be used: everybody waits as without it", Later(429, "0"), Later(429, ADatePast), Later(429, "-7"), Later(429, "7.5"),
			Later(429, "soon"), Later(429, "0x7"))),
		wait(longest, instead(vendors.Throttled, "rate_limited", "longer than the hour a run waits: the run stops and goes on later", Later(429, "99999999999999999999"), Later(429, "86400000"), Later(429, ADateFar))),
		wait(7*time.Second, instead(vendors.Unknown, "server_error_503", "it may have acted; everybody waits 7 s", Later(503, "7"), Later(503, ADate))),
		wait(longest, instead(vendors.Unknown, "server_error_503", "it may have acted; everybody waits an hour, no longer", Later(503, ADateFar))),
	}
}

// ownRows are answers in the vendor's own words, as its pages have them.
func ownRows() []Row {
	own := func(r Row, own ...Own) Row {
		r.Own = own
		return r
	}
	return []Row{
		instead(vendors.Fatal, "credentials_refused", "nothing would succeed", OwnUnauthorized),
		own(instead(vendors.Fatal, "access_refused", "nothing would succeed", OwnForbidden), Own{"distinct", vendors.Fatal, "ip_not_allowed"}),
		own(instead(vendors.Fatal, "access_refused", "Distinct says so by a 500, JFramework by a 209 among the successes; the others have no words of their own for it and say 403", OwnInactive),
			Own{"distinct", vendors.Fatal, "event_not_active"}, Own{"jframework", vendors.Fatal, "usage_limit_reached"}),
		instead(vendors.Throttled, "rate_limited", "it says that the vendor did not act", OwnThrottled),
		instead(vendors.Unknown, "unknown_error", "no page has this; it is not taken for a fault of the row", OwnTooLarge),
		own(instead(vendors.Unknown, "server_error_500", "it may have acted, whatever it is called", OwnBroken), Own{"epixel", vendors.Unknown, "user_creation_failed"},
			Own{"jframework", vendors.Unknown, "vendor_failed"}, Own{"thanx", vendors.Unknown, "vendor_failed"}),
		own(instead(vendors.Exists, "email_already_registered", "the second is refused; Thanx signs a known person up and calls it an error. Distinct knows people by their phone: without one the second "+
			"is registered too", SentTwice), Own{"distinct", vendors.Exists, "phone_already_registered"}, Own{"thanx", vendors.Accepted, "existing_user_enrolled"}),
	}
}
