package sandbox

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// toy is the least stand-in: the body is an e-mail address, which is unique.
func toy() Standin {
	return Standin{
		Name:   "toy",
		Keys:   map[string]string{"TOY_KEY": "k"},
		Shapes: []string{"plain", "fancy"},
		Answer: func(c *Call) Answer {
			n, taken, err := c.Register.Add(Identity{Email: string(c.Body)}, EmailKey)
			switch {
			case err != nil:
				return Answer{Status: 500}
			case len(taken) > 0:
				return Answer{Status: 400, Body: []byte(`{"toy":"taken"}`)}
			}
			return Answer{Status: 201, Body: fmt.Appendf(nil, `{"toy":%d,"shape":%q,"path":%q}`, n, c.Shape, c.Path)}
		},
		Refusals: toyRefusals(),
	}
}

func toyRefusals() map[Refusal]Answer {
	refusals := map[Refusal]Answer{}
	for why, status := range map[Refusal]int{Unauthorized: 401, Forbidden: 403, Throttled: 429, Broken: 500, Inactive: 500, TooLarge: 413} {
		refusals[why] = Answer{Status: status, Body: fmt.Appendf(nil, `{"toy":"refused %s"}`, why)}
	}
	return refusals
}

func newToy(t *testing.T, o Options) *Sandbox {
	t.Helper()
	s, err := New([]Standin{toy()}, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// post registers an e-mail address with the toy.
func post(c *http.Client, email string) (*http.Response, error) {
	return c.Post(BaseURL("toy")+"/register", "text/plain", strings.NewReader(email))
}
