package sandbox

import (
	"encoding/json"
	"fmt"
	"net/http"
)

// Report is what GET /_sandbox/register answers for one vendor.
type Report struct {
	Snapshot
	Stats Stats `json:"stats"`
}

// serveControl answers what no vendor has:
//
//	GET  /_sandbox/register              {"distinct": Report, …}; ?vendor=NAME for one, ?entries=1 with every entry
//	POST /_sandbox/reset                 forgets everybody but the seeded people
//	     /_sandbox/trap                  where redirects lead; counts who comes
//	GET  /_sandbox/                      the banner
func (s *Sandbox) serveControl(w http.ResponseWriter, r *http.Request) {
	switch r.Method + " " + r.URL.Path {
	case "GET /_sandbox/register":
		s.serveRegister(w, r)
	case "POST /_sandbox/reset":
		if err := s.Reset(); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.WriteHeader(http.StatusNoContent)
	case "GET /_sandbox/", "GET /_sandbox":
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		fmt.Fprint(w, s.Banner("http://"+r.Host))
	default:
		message := "nothing is served here"
		if r.URL.Path == "/_sandbox/trap" {
			s.trapped.Add(1)
			message = fmt.Sprintf("this is where redirects lead; requests that followed one: %d", s.Trapped())
		}
		http.Error(w, message, http.StatusNotFound)
	}
}

func (s *Sandbox) serveRegister(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	reports := map[string]Report{}
	for _, d := range s.endpoints {
		if v := query.Get("vendor"); v != "" && v != d.Name {
			continue
		}
		snapshot := s.Register(d.Name).Summary()
		if query.Get("entries") == "1" {
			snapshot = s.Register(d.Name).Snapshot()
		}
		stats, _ := s.Stats(d.Name)
		reports[d.Name] = Report{snapshot, stats}
	}
	if len(reports) == 0 {
		http.Error(w, "no such vendor; there are "+s.names(), http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(reports) // fails only when the client has left
}
