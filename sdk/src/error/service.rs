//! API errors, as providers read them from responses.
//!
//! A provider translates its own form of an error into a [`ServiceError`]; the pipeline
//! adds status, body and secrets, and turns it into an [`Error`](super::Error). For Tencent
//! Cloud:
//!
//! ```json
//! {"Response": {"Error": {"Code": "RequestLimitExceeded", "Message": "slow down"}, "RequestId": "r-1"}}
//! ```
//!
//! ```text
//! ServiceError { code: "RequestLimitExceeded", message: "slow down", request_id: "r-1",
//!                class: Throttled, details: {} }
//! ```

use serde_json::{Map, Value};

/// An API error, as a provider reads it from a response.
///
/// [`Provider::service_error`](crate::provider::Provider::service_error) returns it.
///
/// ```
/// use cloudcall::error::{ErrorClass, ServiceError};
///
/// let found = ServiceError::new("QuotaExceeded", "no more instances", ErrorClass::Other);
/// assert_eq!(found.code, "QuotaExceeded");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ServiceError {
    /// The service's error code, such as `InvalidInstanceId.NotFound`.
    pub code: String,
    /// The service's message.
    pub message: String,
    /// The request id, if the body has one. The pipeline adds the one of the headers.
    pub request_id: Option<String>,
    /// What the code means for retries and for the kind of the error.
    pub class: ErrorClass,
    /// The other members of the error. [`Error::details`](super::Error::details) returns
    /// them, masked.
    pub details: Map<String, Value>,
}

impl ServiceError {
    /// An API error without request id and details. Set these fields afterwards.
    pub fn new(code: impl Into<String>, message: impl Into<String>, class: ErrorClass) -> Self {
        Self { code: code.into(), message: message.into(), request_id: None, class, details: Map::new() }
    }
}

/// The size limit of the other members of an error together, in bytes of JSON: 64 KiB.
const DETAILS_CAP: usize = 64 * 1024;

/// Adds a member of an error response to its details. A larger member stays in the body
/// only.
#[cfg(feature = "__cloud")]
pub(crate) fn add_detail(details: &mut Map<String, Value>, name: &str, json: &str) {
    if json.len() <= DETAILS_CAP
        && let Ok(value) = serde_json::from_str::<Value>(json)
        && !value.is_null()
    {
        details.insert(name.to_owned(), value);
    }
}

/// Masks the details of an error. Details that are too large, or no JSON after masking, are
/// left out.
pub(super) fn mask_details(details: Map<String, Value>, mask: impl Fn(&str) -> String) -> Map<String, Value> {
    if details.is_empty() {
        return details;
    }
    let text = Value::Object(details).to_string();
    if text.len() > 2 * DETAILS_CAP {
        Map::new()
    } else {
        serde_json::from_str(&mask(&text)).unwrap_or_default()
    }
}

/// What an error code of a service means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorClass {
    /// Too many requests. The call did nothing, and is always retried.
    Throttled,
    /// The service refused the credential or the signature.
    Auth,
    /// The time of the request is too far from the server's. The clock skew is corrected
    /// once, and the call is repeated.
    ClockSkew,
    /// The resource does not exist.
    NotFound,
    /// The server or a gateway failed. The call may have been carried out, so it is retried
    /// only if repeating it is safe.
    Transient,
    /// The call is wrong, or is not possible in the current state. It is not retried.
    Other,
}
