package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestWhatAServerSaysUnasked lets a vendor say more than it announced. Nothing of it reaches standard error or a file.
func TestWhatAServerSaysUnasked(t *testing.T) {
	const canary = "canary-of-an-unasked-answer"
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go saySomethingMore(conn, canary)
		}
	}()
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	job := write("job.yaml", "vendor: distinct\nsettings: {experienceValue: e, externalVendorId: x}\n")
	list := write("list.csv", "email,first_name,last_name,terms_accepted,newsletter,birth_date,language\n"+
		"ann@mail.example,Ann,Byrne,true,false,1990-05-15,en\nbob@mail.example,Bob,Byrne,true,false,1990-05-15,en\n")
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), exe)
	cmd.Args = []string{"importer", "run", list, "--job", job, "--base-url", "http://" + l.Addr().String(), "--out", filepath.Join(dir, "out"), "--rate", "5/s", "--workers", "1"}
	cmd.Env = append(os.Environ(), "DISTINCT_API_KEY=key-of-a-test", "XDG_STATE_HOME="+dir)
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "created") {
		t.Fatalf("%v\n%s", err, out)
	}
	if strings.Contains(string(out), "canary") {
		t.Errorf("shown: %s", out)
	}
}

// saySomethingMore answers each request with a success and more than that.
func saySomethingMore(conn net.Conn, more string) {
	defer conn.Close()
	in := bufio.NewReader(conn)
	for {
		r, err := http.ReadRequest(in)
		if err != nil {
			return
		}
		if _, err := io.Copy(io.Discard, r.Body); err != nil {
			return
		}
		const body = `{"statusCode":200,"message":"User created successfully","data":true}`
		fmt.Fprintf(conn, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s%s", len(body), body, more)
	}
}
