//! Options of a client and of one call, and how they merge.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;
use std::time::Duration;

use derive_builder::Builder;
use http::{HeaderMap, HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};

use crate::action::info::Idempotency;
use crate::breaker::BreakerOptions;
use crate::credential::Credential;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::limiter::LimiterOptions;
use crate::retry::RetryPolicy;
use crate::sign::encode::percent;
use crate::transport::trust::TlsTrust;
use crate::upload::Progress;

/// How connections are made and how much of an answer is read.
///
/// ```
/// use std::time::Duration;
/// use cloudcall::client::{HttpOptions, Proxies};
///
/// let http = HttpOptions::builder()
///     .connect_timeout(Duration::from_secs(2))
///     .proxies(Proxies::None)
///     .build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Builder)]
#[builder_struct_attr(must_use = "options do nothing before `build`")]
#[builder(
    default,
    derive(Debug),
    setter(into),
    build_fn(error = "Error", validate = "Self::check"),
    pattern = "owned"
)]
#[non_exhaustive]
pub struct HttpOptions {
    /// How long a connection may take to be made, TLS included. 5 seconds.
    pub connect_timeout: Duration,
    /// How long an idle connection is kept. 8 seconds: below the 10 seconds of the strictest server known.
    pub pool_idle_timeout: Duration,
    /// How many idle connections are kept for each host. No limit.
    #[builder(setter(into = false))]
    pub pool_max_idle: usize,
    /// The largest answer that is read, in bytes after decompression; of a stream of events, the largest event. 32 MiB.
    #[builder(setter(into = false))]
    pub max_body_bytes: usize,
    /// The largest head of an answer, names and values in bytes. 64 KiB.
    #[builder(setter(into = false))]
    pub max_header_bytes: usize,
    /// Whose certificates are believed.
    pub trust: TlsTrust,
    /// Which proxies are used.
    pub proxies: Proxies,
    /// Hosts that are called directly in spite of a [`Proxies::Url`], separated by commas:
    ///
    /// | entry | matches |
    /// | --- | --- |
    /// | `example.com`, `.example.com` | the domain and all names below it |
    /// | `*.example.com` | all names below the domain |
    /// | `10.0.0.1`, `::1`, `[::1]` | the IP address |
    /// | `10.0.0.0/8`, `fd00::/8` | the network |
    /// | `*` | every host, IP addresses too |
    ///
    /// Any of them with `:port` matches that port only.
    #[builder(setter(into, strip_option))]
    pub no_proxy: Option<String>,
}

impl HttpOptions {
    /// Starts from the defaults.
    pub fn builder() -> HttpOptionsBuilder {
        HttpOptionsBuilder::default()
    }
}

impl Default for HttpOptions {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(5),
            pool_idle_timeout: Duration::from_secs(8),
            pool_max_idle: usize::MAX,
            max_body_bytes: 32 * 1024 * 1024,
            max_header_bytes: 64 * 1024,
            trust: TlsTrust::default(),
            proxies: Proxies::default(),
            no_proxy: None,
        }
    }
}

impl HttpOptionsBuilder {
    fn check(&self) -> Result<(), Error> {
        if self.connect_timeout.is_some_and(|limit| limit.is_zero()) {
            return Err(Error::config("connect_timeout is zero: nothing could ever connect"));
        }
        Ok(())
    }
}

/// Which proxies a client uses.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Proxies {
    /// Those of `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY`, or of the same names in lower case. `NO_PROXY` is read like
    /// [`HttpOptions::no_proxy`]. A call that would go through a proxy of an unsupported kind fails with kind `Config`.
    #[default]
    Environment,
    /// None, whatever the environment says.
    None,
    /// This one for every call, such as `http://user:password@host:3128`. The schemes are `http`, `https` and, with the cargo
    /// feature `socks`, `socks5` (host names are resolved here) and `socks5h` (the proxy resolves them). Anything else is refused
    /// when the client is built.
    Url(String),
}

