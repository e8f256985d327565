package main

import (
	"io"
	"log"
	"os"
)

// main also silences the standard logger: nobody here writes to it but net/http, which repeats byte for byte what a server says unasked. That may
// be a token or a person's data.
func main() {
	log.SetOutput(io.Discard)
	os.Exit(run(processEnvironment()))
}
