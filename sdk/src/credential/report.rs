//! Where a credential came from, for people who look for a mistake.

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use crate::sign::time::{Utc, unix_seconds};
use crate::telemetry::redact::{MASK, scrub};

/// Which source of a chain gave the credential of a client, and why the sources before it did not.
/// [`Client::credentials_report`](crate::Client::credentials_report) makes it.
///
/// It has no secret: the id of the key is masked except for its beginning and its end. `Display` prints it in
/// a few lines.
///
/// ```no_run
/// # use cloudcall::{Alibaba, Client};
/// # async fn run() -> Result<(), cloudcall::Error> {
/// let client = Client::<Alibaba>::builder().region("cn-hangzhou").build()?;
/// println!("{}", client.credentials_report().await?);
/// // used: CLI profile, key LTAI****7x, expires at 2026-11-29T21:00:00Z
/// // skipped: environment: ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET are not set
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct CredentialsReport {
    /// The name of the source that gave the credential.
    pub source: &'static str,
    /// The id of the key with its middle masked. Empty for a bearer token.
    pub key_id: String,
    /// True if the keys have a session token, so that they are temporary.
    pub temporary: bool,
    /// When the keys expire. None: never, or unknown.
    pub expiry: Option<SystemTime>,
    /// The project that the credential names (Huawei Cloud).
    pub project_id: Option<String>,
    /// The account that the credential names (Huawei Cloud).
    pub domain_id: Option<String>,
    /// The sources that were asked before, in this order.
    pub skipped: Vec<SkippedSource>,
    /// The keys that were exchanged for these, if they are those of a role.
    pub exchanged_for: Option<Arc<CredentialsReport>>,
}

/// A source of a chain that gave no credential.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SkippedSource {
    /// The name of the source.
    pub source: &'static str,
    /// What the source misses.
    pub reason: String,
}

impl SkippedSource {
    pub(super) fn new(source: &'static str, reason: &str) -> Self {
        Self { source, reason: scrub(reason) }
    }
}

/// The beginning and the end of the id of a key.
pub(super) fn masked(id: &str) -> String {
    let chars: Vec<char> = id.chars().collect();
    match chars.as_slice() {
        [] => String::new(),
        [a, b, c, d, .., x, y] if chars.len() > 8 => format!("{a}{b}{c}{d}{MASK}{x}{y}"),
        _ => MASK.to_owned(),
    }
}

impl fmt::Display for CredentialsReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "used: {}", self.source)?;
        match self.key_id.as_str() {
            "" => write!(f, ", a bearer token")?,
            id => write!(f, ", key {id}")?,
        }
        match self.expiry {
            Some(expiry) => write!(f, ", expires at {}", Utc::from_unix(unix_seconds(expiry)).iso())?,
            // Temporary keys and tokens end, but some sources do not say when.
            None if self.temporary || self.key_id.is_empty() => write!(f, ", expires at an unknown time")?,
            None => write!(f, ", does not expire")?,
        }
        for SkippedSource { source, reason } in &self.skipped {
            write!(f, "\nskipped: {source}: {reason}")?;
        }
        match &self.exchanged_for {
            Some(exchanged) => write!(f, "\nin exchange for the keys of\n{exchanged}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::credential::Credential;

    #[test]
    fn an_unknown_expiry_is_not_shown_as_none() {
        let keys = Credential::new("LTAIexample", "s").unwrap();
        assert!(keys.report().to_string().ends_with(", does not expire"));
        let token = Credential::bearer("t").unwrap();
        for temporary in [keys.with_token("t"), token] {
            let shown = temporary.report().to_string();
            assert!(shown.ends_with(", expires at an unknown time"), "{shown}");
        }
    }
}
