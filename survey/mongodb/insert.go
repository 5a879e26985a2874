package mongodb

import (
	"context"
	"crypto/rand"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"kesan/survey"
)

// insertion is kept with what may be inserted once only. It tells our own insert, whose answer was lost, from another's.
type insertion [12]byte

func newInsertion() (mark insertion) {
	_, _ = rand.Read(mark[:]) // never fails
	return mark
}

// insertOne inserts a row; ErrConflict when its _id is taken.
func insertOne(ctx context.Context, collection *mongo.Collection, id, row any, mark insertion) error {
	return insist(ctx, func(ctx context.Context) error {
		_, err := collection.InsertOne(ctx, row)
		if !mongo.IsDuplicateKeyError(err) {
			return err
		}
		var kept struct {
			Insertion insertion `bson:"insertion"`
		}
		found := collection.FindOne(ctx, bson.D{{Key: "_id", Value: id}}, options.FindOne().SetProjection(bson.D{{Key: "insertion", Value: 1}}))
		if err := found.Decode(&kept); err != nil {
			return err
		}
		if kept.Insertion != mark {
			return survey.ErrConflict
		}
		return nil
	})
}
