// serde-rs/serde@1023d077510b4aef36a41ef56fdb7798568a2654 serde_core/src/ser
pub trait Serialize {} // mod.rs:234
impl Serialize for bool {} // impls.rs:21
impl Serialize for i32 {} // impls.rs:25
impl Serialize for i64 {} // impls.rs:26
impl Serialize for f64 {} // impls.rs:35
impl Serialize for str {} // impls.rs:40
impl<T> Serialize for Option<T> where T: Serialize {} // impls.rs:99
impl<'a, T> Serialize for &'a T where T: ?Sized + Serialize {} // impls.rs:479
