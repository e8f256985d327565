package faultproxy

// Samples are the bytes of whole answers, one for each fault of the answer that ends: seeds for a fuzzer.
func Samples() [][]byte {
	a := reply{status: "200 OK", kind: "application/json", body: []byte(success)}
	samples := [][]byte{a.plain()}
	for _, c := range Cells() {
		if c.Shot.At != Instead || c.Shot.On != Fresh || c.Shot.Fault == HugeHeader || c.Shot.Fault == ManyHeaders || c.Shot.Fault == BigBody {
			continue
		}
		var raw []byte
		for _, part := range shapes(c.Shot.Fault, a, []byte("POST / HTTP/1.1\r\n\r\n")).parts {
			raw = append(raw, part...)
		}
		samples = append(samples, raw)
	}
	return samples
}
