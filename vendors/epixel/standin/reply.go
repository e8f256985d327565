package standin

import (
	"fmt"
	"net/http"

	"importer/vendors/sandbox"
)

// envelope is the body of every answer but that of a login.
type envelope struct {
	StatusCode int `json:"status_code"`
	Errors     any `json:"errors"`
	Data       any `json:"data"`
}

func succeed(data any) sandbox.Answer {
	return sandbox.JSON(http.StatusOK, envelope{http.StatusOK, struct{}{}, data})
}

func created(number int) sandbox.Answer {
	return succeed(map[string]string{"uid": fmt.Sprint(1000 + number)})
}

// failText is a refusal that is about no field.
func failText(status int, text string) sandbox.Answer {
	return sandbox.JSON(status, envelope{status, map[string]string{"detail": text}, struct{}{}})
}

// failFields is a validation answer in the given shape.
func failFields(shape string, faults []sandbox.Wrong) sandbox.Answer {
	return sandbox.JSON(http.StatusBadRequest, envelope{http.StatusBadRequest, shaped(shape, faults), struct{}{}})
}

func shaped(shape string, faults []sandbox.Wrong) any {
	switch shape {
	case "array":
		fields := map[string][]string{}
		for _, f := range faults {
			fields[f.Field] = append(fields[f.Field], f.Text)
		}
		return fields
	case "list":
		var texts []string
		for _, f := range faults {
			texts = append(texts, f.Text)
		}
		return texts
	case "string":
		return faults[0].Text
	}
	fields := map[string]string{}
	for _, f := range faults {
		if _, ok := fields[f.Field]; !ok {
			fields[f.Field] = f.Text
		}
	}
	return fields
}
