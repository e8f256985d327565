package standin

import (
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"importer/vendors/sandbox"
)

const badRequest = "BAD_REQUEST"

// success is the answer of a created user; its tokens are live.
type success struct {
	User          user          `json:"user"`
	Authorization authorization `json:"authorization"`
}

type user struct {
	ID        string `json:"id"`
	Email     string `json:"email"`
	Phone     string `json:"phone,omitempty"`
	FirstName string `json:"first_name"`
	LastName  string `json:"last_name"`
	BirthDate *date  `json:"birth_date,omitempty"`
	Gender    string `json:"gender,omitempty"`
	ZipCode   string `json:"zip_code,omitempty"`
}

type date struct {
	Year  json.Number `json:"year"`
	Month json.Number `json:"month"`
	Day   json.Number `json:"day"`
}

type authorization struct {
	TokenType    string `json:"token_type"`
	Scope        string `json:"scope"`
	CreatedAt    int64  `json:"created_at"`
	AccessToken  string `json:"access_token"`
	RefreshToken string `json:"refresh_token"`
}

func fail(status int, code, message string) sandbox.Answer {
	return sandbox.JSON(status, map[string]any{"error": map[string]string{"code": code, "message": message}})
}

func created(sent *sandbox.Object, number int, now time.Time) sandbox.Answer {
	s := success{
		User: user{
			ID: fmt.Sprintf("wroeiu%08d", number), Email: sent.Text("email"), Phone: sent.Text("phone"), FirstName: sent.Text("first_name"),
			LastName: sent.Text("last_name"), Gender: sent.Text("gender"), ZipCode: sent.Text("zip_code"),
		},
		Authorization: authorization{
			TokenType: "Bearer", Scope: "passwordless", CreatedAt: now.Unix(),
			AccessToken: fmt.Sprintf("%s%056x", sandbox.TokenMark, 2*number), RefreshToken: fmt.Sprintf("%s%056x", sandbox.TokenMark, 2*number+1),
		},
	}
	if b, ok := sent.Get("birth_date"); ok {
		s.User.BirthDate = &date{json.Number(b.Object.Text("year")), json.Number(b.Object.Text("month")), json.Number(b.Object.Text("day"))}
	}
	return sandbox.JSON(http.StatusCreated, s)
}
