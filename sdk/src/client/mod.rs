//! The client of a provider, its builder, and its options.
//!
//! A [`Client`] is a pointer to the state that all its calls share: options, transport with
//! its connections, credential cache, retry quota, breakers, limiter and clock skew. The
//! builder checks all options and creates this state; nothing of it is created later by a
//! call.

mod introspect;
mod roles;

pub use roles::Roles;

pub use crate::options::{
    ClientOptions, ClientOptionsBuilder, HttpOptions, HttpOptionsBuilder, Proxies, TimeoutOptions,
    TimeoutOptionsBuilder,
};

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use http::HeaderMap;

use crate::action::Action;
use crate::action::info::ActionInfo;
use crate::breaker::{BreakerOptions, BreakerStatus, Breakers, Watch};
use crate::call::Call;
use crate::call::raw::RawCall;
use crate::call::typed::Invoker;
use crate::context::Context;
use crate::credential::{CredentialCache, ProvideCredential};
use crate::endpoint::{Endpoint, check_label};
use crate::error::Error;
use crate::limiter::{Limiter, LimiterOptions};
use crate::pipeline::shared::Shared;
use crate::provider::{Provider, check_owned};
use crate::retry::RetryPolicy;
use crate::retry::quota::RetryQuota;
use crate::telemetry::observe::{Attempt, Intercept, Listener, Observe, Reply};
use crate::timing::clock_skew::ClockSkew;
use crate::transport::trust::TlsTrust;
use crate::transport::{HttpSend, choice};

/// A client of one provider. It is cheap to clone, and no call changes it.
///
/// ```no_run
/// use cloudcall::{Client, Tencent};
///
/// # async fn run() -> Result<(), cloudcall::Error> {
/// // The credential comes from the provider's default chain: environment, profile file, …
/// let client = Client::<Tencent>::builder().region("ap-guangzhou").build()?;
/// let zones = client.raw("cvm", "2017-03-12", "DescribeZones").send().await?;
/// println!("{}", zones["TotalCount"]);
/// # Ok(())
/// # }
/// ```
///
/// Create one client per provider and account, and clone it: clones share connections,
/// credentials, limits, breakers and the retry quota. A clone copies one pointer.
///
/// # Runtimes
///
/// Calls run in the Tokio runtime that awaits them, which needs timers and I/O
/// (`enable_all`). Without them a call fails with kind
/// [`Config`](crate::ErrorKind::Config). One client may serve several runtimes, one after
/// the other or at the same time: credentials, limits and breakers do not depend on the
/// runtime of an earlier call. There are two limits:
///
/// - A kept connection belongs to the runtime that opened it. If that runtime has ended,
///   the connection is closed and the call opens a new one. If that runtime still exists
///   but is not driven (a `current_thread` runtime outside of `block_on`), a call of
///   another runtime that takes the connection waits until a time limit passes. Use a
///   separate client for each such runtime, or keep no connections with
///   [`pool_max_idle`](crate::client::HttpOptions::pool_max_idle) 0.
/// - A future that is neither polled nor dropped keeps its permits of the limiter and of
///   the breaker.
///
/// # Fork
///
/// After `fork`, neither Tokio runtimes nor threads exist in the child. Create clients,
/// blocking clients included, in the child, or use `exec`. A client of the parent must not
/// be used there: its connections would be shared by both processes.
///
/// # Troubleshooting
///
/// - **`config: … region`**: the product needs a region, and none is set. Set it with
///   [`ClientBuilder::region`], or for one call with `with_region`.
/// - **`config: no timers` or `no I/O`**: the Tokio runtime was built without `enable_all`.
/// - **Each call opens a connection**: a client is created for each call. Keep one, and
///   clone it.
/// - **Programs without async**: use `cloudcall::blocking::Client`, with the cargo feature
///   `blocking`.
#[doc(alias = "AcsClient")]
#[doc(alias = "DefaultAcsClient")]
#[doc(alias = "AbstractClient")]
#[doc(alias = "HcClient")]
#[doc(alias = "QcloudApi")]
pub struct Client<P: Provider> {
    shared: Arc<Shared<P>>,
}

impl<P: Provider> Clone for Client<P> {
    fn clone(&self) -> Self {
        Self { shared: self.shared.clone() }
    }
}

impl<P: Provider> fmt::Debug for Client<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("cloud", &self.shared.cloud)
            .field("options", &self.shared.options)
            .field("credentials", &self.shared.credentials)
            .finish_non_exhaustive()
    }
}

