package survey

import (
	"errors"
	"reflect"
	"regexp"
	"strings"
	"sync"

	"github.com/go-playground/validator/v10"
)

var (
	codePattern     = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]*$`)
	usernamePattern = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]*$`)
	// areaPattern is PP.KK.CC.DDDD, cut off at any level.
	areaPattern = regexp.MustCompile(`^\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?$`)
)

// rules builds the validator of the struct tags. Its own tags are code, username and area.
var rules = sync.OnceValue(func() *validator.Validate {
	v := validator.New(validator.WithRequiredStructEnabled())
	for tag, pattern := range map[string]*regexp.Regexp{"code": codePattern, "username": usernamePattern, "area": areaPattern} {
		err := v.RegisterValidation(tag, func(field validator.FieldLevel) bool { return pattern.MatchString(field.Field().String()) })
		if err != nil {
			panic(err)
		}
	}
	v.RegisterTagNameFunc(jsonName)
	return v
})

// Validate checks an object or an input by its struct tags. Fields are named as in JSON; keys are "field." and the tag
// that failed, with its parameter as argument.
func Validate(value any) Problems {
	err := rules().Struct(value)
	var failed validator.ValidationErrors
	if err == nil || !errors.As(err, &failed) {
		return nil
	}
	var problems Problems
	for _, f := range failed {
		problems.Add(f.Field(), "field."+f.Tag(), f.Param())
	}
	return problems
}

func jsonName(field reflect.StructField) string {
	name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
	return name
}
