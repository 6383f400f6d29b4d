//! Bodies as logs may show them.

use secrecy::{ExposeSecret, SecretString};

use crate::credential::Credential;
use crate::telemetry::redact::{self, Values};

/// What must not be shown of one attempt, wherever it stands.
#[derive(Clone, Copy)]
pub(crate) struct Masks<'a> {
    pub(crate) secrets: &'a [SecretString],
    pub(crate) credential: Option<&'a Credential>,
}

impl<'a> Masks<'a> {
    fn values(&self) -> Values<'a> {
        let keys =
            self.credential.into_iter().flat_map(|keys| std::iter::once(keys.secret()).chain(keys.token()));
        Values::new(self.secrets.iter().chain(keys).map(|secret| secret.expose_secret()))
    }

    /// Masks the secrets that are known by value.
    pub(crate) fn apply(&self, text: String) -> String {
        self.values().mask(text)
    }

    /// At most `cap` bytes of a body, scrubbed. What is no text is shown as its size.
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
