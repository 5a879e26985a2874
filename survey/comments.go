package survey

import (
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
)

// minCommentCell is the least number of answers of a service in a month for a comment to name the service.
const minCommentCell = 10

// Comment is what a citizen wrote, cut off from everything that could say who: no time, no counter, no officer.
type Comment struct {
	Text    string
	Service string // code; empty when too few people used the service in the month
	Low     bool   // given with a rating of 1 or 2 to any unsur
}

// Comments returns the comments on a unit in a month. They are released together once the month is over, in an order that
// tells nothing, and only when at least `minimum` answers were counted. ErrClosed: the month is not over yet.
func Comments(ctx context.Context, store Store, clock Clock, unit Unit, month Month, minimum int64) ([]Comment, error) {
	if DayOf(clock.Now(), unit.Zone) <= month.Last() {
		return nil, ErrClosed
	}
	folder := newFolder()
	for record, err := range store.Records(ctx, unit.Code, month.First(), month.Last()) {
		if err != nil {
			return nil, fmt.Errorf("read records: %w", err)
		}
		if err := folder.add(record); err != nil {
			return nil, err
		}
	}
	return folder.comments(minimum), nil
}

func (f *folder) comments(minimum int64) []Comment {
	type keyed struct {
		Comment
		place [32]byte
	}
	var found []keyed
	total, ofService := int64(0), map[string]int{}
	for id, response := range f.responses {
		if !f.standing(id).Decision.Counts() {
			continue
		}
		total++
		ofService[response.Service]++
		if response.Comment != "" {
			comment := Comment{Text: response.Comment, Service: response.Service, Low: low(response.Unsur)}
			found = append(found, keyed{comment, sha256.Sum256(append([]byte("comment|"), id[:]...))})
		}
	}
	if total < minimum {
		return nil
	}
	slices.SortFunc(found, func(a, b keyed) int { return slices.Compare(a.place[:], b.place[:]) })
	comments := make([]Comment, len(found))
	for i, k := range found {
		comments[i] = k.Comment
		if ofService[k.Service] < minCommentCell {
			comments[i].Service = ""
		}
	}
	return comments
}

func low(unsur map[Unsur]int) bool {
	worst := 4
	for _, value := range unsur {
		worst = min(worst, value)
	}
	return worst < 3
}
