//! Keys from environment variables, some of which have several names.
//!
//! [`EnvCredentials`](crate::credential::EnvCredentials) reads one name for each half of a key pair. BytePlus
//! and the vendor's older SDKs have two names for each, so this provider is separate.

use async_trait::async_trait;

use crate::context::Context;
use crate::credential::{Credential, CredentialError, ProvideCredential, given};
use crate::error::{Error, ErrorKind};
use crate::provider::volcengine::Site;

/// Reads a key pair, and a session token if there is one, from environment variables. An empty variable
/// counts as unset.
///
/// If both halves are missing, this source is *not configured*. One half alone is an error, because the next
/// source of a chain may belong to another account.
///
/// ```
/// use cloudcall::provider::volcengine::credentials;
/// use cloudcall::{Client, Volcengine};
///
/// let client =
///     Client::<Volcengine>::builder().region("cn-beijing").credentials(credentials::environment()).build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// # Troubleshooting
///
/// *`VOLCENGINE_ACCESS_KEY` is set, but `VOLCENGINE_SECRET_KEY` is not*: one half of the pair is missing or
/// empty. Set both, or neither.
#[doc(alias = "EnvCredentialProvider")]
#[derive(Debug, Clone, Copy)]
pub struct EnvKeys {
    id: &'static [&'static str],
    secret: &'static [&'static str],
    token: &'static str,
}

impl EnvKeys {
    /// The variables of a site. BytePlus has two spellings; its packages read the one without the underscore
    /// first.
    pub(super) fn of(site: Site) -> Self {
        match site {
            Site::Volcengine => Self {
                id: &["VOLCENGINE_ACCESS_KEY"],
                secret: &["VOLCENGINE_SECRET_KEY"],
                token: "VOLCENGINE_SESSION_TOKEN",
            },
            Site::Byteplus => Self {
                id: &["BYTEPLUS_ACCESSKEY", "BYTEPLUS_ACCESS_KEY"],
                secret: &["BYTEPLUS_SECRETKEY", "BYTEPLUS_SECRET_KEY"],
                token: "BYTEPLUS_SESSION_TOKEN",
            },
        }
    }

    /// The variables of the vendor's Go and PHP SDKs.
    pub(super) fn older() -> Self {
        Self {
            id: &["VOLCSTACK_ACCESS_KEY_ID", "VOLCSTACK_ACCESS_KEY"],
            secret: &["VOLCSTACK_SECRET_ACCESS_KEY", "VOLCSTACK_SECRET_KEY"],
            token: "VOLCSTACK_SESSION_TOKEN",
        }
    }

    /// The variables of the older package `volcengine`, which has none for a session token.
    pub(super) fn volc() -> Self {
        Self { id: &["VOLC_ACCESSKEY"], secret: &["VOLC_SECRETKEY"], token: "" }
    }
}

#[async_trait]
impl ProvideCredential for EnvKeys {
    fn name(&self) -> &'static str {
        "environment"
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        let first = |names: &'static [&'static str]| {
            names.iter().find_map(|name| given(context, name).map(|value| (*name, value)))
        };
        let (ids, secrets) = (self.id.join(" or "), self.secret.join(" or "));
        let broken = |what: String| Error::new(ErrorKind::Credentials, format!("environment: {what}"));
        let half = |set: &str, missing: &str| {
            broken(format!("{set} is set, but {missing} is not: set both, or neither"))
        };
        let ((id_name, id), (secret_name, secret)) = match (first(self.id), first(self.secret)) {
            (Some(id), Some(secret)) => (id, secret),
            (None, None) => {
                return Err(CredentialError::NotConfigured(format!("{ids} and {secrets} are not set")));
            }
            (Some((id, _)), None) => return Err(half(id, &secrets).into()),
            (None, Some((secret, _))) => return Err(half(secret, &ids).into()),
        };
        let keys = Credential::new(id, secret)
            .map_err(|error| broken(format!("{id_name} or {secret_name}: {}", error.message())))?
            .with_source(self.name());
        Ok(match given(context, self.token) {
            Some(token) => keys.with_token(token),
            None => keys,
        })
    }
}
