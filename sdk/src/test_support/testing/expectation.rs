//! What a test expected and did not get.

use std::fmt;

/// What a test expected and did not get. `Debug` reads like `Display`, so that a failing test says it well.
pub struct UnmetExpectation {
    what: Vec<String>,
    received: Vec<String>,
}

impl UnmetExpectation {
    /// An error if there is anything in `what`.
    pub(super) fn check(what: Vec<String>, received: Vec<String>) -> Result<(), Self> {
        if what.is_empty() { Ok(()) } else { Err(Self { what, received }) }
    }
}

impl fmt::Display for UnmetExpectation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the test expected something else:")?;
        for what in &self.what {
            write!(f, "\n  - {what}")?;
        }
        if self.received.is_empty() {
            return f.write_str("\nno request was received");
        }
        f.write_str("\nreceived:")?;
        for (number, request) in self.received.iter().enumerate() {
            write!(f, "\n  {}. {request}", number + 1)?;
        }
        Ok(())
    }
}

impl fmt::Debug for UnmetExpectation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for UnmetExpectation {}
