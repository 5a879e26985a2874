// Package mongodb keeps a region's data in MongoDB. It hides BSON and the driver; it holds no rules.
//
// # Collections
//
// Each is named as its domain word. What a citizen was told is stored is only ever inserted: no transaction and no update
// of a document is needed, so a replica set, a sharded cluster and a single server all do.
//
//	changes    _id: seq
//	records    _id: day/unit/id in hex, so that a record is unique in its bucket
//	tallies    _id: grain/version/span/n/unit
//	documents  _id: kind NUL id, which sorts by kind and then by ID; no other index is needed
//	entries    _id: key; replaced and deleted
//	checks     one document that Check writes
//
// Bodies that are text are kept as strings, so that mongosh shows them, other ones and tallies as binary data.
//
// # Indexes
//
// Open makes them: records {day, unit, _id}, for counting without reading records and for reading a unit in order;
// tallies {grain, version, span, unit, n: -1}; entries {expires}. On a sharded cluster shard records by {day, unit} or
// {unit, day}: _id is unique within a shard, and a bucket lies in one.
//
// # Concerns
//
// Writes wait for a majority and the journal (a single server: for its journal), reads are majority reads from the primary.
// They are set on the database here and refused in the address. A call without a deadline of its own has three seconds;
// reading a long answer has them for each part of it.
package mongodb

import (
	"context"
	"errors"
	"fmt"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
	"go.mongodb.org/mongo-driver/v2/mongo/readconcern"
	"go.mongodb.org/mongo-driver/v2/mongo/readpref"
	"go.mongodb.org/mongo-driver/v2/mongo/writeconcern"
	"go.mongodb.org/mongo-driver/v2/x/mongo/driver/connstring"

	"kesan/survey"
)

const (
	defaultDatabase = "kesan"
	callTime        = 3 * time.Second
	bulkTime        = 30 * time.Second // 16 MB, the most that one answer holds, over a line of 5 Mbit/s
	countTime       = time.Minute      // ten million records of a region
	indexTime       = 10 * time.Minute // when an index is new and the data is not
)

// What is wrong with an address, which an operator can mend.
var (
	ErrAddress = errors.New("the address cannot be read")
	ErrConcern = errors.New("the address sets w, journal, readConcernLevel or readPreference; leave these to the program")
)

// Store is a survey.Store on MongoDB.
type Store struct {
	client *mongo.Client

	changes, records, tallies, documents, entries, checks *mongo.Collection
}

var _ survey.Store = (*Store)(nil)

// Open connects to the database that the address names, "kesan" when it names none, and makes what indexes it lacks.
func Open(ctx context.Context, uri string) (*Store, error) {
	address, err := connstring.ParseAndValidate(uri)
	if err != nil {
		return nil, fmt.Errorf("mongodb: %w: %w", ErrAddress, err)
	}
	settings := options.Client().ApplyURI(uri)
	if settings.WriteConcern != nil || settings.ReadConcern != nil || settings.ReadPreference != nil {
		return nil, fmt.Errorf("mongodb: %w", ErrConcern)
	}
	client, err := mongo.Connect(settings.SetTimeout(callTime).SetServerSelectionTimeout(callTime).SetConnectTimeout(callTime))
	if err != nil {
		return nil, fmt.Errorf("mongodb: %w", cause(err))
	}
	store := &Store{client: client}
	name := address.Database
	if name == "" {
		name = defaultDatabase
	}
	if err := store.open(ctx, name); err != nil {
		_ = store.Close() // the first error is the one that matters
		return nil, fmt.Errorf("mongodb: open %s: %w", name, cause(err))
	}
	return store, nil
}

func (s *Store) open(ctx context.Context, name string) error {
	concerns, err := s.concerns(ctx)
	if err != nil {
		return err
	}
	database := s.client.Database(name, concerns)
	s.changes, s.records, s.tallies = database.Collection("changes"), database.Collection("records"), database.Collection("tallies")
	s.documents, s.entries, s.checks = database.Collection("documents"), database.Collection("entries"), database.Collection("checks")
	for _, index := range []struct {
		collection *mongo.Collection
		keys       bson.D
	}{
		{s.records, bson.D{{Key: "day", Value: 1}, {Key: "unit", Value: 1}, {Key: "_id", Value: 1}}},
		{s.tallies, bson.D{{Key: "grain", Value: 1}, {Key: "version", Value: 1}, {Key: "span", Value: 1}, {Key: "unit", Value: 1}, {Key: "n", Value: -1}}},
		{s.entries, bson.D{{Key: "expires", Value: 1}}},
	} {
		if err := ensureIndex(ctx, index.collection, index.keys); err != nil {
			return err
		}
	}
	// Made once, so that Check only ever updates it.
	if _, err := s.checks.InsertOne(ctx, bson.D{{Key: "_id", Value: checkID}}); err != nil && !mongo.IsDuplicateKeyError(err) {
		return err
	}
	return nil
}

