// Command loop is what a good engineer would write by hand in an hour: read the list, post each row, count the answers. No journal, no report,
// no check, no limit. The benchmark compares the importer with it.
package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"sync"
	"sync/atomic"
)

func main() {
	url := flag.String("url", "", "where to post")
	workers := flag.Int("workers", 64, "requests in flight")
	flag.Parse()
	f, err := os.Open(flag.Arg(0))
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	client := &http.Client{Transport: &http.Transport{
		MaxIdleConns: *workers, MaxIdleConnsPerHost: *workers, DisableCompression: true, WriteBufferSize: 4 << 10, ReadBufferSize: 4 << 10,
	}}
	rows := make(chan []string, 2**workers)
	var ok, failed atomic.Int64
	var wg sync.WaitGroup
	for range *workers {
		wg.Go(func() {
			for row := range rows {
				if post(client, *url, row) {
					ok.Add(1)
				} else {
					failed.Add(1)
				}
			}
		})
	}
	r := csv.NewReader(f)
	if _, err := r.Read(); err != nil {
		log.Fatal(err)
	}
	for {
		row, err := r.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			log.Fatal(err)
		}
		rows <- row
	}
	close(rows)
	wg.Wait()
	fmt.Printf("%d ok, %d failed\n", ok.Load(), failed.Load())
	if failed.Load() > 0 {
		os.Exit(1)
	}
}

type registration struct {
	FirstName    string `json:"firstName"`
	LastName     string `json:"lastName"`
	Email        string `json:"email"`
	Terms        bool   `json:"isTermsAndConditionsChecked"`
	Newsletter   bool   `json:"subscribeNewsletter"`
	Phone        string `json:"phoneNumber"`
	PhoneCode    string `json:"phoneCountryCode"`
	PhoneCountry string `json:"phoneCountryName"`
	Year         int    `json:"birthYear"`
	Month        int    `json:"birthMonth"`
	Day          int    `json:"birthDate"`
	DOB          string `json:"dob"`
	Experience   string `json:"experienceValue"`
	Page         string `json:"registrationPageValue"`
	Language     string `json:"language"`
	Vendor       string `json:"externalVendorId"`
}

func post(client *http.Client, url string, row []string) bool {
	body, err := json.Marshal(registration{
		Email: row[0], FirstName: row[1], LastName: row[2], Phone: row[3][4:], PhoneCode: row[3][:4], PhoneCountry: "ie",
		Year: 1990, Month: 5, Day: 15, DOB: row[4] + "T00:00:00Z", Language: row[5], Terms: true,
		Experience: "wc-trophy-tour-2026", Page: "external-vendor-registration", Vendor: "mkod0a8imkod0a",
	})
	if err != nil {
		return false
	}
	req, err := http.NewRequest(http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return false
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("x-distinct-api-key", "distinct-demo-key")
	res, err := client.Do(req)
	if err != nil {
		return false
	}
	defer res.Body.Close()
	var answer struct {
		StatusCode int `json:"statusCode"`
	}
	err = json.NewDecoder(res.Body).Decode(&answer)
	_, _ = io.Copy(io.Discard, res.Body)
	return err == nil && res.StatusCode == 200 && answer.StatusCode == 200
}
