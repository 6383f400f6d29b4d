//! Credentials: one immutable snapshot a request, and where they come from.
//!
//! A provider that is *not configured* lets a chain go on; one that is configured but broken ends it with the
//! reason. Only its own service decides whether a credential is any good, so nothing here tries keys out.

#[cfg(any(feature = "huawei", feature = "alibaba", feature = "volcengine"))]
pub(crate) mod address;
mod cache;
mod chain;
mod env;
pub(crate) mod file;
mod fixed;
mod ini;
#[cfg(feature = "__cloud")]
pub(crate) mod issued;
#[cfg(feature = "__cloud")]
pub(crate) mod metadata;
#[cfg(feature = "__cloud")]
mod probe;
pub(crate) mod process;
mod profile;
pub(crate) mod shared_fetch;
mod text;
#[cfg(feature = "__cloud")]
mod token;

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use async_trait::async_trait;
use secrecy::{ExposeSecret, SecretString};

use crate::context::Context;
use crate::error::{Error, ErrorKind};
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
#[cfg(feature = "alibaba")]
pub(crate) use ini::Pairs;
#[cfg(any(feature = "huawei", feature = "alibaba"))]
pub(crate) use ini::{Comments, read_section};
#[cfg(feature = "__cloud")]
pub(crate) use probe::Probe;
pub use process::ProcessCredentials;
pub use profile::{ProfileCredentials, ProfileFormat};
pub(crate) use text::take_text;
#[cfg(feature = "__cloud")]
pub use token::TokenSource;

/// The keys of one account or role, as of one moment. Cheap to clone; `Debug` masks the secrets.
#[derive(Clone)]
pub struct Credential(Arc<Keys>);

#[derive(Clone)]
struct Keys {
    id: String,
    secret: SecretString,
    token: Option<SecretString>,
    expiry: Option<SystemTime>,
    project_id: Option<String>,
    domain_id: Option<String>,
    iam_endpoint: Option<String>,
    bearer: bool,
    source: &'static str,
    files: Vec<WatchedFile>,
    /// Other keys for calls of the account (Huawei Cloud).
    account: Option<Credential>,
}

