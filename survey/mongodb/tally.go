package mongodb

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"kesan/survey"
)

type tallyRow struct {
	ID      string `bson:"_id"`
	Grain   string `bson:"grain"`
	Version int    `bson:"version"`
	Span    string `bson:"span"`
	Unit    string `bson:"unit"`
	N       int64  `bson:"n"`
	Body    []byte `bson:"body"`
}

// InsertTallies implements survey.Store.
func (s *Store) InsertTallies(ctx context.Context, tallies []survey.KeptTally) error {
	if len(tallies) == 0 {
		return nil
	}
	rows := make([]tallyRow, len(tallies))
	for i, t := range tallies {
		rows[i] = tallyRow{
			ID:    fmt.Sprintf("%s/%d/%s/%d/%s", t.Grain, t.Version, t.Span, t.N, t.Unit), // only a unit may hold a slash
			Grain: string(t.Grain), Version: t.Version, Span: t.Span, Unit: t.Unit, N: t.N, Body: notNil(t.Body),
		}
	}
	err := insist(ctx, func(ctx context.Context) error {
		_, err := s.tallies.InsertMany(ctx, rows, options.InsertMany().SetOrdered(false))
		_, err = duplicates(err)
		return err
	})
	if err != nil {
		return fmt.Errorf("mongodb: insert tallies: %w", cause(err))
	}
	return nil
}

// Tallies implements survey.Store. Those of one unit and span come with the largest N first; the few smaller ones that
// have not been discarded yet are passed over here.
func (s *Store) Tallies(ctx context.Context, query survey.TallyQuery) ([]survey.KeptTally, error) {
	find := options.Find().SetSort(bson.D{{Key: "span", Value: 1}, {Key: "unit", Value: 1}, {Key: "n", Value: -1}})
	if query.HeadsOnly {
		find.SetProjection(bson.D{{Key: "_id", Value: 0}, {Key: "span", Value: 1}, {Key: "unit", Value: 1}, {Key: "n", Value: 1}})
	}
	cursor, err := s.tallies.Find(ctx, selection(query), find)
	if err != nil {
		return nil, fmt.Errorf("mongodb: tallies: %w", cause(err))
	}
	defer func() { _ = cursor.Close(context.WithoutCancel(ctx)) }() // it has been read
	var tallies []survey.KeptTally
	for cursor.Next(ctx) {
		var row tallyRow
		if err := cursor.Decode(&row); err != nil {
			return nil, fmt.Errorf("mongodb: tallies: %w", cause(err))
		}
		if last := len(tallies) - 1; last >= 0 && tallies[last].Unit == row.Unit && tallies[last].Span == row.Span {
			continue
		}
		tallies = append(tallies, survey.KeptTally{
			Unit: row.Unit, Grain: query.Grain, Span: row.Span, Version: query.Version, N: row.N, Body: row.Body,
		})
	}
	if err := cursor.Err(); err != nil {
		return nil, fmt.Errorf("mongodb: tallies: %w", cause(err))
	}
	slices.SortFunc(tallies, func(a, b survey.KeptTally) int {
		if c := strings.Compare(a.Unit, b.Unit); c != 0 {
			return c
		}
		return strings.Compare(a.Span, b.Span)
	})
	return tallies, nil
}

// DiscardTallies implements survey.Store.
func (s *Store) DiscardTallies(ctx context.Context, query survey.TallyQuery, below int64) error {
	filter := selection(query)
	if below != 0 {
		filter = append(filter, bson.E{Key: "n", Value: bson.D{{Key: "$lt", Value: below}}})
	}
	ctx, cancel := within(ctx, countTime) // a restore discards all of them
	defer cancel()
	if _, err := s.tallies.DeleteMany(ctx, filter); err != nil {
		return fmt.Errorf("mongodb: discard tallies: %w", cause(err))
	}
	return nil
}

func selection(query survey.TallyQuery) bson.D {
	filter := bson.D{
		{Key: "grain", Value: string(query.Grain)}, {Key: "version", Value: query.Version}, {Key: "span", Value: span(query.From, query.To)},
	}
	if query.Unit != "" {
		filter = append(filter, bson.E{Key: "unit", Value: query.Unit})
	}
	return filter
}

func notNil(bytes []byte) []byte {
	if bytes == nil {
		return []byte{}
	}
	return bytes
}
