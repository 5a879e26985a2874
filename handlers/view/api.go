package view

// APIDocs is the readable page of the API, made from its OpenAPI file.
type APIDocs struct {
	Base
	Summary    string
	Intro      []string // paragraphs
	Version    string
	Key        string // how to present a key
	Operations []APIOperation
	Schemas    []APISchema
}

// APIOperation is one thing that can be called.
type APIOperation struct {
	ID       string
	Method   string
	Path     string
	Summary  string
	About    []string
	Params   []APIField
	Curl     string
	Answers  []APIAnswer
	Examples []APIExample // of what a good answer holds
}

// APIField is a parameter or a field of an answer.
type APIField struct {
	Name     string
	Type     string
	About    string
	Required bool
}

// APIAnswer is one status that an operation may answer with.
type APIAnswer struct {
	Status   string
	About    string
	Examples []APIExample
}

// APIExample is a body as it is sent, indented.
type APIExample struct {
	Summary string
	Body    string
}

// APISchema is the description of an object in answers.
type APISchema struct {
	Name   string
	About  string
	Fields []APIField
}
