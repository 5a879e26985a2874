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

// rules builds the validator of the struct tags. Its own tags are code, username and area; gtfield is its own too, since the
// library's compares texts by their length, which would refuse every duty and every opening hour.
var rules = sync.OnceValue(func() *validator.Validate {
	v := validator.New(validator.WithRequiredStructEnabled())
	register := func(tag string, good validator.Func) {
		if err := v.RegisterValidation(tag, good); err != nil {
			panic(err)
		}
	}
	for tag, pattern := range map[string]*regexp.Regexp{"code": codePattern, "username": usernamePattern, "area": areaPattern} {
		register(tag, func(field validator.FieldLevel) bool { return pattern.MatchString(field.Field().String()) })
	}
	register("gtfield", greater)
	v.RegisterTagNameFunc(jsonName)
	return v
})

// greater says whether a text or whole number is greater than the field that the tag names. Days and times of day are texts
// that sort.
func greater(field validator.FieldLevel) bool {
	value := field.Field()
	other, kind, _, found := field.GetStructFieldOK2()
	switch {
	case found && kind == reflect.String && value.Kind() == kind:
		return value.String() > other.String()
	case found && kind == reflect.Int64 && value.Kind() == kind:
		return value.Int() > other.Int()
	}
	panic("gtfield=" + field.Param() + " compares two fields of another kind")
}

// Validate checks an object or an input by its struct tags. Fields are named as in JSON; keys are "field." and the tag
// that failed, with its parameter as argument. It panics on what is not a struct.
func Validate(value any) Problems {
	err := rules().Struct(value)
	if err == nil {
		return nil
	}
	var failed validator.ValidationErrors
	if !errors.As(err, &failed) {
		panic(err) // nothing was checked, so nothing may pass as good
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
