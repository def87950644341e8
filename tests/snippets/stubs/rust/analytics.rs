// segmentio/analytics-rust@311dc394418ef3d5b6a21072cab8fb55dc48963b src
pub mod client { // lib.rs:71
    use crate::message::Message; // client.rs:3
    use failure::Error; // client.rs:4

    pub trait Client { // client.rs:7
        fn send(&self, write_key: &str, msg: &Message) -> Result<(), Error>; // client.rs:13
    }
}

pub mod http { // lib.rs:73
    use crate::client::Client; // http.rs:3
    use crate::message::Message; // http.rs:4
    use failure::Error; // http.rs:5

    pub struct HttpClient { // http.rs:13
        host: String, // http.rs:15
    }

    impl Default for HttpClient { // http.rs:18
        fn default() -> Self { // http.rs:19
            HttpClient { host: "https://api.segment.io".to_owned() } // http.rs:20-25
        }
    }

    impl Client for HttpClient { // http.rs:42
        fn send(&self, _write_key: &str, _msg: &Message) -> Result<(), Error> { Ok(()) } // http.rs:43
    }
}

pub mod message { // lib.rs:74
    use chrono::{DateTime, Utc}; // message.rs:29
    use serde_json::{Map, Value}; // message.rs:31

    #[derive(PartialEq, Debug, Clone)] // message.rs:34
    pub enum Message { // message.rs:36
        Identify(Identify), // message.rs:37
        Track(Track), // message.rs:38
        Page(Page), // message.rs:39
        Screen(Screen), // message.rs:40
        Group(Group), // message.rs:41
        Alias(Alias), // message.rs:42
    }

    #[derive(PartialEq, Debug, Clone, Default)] // message.rs:50
    pub struct Identify { // message.rs:51
        pub user: User, // message.rs:54
        pub traits: Value, // message.rs:57
        pub timestamp: Option<DateTime<Utc>>, // message.rs:61
        pub context: Option<Value>, // message.rs:65
        pub integrations: Option<Value>, // message.rs:69
        pub extra: Map<String, Value>, // message.rs:73
    }

    #[derive(PartialEq, Debug, Clone, Default)] // message.rs:80
    pub struct Track { // message.rs:81
        pub user: User, // message.rs:84
        pub event: String, // message.rs:87
        pub properties: Value, // message.rs:90
        pub timestamp: Option<DateTime<Utc>>, // message.rs:94
        pub context: Option<Value>, // message.rs:98
        pub integrations: Option<Value>, // message.rs:102
        pub extra: Map<String, Value>, // message.rs:106
    }

    #[derive(PartialEq, Debug, Clone, Default)] // message.rs:113
    pub struct Page { // message.rs:114
        pub user: User, // message.rs:117
        pub name: String, // message.rs:120
        pub properties: Value, // message.rs:123
        pub timestamp: Option<DateTime<Utc>>, // message.rs:127
        pub context: Option<Value>, // message.rs:131
        pub integrations: Option<Value>, // message.rs:135
        pub extra: Map<String, Value>, // message.rs:139
    }

    #[derive(PartialEq, Debug, Clone, Default)] // message.rs:146
    pub struct Screen { // message.rs:147
        pub user: User, // message.rs:150
        pub name: String, // message.rs:153
        pub properties: Value, // message.rs:156
        pub timestamp: Option<DateTime<Utc>>, // message.rs:160
        pub context: Option<Value>, // message.rs:164
        pub integrations: Option<Value>, // message.rs:168
        pub extra: Map<String, Value>, // message.rs:172
    }

    #[derive(PartialEq, Debug, Clone, Default)] // message.rs:179
    pub struct Group { // message.rs:180
        pub user: User, // message.rs:183
        pub group_id: String, // message.rs:187
        pub traits: Value, // message.rs:190
        pub timestamp: Option<DateTime<Utc>>, // message.rs:194
        pub context: Option<Value>, // message.rs:198
        pub integrations: Option<Value>, // message.rs:202
        pub extra: Map<String, Value>, // message.rs:206
    }

    #[derive(PartialEq, Debug, Clone, Default)] // message.rs:213
    pub struct Alias { // message.rs:214
        pub user: User, // message.rs:217
        pub previous_id: String, // message.rs:221
        pub timestamp: Option<DateTime<Utc>>, // message.rs:225
        pub context: Option<Value>, // message.rs:229
        pub integrations: Option<Value>, // message.rs:233
        pub extra: Map<String, Value>, // message.rs:237
    }

    #[derive(PartialEq, Debug, Clone)] // message.rs:287
    pub enum User { // message.rs:289
        UserId { user_id: String }, // message.rs:291-294
        AnonymousId { anonymous_id: String }, // message.rs:297-300
        Both { user_id: String, anonymous_id: String }, // message.rs:303-309
    }

    impl Default for User { // message.rs:312
        fn default() -> Self { User::AnonymousId { anonymous_id: "".to_owned() } } // message.rs:313-317
    }
}