func ensureIndex(ctx context.Context, collection *mongo.Collection, keys bson.D) error {
	ctx, cancel := within(ctx, indexTime)
	defer cancel()
	_, err := collection.Indexes().CreateOne(ctx, mongo.IndexModel{Keys: keys})
	if err != nil {
		return fmt.Errorf("index on %s: %w", collection.Name(), err)
	}
	return nil
}

// concerns asks the server what it is: a single one knows no majority, and some refuse to be asked for it.
func (s *Store) concerns(ctx context.Context) (*options.DatabaseOptionsBuilder, error) {
	var hello struct {
		SetName string `bson:"setName"` // a member of a replica set
		Msg     string `bson:"msg"`     // "isdbgrid": the router of a sharded cluster
	}
	if err := s.client.Database("admin").RunCommand(ctx, bson.D{{Key: "hello", Value: 1}}).Decode(&hello); err != nil {
		return nil, err
	}
	write, read := writeconcern.Majority(), readconcern.Majority()
	if hello.SetName == "" && hello.Msg == "" {
		write, read = writeconcern.W1(), readconcern.Local()
	}
	journal := true
	write.Journal = &journal
	return options.Database().SetWriteConcern(write).SetReadConcern(read).SetReadPreference(readpref.Primary()), nil
}

const checkID = "check"

// Check writes and reads a document.
func (s *Store) Check(ctx context.Context) error {
	ctx, cancel := within(ctx, callTime)
	defer cancel()
	byID := bson.D{{Key: "_id", Value: checkID}}
	if _, err := s.checks.UpdateOne(ctx, byID, bson.D{{Key: "$set", Value: bson.D{{Key: "at", Value: time.Now()}}}}); err != nil {
		return fmt.Errorf("mongodb: check by writing: %w", cause(err))
	}
	if err := s.checks.FindOne(ctx, byID).Err(); err != nil {
		return fmt.Errorf("mongodb: check by reading: %w", cause(err))
	}
	return nil
}

// Close ends the connections.
func (s *Store) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), callTime)
	defer cancel()
	if err := s.client.Disconnect(ctx); err != nil {
		return fmt.Errorf("mongodb: close: %w", cause(err))
	}
	return nil
}

// within gives a call that has no deadline this much time, for all its attempts and round trips together.
func within(ctx context.Context, duration time.Duration) (context.Context, context.CancelFunc) {
	if _, ok := ctx.Deadline(); ok {
		return ctx, func() {}
	}
	return context.WithTimeout(ctx, duration)
}

// insist does it once more when the connection broke, since the driver repeats no writes on a single server. What is done
// must be an insert whose repetition is recognised, or have the same effect twice.
func insist(ctx context.Context, do func(ctx context.Context) error) error {
	ctx, cancel := within(ctx, callTime)
	defer cancel()
	err := do(ctx)
	if mongo.IsNetworkError(err) && ctx.Err() == nil {
		err = do(ctx)
	}
	return err
}

// yieldAll yields what a query finds; each part of a long answer has partTime. The cursor is closed when the caller stops.
func yieldAll[Row, T any](ctx context.Context, partTime time.Duration, what string, collection *mongo.Collection, filter, sort bson.D,
	yield func(T, error) bool, convert func(*Row) (T, error),
) bool {
	var none T
	fail := func(err error) bool {
		yield(none, fmt.Errorf("mongodb: %s: %w", what, cause(err)))
		return false
	}
	part, cancel := within(ctx, partTime)
	cursor, err := collection.Find(part, filter, options.Find().SetSort(sort))
	cancel()
	if err != nil {
		return fail(err)
	}
	defer func() { _ = cursor.Close(context.WithoutCancel(ctx)) }() // it has been read, or nobody wants more
	next := func() bool {
		part, cancel := within(ctx, partTime)
		defer cancel()
		return cursor.Next(part)
	}
	for next() {
		var row Row
		if err := cursor.Decode(&row); err != nil {
			return fail(err)
		}
		item, err := convert(&row)
		if err != nil {
			return fail(err)
		}
		if !yield(item, nil) {
			return false
		}
	}
	if err := cursor.Err(); err != nil {
		return fail(err)
	}
	return true
}
