package source

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"testing"
)

const benchRows = 100_000

// benchList is a list of 12 columns, 170 bytes a row. ids are what the first cells are made of, in turn.
func benchList(quoted bool, ids ...string) []byte {
	var b bytes.Buffer
	b.WriteString("id,email,first_name,last_name,phone,birth_date,street,city,postal_code,country,newsletter,note\n")
	for i := range benchRows {
		note := "came with the migration of 2019, none"
		if quoted {
			note = `"came with the migration, of ""2019"""`
		} else {
			note = note[:31]
		}
		id := fmt.Sprintf("%08d", i)
		if len(ids) > 0 {
			id = ids[i%len(ids)]
		}
		fmt.Fprintf(&b, "%s,customer.%06d@example.com,Ann%04d,Murphy-O'Neill,+353861%06d,1987-11-23,12 Some Longer Street Name,Dublin,D02 X285,IE,true,%s\n", id, i, i%1000, i, note)
	}
	return b.Bytes()
}

// BenchmarkCSV reads a list through everything between the file and the row, and through encoding/csv alone, from memory and keeping
// nothing. The latter reports how much of its speed the former has.
func BenchmarkCSV(b *testing.B) {
	for _, kind := range []struct {
		name   string
		quoted bool
		ids    []string
	}{{"plain", false, nil}, {"quoted", true, nil}, {"beyond-ASCII", false, []string{"Ärzte", "Élan", "", "Øst 12"}}} {
		content := benchList(kind.quoted, kind.ids...)
		path := write(b, "list.csv", string(content))
		set := survey(b, Options{}, path)
		var ours float64 // rows a second
		b.Run(kind.name+"/source", func(b *testing.B) {
			b.SetBytes(int64(len(content)))
			b.ReportAllocs()
			for b.Loop() {
				drain(b, set)
			}
			ours = float64(benchRows) * float64(b.N) / b.Elapsed().Seconds()
			b.ReportMetric(ours/1e6, "Mrows/s")
		})
		b.Run(kind.name+"/encoding-csv", func(b *testing.B) {
			b.SetBytes(int64(len(content)))
			b.ReportAllocs()
			for b.Loop() {
				r := csv.NewReader(bytes.NewReader(content))
				r.ReuseRecord = true
				for {
					if _, err := r.Read(); err == io.EOF {
						break
					} else if err != nil {
						b.Fatal(err)
					}
				}
			}
			theirs := float64(benchRows) * float64(b.N) / b.Elapsed().Seconds()
			b.ReportMetric(theirs/1e6, "Mrows/s")
			if ours > 0 {
				b.ReportMetric(ours/theirs, "source/this")
			}
		})
		b.Run(kind.name+"/survey", func(b *testing.B) {
			b.SetBytes(int64(len(content)))
			for b.Loop() {
				if _, err := Survey(context.Background(), []Input{{Path: path}}, Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkJSONL(b *testing.B) {
	var content bytes.Buffer
	for i := range benchRows {
		fmt.Fprintf(&content, `{"id":%d,"email":"customer.%06d@example.com","first_name":"Ann","last_name":"Murphy","phone":"+353861%06d","birth_date":"1987-11-23","address":{"city":"Dublin","postal_code":"D02 X285"},"newsletter":true}`+"\n", i, i, i)
	}
	set := survey(b, Options{}, write(b, "list.jsonl", content.String()))
	b.SetBytes(int64(content.Len()))
	b.ReportAllocs()
	for b.Loop() {
		drain(b, set)
	}
	b.ReportMetric(float64(benchRows)*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mrows/s")
}

func drain(b *testing.B, set *Set) {
	r, err := set.Open()
	if err != nil {
		b.Fatal(err)
	}
	defer r.Close()
	n := 0
	for ; ; n++ {
		row, err := r.Next()
		if err == io.EOF {
			break
		}
		if err != nil || row.Broken != nil {
			b.Fatal(err, row.Broken)
		}
	}
	if n != benchRows {
		b.Fatalf("%d rows", n)
	}
}
