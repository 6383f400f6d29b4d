//! The requests that the local cloud has received, with their verdicts.
//!
//! Secrets are masked before a record is shown: query parameters when it is made, headers when they are
//! read or printed. Bodies are not kept, only their length.

use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use http::{HeaderMap, Method, StatusCode};

use crate::telemetry::redact;

/// One request that the local cloud received. Secrets are masked.
///
/// ```
/// # use cloudcall::local::{LocalCloud, Verdict};
/// # fn check(cloud: &LocalCloud) {
/// for record in cloud.requests() {
///     if let Verdict::Refused { code, message, string_to_sign, .. } = &record.verdict {
///         panic!("{} {}: {code}: {message}\n{string_to_sign:?}", record.action, record.target);
///     }
/// }
/// # }
/// ```
#[derive(Clone)]
#[non_exhaustive]
pub struct LocalRecord {
    /// The time of arrival, by the clock of the local cloud.
    pub time: SystemTime,
    /// The provider, such as `tencent`.
    pub provider: &'static str,
    /// The product; empty if the request does not name it. See
    /// [`LocalRequest::product`](super::LocalRequest::product).
    pub product: String,
    /// The API version; empty if the request does not name it.
    pub version: String,
    /// The action, or `METHOD /path` for providers without action names.
    pub action: String,
    /// The HTTP method.
    pub method: Method,
    /// The path and query as sent. Secret parameters are masked.
    pub target: String,
    /// The size of the body, in bytes.
    pub body_len: usize,
    /// Whether the request was accepted, and if not, why.
    pub verdict: Verdict,
    /// The status of the response; `None` if none was sent: the handler is still running, or closed the
    /// connection.
    pub status: Option<StatusCode>,
    /// The headers, not masked. Only [`LocalRecord::header`] and `Debug` give access to them.
    pub(super) headers: HeaderMap,
}

impl LocalRecord {
    /// The value of a request header. A header that carries a secret reads `****`.
    ///
    /// The case of `name` does not matter. `None` if the header is missing or is not text. Of a header
    /// that was sent several times, this is the first value.
    pub fn header(&self, name: &str) -> Option<&str> {
        let value = self.headers.get(name)?;
        let secret = value.is_sensitive() || redact::is_secret_header(&name.to_ascii_lowercase());
        if secret { Some(redact::MASK) } else { value.to_str().ok() }
    }
}

impl fmt::Debug for LocalRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalRecord")
            .field("provider", &self.provider)
            .field("product", &self.product)
            .field("version", &self.version)
            .field("action", &self.action)
            .field("method", &self.method)
            .field("target", &self.target)
            .field("headers", &redact::Headers(&self.headers))
            .field("body_len", &self.body_len)
            .field("verdict", &self.verdict)
            .field("status", &self.status)
            .finish()
    }
}

/// The result of the checks of a request: its envelope, time, credentials and signature.
///
/// A request without a handler is `Accepted`: its signature was valid. Its status shows that it failed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Verdict {
    /// The signature is that of a known account, or the action may be unsigned.
    Accepted,
    /// The request was refused.
    Refused {
        /// The error code that the vendor uses, such as `AuthFailure.SignatureFailure`.
        code: String,
        /// The reason. It names the header, the parameter or the value that is wrong.
        message: String,
        /// The string that the server would have signed, if the signature does not match. Compare it
        /// line by line with the string that the client signed: the first line that differs shows the
        /// mistake.
        string_to_sign: Option<String>,
    },
}

impl Verdict {
    /// Whether the request was accepted.
    pub fn is_accepted(&self) -> bool {
        *self == Self::Accepted
    }

    /// The error code of a refusal.
    ///
    /// `None` if the request was accepted.
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Accepted => None,
            Self::Refused { code, .. } => Some(code),
        }
    }
}

/// The records, in the order of arrival.
#[derive(Debug, Default)]
pub(super) struct Log(Mutex<Records>);

/// The records that were not taken, and the number of those that were.
#[derive(Debug, Default)]
struct Records {
    kept: Vec<LocalRecord>,
    taken: usize,
}

impl Log {
    /// Adds a record. Returns its number, by which the status is set later.
    ///
    /// The status is not known yet: the handler has not run.
    pub(super) fn add(&self, record: LocalRecord) -> usize {
        let mut records = self.lock();
        records.kept.push(record);
        records.taken + records.kept.len() - 1
    }

    /// Sets the status of a record, unless it was taken.
    pub(super) fn set_status(&self, number: usize, status: StatusCode) {
        let mut records = self.lock();
        let index = number.checked_sub(records.taken);
        if let Some(record) = index.and_then(|index| records.kept.get_mut(index)) {
            record.status = Some(status);
        }
    }

    /// A copy of the records.
    pub(super) fn all(&self) -> Vec<LocalRecord> {
        self.lock().kept.clone()
    }

    /// Removes the records.
    pub(super) fn take(&self) -> Vec<LocalRecord> {
        let mut records = self.lock();
        records.taken += records.kept.len();
        std::mem::take(&mut records.kept)
    }

    fn lock(&self) -> MutexGuard<'_, Records> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
