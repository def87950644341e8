// serde-rs/json@827a315bf2198558f0325b07bcc1e2cd973aba2f src
#[derive(Clone, PartialEq, Debug)] // value/mod.rs:115
pub enum Value { // value/mod.rs:116
    Null, // value/mod.rs:124
    Object(Map<String, Value>), // value/mod.rs:175
}

#[derive(Clone, PartialEq, Debug)] // map.rs:395-483
pub struct Map<K, V>(Vec<(K, V)>); // map.rs:29

impl Map<String, Value> { // map.rs:38
    pub fn is_empty(&self) -> bool { self.0.is_empty() } // map.rs:297
}

impl Default for Map<String, Value> { // map.rs:386
    fn default() -> Self { Map(Vec::new()) } // map.rs:388
}

impl IntoIterator for Map<String, Value> { // map.rs:1099
    type Item = (String, Value); // map.rs:1100
    type IntoIter = std::vec::IntoIter<(String, Value)>; // map.rs:1101
    fn into_iter(self) -> Self::IntoIter { self.0.into_iter() } // map.rs:1103
}

impl Default for Value { // value/mod.rs:921
    fn default() -> Value { Value::Null } // value/mod.rs:922
}

impl Value { // value/mod.rs:266
    pub fn is_null(&self) -> bool { matches!(self, Value::Null) } // value/mod.rs:730
}

impl<K: Into<String>, V: Into<Value>> std::iter::FromIterator<(K, V)> for Value { // value/from.rs:238
    fn from_iter<I: IntoIterator<Item = (K, V)>>(iter: I) -> Self { // value/from.rs:249
        Value::Object(Map(iter.into_iter().map(|(k, v)| (k.into(), v.into())).collect())) // value/from.rs:250-254
    }
}

impl serde::Serialize for Value {} // value/ser.rs:11

#[derive(Debug)] // error.rs:421
pub struct Error; // error.rs:17

pub fn to_value<T>(_value: T) -> Result<Value, Error> where T: serde::Serialize { Ok(Value::Null) } // value/mod.rs:995-1001

#[macro_export] // macros.rs:53
macro_rules! json { // macros.rs:54
    (null) => { $crate::Value::Null }; // macros.rs:244-246
    ([$($tt:tt)*]) => {{ $crate::elements!($($tt)*); $crate::Value::Null }}; // macros.rs:260-262
    ({$($tt:tt)*}) => {{ $crate::entries!($($tt)*); $crate::Value::Null }}; // macros.rs:268-274
    ($other:expr) => { $crate::to_value(&$other).unwrap() }; // macros.rs:278-280
}

#[macro_export] // macros.rs:68
macro_rules! elements { // macros.rs:70-77
    () => {}; // macros.rs:79-86
    (null, $($rest:tt)*) => { $crate::elements!($($rest)*) }; // macros.rs:89-91
    ([$($inner:tt)*], $($rest:tt)*) => { $crate::elements!($($inner)*); $crate::elements!($($rest)*) }; // macros.rs:104-106
    ({$($inner:tt)*}, $($rest:tt)*) => { $crate::entries!($($inner)*); $crate::elements!($($rest)*) }; // macros.rs:109-111
    ($value:expr, $($rest:tt)*) => { $crate::to_value(&$value).unwrap(); $crate::elements!($($rest)*) }; // macros.rs:114-116
}

#[macro_export] // macros.rs:68
macro_rules! entries { // macros.rs:70-141
    () => {}; // macros.rs:144
    ($key:literal: null, $($rest:tt)*) => { $crate::entries!($($rest)*) }; // macros.rs:163-165
    ($key:literal: [$($inner:tt)*], $($rest:tt)*) => { $crate::elements!($($inner)*); $crate::entries!($($rest)*) }; // macros.rs:178-180
    ($key:literal: {$($inner:tt)*}, $($rest:tt)*) => { $crate::entries!($($inner)*); $crate::entries!($($rest)*) }; // macros.rs:183-185
    ($key:literal: $value:expr, $($rest:tt)*) => { $crate::to_value(&$value).unwrap(); $crate::entries!($($rest)*) }; // macros.rs:188-190
}
