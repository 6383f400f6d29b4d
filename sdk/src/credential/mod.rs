//! Credentials: one immutable snapshot per request, and the sources that they come from.
//!
//! A client without credentials uses the default chain of its provider, which follows the vendor's own
//! SDK. Its usual sources are:
//!
//! - **Tencent Cloud:** `TENCENTCLOUD_SECRET_ID`, `TENCENTCLOUD_SECRET_KEY` and `TENCENTCLOUD_TOKEN`; the
//!   file `~/.tencentcloud/credentials`.
//! - **Huawei Cloud:** `HUAWEICLOUD_SDK_AK`, `HUAWEICLOUD_SDK_SK` and `HUAWEICLOUD_SDK_SECURITY_TOKEN`; the
//!   file `~/.huaweicloud/credentials`.
//! - **Alibaba Cloud:** `ALIBABA_CLOUD_ACCESS_KEY_ID`, `ALIBABA_CLOUD_ACCESS_KEY_SECRET` and
//!   `ALIBABA_CLOUD_SECURITY_TOKEN`; the files `~/.aliyun/config.json` and `~/.alibabacloud/credentials.ini`.
//! - **Volcengine:** `VOLCENGINE_ACCESS_KEY`, `VOLCENGINE_SECRET_KEY` and `VOLCENGINE_SESSION_TOKEN`; the
//!   file `~/.volcengine/config.json`.
//!
//! The modules `provider::tencent::credentials` and so on have the whole chains, and every other
//! source: roles of instances and pods, files of command line tools, sign-in, STS.
//!
//! ```
//! use cloudcall::credential::{Credential, CredentialChain, EnvCredentials, ProcessCredentials};
//! use cloudcall::{Client, Tencent};
//!
//! // Fixed keys.
//! let keys = Credential::new("AKIDexample", "example-secret")?;
//! let client = Client::<Tencent>::builder().region("ap-guangzhou").credentials(keys).build()?;
//!
//! // A chain of your own.
//! let chain = CredentialChain::new()
//!     .then(EnvCredentials::new("CI_SECRET_ID", "CI_SECRET_KEY", "CI_TOKEN"))
//!     .then(ProcessCredentials::new("/usr/local/bin/vault-keys"));
//! let client = Client::<Tencent>::builder().region("ap-guangzhou").credentials(chain).build()?;
//! # Ok::<(), cloudcall::Error>(())
//! ```
//!
//! # How a call gets its credential
//!
//! ```text
//! call  ->  CredentialCache  ->  shared fetch  ->  ProvideCredential (a chain, a file, a service, yours)
//!           fresh? use it       one for all          Ok, NotConfigured or Broken
//!                               calls that wait
//! ```
//!
//! A provider that is *not configured* lets a chain go on. One that is configured but broken stops the
//! chain with its reason: going on would silently use another account. Nothing here tests whether keys
//! are accepted; only the service that is called decides that. If it refuses them, the cache drops
//! them, and the next fetch gets new ones.
//!
//! # Troubleshooting
//!
//! **`no credentials in the chain: …`.** No source is configured. The message lists each one and what
//! it misses.
//!
//! **A call uses the wrong account.** An earlier source of the chain is configured. The `source` in the
//! `Debug` text of the [`Credential`] names it, and the log has it at level `debug` with the message
//! `new credential`.
//!
//! **Calls fail some time after a start.** Temporary keys have expired and could not be refreshed. The
//! log has a warning for each failed refresh.

#[cfg(any(feature = "huawei", feature = "alibaba", feature = "volcengine"))]
pub(crate) mod address;
mod cache;
mod chain;
mod env;
pub(crate) mod file;
mod fixed;
mod identity;
mod ini;
#[cfg(feature = "__cloud")]
pub(crate) mod issued;
#[cfg(feature = "__cloud")]
pub(crate) mod json_file;
#[cfg(feature = "__cloud")]
pub(crate) mod metadata;
#[cfg(feature = "__cloud")]
mod probe;
pub(crate) mod process;
mod profile;
mod report;
pub(crate) mod shared_fetch;
mod text;
mod time_limited;
#[cfg(feature = "__cloud")]
mod token;

