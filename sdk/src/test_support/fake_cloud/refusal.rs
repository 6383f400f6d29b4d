//! The refusal of a request.

use http::StatusCode;

/// A refusal, with the vendor's code and message.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) code: String,
    pub(crate) message: String,
    /// The status, if it is not the one that the vendor usually sends for errors.
    pub(crate) status: Option<StatusCode>,
    /// The string that the server would have signed.
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
