//! As much of the crate as our snippets use.
pub mod client {
    pub trait Client {
        fn send(
            &self,
            write_key: String,
            message: crate::message::Message,
        ) -> std::future::Ready<Result<(), std::fmt::Error>>;
    }
}

pub mod http {
    #[derive(Default)]
    pub struct HttpClient;

    impl crate::client::Client for HttpClient {
        fn send(&self, _: String, _: crate::message::Message) -> std::future::Ready<Result<(), std::fmt::Error>> {
            std::future::ready(Ok(()))
        }
    }
}

pub mod message {
    use serde_json::Value;

    pub enum User {
        UserId { user_id: String },
        AnonymousId { anonymous_id: String },
        Both { user_id: String, anonymous_id: String },
    }

    impl Default for User {
        fn default() -> Self {
            User::UserId { user_id: String::new() }
        }
    }

    pub struct Message;

    macro_rules! message {
        ($name:ident { $($field:ident: $type:ty),* }) => {
            #[derive(Default)]
            pub struct $name {
                pub user: User,
                $(pub $field: $type,)*
                pub context: Option<Value>,
                pub integrations: Option<Value>,
            }
            impl From<$name> for Message {
                fn from(_: $name) -> Self {
                    Message
                }
            }
        };
    }

    message!(Track { event: String, properties: Value });
    message!(Page { name: String, properties: Value });
    message!(Screen { name: String, properties: Value });
    message!(Identify { traits: Value });
    message!(Group { group_id: String, traits: Value });
    message!(Alias { previous_id: String });
}