use std::fmt;
use std::sync::Arc;
#[cfg(any(feature = "tencent", feature = "huawei", feature = "alibaba"))]
use std::sync::OnceLock;
use std::time::SystemTime;

use async_trait::async_trait;
use secrecy::{ExposeSecret, SecretString};

use crate::context::Context;
use crate::error::{Error, ErrorKind};
#[cfg(feature = "tencent")]
use crate::sign::hmac::Sha1Key;
#[cfg(any(feature = "tencent", feature = "huawei", feature = "alibaba"))]
use crate::sign::hmac::Sha256Key;
use crate::telemetry::redact::MASK;

pub use secrecy;

pub use cache::CredentialCache;
pub use chain::CredentialChain;
pub use env::EnvCredentials;
#[cfg(feature = "alibaba")]
pub(crate) use env::is_on;
#[cfg(feature = "__cloud")]
pub(crate) use env::{all_given, given};
pub use file::WatchedFile;
pub use fixed::StaticCredentials;
pub use identity::Identity;
#[cfg(feature = "huawei")]
pub(crate) use ini::meant_section;
#[cfg(any(feature = "huawei", feature = "alibaba"))]
pub(crate) use ini::{Comments, read_section};
#[cfg(feature = "alibaba")]
pub(crate) use ini::{Pairs, no_section};
#[cfg(feature = "__cloud")]
pub(crate) use probe::Probe;
pub use process::ProcessCredentials;
pub use profile::{ProfileCredentials, ProfileFormat};
pub use report::{CredentialsReport, SkippedSource};
pub(crate) use text::take_text;
pub use time_limited::TimeLimited;
#[cfg(feature = "__cloud")]
pub use token::TokenSource;

/// The keys of one account or role, as of one moment. Cheap to clone; `Debug` masks the secrets.
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use cloudcall::credential::Credential;
///
/// # fn main() -> Result<(), cloudcall::Error> {
/// let permanent = Credential::new("AKIDexample", "example-secret")?;
/// let temporary = Credential::new("AKIDrole", "role-secret")?
///     .with_token("role-token")
///     .with_expiry(SystemTime::now() + Duration::from_secs(3600));
/// assert!(!temporary.is_expired(SystemTime::now()));
/// assert!(!format!("{permanent:?}").contains("example-secret"));
/// # Ok(())
/// # }
/// ```
///
/// # Troubleshooting
///
/// *the secret begins or ends with white space*: the value was copied with a line break, or a file was
/// read with its last line break. Trim it.
#[derive(Clone)]
pub struct Credential(Arc<Keys>);

/// What clones of a credential share. Never changed after it is shared.
#[derive(Clone)]
struct Keys {
    /// SecretId, AK or AccessKeyId. Empty for a bearer token.
    id: String,
    /// SecretKey, SK or AccessKeySecret. Empty for a bearer token.
    secret: SecretString,
    /// The session token of temporary keys, or the bearer token.
    token: Option<SecretString>,
    /// When the keys expire. None: never, or unknown.
    expiry: Option<SystemTime>,
    /// The project (Huawei Cloud).
    project_id: Option<String>,
    /// The account (Huawei Cloud).
    domain_id: Option<String>,
    /// Where missing ids are looked up (Huawei Cloud).
    iam_endpoint: Option<String>,
    /// Whether the token is sent instead of a signature.
    bearer: bool,
    /// Whether the token is a zero-trust id token (Alibaba Cloud).
    id_token: bool,
    /// The name of the provider that gave the keys.
    source: &'static str,
    /// The files that the keys were read from. The cache fetches again once one of them changes.
    files: Vec<WatchedFile>,
    /// Other keys for calls of the account (Huawei Cloud).
    account: Option<Credential>,
    /// The sources of a chain that were asked before.
    skipped: Vec<SkippedSource>,
    /// What is known of the keys that were exchanged for these.
    exchanged_for: Option<Arc<CredentialsReport>>,
    /// The secret as a key of HMAC-SHA256, made for the first signature.
    #[cfg(any(feature = "tencent", feature = "huawei", feature = "alibaba"))]
    sha256_key: OnceLock<Sha256Key>,
    /// The secret as a key of HMAC-SHA1, made for the first signature.
    #[cfg(feature = "tencent")]
    sha1_key: OnceLock<Sha1Key>,
}

