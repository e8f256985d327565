package faultproxy

import (
	_ "embed"
	"fmt"
	"strings"
	"text/template"
)

// page is docs/faults.md without the rows of its tables.
//
//go:embed faults_page.md
var page string

// Markdown is the classification table as docs/faults.md holds it.
func Markdown() string {
	parts := template.FuncMap{"table": table, "connect": connectRows, "request": requestRows, "answer": answerRows, "form": formRows,
		"status": statusRows, "wait": waitRows, "own": ownRows}
	var b strings.Builder
	if err := template.Must(template.New("page").Funcs(parts).Parse(page)).Execute(&b, nil); err != nil {
		panic(err) // into memory, from a fixed text: cannot fail
	}
	return b.String()
}

// table writes rows as a table of Markdown.
func table(rows []Row) string {
	var b strings.Builder
	b.WriteString("| fault | where | connection | class | code | why |\n|---|---|---|---|---|---|\n")
	for _, r := range rows {
		class, code := r.verdicts()
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s |\n", list(r.Faults), list(r.At), list(r.On), class, code, r.Why)
	}
	return b.String()
}

// verdicts are a row's class and code, followed by those of vendors that say otherwise.
func (r Row) verdicts() (class, code string) {
	class, code = r.Class.String(), "`"+r.Code+"`"
	for _, o := range r.Vendors {
		if o.Class != r.Class {
			class += "; " + o.Vendor + ": " + o.Class.String()
		}
		code += "; " + o.Vendor + ": `" + o.Code + "`"
	}
	return class, code
}

// list writes names one after the other.
func list[T ~string](names []T) string {
	texts := make([]string, len(names))
	for i, n := range names {
		texts[i] = string(n)
	}
	return strings.Join(texts, "; ")
}
