//! Bodies as logs may show them.

use secrecy::{ExposeSecret, SecretString};

use crate::credential::Credential;
use crate::telemetry::redact;

/// What must not be shown of one attempt, wherever it stands.
#[derive(Clone, Copy)]
pub(crate) struct Masks<'a> {
    pub(crate) secrets: &'a [SecretString],
    pub(crate) credential: Option<&'a Credential>,
}

impl Masks<'_> {
    /// Masks the secrets that are known by value. A real one is long; a short one would tear words apart.
    pub(crate) fn apply(&self, mut text: String) -> String {
        let keys = self.credential.into_iter().flat_map(|keys| {
            let secrets = std::iter::once(keys.secret()).chain(keys.token());
            secrets.map(|secret| secret.expose_secret())
        });
        let own = self.secrets.iter().map(|secret| secret.expose_secret());
        for secret in own.chain(keys).filter(|secret| secret.len() >= 8) {
            if text.contains(secret) {
                text = text.replace(secret, redact::MASK);
            }
            let encoded = crate::sign::encode::percent(secret).to_string();
            if encoded != secret && text.contains(&encoded) {
                text = text.replace(&encoded, redact::MASK);
            }
        }
        text
    }

    /// At most `cap` bytes of a body, scrubbed. What is no text is shown as its size.
    pub(crate) fn body(&self, bytes: &[u8], cap: usize) -> String {
        match std::str::from_utf8(bytes) {
            Ok(text) => cut(self.apply(redact::body(text)), cap),
            Err(_) => format!("<{} bytes>", bytes.len()),
        }
    }
}

fn cut(mut text: String, cap: usize) -> String {
    if text.len() > cap {
        let whole = text.len();
        let end = (0..=cap).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
        text.truncate(end);
        text.push_str(&format!("… ({whole} bytes)"));
    }
    text
}