impl Proxies {
    /// One proxy for every call that asks for a user and a password, both as they are: they are encoded here.
    ///
    /// ```
    /// use cloudcall::credential::secrecy::SecretString;
    /// use cloudcall::client::{HttpOptions, Proxies};
    ///
    /// let proxy = Proxies::with_login("http://proxy.example.com:3128", "me@corp", &SecretString::from("p@ss/word"));
    /// let http = HttpOptions::builder().proxies(proxy).build()?;
    /// # Ok::<(), cloudcall::Error>(())
    /// ```
    pub fn with_login(url: &str, user: &str, password: &SecretString) -> Self {
        let (scheme, host) = url.split_once("://").unwrap_or(("http", url));
        Self::Url(format!("{scheme}://{}:{}@{host}", percent(user), percent(password.expose_secret())))
    }
}

impl std::fmt::Debug for Proxies {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Environment => f.write_str("Environment"),
            Self::None => f.write_str("None"),
            // The URL may hold a password.
            Self::Url(_) => f.write_str("Url(****)"),
        }
    }
}

/// Time limits of one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Builder)]
#[builder_struct_attr(must_use = "options do nothing before `build`")]
#[builder(
    default,
    derive(Debug),
    setter(into),
    build_fn(error = "Error", validate = "Self::check"),
    pattern = "owned"
)]
#[non_exhaustive]
pub struct TimeoutOptions {
    /// The longest silence between two chunks of the response body. The wait for the response head is limited by
    /// [`attempt`](Self::attempt) alone. An upload ends, too, if nothing of its body is taken for this long. Default: 30 s.
    pub read: Duration,
    /// How long the body of an answer may come at less than one byte a second. 5 seconds; `Duration::MAX` allows it.
    pub stall: Duration,
    /// How long one attempt may take, including the wait for the response head; for a stream, until the head has arrived.
    /// Default: 60 s.
    pub attempt: Duration,
    /// How long the call may take, with all attempts and the waits between them; of a stream, until its head is here. 120 seconds.
    pub total: Duration,
}

impl TimeoutOptions {
    /// Starts from the defaults.
    pub fn builder() -> TimeoutOptionsBuilder {
        TimeoutOptionsBuilder::default()
    }
}

impl Default for TimeoutOptions {
    fn default() -> Self {
        Self {
            read: Duration::from_secs(30),
            stall: Duration::from_secs(5),
            attempt: Duration::from_secs(60),
            total: Duration::from_secs(120),
        }
    }
}

impl TimeoutOptionsBuilder {
    fn check(&self) -> Result<(), Error> {
        let limits =
            [("read", self.read), ("stall", self.stall), ("attempt", self.attempt), ("total", self.total)];
        for (name, limit) in limits {
            if limit.is_some_and(|limit| limit.is_zero()) {
                return Err(Error::config(format!("the {name} time limit is zero: no call could succeed")));
            }
        }
        Ok(())
    }
}

/// What holds for every call of a client unless the call says otherwise.
///
/// The client's own builder sets the common ones directly; this is for programs that keep them apart.
///
/// A setting that was neither given to the builder nor changed afterwards leaves what the client's builder has.
#[derive(Debug, Clone, Default, Builder)]
#[builder_struct_attr(must_use = "options do nothing before `build`")]
#[builder(
    default,
    derive(Debug),
    setter(into),
    build_fn(error = "Error", name = "build_unmarked", private),
    pattern = "owned"
)]
#[non_exhaustive]
pub struct ClientOptions {
    /// The region, such as `ap-guangzhou`.
    #[builder(setter(into, strip_option))]
    pub region: Option<String>,
    /// The host of every call, against what product and region would give.
    #[builder(setter(into, strip_option))]
    pub endpoint: Option<Endpoint>,
    /// Connections and answer size.
    pub http: HttpOptions,
    /// Time limits.
    pub timeouts: TimeoutOptions,
    /// What is retried, and when.
    pub retry: RetryPolicy,
    /// When calls are kept away from a host, and where they go meanwhile.
    pub breaker: BreakerOptions,
    /// How many requests leave, by product and action. No limit.
    pub limiter: LimiterOptions,
    /// Headers of every request.
    pub headers: HeaderMap,
    /// Whether a response that is odd in any member is an error, instead of being read as far as possible. Default: false.
    pub strict_responses: bool,
    #[builder(setter(skip))]
    given: Given,
}

/// Which settings were given to the builder, even if only their defaults.
#[derive(Debug, Clone, Copy, Default)]
struct Given {
    http: bool,
    timeouts: bool,
    retry: bool,
    breaker: bool,
    limiter: bool,
}

