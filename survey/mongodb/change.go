package mongodb

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"

	"kesan/survey"
)

type changeRow struct {
	Seq       int64         `bson:"_id"`
	At        bson.DateTime `bson:"at"`
	Author    string        `bson:"author"`
	Reason    string        `bson:"reason"`
	Revisions []revisionRow `bson:"revisions"`
	Insertion insertion     `bson:"insertion"`
}

type revisionRow struct {
	Kind     string `bson:"kind"`
	ID       string `bson:"id"`
	Revision int    `bson:"revision"`
	Body     body   `bson:"body"`
}

// AppendChange implements survey.Store. A change is one document, so it must stay below 16 MB.
func (s *Store) AppendChange(ctx context.Context, change survey.Change) error {
	row := changeRow{
		Seq: change.Seq, At: bson.NewDateTimeFromTime(change.At), Author: change.Author, Reason: change.Reason,
		Revisions: make([]revisionRow, len(change.Revisions)), Insertion: newInsertion(),
	}
	for i, r := range change.Revisions {
		row.Revisions[i] = revisionRow{Kind: string(r.Kind), ID: r.ID, Revision: r.Revision, Body: body(r.Body)}
	}
	if err := insertOne(ctx, s.changes, row.Seq, row, row.Insertion); err != nil {
		return fmt.Errorf("mongodb: append change %d: %w", change.Seq, cause(err))
	}
	return nil
}

// Changes implements survey.Store.
func (s *Store) Changes(ctx context.Context, after int64) iter.Seq2[survey.Change, error] {
	return func(yield func(survey.Change, error) bool) {
		filter := bson.D{{Key: "_id", Value: bson.D{{Key: "$gt", Value: after}}}}
		yieldAll(ctx, callTime, "changes", s.changes, filter, byID, yield, (*changeRow).change)
	}
}

func (r *changeRow) change() (survey.Change, error) {
	change := survey.Change{Seq: r.Seq, At: time.UnixMilli(int64(r.At)).UTC(), Author: r.Author, Reason: r.Reason}
	for _, revision := range r.Revisions {
		change.Revisions = append(change.Revisions, survey.Revision{
			Kind: survey.Kind(revision.Kind), ID: revision.ID, Revision: revision.Revision, Body: json.RawMessage(revision.Body),
		})
	}
	return change, nil
}