impl Credential {
    /// A pair of keys: SecretId and SecretKey, AK and SK, AccessKeyId and AccessKeySecret.
    ///
    /// # Errors
    ///
    /// Kind `Credentials` if one of them is empty, or begins or ends with white space, or if the id
    /// contains a control character and could not be sent in a header.
    pub fn new(id: impl Into<String>, secret: impl Into<SecretString>) -> Result<Self, Error> {
        let (id, secret) = (id.into(), secret.into());
        check("id", &id)?;
        check("secret", secret.expose_secret())?;
        if id.chars().any(char::is_control) {
            return Err(refused("the id has a control character"));
        }
        Ok(Self(Arc::new(Keys {
            id,
            secret,
            token: None,
            expiry: None,
            project_id: None,
            domain_id: None,
            iam_endpoint: None,
            bearer: false,
            id_token: false,
            source: "static",
            files: Vec::new(),
            account: None,
            skipped: Vec::new(),
            exchanged_for: None,
            #[cfg(any(feature = "tencent", feature = "huawei", feature = "alibaba"))]
            sha256_key: OnceLock::new(),
            #[cfg(feature = "tencent")]
            sha1_key: OnceLock::new(),
        })))
    }

    /// A bearer token, which is sent unchanged; nothing is signed with it (Alibaba Cloud, Ark of Volcengine,
    /// and the product `meeting` of Huawei Cloud).
    ///
    /// It has no id and no secret.
    ///
    /// # Errors
    ///
    /// Kind `Credentials` if the token is empty, or begins or ends with white space.
    pub fn bearer(token: impl Into<SecretString>) -> Result<Self, Error> {
        let token = token.into();
        check("token", token.expose_secret())?;
        Ok(Self(Arc::new(Keys {
            id: String::new(),
            secret: SecretString::default(),
            token: Some(token),
            expiry: None,
            project_id: None,
            domain_id: None,
            iam_endpoint: None,
            bearer: true,
            id_token: false,
            source: "static",
            files: Vec::new(),
            account: None,
            skipped: Vec::new(),
            exchanged_for: None,
            #[cfg(any(feature = "tencent", feature = "huawei", feature = "alibaba"))]
            sha256_key: OnceLock::new(),
            #[cfg(feature = "tencent")]
            sha1_key: OnceLock::new(),
        })))
    }

    /// A zero-trust id token, which is sent in the header `x-acs-zero-trust-idtoken` (Alibaba Cloud).
    ///
    /// Nothing is signed with it.
    ///
    /// Like a bearer token, it has no id and no secret, and [`is_bearer`](Self::is_bearer) holds.
    ///
    /// ```
    /// use cloudcall::credential::Credential;
    ///
    /// let token = Credential::id_token("eyJhbGciOiJSUzI1NiJ9.e30.c2ln")?;
    /// assert!(token.is_id_token() && token.is_bearer());
    /// # Ok::<(), cloudcall::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Kind `Credentials` if the token is empty or has white space around it.
    #[doc(alias = "x-acs-zero-trust-idtoken")]
    pub fn id_token(token: impl Into<SecretString>) -> Result<Self, Error> {
        Ok(Self::bearer(token)?.edit(|keys| keys.id_token = true))
    }

    /// A changed copy. The keys are cloned only if the credential is shared.
    fn edit(self, change: impl FnOnce(&mut Keys)) -> Self {
        let mut keys = Arc::unwrap_or_clone(self.0);
        change(&mut keys);
        Self(Arc::new(keys))
    }

    /// Adds the session token of temporary keys. An empty token counts as no token.
    #[must_use]
    pub fn with_token(self, token: impl Into<SecretString>) -> Self {
        let token = token.into();
        let given = !token.expose_secret().is_empty();
        self.edit(|keys| keys.token = given.then_some(token))
    }

