package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"golang.org/x/term"

	"importer/mapping/suggest"
)

// canAsk reports a person at a terminal, who can read a question and type an answer.
func (a *app) canAsk() bool {
	stdin, ok := a.Stdin.(*os.File)
	if !ok || !term.IsTerminal(int(stdin.Fd())) {
		return false
	}
	_, terminal := a.StderrWidth()
	return terminal
}

// askAll asks the proposal's questions, and settles those that get an answer. An empty line leaves a question as a comment; the end of the
// input leaves all that follow.
func askAll(ctx context.Context, p *suggest.Proposal, in io.Reader, out io.Writer) error {
	lines := bufio.NewScanner(in)
	for _, q := range p.Questions() {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		fmt.Fprintf(out, "\n%s: %s (%.2f)\n", q.Field, q.Text, q.Score)
		for i, answer := range q.Answers {
			fmt.Fprintf(out, "  %d  %s\n", i+1, answer.Text)
		}
		for {
			fmt.Fprintf(out, "1 to %d, or Enter to leave it open: ", len(q.Answers))
			if !lines.Scan() {
				fmt.Fprintln(out)
				return lines.Err()
			}
			n, err := chosen(lines.Text(), len(q.Answers))
			if err != nil {
				fmt.Fprintln(out, err)
				continue
			}
			if n > 0 {
				if err := p.Settle(q.Field, q.Answers[n-1].Spec); err != nil {
					return err
				}
			}
			break
		}
	}
	return nil
}

// chosen reads the number of an answer; 0 is none.
func chosen(text string, answers int) (int, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > answers {
		return 0, errors.New("that is no number of an answer")
	}
	return n, nil
}
