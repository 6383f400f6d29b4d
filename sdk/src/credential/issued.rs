//! Reads keys from the JSON of metadata services and exchanges.
//!
//! ```json
//! { "AccessKeyId": "…", "AccessKeySecret": "…", "SecurityToken": "…", "Expiration": "2024-01-01T01:00:00Z" }
//! ```

use secrecy::SecretString;
use serde_json::Value;

use super::{Credential, take_text};
use crate::error::{Error, ErrorKind};
use crate::sign::time;

/// The names of the members of a response. If services use different names for a member, there are
/// several.
#[derive(Debug, Clone, Copy)]
pub(crate) struct KeyMembers {
    /// The id.
    pub(crate) id: &'static [&'static str],
    /// The secret.
    pub(crate) secret: &'static [&'static str],
    /// The token. Empty if the keys come without a token.
    pub(crate) token: &'static [&'static str],
    /// The expiry: a Unix time or a date. It is required, because issued keys always expire.
    pub(crate) expiry: &'static [&'static str],
}

impl KeyMembers {
    /// Moves the keys out of `document`, so that no copy of a secret stays behind.
    ///
    /// # Errors
    ///
    /// Kind `Credentials` if a member is missing, or if the expiry is not a time. The message names the
    /// member.
    pub(crate) fn take(&self, provider: &'static str, document: &mut Value) -> Result<Credential, Error> {
        let broken = |what: String| Error::new(ErrorKind::Credentials, format!("{provider}: {what}"));
        let mut text = |names: &[&str]| {
            let missing = || broken(format!("the response has no `{}`", names.first().unwrap_or(&"")));
            names.iter().find_map(|name| take_text(document, name)).ok_or_else(missing)
        };
        let (id, secret) = (text(self.id)?, SecretString::from(text(self.secret)?));
        let token = match self.token {
            [] => None,
            names => Some(text(names)?),
        };
        let expiry = self.expiry.iter().find_map(|name| Some((name, document.get(name)?)));
        let expiry = match expiry {
            Some((name, value)) => {
                time::read(value).ok_or_else(|| broken(format!("`{name}` is not a time")))?
            }
            None => return Err(broken("the response does not say when the keys end".to_owned())),
        };
        let keys = Credential::new(id, secret).map_err(|error| broken(error.message().to_owned()))?;
        let keys = keys.with_expiry(expiry).with_source(provider);
        Ok(match token {
            Some(token) => keys.with_token(token),
            None => keys,
        })
    }
}
