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
    /// True if nothing is masked, which a [`Listener`](super::Listener) can ask for.
    pub(crate) off: bool,
}

impl<'a> Masks<'a> {
    /// No secret is known by value. Headers and members with telling names are masked nevertheless.
    pub(crate) const NONE: Self = Self { secrets: &[], credential: None, off: false };

    /// All secrets that are known by value.
    fn values(&self) -> Values<'a> {
        let keys =
            self.credential.into_iter().flat_map(|keys| std::iter::once(keys.secret()).chain(keys.token()));
        Values::new(self.secrets.iter().chain(keys).map(|secret| secret.expose_secret()))
    }

    /// Masks the secrets that are known by value.
    pub(crate) fn apply(&self, text: String) -> String {
        if self.off { text } else { self.values().mask(text) }
    }

    /// The first `cap` bytes of a body, masked. A body that is not text is shown as its
    /// size.
    pub(crate) fn body(&self, bytes: &[u8], cap: usize) -> String {
        let begin = if self.off {
            redact::begin_unmasked(bytes, cap)
        } else {
            redact::begin(bytes, cap, &self.values())
        };
        let Some((shown, cut)) = begin else {
            return format!("<{} bytes>", bytes.len());
        };
        match cut {
            true => format!("{shown}… ({} bytes)", bytes.len()),
            false => shown,
        }
    }
}
