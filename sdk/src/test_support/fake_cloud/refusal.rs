//! Why the fake cloud refuses a request.

use http::StatusCode;

/// Why a request is refused, in the vendor's words.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) code: String,
    pub(crate) message: String,
    /// The status, where the vendor does not answer errors with its usual one.
    pub(crate) status: Option<StatusCode>,
    /// What the server would have signed.
    pub(crate) string_to_sign: Option<String>,
}

impl Refusal {
    pub(crate) fn new(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self { code: code.into(), message: message.into(), status: None, string_to_sign: None }
    }

    pub(crate) fn status(mut self, status: StatusCode) -> Self {
        self.status = Some(status);
        self
    }

    pub(crate) fn expected(mut self, string_to_sign: String) -> Self {
        self.string_to_sign = Some(string_to_sign);
        self
    }
}
