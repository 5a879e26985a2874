package mongodb

import (
	"errors"
	"fmt"

	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/x/mongo/driver/topology"

	"kesan/survey"
)

// outOfDiskSpace is the code by which a server says that it has no room to write.
const outOfDiskSpace = 14031

// cause puts survey.ErrAway before an error that says that no server can be reached, or that the one there cannot write now.
func cause(err error) error {
	var unreached topology.ServerSelectionError
	var labelled mongo.LabeledError
	var coded mongo.ServerError
	away := mongo.IsNetworkError(err) || mongo.IsTimeout(err) || errors.As(err, &unreached) ||
		errors.As(err, &labelled) && labelled.HasErrorLabel("RetryableWriteError") ||
		errors.As(err, &coded) && coded.HasErrorCode(outOfDiskSpace)
	if away {
		return fmt.Errorf("%w: %w", survey.ErrAway, err)
	}
	return err
}
