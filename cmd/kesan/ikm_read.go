package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"kesan/scoring"
	"kesan/survey"
)

// ikmAnswers is what the rows of a file add up to.
type ikmAnswers struct {
	respondents int64 // with at least one answer
	silent      int64 // without any
	elements    [survey.UnsurCount]scoring.Element
}

// maxIKMProblems is how many bad rows are told at once: enough to repair a file by.
const maxIKMProblems = 20

// readAnswers adds up a whole file. What it leaves out and what is wrong with the rows it tells on stderr.
func readAnswers(ctx context.Context, input io.Reader, stderr io.Writer) (ikmAnswers, error) {
	rows := newCSV(input)
	header, err := rows.Read()
	if err != nil && err != io.EOF {
		return ikmAnswers{}, unreadable(err)
	}
	columns, ignored, err := unsurColumns(header)
	if err != nil {
		return ikmAnswers{}, err
	}
	if len(ignored) > 0 {
		fmt.Fprintln(stderr, "kolom diabaikan:", strings.Join(ignored, ", "))
	}
	var answers ikmAnswers
	wrong := 0
	for wrong < maxIKMProblems && ctx.Err() == nil {
		row, err := rows.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return ikmAnswers{}, unreadable(err)
		}
		line, _ := rows.FieldPos(0)
		values, problems := unsurValues(row, line, len(header), columns)
		for _, problem := range problems {
			fmt.Fprintln(stderr, problem)
		}
		wrong += len(problems)
		answers.add(values)
	}
	if wrong > 0 {
		return ikmAnswers{}, failed(nil, "%d kesalahan; tidak ada yang dihitung", wrong)
	}
	if answers.silent > 0 {
		fmt.Fprintf(stderr, "%d baris tanpa jawaban tidak dihitung\n", answers.silent)
	}
	return answers, ctx.Err()
}

// newCSV skips a byte order mark and takes the separator from the first line: spreadsheets with Indonesian settings write
// semicolons, since the comma is their decimal mark.
func newCSV(input io.Reader) *csv.Reader {
	buffered := bufio.NewReader(input)
	if mark, _ := buffered.Peek(3); string(mark) == "\ufeff" {
		_, _ = buffered.Discard(3)
	}
	start, _ := buffered.Peek(4096)
	first, _, _ := bytes.Cut(start, []byte("\n"))
	rows := csv.NewReader(buffered)
	rows.FieldsPerRecord = -1 // counted by unsurValues, which says it in plain words
	if bytes.Count(first, []byte(";")) > bytes.Count(first, []byte(",")) {
		rows.Comma = ';'
	}
	return rows
}

func unreadable(err error) error {
	var bad *csv.ParseError
	if errors.As(err, &bad) {
		return failed(nil, "baris %d tidak dapat dibaca, tanda kutip \" tidak pada tempatnya", bad.Line)
	}
	return err
}

// unsurColumns finds the column of each unsur and names the columns that are none.
func unsurColumns(header []string) (columns [survey.UnsurCount]int, ignored []string, err error) {
	names := make([]string, len(header))
	for i, name := range header {
		names[i] = strings.ToLower(strings.TrimSpace(name))
		if names[i] == "" {
			continue
		}
		if survey.Unsur(names[i]).Index() < 0 {
			ignored = append(ignored, strings.TrimSpace(name))
		} else if slices.Contains(names[:i], names[i]) {
			return columns, nil, failed(nil, "kolom %s ada dua kali", names[i])
		}
	}
	var missing []string
	for u, unsur := range survey.UnsurList {
		if columns[u] = slices.Index(names, string(unsur)); columns[u] < 0 {
			missing = append(missing, string(unsur))
		}
	}
	if len(missing) > 0 {
		return columns, nil, failed(nil, "kolom tidak ada pada baris judul: %s", strings.Join(missing, ", "))
	}
	return columns, ignored, nil
}

// unsurValues reads the nine answers of a row; 0 is not answered.
func unsurValues(row []string, line, width int, columns [survey.UnsurCount]int) (values [survey.UnsurCount]int64, problems []string) {
	if len(row) != width {
		return values, []string{fmt.Sprintf("baris %d: ada %d kolom, sedangkan baris judul %d", line, len(row), width)}
	}
	for u, column := range columns {
		switch text := strings.TrimSpace(row[column]); text {
		case "":
		case "1", "2", "3", "4":
			values[u] = int64(text[0] - '0')
		default:
			problems = append(problems, fmt.Sprintf("baris %d, kolom %s: %q bukan 1, 2, 3, 4 atau kosong", line, survey.UnsurList[u], text))
		}
	}
	return values, problems
}

// add counts one respondent; who answered nothing is none.
func (a *ikmAnswers) add(values [survey.UnsurCount]int64) {
	if values == [survey.UnsurCount]int64{} {
		a.silent++
		return
	}
	a.respondents++
	for u, value := range values {
		if value > 0 {
			a.elements[u] = a.elements[u].Add(scoring.Element{N: 1, Sum: value})
		}
	}
}
