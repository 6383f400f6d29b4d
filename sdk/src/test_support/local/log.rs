//! The requests that the local cloud has received.

use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use http::{HeaderMap, Method, StatusCode};

use crate::telemetry::redact;

/// One request that the local cloud received. Secrets are masked.
#[derive(Clone)]
#[non_exhaustive]
pub struct LocalRecord {
    /// The time of arrival, by the clock of the local cloud.
    pub time: SystemTime,
    /// The provider, such as `tencent`.
    pub provider: &'static str,
    /// The product; empty if the request does not name it.
    pub product: String,
    /// The API version; empty if the request does not name it.
    pub version: String,
    /// The action, or `METHOD /path` for providers without action names.
    pub action: String,
    /// The HTTP method.
    pub method: Method,
    /// The path and query. Secret parameters are masked.
    pub target: String,
    /// The size of the body, in bytes.
    pub body_len: usize,
    /// Whether the request was accepted, and if not, why.
    pub verdict: Verdict,
    /// The status of the response; `None` if none was sent.
    pub status: Option<StatusCode>,
    pub(super) headers: HeaderMap,
}

impl LocalRecord {
    /// The value of a request header. A header that carries a secret reads `****`.
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
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Verdict {
    /// The signature is that of a known account, or the action may be unsigned.
    Accepted,
    /// The request was refused.
    Refused {
        /// The error code that the vendor uses.
        code: String,
        /// The reason.
        message: String,
        /// The string that the server would have signed, if the signature does not match.
        string_to_sign: Option<String>,
    },
}

impl Verdict {
    /// Whether the request was accepted.
    pub fn is_accepted(&self) -> bool {
        *self == Self::Accepted
    }

    /// The error code of a refusal.
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Accepted => None,
            Self::Refused { code, .. } => Some(code),
        }
    }
}

#[derive(Debug, Default)]
pub(super) struct Log(Mutex<Vec<LocalRecord>>);

impl Log {
    /// Adds a record. Returns its number, by which the status is set later.
    pub(super) fn add(&self, record: LocalRecord) -> usize {
        let mut records = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        records.push(record);
        records.len() - 1
    }

    pub(super) fn set_status(&self, number: usize, status: StatusCode) {
        let mut records = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(record) = records.get_mut(number) {
            record.status = Some(status);
        }
    }

    pub(super) fn all(&self) -> Vec<LocalRecord> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
