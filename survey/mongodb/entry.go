package mongodb

import (
	"context"
	"errors"
	"fmt"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"kesan/survey"
)

type entryRow struct {
	Key     string         `bson:"_id"`
	Value   body           `bson:"value"`
	Expires *bson.DateTime `bson:"expires,omitempty"` // missing: never
}

// putAttempts bounds how often a new key may be taken between looking and writing.
const putAttempts = 5

// PutEntry implements survey.Store. Of two upserts of a new key one may find it taken; it then replaces.
func (s *Store) PutEntry(ctx context.Context, entry survey.Entry) error {
	row := entryRow{Key: entry.Key, Value: entry.Value}
	if !entry.Expires.IsZero() {
		expires := bson.NewDateTimeFromTime(entry.Expires)
		row.Expires = &expires
	}
	err := insist(ctx, func(ctx context.Context) (err error) {
		for range putAttempts {
			_, err = s.entries.ReplaceOne(ctx, keyed(entry.Key), row, options.Replace().SetUpsert(true))
			if !mongo.IsDuplicateKeyError(err) {
				return err
			}
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("mongodb: put entry: %w", cause(err))
	}
	return nil
}

// Entry implements survey.Store.
func (s *Store) Entry(ctx context.Context, key string, now time.Time) (survey.Entry, error) {
	var row entryRow
	err := s.entries.FindOne(ctx, keyed(key)).Decode(&row)
	if errors.Is(err, mongo.ErrNoDocuments) || err == nil && row.Expires != nil && int64(*row.Expires) <= now.UnixMilli() {
		return survey.Entry{}, fmt.Errorf("mongodb: entry: %w", survey.ErrNotFound)
	}
	if err != nil {
		return survey.Entry{}, fmt.Errorf("mongodb: entry: %w", cause(err))
	}
	entry := survey.Entry{Key: key, Value: row.Value}
	if row.Expires != nil {
		entry.Expires = time.UnixMilli(int64(*row.Expires)).UTC()
	}
	return entry, nil
}

// DeleteEntry implements survey.Store.
func (s *Store) DeleteEntry(ctx context.Context, key string) error {
	err := insist(ctx, func(ctx context.Context) error {
		_, err := s.entries.DeleteOne(ctx, keyed(key))
		return err
	})
	if err != nil {
		return fmt.Errorf("mongodb: delete entry: %w", cause(err))
	}
	return nil
}

// DeleteExpired removes the entries that have expired by now.
func (s *Store) DeleteExpired(ctx context.Context, now time.Time) error {
	ctx, cancel := within(ctx, countTime)
	defer cancel()
	filter := bson.D{{Key: "expires", Value: bson.D{{Key: "$lte", Value: bson.NewDateTimeFromTime(now)}}}}
	if _, err := s.entries.DeleteMany(ctx, filter); err != nil {
		return fmt.Errorf("mongodb: delete expired entries: %w", cause(err))
	}
	return nil
}

func keyed(key string) bson.D { return bson.D{{Key: "_id", Value: key}} }
