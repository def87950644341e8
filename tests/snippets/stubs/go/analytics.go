// segmentio/analytics-go@bc3a04e7d86419273593d2d493609b9ba4e1a8d5 .
package analytics // analytics.go:1

import ( // analytics.go:3
	"fmt" // analytics.go:4
	"io" // analytics.go:5
	"net" // context.go:5
	"time" // track.go:3
)

type Message interface { // message.go:34
	Validate() error // message.go:38
}

type Client interface { // analytics.go:22
	io.Closer // analytics.go:23
	Enqueue(Message) error // analytics.go:39
}

func New(writeKey string) Client { return &client{} } // analytics.go:67

type client struct{} // analytics.go:42
func (c *client) Close() error { return nil } // analytics.go:211
func (c *client) Enqueue(msg Message) error { // analytics.go:145
	err := msg.Validate() // analytics.go:147
	fmt.Printf("%T %+v %v\n", msg, msg, err) // analytics.go:145
	return err // analytics.go:148
}

type FieldError struct { // error.go:30
	Type string // error.go:34
	Name string // error.go:37
}
func (e FieldError) Error() string { return e.Type + "." + e.Name } // error.go:43

type Properties map[string]interface{} // properties.go:16
type Traits map[string]interface{} // traits.go:20
type Integrations map[string]interface{} // integrations.go:17

type Context struct { // context.go:11
	App AppInfo // context.go:12
	Campaign CampaignInfo // context.go:13
	Device DeviceInfo // context.go:14
	Library LibraryInfo // context.go:15
	Location LocationInfo // context.go:16
	Network NetworkInfo // context.go:17
	OS OSInfo // context.go:18
	Page PageInfo // context.go:19
	Referrer ReferrerInfo // context.go:20
	Screen ScreenInfo // context.go:21
	IP net.IP // context.go:22
	Direct bool // context.go:23
	Locale string // context.go:24
	GroupID string // context.go:25
	Timezone string // context.go:26
	UserAgent string // context.go:27
	Traits Traits // context.go:28
	Extra map[string]interface{} // context.go:34
}

type AppInfo struct { // context.go:39
	Name string // context.go:40
	Version string // context.go:41
	Build string // context.go:42
	Namespace string // context.go:43
}

type CampaignInfo struct { // context.go:48
	Name string // context.go:49
	Source string // context.go:50
	Medium string // context.go:51
	Term string // context.go:52
	Content string // context.go:53
}

type DeviceInfo struct { // context.go:58
	Id string // context.go:59
	Manufacturer string // context.go:60
	Model string // context.go:61
	Name string // context.go:62
	Type string // context.go:63
	Version string // context.go:64
	AdvertisingID string // context.go:65
}

type LibraryInfo struct { // context.go:70
	Name string // context.go:71
	Version string // context.go:72
}

type LocationInfo struct { // context.go:77
	City string // context.go:78
	Country string // context.go:79
	Region string // context.go:80
	Latitude float64 // context.go:81
	Longitude float64 // context.go:82
	Speed float64 // context.go:83
}

type NetworkInfo struct { // context.go:88
	Bluetooth bool // context.go:89
	Cellular bool // context.go:90
	WIFI bool // context.go:91
	Carrier string // context.go:92
}

type OSInfo struct { // context.go:97
	Name string // context.go:98
	Version string // context.go:99
}

type PageInfo struct { // context.go:104
	Hash string // context.go:105
	Path string // context.go:106
	Referrer string // context.go:107
	Search string // context.go:108
	Title string // context.go:109
	URL string // context.go:110
}

type ReferrerInfo struct { // context.go:115
	Type string // context.go:116
	Name string // context.go:117
	URL string // context.go:118
	Link string // context.go:119
}

type ScreenInfo struct { // context.go:124
	Density int // context.go:125
	Width int // context.go:126
	Height int // context.go:127
}

type Track struct { // track.go:9
	Type string // track.go:12
	MessageId string // track.go:14
	AnonymousId string // track.go:15
	UserId string // track.go:16
	Event string // track.go:17
	Timestamp time.Time // track.go:18
	Context *Context // track.go:19
	Properties Properties // track.go:20
	Integrations Integrations // track.go:21
}

func (msg Track) Validate() error { // track.go:24
	if len(msg.UserId) == 0 && len(msg.AnonymousId) == 0 { // track.go:33
		return FieldError{Type: "analytics.Track", Name: "UserId"} // track.go:34-36
	}
	return nil // track.go:41
}

type Page struct { // page.go:9
	Type string // page.go:12
	MessageId string // page.go:14
	AnonymousId string // page.go:15
	UserId string // page.go:16
	Name string // page.go:17
	Timestamp time.Time // page.go:18
	Context *Context // page.go:19
	Properties Properties // page.go:20
	Integrations Integrations // page.go:21
}

func (msg Page) Validate() error { // page.go:24
	if len(msg.UserId) == 0 && len(msg.AnonymousId) == 0 { // page.go:25
		return FieldError{Type: "analytics.Page", Name: "UserId"} // page.go:26-28
	}
	return nil // page.go:33
}

type Screen struct { // screen.go:9
	Type string // screen.go:12
	MessageId string // screen.go:14
	AnonymousId string // screen.go:15
	UserId string // screen.go:16
	Name string // screen.go:17
	Timestamp time.Time // screen.go:18
	Context *Context // screen.go:19
	Properties Properties // screen.go:20
	Integrations Integrations // screen.go:21
}

func (msg Screen) Validate() error { // screen.go:24
	if len(msg.UserId) == 0 && len(msg.AnonymousId) == 0 { // screen.go:25
		return FieldError{Type: "analytics.Screen", Name: "UserId"} // screen.go:26-28
	}
	return nil // screen.go:33
}

type Identify struct { // identify.go:9
	Type string // identify.go:12
	MessageId string // identify.go:14
	AnonymousId string // identify.go:15
	UserId string // identify.go:16
	Timestamp time.Time // identify.go:17
	Context *Context // identify.go:18
	Traits Traits // identify.go:19
	Integrations Integrations // identify.go:20
}

func (msg Identify) Validate() error { // identify.go:23
	if len(msg.UserId) == 0 && len(msg.AnonymousId) == 0 { // identify.go:24
		return FieldError{Type: "analytics.Identify", Name: "UserId"} // identify.go:25-27
	}
	return nil // identify.go:32
}

type Group struct { // group.go:9
	Type string // group.go:12
	MessageId string // group.go:14
	AnonymousId string // group.go:15
	UserId string // group.go:16
	GroupId string // group.go:17
	Timestamp time.Time // group.go:18
	Context *Context // group.go:19
	Traits Traits // group.go:20
	Integrations Integrations // group.go:21
}

func (msg Group) Validate() error { // group.go:24
	if len(msg.UserId) == 0 && len(msg.AnonymousId) == 0 { // group.go:33
		return FieldError{Type: "analytics.Group", Name: "UserId"} // group.go:34-36
	}
	return nil // group.go:41
}

type Alias struct { // alias.go:9
	Type string // alias.go:12
	MessageId string // alias.go:14
	PreviousId string // alias.go:15
	UserId string // alias.go:16
	Timestamp time.Time // alias.go:17
	Context *Context // alias.go:18
	Integrations Integrations // alias.go:19
}

func (msg Alias) Validate() error { // alias.go:22
	if len(msg.UserId) == 0 || len(msg.PreviousId) == 0 { // alias.go:23-31
		return FieldError{Type: "analytics.Alias", Name: "UserId"} // alias.go:24-26
	}
	return nil // alias.go:39
}
