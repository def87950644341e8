//! As much of the crate as our snippets use. `json!` looks at its keys and values as the real one does.
use std::collections::HashMap;

#[derive(Clone)]
pub enum Value {
    Null,
    Object(HashMap<String, Value>),
}

impl Default for Value {
    fn default() -> Self {
        Value::Null
    }
}

impl Value {
    pub fn is_null(&self) -> bool {
        matches!(self, Value::Null)
    }
}

impl std::iter::FromIterator<(String, Value)> for Value {
    fn from_iter<T: IntoIterator<Item = (String, Value)>>(entries: T) -> Self {
        Value::Object(entries.into_iter().collect())
    }
}

pub trait Serialize {}
impl Serialize for &str {}
impl Serialize for bool {}
impl Serialize for i32 {}
impl Serialize for i64 {}
impl Serialize for f64 {}
impl Serialize for Value {}
impl Serialize for Option<&Value> {}
impl Serialize for HashMap<String, Value> {}

pub fn to_value(_: impl Serialize) -> Value {
    Value::Null
}

#[macro_export]
macro_rules! json {
    (null) => { $crate::Value::Null };
    ([$($element:tt)*]) => {{ $crate::elements!($($element)*); $crate::Value::Null }};
    ({$($entry:tt)*}) => {{ $crate::entries!($($entry)*); $crate::Value::Null }};
    ($other:expr) => { $crate::to_value($other) };
}

#[macro_export]
macro_rules! elements {
    () => {};
    (null, $($rest:tt)*) => { $crate::elements!($($rest)*) };
    ([$($inner:tt)*], $($rest:tt)*) => { $crate::elements!($($inner)*); $crate::elements!($($rest)*) };
    ({$($inner:tt)*}, $($rest:tt)*) => { $crate::entries!($($inner)*); $crate::elements!($($rest)*) };
    ($value:expr, $($rest:tt)*) => { $crate::to_value($value); $crate::elements!($($rest)*) };
}

#[macro_export]
macro_rules! entries {
    () => {};
    ($key:literal: null, $($rest:tt)*) => { $crate::entries!($($rest)*) };
    ($key:literal: [$($inner:tt)*], $($rest:tt)*) => { $crate::elements!($($inner)*); $crate::entries!($($rest)*) };
    ($key:literal: {$($inner:tt)*}, $($rest:tt)*) => { $crate::entries!($($inner)*); $crate::entries!($($rest)*) };
    ($key:literal: $value:expr, $($rest:tt)*) => { $crate::to_value($value); $crate::entries!($($rest)*) };
}