impl<P: Provider + Default> Client<P> {
    /// Starts a builder with the defaults of the provider.
    pub fn builder() -> ClientBuilder<P> {
        ClientBuilder::new(P::default())
    }
}

impl<P: Provider> Client<P> {
    /// Starts a builder for a provider with these settings.
    pub fn builder_for(cloud: P) -> ClientBuilder<P> {
        ClientBuilder::new(cloud)
    }

    /// A call with the options of this client.
    pub(crate) fn call(&self) -> Call<P> {
        Call::new(self.shared.clone())
    }

    /// Starts a call of `action`.
    pub fn invoker<A: Action>(&self, action: A) -> Invoker<A>
    where
        A::Provider: SameCloud<P>,
    {
        Invoker::new(A::Provider::same(self.clone()).shared, action)
    }

    /// Starts an untyped call: parameters and response are JSON.
    ///
    /// It is for requests that name their action: those of Tencent Cloud, Volcengine, and the
    /// RPC APIs of Alibaba Cloud. Actions of Huawei Cloud, and of ROA APIs of Alibaba Cloud
    /// such as `cs`, have a method and a path: use [`raw_action`](Self::raw_action).
    ///
    /// ```no_run
    /// # use cloudcall::{Client, Tencent, json::json};
    /// # async fn run(client: Client<Tencent>) -> Result<(), cloudcall::Error> {
    /// let price = client.raw("cvm", "2017-03-12", "InquiryPriceRunInstances")
    ///     .json(json!({ "InstanceType": "S5.SMALL1" }))
    ///     .send().await?;
    /// println!("{}", price["Price"]);
    /// # Ok(())
    /// # }
    /// ```
    pub fn raw(
        &self,
        product: impl Into<String>,
        version: impl Into<String>,
        action: impl Into<String>,
    ) -> RawCall<P> {
        self.raw_action(ActionInfo::dynamic(product, version, action))
    }

    /// Starts an untyped call of the action that `info` describes, with its method, path
    /// and style.
    ///
    /// ```no_run
    /// # use cloudcall::{Client, Error, Huawei, action::ActionInfo, http::Method, json::json};
    /// # async fn run(client: Client<Huawei>) -> Result<(), Error> {
    /// let info = ActionInfo::new("ecs", "v1", "ShowServer")
    ///     .with_method(Method::GET)
    ///     .with_path("/v1/{project_id}/cloudservers/{server_id}");
    /// let server = client.raw_action(info).json(json!({ "server_id": "s-1" })).send().await?;
    /// println!("{}", server["server"]["status"]);
    /// # Ok(())
    /// # }
    /// ```
    pub fn raw_action(&self, info: ActionInfo) -> RawCall<P> {
        RawCall::new(self.shared.clone(), info)
    }

    /// The state of the breaker of each endpoint. Empty before the first call, and until a
    /// call had more than one endpoint to choose from.
    pub fn breaker_states(&self) -> Vec<(Endpoint, BreakerStatus)> {
        let Shared { cloud, observers, breakers, context, .. } = &*self.shared;
        breakers.states(context.clock.uptime(), Watch { provider: cloud.name(), observers })
    }

    /// The region of the client, if it has one.
    pub fn region(&self) -> Option<&str> {
        self.shared.options.region.as_deref()
    }
}

/// Holds if an action belongs to the provider of a client. It makes the compile error
/// readable.
#[diagnostic::on_unimplemented(
    message = "this action belongs to another cloud than the client",
    label = "the client is for `{P}`, the action for `{Self}`",
    note = "make a client of the action's cloud with `Client::<...>::builder()`"
)]
pub trait SameCloud<P: Provider>: Provider + Sized {
    /// The client, typed by this provider.
    #[doc(hidden)]
    fn same(client: Client<P>) -> Client<Self>;
}

impl<P: Provider> SameCloud<P> for P {
    fn same(client: Client<P>) -> Client<P> {
        client
    }
}

/// Marks a [`ClientBuilder`] that builds an async [`Client`].
#[derive(Debug, Clone, Copy)]
pub enum Async {}

