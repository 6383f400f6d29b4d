//! The body of a response that ended in an error: as received, and as it may be shown.
//!
//! It is a type of its own because masking a body costs a pass over it, and most errors are
//! handled without showing the body. The masked text is made on first use and kept.

use std::fmt;
use std::sync::OnceLock;

use bytes::Bytes;
use secrecy::{ExposeSecret, SecretString};

use crate::telemetry::redact::{self, Values};

/// Maximum number of characters of a body that `Display` quotes. At most four bytes are
/// read for each.
const QUOTE_CAP: usize = 200;

/// The body of the response that an error is about.
pub(super) struct ErrorBody {
    /// The body as received. It shares its memory with the buffer of the transport.
    raw: Bytes,
    /// Secrets of the call that the service may have repeated.
    secrets: Vec<SecretString>,
    /// The masked text, after its first use.
    masked: OnceLock<Vec<u8>>,
}

impl ErrorBody {
    /// A body without known secrets.
    pub(super) fn new(raw: Bytes) -> Self {
        Self { raw, secrets: Vec::new(), masked: OnceLock::new() }
    }

    /// The body as received. It may contain secrets.
    pub(super) fn raw(&self) -> &Bytes {
        &self.raw
    }

    /// Adds a secret to mask. A text that was masked before is made again.
    pub(super) fn hide(&mut self, secret: &SecretString) {
        self.secrets.push(secret.clone());
        self.masked = OnceLock::new();
    }

    /// The secrets, prepared for a search.
    fn values(&self) -> Values<'_> {
        Values::new(self.secrets.iter().map(|secret| secret.expose_secret()))
    }

    /// The body as text, with the known secrets and all values under secret names masked.
    /// Bytes that are not UTF-8 are replaced.
    pub(super) fn masked(&self) -> &[u8] {
        self.masked.get_or_init(|| {
            let text = self.values().mask(String::from_utf8_lossy(&self.raw).into_owned());
            redact::body(&text).into_bytes()
        })
    }

    /// The first characters, masked. Only the beginning of the body is read, also if it is
    /// large.
    pub(super) fn quote(&self) -> String {
        let begin = |bytes: &[u8]| redact::begin(bytes, QUOTE_CAP * 4, &self.values());
        let shown = begin(&self.raw).or_else(|| {
            let head = self.raw.get(..redact::READ).unwrap_or(&self.raw);
            begin(String::from_utf8_lossy(head).as_bytes())
        });
        shown.map(|(text, _)| text.chars().take(QUOTE_CAP).collect()).unwrap_or_default()
    }
}

/// Shows the length only.
impl fmt::Debug for ErrorBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{} bytes>", self.raw.len())
    }
}
