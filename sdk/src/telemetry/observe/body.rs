//! The form in which logs may show bodies.

use secrecy::{ExposeSecret, SecretString};

use crate::credential::Credential;
use crate::telemetry::redact::{self, Values};

/// The secrets of one attempt. They are masked wherever they occur.
#[derive(Clone, Copy)]
pub(crate) struct Masks<'a> {
    /// Values of parameters that are declared `secret`.
    pub(crate) secrets: &'a [SecretString],
    /// The credential that signed the request.
    pub(crate) credential: Option<&'a Credential>,
}

impl<'a> Masks<'a> {
    /// No secret is known by value. Headers and members with telling names are masked nevertheless.
    pub(crate) const NONE: Self = Self { secrets: &[], credential: None };

    /// All secrets that are known by value.
    fn values(&self) -> Values<'a> {
        let keys =
            self.credential.into_iter().flat_map(|keys| std::iter::once(keys.secret()).chain(keys.token()));
        Values::new(self.secrets.iter().chain(keys).map(|secret| secret.expose_secret()))
    }

    /// Masks the secrets that are known by value.
    pub(crate) fn apply(&self, text: String) -> String {
        self.values().mask(text)
    }

    /// The first `cap` bytes of a body, masked. A body that is not text is shown as its
    /// size.
    pub(crate) fn body(&self, bytes: &[u8], cap: usize) -> String {
        let Some((shown, cut)) = redact::begin(bytes, cap, &self.values()) else {
            return format!("<{} bytes>", bytes.len());
        };
        match cut {
            true => format!("{shown}… ({} bytes)", bytes.len()),
            false => shown,
        }
    }
}