/// Builds a [`Client`]; with another `M`, the client of `cloudcall::blocking`.
///
/// | setting | default |
/// | --- | --- |
/// | [`region`](Self::region) | the one of the environment or profile that the vendor's tools read |
/// | [`endpoint`](Self::endpoint) | by provider, product and region |
/// | [`credentials`](Self::credentials) | the default chain of the provider |
/// | [`retry`](Self::retry) | [`RetryPolicy::standard`]: 3 attempts |
/// | [`timeouts`](Self::timeouts) | read 30 s, attempt 60 s, total 120 s |
/// | [`http`](Self::http) | connect 5 s, responses up to 32 MiB, proxies of the environment |
/// | [`breaker`](Self::breaker), [`limiter`](Self::limiter) | off |
///
/// The first invalid setting is reported by [`build`](Self::build).
#[must_use = "a builder does nothing until `build`"]
pub struct ClientBuilder<P, M = Async> {
    cloud: P,
    options: ClientOptions,
    context: Context,
    credentials: Option<Arc<dyn ProvideCredential>>,
    transport: Option<Arc<dyn HttpSend>>,
    observers: Vec<Arc<dyn Observe>>,
    interceptors: Vec<Arc<dyn Intercept>>,
    mistake: Option<Error>,
    mode: PhantomData<fn() -> M>,
}

impl<P, M> fmt::Debug for ClientBuilder<P, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder").field("options", &self.options).finish_non_exhaustive()
    }
}

impl<P: Provider, M> ClientBuilder<P, M> {
    pub(crate) fn new(cloud: P) -> Self {
        Self {
            cloud,
            options: ClientOptions::default(),
            context: Context::system(),
            credentials: None,
            transport: None,
            observers: Vec::new(),
            interceptors: Vec::new(),
            mistake: None,
            mode: PhantomData,
        }
    }

    /// Sets several options at once. Options that are not set in `options` keep their
    /// value; headers are added.
    pub fn options(mut self, options: ClientOptions) -> Self {
        self.options.take_over(options);
        self
    }

