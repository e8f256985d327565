package terminal

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

	"importer/cmd/importer/internal/runs"
	"importer/mapping/suggest"
)

// CanAsk reports whether a person sits at the terminal, who can read a question and type an answer.
func (t *Terminal) CanAsk() bool {
	stdin, ok := t.In.(*os.File)
	if !ok || !term.IsTerminal(int(stdin.Fd())) {
		return false
	}
	_, terminal := t.ErrWidth()
	return terminal
}

// Confirm returns the way to ask the person at the terminal; nil where there is none.
func (t *Terminal) Confirm() runs.Confirm {
	if !t.CanAsk() {
		return nil
	}
	return t.confirm
}

func (t *Terminal) confirm(ctx context.Context, q runs.Question) (bool, error) {
	if q.Files != "" {
		_, _ = fmt.Fprintf(t.screen, "delete the files of runs before %s, edited failed files too? y or n: ", q.Files)
	} else {
		t.notices.info("%s", sampleText(q.Sample, q.Earlier))
		_, _ = fmt.Fprint(t.screen, "send the other rows? [y/N] \n")
	}
	answer := make(chan string, 1)
	go func() { // ends with the answer, or with the process: a read of a terminal is not woken
		line, _ := bufio.NewReader(t.In).ReadString('\n')
		answer <- line
	}()
	select {
	case line := <-answer:
		word := strings.ToLower(strings.TrimSpace(line))
		return word == "y" || word == "yes", nil
	case <-ctx.Done():
		return false, context.Cause(ctx)
	}
}

// Answer asks the questions of a proposal, and settles those that get an answer. An empty line leaves a question as a comment; the end of the
// input leaves all that follow.
func (t *Terminal) Answer(ctx context.Context, p *suggest.Proposal) error {
	return answerAll(ctx, p, t.In, t.Err)
}

func answerAll(ctx context.Context, p *suggest.Proposal, in io.Reader, out io.Writer) error {
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
		return 0, errors.New("that is not the number of an answer")
	}
	return n, nil
}
