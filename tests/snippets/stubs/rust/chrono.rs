// chronotope/chrono@b04c42fda83ff5fbbad0503ae4325c92edc3c01b src
#[derive(PartialEq, Debug, Clone)] // offset/utc.rs:43-142
pub struct Utc; // offset/utc.rs:52
#[derive(PartialEq, Debug, Clone)] // datetime/mod.rs:49
pub struct DateTime<Tz>(Tz); // datetime/mod.rs:56
