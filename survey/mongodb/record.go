package mongodb

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"kesan/survey"
)

type recordRow struct {
	ID   string   `bson:"_id"`
	Day  string   `bson:"day"`
	Unit string   `bson:"unit"`
	Kind string   `bson:"kind"`
	Hash [32]byte `bson:"hash"`
	Body body     `bson:"body"`
}

// recordID is unique: a day holds no slash and what follows the last one has a fixed length.
func recordID(bucket survey.Bucket, record survey.RecordID) string {
	id := make([]byte, 0, len(bucket.Day)+len(bucket.Unit)+2+2*len(record))
	id = append(append(id, bucket.Day...), '/')
	id = append(append(id, bucket.Unit...), '/')
	return string(hex.AppendEncode(id, record[:]))
}

// AppendRecords implements survey.Store in one unordered insert. A record that was there before and one that an attempt of
// our own stored, whose answer was lost, look alike: both are Repeated.
func (s *Store) AppendRecords(ctx context.Context, records []survey.Record) ([]survey.Outcome, error) {
	if len(records) == 0 {
		return nil, nil
	}
	batch := newBatch(records)
	err := insist(ctx, func(ctx context.Context) error {
		_, err := s.records.InsertMany(ctx, batch.rows, options.InsertMany().SetOrdered(false))
		taken, err := duplicates(err)
		if err != nil {
			return err
		}
		return s.readHashes(ctx, batch, taken)
	})
	if err != nil {
		return nil, fmt.Errorf("mongodb: append records: %w", cause(err))
	}
	return batch.outcomes(records), nil
}

// batch holds the records of a call, each ID once: on a cluster the order within an unordered insert is open.
type batch struct {
	ids   []string       // of each record given
	first map[string]int // ID -> the first record with it
	rows  []recordRow    // those first ones
	taken map[string][32]byte
}

func newBatch(records []survey.Record) *batch {
	b := &batch{ids: make([]string, len(records)), first: make(map[string]int, len(records)), rows: make([]recordRow, 0, len(records))}
	for i := range records {
		record := &records[i]
		id := recordID(record.Bucket, record.ID)
		b.ids[i] = id
		if _, ok := b.first[id]; ok {
			continue
		}
		b.first[id] = i
		b.rows = append(b.rows, recordRow{
			ID: id, Day: string(record.Day), Unit: record.Unit, Kind: string(record.Kind), Hash: record.Hash, Body: record.Body,
		})
	}
	return b
}

// outcomes compares the hashes where the ID was taken.
func (b *batch) outcomes(records []survey.Record) []survey.Outcome {
	outcomes := make([]survey.Outcome, len(records))
	for i, id := range b.ids {
		kept, taken := b.taken[id]
		if !taken {
			kept = records[b.first[id]].Hash
		}
		switch {
		case !taken && b.first[id] == i:
			outcomes[i] = survey.Stored
		case kept == records[i].Hash:
			outcomes[i] = survey.Repeated
		default:
			outcomes[i] = survey.Differs
		}
	}
	return outcomes
}

// duplicateKey is the server's code for a taken key.
const duplicateKey = 11000

// duplicates returns which rows of an insert found their _id taken; any other trouble is an error.
func duplicates(err error) (taken []int, _ error) {
	var failed mongo.BulkWriteException
	if err == nil || !errors.As(err, &failed) || failed.WriteConcernError != nil {
		return nil, err
	}
	for _, row := range failed.WriteErrors {
		if row.Code != duplicateKey {
			return nil, err
		}
		taken = append(taken, row.Index)
	}
	return taken, nil
}

// readHashes reads what stands where a row of the batch wanted to be. Records are never deleted, so each is there.
func (s *Store) readHashes(ctx context.Context, b *batch, taken []int) error {
	if len(taken) == 0 {
		return nil
	}
	ids := make([]string, len(taken))
	for i, row := range taken {
		ids[i] = b.rows[row].ID
	}
	cursor, err := s.records.Find(ctx, bson.D{{Key: "_id", Value: bson.D{{Key: "$in", Value: ids}}}},
		options.Find().SetProjection(bson.D{{Key: "hash", Value: 1}}))
	if err != nil {
		return err
	}
	var rows []recordRow
	if err := cursor.All(ctx, &rows); err != nil {
		return err
	}
	if len(rows) != len(taken) {
		return fmt.Errorf("%d of %d records that are there could not be read", len(taken)-len(rows), len(taken))
	}
	b.taken = make(map[string][32]byte, len(rows))
	for _, row := range rows {
		b.taken[row.ID] = row.Hash
	}
	return nil
}

