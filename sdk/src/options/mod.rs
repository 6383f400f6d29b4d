//! Options of a client and of one call, and how they merge.
//!
//! Three layers set options. A call takes precedence over its client, and a client over the
//! action:
//!
//! | option | action declares | client sets | call sets |
//! | --- | --- | --- | --- |
//! | region, endpoint | a host | yes | yes, replaces |
//! | time limits | | yes | all four, or `total` alone |
//! | retry policy | yes | replaces all of the action's | replaces all |
//! | headers | yes | adds names | replaces names |
//! | connections, breaker, limiter | | yes | |
//! | credential | | a provider | a fixed credential |
//!
//! The options of a client never change after it was built. The options of a call live in
//! the call alone.

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

/// How connections are made, and how much of a response is read.
///
/// ```
/// use std::time::Duration;
/// use cloudcall::client::{HttpOptions, Proxies};
///
/// let http = HttpOptions::builder()
///     .connect_timeout(Duration::from_secs(2))
///     .proxies(Proxies::None)
///     .build()?;
/// let client = cloudcall::Client::<cloudcall::Tencent>::builder()
///     .region("ap-guangzhou")
///     .http(http)
///     .build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// They apply to the transport that the client creates. A transport of yours
/// ([`ClientBuilder::transport`](crate::client::ClientBuilder::transport)) has its own
/// settings; only `max_body_bytes` is used with it.
///
/// # Troubleshooting
///
/// *Calls fail with `too large`.* The response exceeds `max_body_bytes` after
/// decompression. Ask for smaller pages, read the document as a download, or raise the
/// limit.
///
/// *Calls fail with `connect` behind a company proxy.* The proxy of the environment is used
/// by default. Set [`Proxies::Url`] if the environment has none, and [`trust`](Self::trust)
/// if the proxy replaces certificates.
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
    /// How long it may take to open a connection, TLS included. Default: 5 s.
    pub connect_timeout: Duration,
    /// How long an idle connection is kept. Default: 8 s, below the 10 s of the strictest
    /// server known: a connection that the server is about to close would fail the next
    /// call.
    pub pool_idle_timeout: Duration,
    /// Maximum number of idle connections for each host. Default: no limit. 0 keeps none.
    #[builder(setter(into = false))]
    pub pool_max_idle: usize,
    /// Size limit of a response body in bytes, after decompression. For a stream of events,
    /// it is the limit of one event. Default: 32 MiB. A larger one is an error of kind
    /// `TooLarge`.
    #[builder(setter(into = false))]
    pub max_body_bytes: usize,
    /// Size limit of the head of a response in bytes, names and values together. Default:
    /// 64 KiB.
    #[builder(setter(into = false))]
    pub max_header_bytes: usize,
    /// The certificate authorities that are trusted. Default: those of the system, or those
    /// that the environment of the provider names.
    pub trust: TlsTrust,
    /// The proxies that are used. Default: those of the environment.
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
    /// Starts a builder with the defaults.
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
            return Err(Error::config(
                "connect_timeout is zero: no connection could be opened; use a longer time",
            ));
        }
        Ok(())
    }
}

/// The proxies that a client uses.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Proxies {
    /// Those of `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY`, or of the same
    /// names in lower case. `NO_PROXY` is read like [`HttpOptions::no_proxy`]. A call that
    /// would go through a proxy of an unsupported kind fails with kind `Config`.
    #[default]
    Environment,
    /// No proxies, even if the environment sets some.
    None,
    /// This proxy for every call, such as `http://user:password@host:3128`. The schemes are
    /// `http`, `https` and, with the cargo feature `socks`, `socks5` (host names are
    /// resolved here) and `socks5h` (the proxy resolves them). Anything else is refused
    /// when the client is built.
    Url(String),
}