    /// Sets when the keys expire. Default: never.
    ///
    /// The cache refreshes keys before they expire, see [`CredentialCache`]. Keys without an expiry are
    /// fetched once.
    #[must_use]
    pub fn with_expiry(self, expiry: SystemTime) -> Self {
        self.edit(|keys| keys.expiry = Some(expiry))
    }

    /// Sets the project that the keys are used in (Huawei Cloud). Default: the client looks it up at
    /// IAM.
    #[must_use]
    pub fn with_project_id(self, project_id: impl Into<String>) -> Self {
        let id = project_id.into();
        self.edit(|keys| keys.project_id = Some(id))
    }

    /// Sets the account that the keys are used in (Huawei Cloud, global services). Default: the client
    /// looks it up at IAM.
    #[must_use]
    pub fn with_domain_id(self, domain_id: impl Into<String>) -> Self {
        let id = domain_id.into();
        self.edit(|keys| keys.domain_id = Some(id))
    }

    /// Sets where missing ids are looked up, such as `https://iam.eu-west-101.myhuaweicloud.eu` (Huawei
    /// Cloud).
    ///
    /// Default: the host of `HUAWEICLOUD_SDK_IAM_ENDPOINT`, otherwise IAM's host in the region.
    #[must_use]
    pub fn with_iam_endpoint(self, endpoint: impl Into<String>) -> Self {
        let endpoint = endpoint.into();
        self.edit(|keys| keys.iam_endpoint = Some(endpoint))
    }

