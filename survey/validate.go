package survey

import (
	"errors"
	"reflect"
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

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

// tagOf is the tag that failed. Of texts, whose bounds are lengths, min is "short" and max is "long".
func tagOf(f validator.FieldError) string {
	switch {
	case f.Kind() == reflect.String && f.Tag() == "min":
		return "short"
	case f.Kind() == reflect.String && f.Tag() == "max":
		return "long"
	}
	return f.Tag()
}

// Validate checks an object or an input by its struct tags. Fields are named as in JSON; keys are "field." and the tag
// that failed (see tagOf), with its parameter as argument. A text that says something else than it shows is "field.plain", in whatever
// field. It panics on what is not a struct.
func Validate(value any) Problems {
	err := rules().Struct(value)
	var failed validator.ValidationErrors
	if err != nil && !errors.As(err, &failed) {
		panic(err) // nothing was checked, so nothing may pass as good
	}
	var problems Problems
	for _, f := range failed {
		problems.Add(f.Field(), "field."+tagOf(f), f.Param())
	}
	plainTexts(reflect.ValueOf(value), "", false, &problems)
	return problems
}

// plainTexts adds a problem for each field with a text that is not plain; one that is wrong already is left at that. Only a
// field with the tag text:"lines" may have line breaks.
func plainTexts(value reflect.Value, field string, lines bool, problems *Problems) {
	switch value.Kind() {
	case reflect.String:
		if _, wrong := problems.On(field); !wrong && !plain(value.String(), lines) {
			problems.Add(field, "field.plain")
		}
	case reflect.Slice:
		for i := range value.Len() {
			plainTexts(value.Index(i), field, lines, problems)
		}
	case reflect.Map:
		for _, key := range value.MapKeys() {
			plainTexts(value.MapIndex(key), field, lines, problems)
		}
	case reflect.Struct:
		for of, inner := range value.Fields() {
			plainTexts(inner, jsonName(of), of.Tag.Get("text") == "lines", problems)
		}
	}
}

// plain says whether a text is UTF-8 without control characters, line breaks unless they are allowed, and marks that turn
// the order of letters around: what is not seen can make one name look like another.
func plain(text string, lines bool) bool {
	return utf8.ValidString(text) && !strings.ContainsFunc(text, func(c rune) bool {
		if c == '\n' || c == '\t' {
			return !lines
		}
		return unicode.In(c, unicode.Cc, unicode.Zl, unicode.Zp, unicode.Bidi_Control)
	})
}

func jsonName(field reflect.StructField) string {
	name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
	return name
}