// Records implements survey.Store. All units are read one after the other, as no index is sorted by unit.
func (s *Store) Records(ctx context.Context, unit string, from, to survey.Day) iter.Seq2[survey.Record, error] {
	return func(yield func(survey.Record, error) bool) {
		if unit != "" {
			s.yieldUnit(ctx, unit, from, to, yield)
			return
		}
		counts, err := s.CountRecords(ctx, "", from, to)
		if err != nil {
			yield(survey.Record{}, err)
			return
		}
		for i, count := range counts {
			if i > 0 && counts[i-1].Unit == count.Unit {
				continue
			}
			if !s.yieldUnit(ctx, count.Unit, from, to, yield) {
				return
			}
		}
	}
}

func (s *Store) yieldUnit(ctx context.Context, unit string, from, to survey.Day, yield func(survey.Record, error) bool) bool {
	filter := bson.D{{Key: "unit", Value: unit}, {Key: "day", Value: span(string(from), string(to))}}
	sort := bson.D{{Key: "day", Value: 1}, {Key: "unit", Value: 1}, {Key: "_id", Value: 1}}
	return yieldAll(ctx, callTime, "records", s.records, filter, sort, yield, (*recordRow).record)
}

func (r *recordRow) record() (survey.Record, error) {
	record := survey.Record{
		Bucket: survey.Bucket{Unit: r.Unit, Day: survey.Day(r.Day)}, Kind: survey.RecordKind(r.Kind), Hash: r.Hash, Body: r.Body,
	}
	last := r.ID[strings.LastIndexByte(r.ID, '/')+1:]
	if n, err := hex.Decode(record.ID[:], []byte(last)); err != nil || n != len(record.ID) {
		return record, fmt.Errorf("a record has the _id %q", r.ID)
	}
	return record, nil
}

// HasRecord implements survey.Store.
func (s *Store) HasRecord(ctx context.Context, bucket survey.Bucket, id survey.RecordID) (bool, error) {
	err := s.records.FindOne(ctx, keyed(recordID(bucket, id)), options.FindOne().SetProjection(bson.D{{Key: "_id", Value: 1}})).Err()
	if errors.Is(err, mongo.ErrNoDocuments) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("mongodb: has record: %w", cause(err))
	}
	return true, nil
}

// CountRecords implements survey.Store.
func (s *Store) CountRecords(ctx context.Context, unit string, from, to survey.Day) ([]survey.BucketCount, error) {
	ctx, cancel := within(ctx, countTime)
	defer cancel()
	filter := bson.D{{Key: "day", Value: span(string(from), string(to))}}
	if unit != "" {
		filter = append(filter, bson.E{Key: "unit", Value: unit})
	}
	cursor, err := s.records.Aggregate(ctx, mongo.Pipeline{
		{{Key: "$match", Value: filter}},
		{{Key: "$group", Value: bson.D{
			{Key: "_id", Value: bson.D{{Key: "day", Value: "$day"}, {Key: "unit", Value: "$unit"}}},
			{Key: "n", Value: bson.D{{Key: "$sum", Value: 1}}},
		}}},
	})
	var rows []struct {
		Bucket struct {
			Day  string `bson:"day"`
			Unit string `bson:"unit"`
		} `bson:"_id"`
		N int64 `bson:"n"`
	}
	if err == nil {
		err = cursor.All(ctx, &rows)
	}
	if err != nil {
		return nil, fmt.Errorf("mongodb: count records: %w", cause(err))
	}
	var counts []survey.BucketCount
	for _, row := range rows {
		counts = append(counts, survey.BucketCount{Bucket: survey.Bucket{Unit: row.Bucket.Unit, Day: survey.Day(row.Bucket.Day)}, N: row.N})
	}
	slices.SortFunc(counts, func(a, b survey.BucketCount) int {
		if c := strings.Compare(a.Unit, b.Unit); c != 0 {
			return c
		}
		return strings.Compare(string(a.Day), string(b.Day))
	})
	return counts, nil
}

// byID sorts by _id.
var byID = bson.D{{Key: "_id", Value: 1}}

// span selects what lies from and to, both included.
func span(from, to string) bson.D {
	return bson.D{{Key: "$gte", Value: from}, {Key: "$lte", Value: to}}
}
