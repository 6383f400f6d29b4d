//! The refusal of a request: the outcome of a check that failed, and of an error that a handler
//! returns.

use http::StatusCode;

/// A refusal, with the vendor's code and message.
///
/// `Vendor::failure` writes it in the form of the vendor. The messages are worded like the vendors',
/// but say more where that helps a test: they name the header, the parameter or the bytes that were
/// wrong.
#[derive(Debug)]
pub(crate) struct Refusal {
    /// The error code, such as `AuthFailure.SignatureFailure` or `APIGW.0301`.
    pub(crate) code: String,
    /// The message, for people.
    pub(crate) message: String,
    /// The status, if it is not the one that the vendor usually sends for errors.
    pub(crate) status: Option<StatusCode>,
    /// The string that the server would have signed. Only a wrong signature has it.
    ///
    /// Where the vendor signs a digest of the canonical request, that request is included: after a
    /// blank line for TC3 and Huawei Cloud, in the vendor's own wording for Alibaba Cloud. For
    /// Volcengine this is the canonical request alone.
    pub(crate) string_to_sign: Option<String>,
}

impl Refusal {
    /// A refusal with the usual status of its code.
    pub(crate) fn new(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self { code: code.into(), message: message.into(), status: None, string_to_sign: None }
    }

    /// Sets the status.
    pub(crate) fn status(mut self, status: StatusCode) -> Self {
        self.status = Some(status);
        self
    }

    /// Adds the string that the server would have signed.
    pub(crate) fn expected(mut self, string_to_sign: String) -> Self {
        self.string_to_sign = Some(string_to_sign);
        self
    }
}
