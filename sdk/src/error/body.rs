//! The body of a response that ended in an error: as it came, and as it may be shown.

use std::fmt;
use std::sync::OnceLock;

use bytes::Bytes;
use secrecy::{ExposeSecret, SecretString};

use crate::telemetry::redact::{self, Values};

/// How much of a body `Display` quotes, in characters and at most so many bytes.
const QUOTE_CAP: usize = 200;

/// The masked text is made when it is asked for first: most errors are never shown with their body, which may be large.
pub(super) struct Body {
    raw: Bytes,
    /// Secrets of the call that the service may have repeated.
    secrets: Vec<SecretString>,
    masked: OnceLock<Vec<u8>>,
}

impl Body {
    pub(super) fn new(raw: Bytes) -> Self {
        Self { raw, secrets: Vec::new(), masked: OnceLock::new() }
    }

    pub(super) fn raw(&self) -> &Bytes {
        &self.raw
    }

    pub(super) fn hide(&mut self, secret: &SecretString) {
        self.secrets.push(secret.clone());
        self.masked = OnceLock::new();
    }

    fn values(&self) -> Values<'_> {
        Values::new(self.secrets.iter().map(|secret| secret.expose_secret()))
    }

    pub(super) fn masked(&self) -> &[u8] {
        self.masked.get_or_init(|| {
            let text = self.values().mask(String::from_utf8_lossy(&self.raw).into_owned());
            redact::body(&text).into_bytes()
        })
    }

    /// The first characters, masked.
    pub(super) fn quote(&self) -> String {
        let begin = |bytes: &[u8]| redact::begin(bytes, QUOTE_CAP * 4, &self.values());
        let shown = begin(&self.raw).or_else(|| {
            let head = self.raw.get(..redact::READ).unwrap_or(&self.raw);
            begin(String::from_utf8_lossy(head).as_bytes())
        });
        shown.map(|(text, _)| text.chars().take(QUOTE_CAP).collect()).unwrap_or_default()
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{} bytes>", self.raw.len())
    }
}