    /// Sets the region, such as `ap-guangzhou`. An empty text counts as not set. Default:
    /// the region of the environment or profile; without one, calls of products with
    /// regions fail unless they set one.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.options.region = Some(region.into());
        self
    }

    /// Sends every call to this endpoint, such as `cvm.ap-shanghai.tencentcloudapi.com` or
    /// `http://127.0.0.1:8080`.
    pub fn endpoint<E>(mut self, endpoint: E) -> Self
    where
        E: TryInto<Endpoint>,
        E::Error: Into<Error>,
    {
        match endpoint.try_into() {
            Ok(endpoint) => self.options.endpoint = Some(endpoint),
            Err(error) => self.fail(error.into()),
        }
        self
    }

    /// Sets the credential provider, or a [`Credential`](crate::credential::Credential).
    /// Default: the default chain of the provider.
    pub fn credentials(mut self, provider: impl ProvideCredential + 'static) -> Self {
        self.credentials = Some(Arc::new(provider));
        self
    }

    /// Sets the retry policy. Default: [`RetryPolicy::standard`].
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.options.set_retry(policy);
        self
    }

    /// Sets the backup endpoints, and when the breaker opens. Default: no backup, so no
    /// breaker.
    pub fn breaker(mut self, options: BreakerOptions) -> Self {
        self.options.breaker = options;
        self
    }

    /// Sets limits of requests per second and at once, by product and action. Default: no
    /// limits.
    pub fn limiter(mut self, options: LimiterOptions) -> Self {
        self.options.limiter = options;
        self
    }

    /// Sets the time limits of calls. Default: read 30 s, attempt 60 s, total 120 s.
    pub fn timeouts(mut self, timeouts: TimeoutOptions) -> Self {
        self.options.timeouts = timeouts;
        self
    }

    /// Sets connections, TLS, proxies and size limits. Default: [`HttpOptions::default`].
    pub fn http(mut self, options: HttpOptions) -> Self {
        self.options.http = options;
        self
    }

    /// Adds a header to every request.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        match crate::action::request::caller_header(name, value) {
            Ok((name, value)) => {
                self.options.headers.insert(name, value);
            }
            Err(error) => self.fail(error),
        }
        self
    }

    /// Makes every response an error that is not exactly what its type declares: a text
    /// where a number is declared, `null` in a list, a member that comes twice. The error
    /// has the kind `Decode` and names the first such member. Default: false, so that one
    /// odd member does not cost the rest of the response; see
    /// [`Response::warnings`](crate::Response::warnings).
    ///
    /// `#[cloud_model(strict)]` does the same for one model.
    pub fn strict_responses(mut self, strict: bool) -> Self {
        self.options.strict_responses = strict;
        self
    }

    /// Shows every request and response to `observer`, with secrets masked. May be called
    /// more than once.
    pub fn observer(mut self, observer: impl Observe + 'static) -> Self {
        self.observers.push(Arc::new(observer));
        self
    }

    /// Lets `interceptor` change every request before it is signed. May be called more than
    /// once; interceptors run in this order.
    pub fn interceptor(mut self, interceptor: impl Intercept + 'static) -> Self {
        self.interceptors.push(Arc::new(interceptor));
        self
    }

    /// Calls `listen` with every signed request before it is sent, with its secrets masked.
    /// May be called more than once.
    ///
    /// ```
    /// # use cloudcall::{Client, Tencent};
    /// let client = Client::<Tencent>::builder()
    ///     .on_request(|attempt| eprintln!("> {} {}", attempt.method(), attempt.url()))
    ///     .on_response(|reply| eprintln!("< {:?} in {:?}", reply.status, reply.elapsed))
    ///     .build()?;
    /// # Ok::<(), cloudcall::Error>(())
    /// ```
    pub fn on_request(self, listen: impl Fn(&Attempt<'_>) + Send + Sync + 'static) -> Self {
        self.observer(Listener::new().on_request(listen))
    }

    /// Calls `listen` when an attempt has ended, with a response or with an error. May be
    /// called more than once. For bodies, and for whole calls, give a [`Listener`] to
    /// [`observer`](Self::observer).
    pub fn on_response(self, listen: impl Fn(&Reply<'_>) + Send + Sync + 'static) -> Self {
        self.observer(Listener::new().on_response(listen))
    }

    /// Sets the transport. Default: the one of the cargo feature `reqwest`.
    pub fn transport(mut self, transport: impl HttpSend + 'static) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Sets the source of time, sleep, randomness, environment and files. Default: those of
    /// the process.
    pub fn context(mut self, context: Context) -> Self {
        self.context = context;
        self
    }

    #[cfg(feature = "__cloud")]
    pub(crate) fn cloud_mut(&mut self) -> &mut P {
        &mut self.cloud
    }

    pub(crate) fn fail(&mut self, error: Error) {
        self.mistake.get_or_insert(error);
    }

    pub(crate) fn finish(self) -> Result<Client<P>, Error> {
        let name = self.cloud.name();
        self.build_unnamed().map_err(|error| error.of_provider(name))
    }

    fn build_unnamed(mut self) -> Result<Client<P>, Error> {
        if let Some(mistake) = self.mistake {
            return Err(mistake);
        }
        self.options.region = self.options.region.filter(|region| !region.is_empty());
        if self.options.region.is_none() {
            self.options.region = self.cloud.region(&self.context);
        }
        if let Some(region) = &self.options.region {
            check_label("region", region)?;
        }
        self.cloud.configure(&self.context)?;
        if self.transport.is_none()
            && self.options.http.trust == TlsTrust::default()
            && let Some(trust) = self.cloud.trust(&self.context)?
        {
            self.options.http.trust = trust;
        }
        check_headers(&self.options.headers)?;
        check_owned(&self.cloud, self.options.headers.keys())?;
        self.options.breaker.check()?;
        self.options.limiter.check()?;
        let credentials = self.credentials.unwrap_or_else(|| self.cloud.default_credentials());
        let transport = match self.transport {
            Some(transport) => transport,
            None => choice::by_features(&self.options.http, &self.context)?,
        };
        let shared = Shared {
            quota: Arc::new(RetryQuota::new(self.options.retry.options().quota)),
            credentials: Arc::new(CredentialCache::new(credentials)),
            skew: Arc::new(ClockSkew::default()),
            breakers: Arc::new(Breakers::new(self.options.breaker.clone())),
            limiter: Arc::new(Limiter::new(self.options.limiter.clone())),
            options: self.options,
            context: self.context,
            transport,
            bodies: self.observers.iter().any(|observer| observer.wants_bodies()),
            observers: self.observers,
            interceptors: self.interceptors,
            cloud: self.cloud,
        };
        Ok(Client { shared: Arc::new(shared) })
    }
}

impl<P: Provider> ClientBuilder<P> {
    /// Builds the client. Nothing is sent, and no credential is fetched yet.
    ///
    /// # Errors
    ///
    /// Kind `Config` for an invalid setting, such as a malformed endpoint or header, or
    /// without a transport.
    pub fn build(self) -> Result<Client<P>, Error> {
        self.finish()
    }
}

/// Checks the headers of `ClientOptions`, which did not go through
/// [`ClientBuilder::header`].
fn check_headers(headers: &HeaderMap) -> Result<(), Error> {
    for name in headers.keys() {
        crate::action::request::check_free(name.as_str())?;
    }
    Ok(())
}
