//! Keys from environment variables, and how variables are read everywhere in `credential/`.
//!
//! An empty variable counts as unset, because shells and deployment files write `KEY=` for an unset
//! one.

use async_trait::async_trait;

use super::{Credential, CredentialError, ProvideCredential};
use crate::context::Context;
use crate::error::{Error, ErrorKind};

/// Reads a key pair, and a token if there is one, from environment variables. An empty variable counts as
/// unset.
///
/// If both halves are missing, this source is *not configured*. One half alone is an error, because the next
/// source of a chain may belong to another account.
///
/// ```
/// use cloudcall::credential::EnvCredentials;
/// use cloudcall::{Client, Tencent};
///
/// let keys = EnvCredentials::new("CI_SECRET_ID", "CI_SECRET_KEY", "CI_TOKEN");
/// let client = Client::<Tencent>::builder().region("ap-guangzhou").credentials(keys).build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// # Troubleshooting
///
/// *`A` is set, but `B` is not*: one half of the pair is missing or empty. Set both, or neither.
///
/// *begins or ends with white space*: the value was copied with a line break. Set it again without.
///
/// *not configured: `A` and `B` are not set*: a chain went on to the next source. Check that the
/// process inherits the variables: services and cron jobs often have another environment than a
/// terminal.
#[derive(Debug, Clone)]
pub struct EnvCredentials {
    /// The variable of the id.
    id: &'static str,
    /// The variable of the secret.
    secret: &'static str,
    /// The variable of the token; empty if there is none.
    token: &'static str,
}

impl EnvCredentials {
    /// Sets the names of the variables. The variable of the token may be unset. An empty name means
    /// that there is no variable for a token.
    pub const fn new(id: &'static str, secret: &'static str, token: &'static str) -> Self {
        Self { id, secret, token }
    }
}

/// The value of a variable that is set and not empty.
pub(crate) fn given(context: &Context, name: &str) -> Option<String> {
    if name.is_empty() {
        return None;
    }
    context.env.var(name).filter(|value| !value.is_empty())
}

/// Whether a variable is `true`, in any case.
#[cfg(feature = "alibaba")]
pub(crate) fn is_on(context: &Context, name: &str) -> bool {
    given(context, name).is_some_and(|value| value.eq_ignore_ascii_case("true"))
}

/// The values of variables that only make sense together. *Not configured* unless all are set and not
/// empty; the reason names those that are set and those that are not.
#[cfg(feature = "__cloud")]
pub(crate) fn all_given<const N: usize>(
    context: &Context,
    names: [&str; N],
) -> Result<[String; N], CredentialError> {
    let values = names.map(|name| given(context, name));
    if values.iter().all(Option::is_some) {
        return Ok(values.map(Option::unwrap_or_default));
    }
    let of = |set: bool| -> Vec<&str> {
        names.iter().zip(&values).filter(|(_, value)| value.is_some() == set).map(|(name, _)| *name).collect()
    };
    let (set, missing) = (of(true), of(false));
    Err(CredentialError::NotConfigured(match set.is_empty() {
        true => format!("{} not set", subject(&missing)),
        false => format!("{} set, but {} not: set all, or none", subject(&set), subject(&missing)),
    }))
}

/// `A is`, `A and B are`, `A, B and C are`.
#[cfg(feature = "__cloud")]
fn subject(names: &[&str]) -> String {
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last} are", rest.join(", ")),
        _ => format!("{} is", names.concat()),
    }
}

#[async_trait]
impl ProvideCredential for EnvCredentials {
    fn name(&self) -> &'static str {
        "environment"
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        let var = |name| given(context, name);
        let half = |set: &str, missing: &str| {
            let what = format!("environment: {set} is set, but {missing} is not: set both, or neither");
            CredentialError::Broken(Error::new(ErrorKind::Credentials, what))
        };
        let (id, secret) = match (var(self.id), var(self.secret)) {
            (Some(id), Some(secret)) => (id, secret),
            (None, None) => {
                let reason = format!("{} and {} are not set", self.id, self.secret);
                return Err(CredentialError::NotConfigured(reason));
            }
            (Some(_), None) => return Err(half(self.id, self.secret)),
            (None, Some(_)) => return Err(half(self.secret, self.id)),
        };
        let mut credential = Credential::new(id, secret)
            .map_err(|error| {
                let what = format!("environment: {} or {}: {}", self.id, self.secret, error.message());
                Error::new(ErrorKind::Credentials, what)
            })?
            .with_source(self.name());
        if let Some(token) = var(self.token) {
            credential = credential.with_token(token);
        }
        Ok(credential)
    }
}
