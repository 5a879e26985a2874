package mongodb

import (
	"fmt"
	"unicode/utf8"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"
)

// body is kept as a string when it is text and as binary data when it is not; either way it comes back as it was.
type body []byte

// MarshalBSONValue implements bson.ValueMarshaler.
func (b body) MarshalBSONValue() (byte, []byte, error) {
	if utf8.Valid(b) {
		return byte(bson.TypeString), bsoncore.AppendString(nil, string(b)), nil
	}
	return byte(bson.TypeBinary), bsoncore.AppendBinary(nil, bson.TypeBinaryGeneric, b), nil
}

// UnmarshalBSONValue implements bson.ValueUnmarshaler.
func (b *body) UnmarshalBSONValue(kind byte, data []byte) error {
	value := bson.RawValue{Type: bson.Type(kind), Value: data}
	if text, ok := value.StringValueOK(); ok {
		*b = []byte(text)
		return nil
	}
	if _, bytes, ok := value.BinaryOK(); ok {
		*b = append([]byte{}, bytes...) // data is reused
		return nil
	}
	return fmt.Errorf("a body is a BSON %v", value.Type)
}