impl ClientOptionsBuilder {
    /// Checks and returns the options.
    ///
    /// # Errors
    ///
    /// Kind `Config` for a setting that cannot be used.
    pub fn build(self) -> Result<ClientOptions, Error> {
        let given = Given {
            http: self.http.is_some(),
            timeouts: self.timeouts.is_some(),
            retry: self.retry.is_some(),
            breaker: self.breaker.is_some(),
            limiter: self.limiter.is_some(),
        };
        Ok(ClientOptions { given, ..self.build_unmarked()? })
    }
}

impl ClientOptions {
    /// Starts from the defaults.
    pub fn builder() -> ClientOptionsBuilder {
        ClientOptionsBuilder::default()
    }

    /// Sets the policy, and that it is the client's own.
    pub(crate) fn set_retry(&mut self, policy: RetryPolicy) {
        self.retry = policy;
        self.given.retry = true;
    }

    /// Whether the client has a policy of its own, which defaults of actions do not replace.
    pub(crate) fn has_retry(&self) -> bool {
        self.given.retry || !self.retry.is_default()
    }

    /// Takes over every setting of `other` that was given to its builder, or is not the default.
    pub(crate) fn take_over(&mut self, other: Self) {
        let Self {
            region,
            endpoint,
            http,
            timeouts,
            retry,
            breaker,
            limiter,
            headers,
            strict_responses,
            given,
        } = other;
        self.strict_responses |= strict_responses;
        self.region = region.or(self.region.take());
        self.endpoint = endpoint.or(self.endpoint.take());
        if given.http || http != HttpOptions::default() {
            self.http = http;
        }
        if given.timeouts || timeouts != TimeoutOptions::default() {
            self.timeouts = timeouts;
        }
        if given.retry || !retry.is_default() {
            self.set_retry(retry);
        }
        if given.breaker || breaker != BreakerOptions::default() {
            self.breaker = breaker;
        }
        if given.limiter || limiter != LimiterOptions::default() {
            self.limiter = limiter;
        }
        for name in headers.keys() {
            self.headers.remove(name);
        }
        for (name, value) in &headers {
            self.headers.append(name, value.clone());
        }
    }
}

/// What one call says against its client's options. Most calls say nothing, and take no room for it.
#[derive(Debug, Default)]
pub(crate) struct CallOptions(Option<Box<CallOverrides>>);

/// Everything unset is the client's.
#[derive(Debug)]
pub(crate) struct CallOverrides {
    pub(crate) region: Option<String>,
    pub(crate) endpoint: Option<Endpoint>,
    pub(crate) credential: Option<Credential>,
    pub(crate) timeouts: Option<TimeoutOptions>,
    pub(crate) retry: Option<RetryPolicy>,
    pub(crate) idempotency: Option<Idempotency>,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    /// Who is told how far an upload is.
    pub(crate) upload: Option<Progress>,
    /// Parameters that are secrets under a name that does not say so.
    pub(crate) secrets: Vec<SecretString>,
    /// The first mistake made while options were set: reported when the call is made.
    pub(crate) mistake: Option<Arc<Error>>,
}

impl CallOverrides {
    const fn none() -> Self {
        Self {
            region: None,
            endpoint: None,
            credential: None,
            timeouts: None,
            retry: None,
            idempotency: None,
            headers: Vec::new(),
            upload: None,
            secrets: Vec::new(),
            mistake: None,
        }
    }
}

impl Deref for CallOptions {
    type Target = CallOverrides;

    fn deref(&self) -> &CallOverrides {
        static NONE: CallOverrides = CallOverrides::none();
        self.0.as_deref().unwrap_or(&NONE)
    }
}

impl DerefMut for CallOptions {
    fn deref_mut(&mut self) -> &mut CallOverrides {
        self.0.get_or_insert_with(|| Box::new(CallOverrides::none()))
    }
}

impl CallOptions {
    pub(crate) fn add_header(&mut self, name: &str, value: &str) {
        match crate::action::request::caller_header(name, value) {
            Ok(header) => self.headers.push(header),
            Err(error) => self.fail(error),
        }
    }

    pub(crate) fn fail(&mut self, error: Error) {
        self.mistake.get_or_insert_with(|| Arc::new(error));
    }
}