impl Proxies {
    /// One proxy for every call, which requires a user and a password. Both are given
    /// unencoded; they are percent-encoded here.
    ///
    /// ```
    /// use cloudcall::credential::secrecy::SecretString;
    /// use cloudcall::client::{HttpOptions, Proxies};
    ///
    /// let password = SecretString::from("p@ss/word");
    /// let proxy = Proxies::with_login("http://proxy.example.com:3128", "me@corp", &password);
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
///
/// ```text
/// |-- limiter, credential --|-- attempt 1 --|-- delay --|-- attempt 2 ------------------|
///                           |<- attempt --->|           |<- attempt ------------------->|
///                                                       | connect | head |<read>|<read>|
/// |<------------------------------------ total ---------------------------------------->|
/// ```
///
/// | limit | default | what it limits |
/// | --- | --- | --- |
/// | [`total`](Self::total) | 120 s | the whole call |
/// | [`attempt`](Self::attempt) | 60 s | one request and its response |
/// | [`read`](Self::read) | 30 s | the silence between two chunks of the body |
/// | [`stall`](Self::stall) | 5 s | a body slower than one byte per second |
/// | [`HttpOptions::connect_timeout`] | 5 s | opening a connection |
///
/// ```
/// use std::time::Duration;
/// use cloudcall::client::TimeoutOptions;
/// use cloudcall::{Client, Tencent};
///
/// let timeouts = TimeoutOptions::builder()
///     .attempt(Duration::from_secs(10))
///     .total(Duration::from_secs(30))
///     .build()?;
/// let client = Client::<Tencent>::builder().region("ap-guangzhou").timeouts(timeouts).build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// A limit that passes is an error of kind `Timeout`, whose message names the limit, its
/// value and its option. `Duration::MAX` turns a limit off. Zero is refused when the
/// options are built.
///
/// # Troubleshooting
///
/// *A slow action ends with "no response head within the attempt time limit".* Some actions
/// work for longer than 60 s before they respond. Raise `attempt`, and `total` with it, for
/// that call with [`with_timeouts`](crate::call::Invoker::with_timeouts).
///
/// *A call takes longer than `attempt`.* The limit is for one attempt. `total` limits the
/// call with its retries.
///
/// *A streamed response ends with "stalled".* The server pauses within the body. Raise
/// `stall`, or set it to `Duration::MAX`.
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
    /// The longest silence between two chunks of the response body. The wait for the
    /// response head is limited by [`attempt`](Self::attempt) alone. An upload ends, too,
    /// if nothing of its body is taken for this long. Default: 30 s.
    pub read: Duration,
    /// How long the body of a response may arrive at less than one byte per second.
    /// Default: 5 s.
    pub stall: Duration,
    /// How long one attempt may take, including the wait for the response head; for a
    /// stream, until the head has arrived. Default: 60 s.
    pub attempt: Duration,
    /// How long the call may take, with all attempts and the delays between them; for a
    /// stream, until its head has arrived. Default: 120 s.
    pub total: Duration,
}

impl TimeoutOptions {
    /// Starts a builder with the defaults.
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
                return Err(Error::config(format!(
                    "the {name} time limit is zero, so no call could succeed: set a longer one"
                )));
            }
        }
        Ok(())
    }
}

