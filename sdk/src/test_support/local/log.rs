//! What the local cloud remembers of the requests it saw.

use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use http::{HeaderMap, Method, StatusCode};

use crate::telemetry::redact;

/// One request as the local cloud saw it. Secrets are masked.
#[derive(Clone)]
#[non_exhaustive]
pub struct LocalRecord {
    /// When it arrived, by the cloud's clock.
    pub time: SystemTime,
    /// The cloud it was for.
    pub provider: &'static str,
    /// The product, as far as the request tells.
    pub product: String,
    /// The API version, as far as the request tells.
    pub version: String,
    /// The action; method and path where the cloud has no names.
    pub action: String,
    /// The HTTP method.
    pub method: Method,
    /// Path and query; secret parameters are masked.
    pub target: String,
    /// How many bytes the body had.
    pub body_len: usize,
    /// Whether it was accepted.
    pub verdict: Verdict,
    /// The status of the answer; none if there was none.
    pub status: Option<StatusCode>,
    pub(super) headers: HeaderMap,
}

impl LocalRecord {
    /// A header of the request, unless it is one that carries secrets.
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

/// Whether the local cloud accepted a request: envelope, time, keys and signature.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Verdict {
    /// Signed by an account that the cloud knows, or allowed to be unsigned.
    Accepted,
    /// Refused.
    Refused {
        /// The vendor's code.
        code: String,
        /// Why.
        message: String,
        /// What the cloud itself would have signed, where the signature is what is wrong.
        string_to_sign: Option<String>,
    },
}

impl Verdict {
    /// Whether the request was accepted.
    pub fn is_accepted(&self) -> bool {
        *self == Self::Accepted
    }

    /// The vendor's code of a refusal.
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
    /// Adds a record and gives its number, to fill the status in later.
    pub(super) fn add(&self, record: LocalRecord) -> usize {
        let mut records = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        records.push(record);
        records.len() - 1
    }

    pub(super) fn answered(&self, number: usize, status: StatusCode) {
        let mut records = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(record) = records.get_mut(number) {
            record.status = Some(status);
        }
    }

    pub(super) fn all(&self) -> Vec<LocalRecord> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