    /// Sets other keys for calls that work in the account instead of a project (Huawei Cloud). The
    /// credential expires with the one of both that expires first.
    ///
    /// ```
    /// use cloudcall::credential::Credential;
    ///
    /// # fn main() -> Result<(), cloudcall::Error> {
    /// let account = Credential::new("AKaccount", "example-secret")?.with_domain_id("d1");
    /// let keys = Credential::new("AKproject", "example-secret")?.with_account_keys(account);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn with_account_keys(self, account: Self) -> Self {
        self.edit(|keys| {
            keys.expiry = [keys.expiry, account.expiry()].into_iter().flatten().min();
            keys.account = Some(account);
        })
    }

    /// The keys for calls that work in the account, if they differ. See
    /// [`with_account_keys`](Self::with_account_keys).
    pub fn account_keys(&self) -> Option<&Self> {
        self.0.account.as_ref()
    }

    /// Names the provider that gave the keys, for logs and errors. Default: `static`.
    #[must_use]
    pub fn with_source(self, source: &'static str) -> Self {
        self.edit(|keys| keys.source = source)
    }

    /// Names a file that the keys came from. Once it changes, the cache fetches anew before the next call.
    ///
    /// ```
    /// use cloudcall::context::Context;
    /// use cloudcall::credential::{Credential, WatchedFile};
    ///
    /// # fn read(context: &Context, path: &std::path::Path) -> Result<Credential, cloudcall::Error> {
    /// let file = WatchedFile::new(context, path);
    /// let keys = Credential::new("AKIDexample", "example-secret")?.with_file(file);
    /// # Ok(keys)
    /// # }
    /// ```
    ///
    /// A credential can have several files, such as a profile and the token that it names.
    #[must_use]
    pub fn with_file(self, file: WatchedFile) -> Self {
        self.edit(|keys| keys.files.push(file))
    }

    /// Names the sources of a chain that were asked before, in front of those that are known.
    fn after(self, passed: Vec<SkippedSource>) -> Self {
        if passed.is_empty() {
            return self;
        }
        self.edit(|keys| keys.skipped.splice(..0, passed).for_each(drop))
    }

    /// Names the keys that were exchanged for these.
    #[cfg(feature = "__cloud")]
    pub(crate) fn in_exchange_for(self, source: Option<Credential>) -> Self {
        match source {
            Some(source) => self.edit(|keys| keys.exchanged_for = Some(Arc::new(source.report()))),
            None => self,
        }
    }

    /// What may be said of the keys.
    pub(crate) fn report(&self) -> CredentialsReport {
        let keys = &*self.0;
        CredentialsReport {
            source: keys.source,
            key_id: report::masked(&keys.id),
            temporary: keys.token.is_some() && !keys.bearer,
            expiry: keys.expiry,
            project_id: keys.project_id.clone(),
            domain_id: keys.domain_id.clone(),
            skipped: keys.skipped.clone(),
            exchanged_for: keys.exchanged_for.clone(),
        }
    }

    /// Names a file that the keys came from, if there is one.
    #[cfg(feature = "__cloud")]
    pub(crate) fn watching(self, file: Option<WatchedFile>) -> Self {
        match file {
            Some(file) => self.with_file(file),
            None => self,
        }
    }

    /// The files that the keys came from.
    pub(crate) fn files(&self) -> &[WatchedFile] {
        &self.0.files
    }

    /// The public half. Empty for a bearer token.
    pub fn id(&self) -> &str {
        &self.0.id
    }

    /// The secret half. Empty for a bearer token.
    pub fn secret(&self) -> &SecretString {
        &self.0.secret
    }

    /// The secret as a key of HMAC-SHA256.
    #[cfg(any(feature = "tencent", feature = "huawei", feature = "alibaba"))]
    pub(crate) fn sha256_key(&self) -> &Sha256Key {
        self.0.sha256_key.get_or_init(|| Sha256Key::new(self.0.secret.expose_secret().as_bytes()))
    }

    /// The secret as a key of HMAC-SHA1.
    #[cfg(feature = "tencent")]
    pub(crate) fn sha1_key(&self) -> &Sha1Key {
        self.0.sha1_key.get_or_init(|| Sha1Key::new(self.0.secret.expose_secret().as_bytes()))
    }

    /// The session token of temporary keys, or the bearer token.
    pub fn token(&self) -> Option<&SecretString> {
        self.0.token.as_ref()
    }

    /// Whether this is a bearer token. Then [`token`](Self::token) is its only part.
    pub fn is_bearer(&self) -> bool {
        self.0.bearer
    }

    /// Whether it is a zero-trust id token: [`token`](Self::token) is all it has.
    pub fn is_id_token(&self) -> bool {
        self.0.id_token
    }

    /// When the keys expire; `None` if they do not, or if it is unknown.
    pub fn expiry(&self) -> Option<SystemTime> {
        self.0.expiry
    }

    /// The project, if one is set (Huawei Cloud).
    pub fn project_id(&self) -> Option<&str> {
        self.0.project_id.as_deref()
    }

    /// The account, if one is set (Huawei Cloud).
    pub fn domain_id(&self) -> Option<&str> {
        self.0.domain_id.as_deref()
    }

    /// Where missing ids are looked up, if it is set (Huawei Cloud).
    pub fn iam_endpoint(&self) -> Option<&str> {
        self.0.iam_endpoint.as_deref()
    }

    /// The name of the provider that gave the keys, such as `environment`.
    pub fn source(&self) -> &'static str {
        self.0.source
    }

    /// Whether the keys have expired at `now`. At exactly the expiry they have.
    pub fn is_expired(&self, now: SystemTime) -> bool {
        self.0.expiry.is_some_and(|expiry| expiry <= now)
    }

    /// Whether both are the same snapshot.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// Whether both have the same keys, whatever ids were added to them.
    ///
    /// A call on a copy with added ids (a project, say) is refused with that copy, and the cache must
    /// still find its own.
    pub(crate) fn has_keys_of(&self, other: &Self) -> bool {
        let (one, two) = (&self.0, &other.0);
        let tokens = (one.token.as_ref(), two.token.as_ref());
        let (first, second) =
            (tokens.0.map(ExposeSecret::expose_secret), tokens.1.map(ExposeSecret::expose_secret));
        self.is_same(other)
            || one.id == two.id && one.secret.expose_secret() == two.secret.expose_secret() && first == second
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let keys = &*self.0;
        f.debug_struct("Credential")
            .field("source", &keys.source)
            .field("id", &MASK)
            .field("secret", &MASK)
            .field("token", &keys.token.as_ref().map(|_| MASK))
            .field("expiry", &keys.expiry)
            .field("project_id", &keys.project_id)
            .field("domain_id", &keys.domain_id)
            .field("account_keys", &keys.account)
            .finish()
    }
}

