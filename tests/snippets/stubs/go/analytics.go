// Package analytics is as much of the library as our snippets use.
package analytics

type Message interface{}
type Properties map[string]interface{}
type Traits map[string]interface{}
type Integrations map[string]interface{}
type Context struct{}

type Client interface {
	Enqueue(Message) error
	Close() error
}

func New(writeKey string) Client { return nil }

type Track struct {
	UserId, AnonymousId, Event string
	Properties                 Properties
	Context                    *Context
	Integrations               Integrations
}

type Page struct {
	UserId, AnonymousId, Name string
	Properties                Properties
	Context                   *Context
	Integrations              Integrations
}

type Screen Page

type Identify struct {
	UserId, AnonymousId string
	Traits              Traits
	Context             *Context
	Integrations        Integrations
}

type Group struct {
	UserId, AnonymousId, GroupId string
	Traits                       Traits
	Context                      *Context
	Integrations                 Integrations
}

type Alias struct {
	PreviousId, UserId string
	Context            *Context
	Integrations       Integrations
}