impl Credential {
    /// A pair of keys: SecretId and SecretKey, AK and SK, AccessKeyId and AccessKeySecret.
    ///
    /// An error of kind `Credentials` if one is empty, begins or ends with white space, or (the id)
    /// could not stand in a header.
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
            source: "static",
            files: Vec::new(),
            account: None,
        })))
    }

    /// A bearer token, which is sent as it is: nothing is signed with it (Alibaba Cloud).
    ///
    /// It has no id and no secret. An error of kind `Credentials` if the token is empty or has white space
    /// around it.
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
            source: "static",
            files: Vec::new(),
            account: None,
        })))
    }

    fn edit(self, change: impl FnOnce(&mut Keys)) -> Self {
        let mut keys = Arc::unwrap_or_clone(self.0);
        change(&mut keys);
        Self(Arc::new(keys))
    }

    /// Adds the session token of temporary keys. An empty token is none.
    #[must_use]
    pub fn with_token(self, token: impl Into<SecretString>) -> Self {
        let token = token.into();
        let given = !token.expose_secret().is_empty();
        self.edit(|keys| keys.token = given.then_some(token))
    }

    /// Says when the keys end.
    #[must_use]
    pub fn with_expiry(self, expiry: SystemTime) -> Self {
        self.edit(|keys| keys.expiry = Some(expiry))
    }

    /// Sets the project that the keys are used in (Huawei Cloud).
    #[must_use]
    pub fn with_project_id(self, project_id: impl Into<String>) -> Self {
        let id = project_id.into();
        self.edit(|keys| keys.project_id = Some(id))
    }

    /// Sets the account that the keys are used in (Huawei Cloud, global services).
    #[must_use]
    pub fn with_domain_id(self, domain_id: impl Into<String>) -> Self {
        let id = domain_id.into();
        self.edit(|keys| keys.domain_id = Some(id))
    }

    /// Sets where ids that are missing are looked up, such as `https://iam.eu-west-101.myhuaweicloud.eu`
    /// (Huawei Cloud).
    ///
    /// Without it that is the host of `HUAWEICLOUD_SDK_IAM_ENDPOINT`, else IAM's host in the region.
    #[must_use]
    pub fn with_iam_endpoint(self, endpoint: impl Into<String>) -> Self {
        let endpoint = endpoint.into();
        self.edit(|keys| keys.iam_endpoint = Some(endpoint))
    }

    /// Sets other keys for calls that work in the account instead of a project (Huawei Cloud). The credential
    /// ends with the one of both that ends first.
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

    /// The keys for calls of the account, if they are others.
    pub fn account_keys(&self) -> Option<&Self> {
        self.0.account.as_ref()
    }

    /// Names the provider it came from, for logs and errors.
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
    #[must_use]
    pub fn with_file(self, file: WatchedFile) -> Self {
        self.edit(|keys| keys.files.push(file))
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

    /// The public half.
    pub fn id(&self) -> &str {
        &self.0.id
    }

    /// The secret half.
    pub fn secret(&self) -> &SecretString {
        &self.0.secret
    }

    /// The session token of temporary keys.
    pub fn token(&self) -> Option<&SecretString> {
        self.0.token.as_ref()
    }

    /// Whether it is a bearer token: [`token`](Self::token) is all it has.
    pub fn is_bearer(&self) -> bool {
        self.0.bearer
    }

    /// When the keys end, if they do.
    pub fn expiry(&self) -> Option<SystemTime> {
        self.0.expiry
    }

    /// The project, if one is set.
    pub fn project_id(&self) -> Option<&str> {
        self.0.project_id.as_deref()
    }

    /// The account, if one is set.
    pub fn domain_id(&self) -> Option<&str> {
        self.0.domain_id.as_deref()
    }

    /// Where ids that are missing are looked up, if it is set.
    pub fn iam_endpoint(&self) -> Option<&str> {
        self.0.iam_endpoint.as_deref()
    }

    /// The name of the provider it came from.
    pub fn source(&self) -> &'static str {
        self.0.source
    }

    /// Whether the keys have ended at `now`.
    pub fn is_expired(&self, now: SystemTime) -> bool {
        self.0.expiry.is_some_and(|expiry| expiry <= now)
    }

    /// Whether both are the same snapshot.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// Whether both have the same keys, whatever ids were added to them.
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

fn check(what: &str, value: &str) -> Result<(), Error> {
    if value.trim().is_empty() {
        return Err(refused(&format!("the {what} is empty")));
    }
    if value.trim().len() != value.len() {
        return Err(refused(&format!("the {what} begins or ends with white space")));
    }
    Ok(())
}

fn refused(reason: &str) -> Error {
    Error::new(ErrorKind::Credentials, format!("{reason}: check the key pair where it is configured"))
}

/// Where credentials come from.
///
/// The client caches what a provider returns until it nears its end, so an implementation just fetches. It
/// runs as a task of the Tokio runtime of the call that needs the keys first, or within that call where there
/// is no runtime.
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
///     async fn provide(&self, _: &Context) -> Result<Credential, CredentialError> {
///         Ok(Credential::new("AKIDexample", "example-secret")?)
///     }
/// }
/// ```
///
/// # Troubleshooting
///
/// *The credential provider calls the client that waits for it*: the provider calls the client that it gives
/// keys to, directly or through the provider of another client. The call would wait for itself, so it fails.
/// Give the provider a client with other credentials. If the call is made by another task or thread, it
/// cannot be told apart from any other call, and the fetch ends by
/// [`FETCH_LIMIT`](CredentialCache::FETCH_LIMIT).
#[async_trait]
pub trait ProvideCredential: fmt::Debug + Send + Sync {
    /// A name for errors and logs, such as `environment`.
    fn name(&self) -> &'static str;

    /// Fetches a credential.
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
#[derive(Debug)]
#[non_exhaustive]
pub enum CredentialError {
    /// The provider is not set up here; a chain goes on. The text says what is missing.
    NotConfigured(String),
    /// The provider is set up, but what it has or gets is no use; a chain stops.
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
    /// The error of a call that needed this credential. What is broken says itself which provider it is.
    pub(crate) fn into_error(self, provider: &str) -> Error {
        match self {
            Self::NotConfigured(reason) => {
                Error::new(ErrorKind::Credentials, format!("no credentials: {provider}: {reason}"))
            }
            Self::Broken(error) => error,
        }
    }
}