/// Checks one half of a pair.
fn check(what: &str, value: &str) -> Result<(), Error> {
    if value.trim().is_empty() {
        return Err(refused(&format!("the {what} is empty")));
    }
    if value.trim().len() != value.len() {
        return Err(refused(&format!("the {what} begins or ends with white space")));
    }
    Ok(())
}

/// The error of keys that cannot be valid.
fn refused(reason: &str) -> Error {
    Error::new(ErrorKind::Credentials, format!("{reason}: check the key pair where it is configured"))
}

/// A source of credentials.
///
/// The client caches what a provider returns until shortly before its expiry, so an implementation only
/// fetches. It runs as a task of the Tokio runtime of the call that needs the keys first, or within
/// that call if there is no runtime.
///
/// ```
/// use cloudcall::context::Context;
/// use cloudcall::credential::{Credential, CredentialError, ProvideCredential};
///
/// #[derive(Debug)]
/// struct Vault;
///
/// #[cloudcall::async_trait]
/// impl ProvideCredential for Vault {
///     fn name(&self) -> &'static str {
///         "vault"
///     }
///
///     async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
///         let Some(secret) = context.env.var("VAULT_SECRET") else {
///             return Err(CredentialError::NotConfigured("VAULT_SECRET is not set".to_owned()));
///         };
///         Ok(Credential::new("AKIDexample", secret)?.with_source(self.name()))
///     }
/// }
/// ```
///
/// Read clock, environment and files through `context`, so that a test can replace them. Return keys
/// with an expiry if they have one; otherwise they are never refreshed.
///
/// # Troubleshooting
///
/// *The credential provider calls the client that waits for it*: the provider calls the client that it
/// gives keys to, directly or through the provider of another client. The call would wait for itself,
/// so it fails. Give the provider a client with other credentials. If the call is made by another task
/// or thread, it cannot be told apart from any other call, and the fetch ends by
/// [`FETCH_LIMIT`](CredentialCache::FETCH_LIMIT).
///
/// *no credential within 30s*: the provider took longer than
/// [`FETCH_LIMIT`](CredentialCache::FETCH_LIMIT). Give its requests shorter time limits.
#[async_trait]
pub trait ProvideCredential: fmt::Debug + Send + Sync {
    /// A name for errors and logs, such as `environment`.
    fn name(&self) -> &'static str;

    /// Fetches a credential.
    ///
    /// # Errors
    ///
    /// [`CredentialError::NotConfigured`] if the source is not set up here, so that a chain goes on.
    /// [`CredentialError::Broken`] if it is set up and fails; an [`Error`] converts into it.
    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError>;
}

#[async_trait]
impl<T: ProvideCredential + ?Sized> ProvideCredential for Arc<T> {
    fn name(&self) -> &'static str {
        (**self).name()
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        (**self).provide(context).await
    }
}

/// Why a provider gave no credential.
///
/// ```
/// use cloudcall::Error;
/// use cloudcall::credential::CredentialError;
///
/// let absent = CredentialError::NotConfigured("VAULT_ADDR is not set".to_owned());
/// assert_eq!(absent.to_string(), "not configured: VAULT_ADDR is not set");
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum CredentialError {
    /// The source is not set up here; a chain goes on. The text names what is missing.
    NotConfigured(String),
    /// The source is set up, but it fails or its keys cannot be used; a chain stops.
    Broken(Error),
}

impl From<Error> for CredentialError {
    fn from(error: Error) -> Self {
        Self::Broken(error)
    }
}

impl fmt::Display for CredentialError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotConfigured(reason) => write!(f, "not configured: {reason}"),
            Self::Broken(error) => write!(f, "{error}"),
        }
    }
}

impl std::error::Error for CredentialError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::NotConfigured(_) => None,
            Self::Broken(error) => Some(error),
        }
    }
}

impl CredentialError {
    /// The error of a call that needed this credential. The message of a broken provider names the
    /// provider already.
    pub(crate) fn into_error(self, provider: &str) -> Error {
        match self {
            Self::NotConfigured(reason) => {
                Error::new(ErrorKind::Credentials, format!("no credentials: {provider}: {reason}"))
            }
            Self::Broken(error) => error,
        }
    }
}
