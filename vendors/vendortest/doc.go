// Package vendortest checks any vendor against its contract. A vendor's test is one line, and its fuzz target another:
//
//	func TestVendor(t *testing.T)  { vendortest.Run(t, distinct.Vendor()) }
//	func FuzzAnswer(f *testing.F)  { vendortest.Fuzz(f, distinct.Vendor()) }
//
// # Transcripts
//
// testdata/answers/*.txt hold one documented answer each: lines of "name: value", an empty line, the body.
//
//	page: https://docs.distinct.so/docs/register-user-api
//	shows: a phone number that is registered
//	status: 400
//	class: exists
//	code: phone_already_registered
//	field: phone
//
//	{"statusCode": 400, "message": "User phone number already registered", "data": {}}
//
// page, shows, status, class and code must be there; header (as "Retry-After: 5", any number of times), field, vendor_code, vendor_id and
// retry_after may be; what is not named must be empty in the verdict, but for field and vendor_code. The body ends before the file's last
// line feed. Every row of a vendor's error table must decide at least one transcript.
//
// # Requests
//
// testdata/requests/*.golden hold whole HTTP requests as they go onto the wire, headers sorted and secrets replaced by their setting's name, for
// each operation, encoding and customer (minimal, full, without a phone, unicode, wire). `go test -update` writes them.
package vendortest
