package mongodb

import (
	"context"
	"fmt"
	"iter"
	"unicode/utf8"

	"go.mongodb.org/mongo-driver/v2/bson"

	"kesan/survey"
)

type documentRow struct {
	ID        string    `bson:"_id"`
	Body      body      `bson:"body"`
	Insertion insertion `bson:"insertion"`
}

// separator sorts before all that a kind may hold, so one kind's documents stand together.
const separator = "\x00"

// InsertDocument implements survey.Store.
func (s *Store) InsertDocument(ctx context.Context, document survey.Document) error {
	row := documentRow{ID: document.Kind + separator + document.ID, Body: document.Body, Insertion: newInsertion()}
	ctx, cancel := within(ctx, bulkTime)
	defer cancel()
	if err := insertOne(ctx, s.documents, row.ID, row, row.Insertion); err != nil {
		return fmt.Errorf("mongodb: insert document %s %s: %w", document.Kind, document.ID, cause(err))
	}
	return nil
}

// Documents implements survey.Store.
func (s *Store) Documents(ctx context.Context, kind, prefix string) iter.Seq2[survey.Document, error] {
	return func(yield func(survey.Document, error) bool) {
		first := kind + separator + prefix
		filter := bson.D{{Key: "_id", Value: bson.D{{Key: "$gte", Value: first}, {Key: "$lt", Value: after(first)}}}}
		yieldAll(ctx, bulkTime, "documents", s.documents, filter, byID, yield, func(row *documentRow) (survey.Document, error) {
			return survey.Document{Kind: kind, ID: row.ID[len(kind)+len(separator):], Body: row.Body}, nil
		})
	}
}

// after returns the first text that is greater than all that begin with prefix: UTF-8 sorts as its code points do.
func after(prefix string) string {
	for prefix != "" {
		last, size := utf8.DecodeLastRuneInString(prefix)
		prefix = prefix[:len(prefix)-size]
		switch last {
		case utf8.MaxRune: // nothing is greater; the one before it decides
		case 0xD7FF:
			return prefix + "\uE000" // surrogates are no text
		default:
			return prefix + string(last+1)
		}
	}
	return "\U0010FFFF\U0010FFFF"
}
