// rust-lang-deprecated/failure@135e2a3b9af422d9a9dc37ce7c69354c9b36e94b src
#[derive(Debug)] // error/mod.rs:193
pub struct Error; // error/mod.rs:29

impl From<Error> for Box<dyn std::error::Error> { // compat.rs:42
    fn from(error: Error) -> Box<dyn std::error::Error> { format!("{:?}", error).into() } // compat.rs:43
}