/// The options of a client, for programs that keep them apart from building it.
///
/// The client's own builder sets the common ones directly.
///
/// ```
/// use cloudcall::client::ClientOptions;
/// use cloudcall::retry::RetryPolicy;
/// use cloudcall::{Client, Tencent};
///
/// let shared = ClientOptions::builder().retry(RetryPolicy::standard().max_attempts(5)).build()?;
/// let client = Client::<Tencent>::builder().region("ap-guangzhou").options(shared).build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// An option that was neither given to the builder nor changed afterwards does not replace
/// what the client's builder has.
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
    /// The region, such as `ap-guangzhou`. Default: that of the environment or of a file of
    /// the vendor; without one, calls of products that need a region fail.
    #[builder(setter(into, strip_option))]
    pub region: Option<String>,
    /// The endpoint of every call, in place of the one that product and region give.
    #[builder(setter(into, strip_option))]
    pub endpoint: Option<Endpoint>,
    /// Connections and size limits.
    pub http: HttpOptions,
    /// Time limits of each call.
    pub timeouts: TimeoutOptions,
    /// Which failed calls are retried, and when.
    pub retry: RetryPolicy,
    /// When calls are kept away from a host, and where they go meanwhile. Default: no
    /// backup.
    pub breaker: BreakerOptions,
    /// How many requests are sent per second and at the same time, by product and action.
    /// Default: no limit.
    pub limiter: LimiterOptions,
    /// Headers of every request. A name with several values is sent with all of them. The provider may
    /// refuse names that it decides itself.
    pub headers: HeaderMap,
    /// Whether a response that is odd in any member is an error, instead of being read as
    /// far as possible. Default: false.
    pub strict_responses: bool,
    /// Which options were given to the builder.
    #[builder(setter(skip))]
    given: Given,
}

/// Which options were given to the builder, even if only their defaults: a given default
/// replaces another value, an absent option does not.
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
    /// Kind `Config` for an option that cannot be used.
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
    /// Starts a builder with the defaults.
    pub fn builder() -> ClientOptionsBuilder {
        ClientOptionsBuilder::default()
    }

    /// Sets the policy, and that it is the client's own. The defaults of actions do not
    /// apply then.
    pub(crate) fn set_retry(&mut self, policy: RetryPolicy) {
        self.retry = policy;
        self.given.retry = true;
    }

    /// True if the client sets a policy, which defaults of actions do not replace.
    pub(crate) fn has_retry(&self) -> bool {
        self.given.retry || !self.retry.is_default()
    }

    /// Takes over every option of `other` that was given to its builder, or is not the
    /// default. Headers are merged by name; the values of `other` replace those of the same
    /// name.
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

/// What one call sets in place of its client's options. Most calls set nothing, and then
/// this is one null pointer, so that a call stays small.
///
/// It dereferences to [`CallOverrides`]. Writing through it allocates them.
#[derive(Debug, Default)]
pub(crate) struct CallOptions(Option<Box<CallOverrides>>);

/// The options of one call. Everything that is `None` or empty is the client's.
#[derive(Debug)]
pub(crate) struct CallOverrides {
    /// The region. An empty text means that the call has none.
    pub(crate) region: Option<String>,
    /// The endpoint. It is never replaced by a backup.
    pub(crate) endpoint: Option<Endpoint>,
    /// The credential. The cache of the client is not used then.
    pub(crate) credential: Option<Credential>,
    /// The time limits. A call that sets only `total` copies the others from its client.
    pub(crate) timeouts: Option<TimeoutOptions>,
    /// The retry policy.
    pub(crate) retry: Option<RetryPolicy>,
    /// Whether the call may be repeated, in place of what the action declares.
    pub(crate) idempotency: Option<Idempotency>,
    /// Headers, checked when they were set. The last one of a name is sent.
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    /// Receives the progress of an upload.
    pub(crate) upload: Option<Progress>,
    /// Values that errors and logs must mask, although no name marks them as secret.
    pub(crate) secrets: Vec<SecretString>,
    /// The first mistake that was made while options were set. Setters return no `Result`,
    /// so that they can be chained; the call reports it before anything is sent.
    pub(crate) mistake: Option<Arc<Error>>,
}

impl CallOverrides {
    /// No overrides. It is constant, because every call without options refers to one
    /// static value.
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
    /// Checks and adds a header. A mistake is reported when the call is made.
    pub(crate) fn add_header(&mut self, name: &str, value: &str) {
        match crate::action::request::caller_header(name, value) {
            Ok(header) => self.headers.push(header),
            Err(error) => self.fail(error),
        }
    }

    /// Keeps an error until the call is made, unless there is one already: the first
    /// mistake is the one to mend.
    pub(crate) fn fail(&mut self, error: Error) {
        self.mistake.get_or_insert_with(|| Arc::new(error));
    }
}
