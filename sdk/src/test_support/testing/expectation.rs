//! The error of `verify`: expectations of a test that were not met.

use std::fmt;

/// The expectations of a test that were not met, and the requests that were received.
///
/// `Debug` prints the same text as `Display`, because `unwrap` and a test that returns an error print
/// `Debug`.
///
/// ```text
/// expectations were not met:
///   - action RunInstances: expected 2 requests, 1 came
/// received:
///   1. tencent RunInstances (POST cvm.tencentcloudapi.com/)
/// ```
///
/// [`MockTransport::verify`](super::MockTransport::verify) and
/// [`Replay::verify`](super::Replay::verify) return it.
pub struct UnmetExpectation {
    /// One line for each expectation.
    what: Vec<String>,
    /// One line for each request, without secrets.
    received: Vec<String>,
}

impl UnmetExpectation {
    /// An error if `what` is not empty.
    pub(super) fn check(what: Vec<String>, received: Vec<String>) -> Result<(), Self> {
        if what.is_empty() { Ok(()) } else { Err(Self { what, received }) }
    }
}

impl fmt::Display for UnmetExpectation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expectations were not met:")?;
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
