//! What is fixed before the first attempt of a call, and what each attempt takes from it.
//!
//! [`PreparedCall::new`] runs steps 1 to 3. It is a plain function without I/O (a provider
//! may read small files to find its endpoints), so a mistake of the caller is reported
//! before anything waits or is sent. The attempts then share one `PreparedCall` by
//! reference. What differs between attempts (permit, credential, endpoint, time, nonce) is
//! returned by its methods and never stored in it.
//!
//! ```text
//! provider  huawei            action   POST /v1/{project_id}/cloudservers
//! region    cn-north-4        endpoint ecs.cn-north-4.myhuaweicloud.com
//! headers   of the action, then of the client (only names that are not set yet), then of the call
//! retry     of the call, or of the client
//! deadline  uptime + 120 s
//! ```

use std::borrow::Cow;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures_util::future::BoxFuture;
use secrecy::SecretString;

use crate::action::info::{ActionInfo, Idempotency};
use crate::action::request::{Fields, Payload, RequestParts};
use crate::breaker::{Picked, Ring, Watch, verdict};
use crate::credential::Credential;
use crate::endpoint::{Endpoint, check_label};
use crate::error::{Error, ErrorKind, SendState};
use crate::limiter::LimiterPermit;
use crate::options::{CallOptions, TimeoutOptions};
use crate::pipeline::shared::Shared;
use crate::provider::{Incomplete, Provider, SignInput, check_owned};
use crate::retry::RetryPolicy;
use crate::telemetry::observe::{Facts, Masks, UnsignedRequest, WaitReason, Watching};
use crate::timing::deadline::{Setting, TimeLimit, timed, within};
use crate::transport::{HttpRequest, timed_out};
use crate::upload::{Measured, Outgoing, StreamedBody, measure};

/// A prerequisite of an attempt: a limiter permit, or a credential. It is usually ready at
/// once; otherwise it is boxed, so that a waiting call stays small.
pub(crate) enum Ready<'a, T> {
    /// It is available without waiting. No clock is read and nothing is allocated.
    Now(T),
    /// It has to be waited for. The time is reported to the observers.
    Later(BoxFuture<'a, Result<T, Error>>),
}

impl<T> Ready<'_, T> {
    /// Waits for the prerequisite if necessary, and reports the time to the observers.
    ///
    /// The time is reported also if the prerequisite failed, and only if it was not ready
    /// at the first poll.
    pub(crate) async fn resolve(self, watching: &Watching<'_>, reason: WaitReason) -> Result<T, Error> {
        let work = match self {
            Self::Now(it) => return Ok(it),
            Self::Later(work) => work,
        };
        let (it, waited) = timed(watching.context(), work).await;
        if let Some(time) = waited {
            watching.waited(reason, time);
        }
        it
    }
}

/// The parts of a call that are fixed before its first attempt. It borrows the state of the
/// client and the options of the call; it owns the encoded request.
pub(crate) struct PreparedCall<'a> {
    /// The state of the client.
    pub(crate) shared: &'a Shared<dyn Provider>,
    /// The provider of this call. It is not always that of `shared`: a call with other
    /// settings, such as another language, brings its own copy.
    pub(crate) cloud: &'a dyn Provider,
    /// What the call sets in place of the client's options.
    pub(crate) options: &'a CallOptions,
    /// The facts about the action: product, version, name, whether it may be repeated.
    pub(crate) info: &'a ActionInfo,
    /// The region of the call, or of its client. It has been checked to be one label of a
    /// host name, because providers put it into host names.
    pub(crate) region: Option<&'a str>,
    /// The endpoint of the call if no breaker chooses one, with the host prefix of the
    /// request. Errors without an attempt name it, too.
    pub(crate) endpoint: Endpoint,
    /// The endpoints that the breaker chooses from, if there is more than one. `None` if
    /// the product has one endpoint and no backup, or if the endpoint was set for this call
    /// or action: such an endpoint is never replaced.
    pub(crate) ring: Option<Arc<Ring>>,
    /// The encoded request, without host and signature. All attempts sign the same parts.
    pub(crate) parts: RequestParts,
    /// The retry policy of the call, or of its client.
    pub(crate) retry: &'a RetryPolicy,
    /// The time limits of the call, or of its client.
    pub(crate) timeouts: &'a TimeoutOptions,
    /// Whether the call may be repeated after it may have reached the server: as the call
    /// says, or as the action says.
    pub(crate) idempotency: Idempotency,
    /// Length and digest of an upload, once they are measured. The lock is held for a copy
    /// of the pointer only, never while a source is read.
    measured: Mutex<Option<Arc<Measured>>>,
    /// Values that errors must not show, even if the service repeats them: those that the
    /// call declared, and the parameters that the action declares as secret.
    pub(crate) secrets: Cow<'a, [SecretString]>,
    /// The deadline of the call, on the monotonic clock. It is an uptime, so a change of
    /// the time of day does not move it.
    pub(crate) deadline: Duration,
}

impl<'a> PreparedCall<'a> {
    /// Runs steps 1 to 3 of a call.
    ///
    /// The order inside matters in four places:
    ///
    /// - A mistake that was made while options were set comes first: it is the one to mend.
    /// - The deadline starts before encoding, so a slow interceptor uses time of the call.
    /// - The token is filled in before encoding, because it is a parameter like the others.
    /// - Headers are checked twice: those of the call before the work, and all of them
    ///   after the interceptors, which must not set headers that the provider decides,
    ///   either.
    ///
    /// # Errors
    ///
    /// Kind `Config` for an invalid option, an action without a name, a region that is not
    /// a label, a header that the provider decides, and a product without an endpoint in
    /// the region. The errors of the provider's encoder and of the interceptors are
    /// returned unchanged.
    pub(crate) fn new(
        shared: &'a Shared<dyn Provider>,
        cloud: &'a dyn Provider,
        options: &'a CallOptions,
        info: &'a ActionInfo,
        fields: Result<Fields, Error>,
    ) -> Result<Self, Error> {
        if let Some(mistake) = &options.mistake {
            return Err(Error::again(mistake));
        }
        if info.name().trim().is_empty() {
            return Err(Error::config("the action has no name: give the one of the vendor's documentation"));
        }
        check_owned(cloud, options.headers.iter().map(|(name, _)| name))?;
        let timeouts = options.timeouts.as_ref().unwrap_or(&shared.options.timeouts);
        let now = shared.context.clock.uptime();
        let deadline = now.saturating_add(timeouts.total);
        let region = region_of(shared, options);
        if let Some(region) = region {
            check_label("region", region)?;
        }
        let mut fields = fields?;
        if let Some((place, name)) = info.idempotency_token() {
            fields.fill_token(place, name, &crate::sign::encode::uuid(shared.context.nonce()))?;
        }
        let mut secrets = Cow::Borrowed(options.secrets.as_slice());
        let declared = fields.secrets();
        if !declared.is_empty() {
            secrets.to_mut().extend(declared);
        }
        let mut parts = cloud.encode(info, fields, shared.context.nonce())?;
        let given = &shared.options.headers;
        for name in given.keys() {
            if !parts.headers.contains_key(name) {
                for value in given.get_all(name) {
                    parts.headers.append(name.clone(), value.clone());
                }
            }
        }
        for (name, value) in &options.headers {
            parts.headers.insert(name.clone(), value.clone());
        }
        for interceptor in &shared.interceptors {
            let facts = facts(shared, cloud, options, info);
            interceptor.before_sign(&mut UnsignedRequest::of(facts, &mut parts))?;
        }
        check_owned(cloud, parts.headers.keys())?;
        let (endpoint, others) = match options.endpoint.as_ref().or(shared.options.endpoint.as_ref()) {
            Some(endpoint) if cloud.plain_http() => (endpoint.clone().plain_http_if_assumed(), Vec::new()),
            Some(endpoint) => (endpoint.clone(), Vec::new()),
            None => {
                let mut found = cloud.endpoints(&shared.context, info, region)?.into_iter();
                let none = || {
                    let place = region.map(|region| format!(" in the region `{region}`")).unwrap_or_default();
                    let product = info.product();
                    Error::config(format!("the product `{product}` has no endpoint{place}: set one"))
                };
                (found.next().ok_or_else(none)?, found.collect())
            }
        };
        let ring = if others.is_empty() && !shared.options.breaker.has_backup() {
            None
        } else if options.endpoint.is_some() || (shared.options.endpoint.is_none() && info.host().is_some()) {
            // An endpoint that is set for one call or action is never replaced by a backup.
            None
        } else {
            let backup = |text: &str| {
                let backup = cloud.backup(info, text)?;
                Ok(if cloud.plain_http() { backup.plain_http_if_assumed() } else { backup })
            };
            let ring = shared.breakers.ring(info.product(), &endpoint, &others, now, backup)?;
            ring.has_choice().then_some(ring)
        };
        let endpoint = match &parts.host_prefix {
            Some(prefix) => endpoint.with_prefix(prefix)?,
            None => endpoint,
        };
        let retry = options.retry.as_ref().unwrap_or(&shared.options.retry);
        Ok(Self {
            shared,
            cloud,
            options,
            info,
            region,
            endpoint,
            ring,
            parts,
            retry,
            timeouts,
            idempotency: options.idempotency.unwrap_or_else(|| info.idempotency()),
            measured: Mutex::new(None),
            secrets,
            deadline,
        })
    }

    /// Masks the secrets of the call in an error. Some services repeat the values that they
    /// refuse.
    ///
    /// The secrets are those that the call declares, the secret and the token of the
    /// credential that signed the request, and the values of parameters whose names stand
    /// for secrets.
    pub(crate) fn without_secrets(&self, error: Error, credential: Option<&Credential>) -> Error {
        let keys = credential.into_iter().flat_map(|keys| std::iter::once(keys.secret()).chain(keys.token()));
        let named = self.parts.secrets();
        self.secrets.iter().chain(keys).chain(&named).fold(error, |error, secret| error.masked(secret))
    }

    /// The values that observers and logs must not see.
    pub(crate) fn masks<'b>(&'b self, credential: Option<&'b Credential>) -> Masks<'b> {
        Masks { secrets: &self.secrets, credential, off: false }
    }

    /// The facts that identify the call in spans and for observers.
    pub(crate) fn facts(&self) -> Facts<'_> {
        facts(self.shared, self.cloud, self.options, self.info)
    }

    /// Adds provider and action to an error, unless it has them.
    pub(crate) fn named(&self, error: Error) -> Error {
        error.of_call(self.cloud.name(), self.info.name())
    }

    /// The total time limit, for messages of errors.
    fn total(&self) -> TimeLimit {
        TimeLimit { setting: Setting::Total, value: self.timeouts.total }
    }

    /// The time that is left for the call. Zero after the deadline. It reads the clock.
    pub(crate) fn remaining(&self) -> Duration {
        self.deadline.saturating_sub(self.shared.context.clock.uptime())
    }

    /// Fails if the call is made by its own credential provider, which would wait for
    /// itself.
    ///
    /// The outer call may hold a limiter permit, so this is checked before a permit is
    /// taken: otherwise the inner call would wait for a permit that the outer call never
    /// returns. A call that brings its own credential, or is sent unsigned, needs no fetch
    /// and passes.
    pub(crate) fn reentered(&self) -> Result<(), Error> {
        if self.info.is_anonymous() || self.options.credential.is_some() {
            return Ok(());
        }
        self.shared.credentials.reentered(&self.shared.context).map_or(Ok(()), Err)
    }

    /// The limiter permit of an attempt. Without limits it is ready at once and empty. It
    /// waits for at most the remaining time of the call; if no permit is available in that
    /// time, the error has kind `Throttled` and nothing was sent.
    pub(crate) fn permit(&self) -> Ready<'_, LimiterPermit> {
        let shared = self.shared;
        match shared.limiter.is_off() {
            true => Ready::Now(LimiterPermit::default()),
            false => {
                Ready::Later(Box::pin(shared.limiter.pass(&shared.context, self.info, self.remaining())))
            }
        }
    }

    /// The credential that signs the attempt. `None` if the action is sent unsigned.
    ///
    /// A credential of the call takes precedence over the cache. A credential is ready at
    /// once if it needs no refresh and is complete. It is incomplete if the call needs more
    /// than its source gave, such as the project id of a Huawei Cloud call, see
    /// [`Provider::complete`]. Otherwise the cache decides whether the call waits or uses
    /// the old credential once more.
    pub(crate) fn credential(&self) -> Ready<'_, Option<Credential>> {
        if self.info.is_anonymous() {
            return Ready::Now(None);
        }
        let own = self.options.credential.clone();
        match own.or_else(|| self.shared.credentials.ready(&self.shared.context)) {
            Some(known) if self.cloud.complete(self.incomplete(&known)).is_none() => Ready::Now(Some(known)),
            _ => Ready::Later(Box::pin(self.fetch_credential())),
        }
    }

    /// Fetches a credential, and completes it, within the remaining time of the call. The
    /// fetch is shared with other calls; dropping this future does not end it for them.
    ///
    /// # Errors
    ///
    /// The error of the credential provider. Kind `Timeout` if the deadline of the call
    /// passes.
    async fn fetch_credential(&self) -> Result<Option<Credential>, Error> {
        let work = async {
            let credential = match &self.options.credential {
                Some(credential) => credential.clone(),
                None => self.shared.credentials.get(&self.shared.context).await?,
            };
            if let Some(work) = self.cloud.complete(self.incomplete(&credential)) {
                return work.await;
            }
            Ok(credential)
        };
        let limit = self.remaining();
        match within(&self.shared.context, limit, work).await {
            Ok(credential) => credential.map(Some),
            Err(_) => Err(timed_out("no credential", self.total(), SendState::No)),
        }
    }

    /// What a provider needs to complete a credential for this call.
    fn incomplete<'b>(&'b self, credential: &'b Credential) -> Incomplete<'b> {
        Incomplete {
            action: self.info,
            credential,
            parts: &self.parts,
            region: self.region,
            own_endpoint: self.has_own_endpoint(),
            context: &self.shared.context,
            transport: &self.shared.transport,
        }
    }

    /// Whether the user set an endpoint, on the client or on the call.
    pub(crate) fn has_own_endpoint(&self) -> bool {
        self.options.endpoint.is_some() || self.shared.options.endpoint.is_some()
    }

    /// The endpoint of an attempt, with its breaker permit.
    ///
    /// `from` is the index at which the ring begins to look, after an endpoint that could
    /// not be reached. Without a ring the endpoint of the call is borrowed, and this costs
    /// one branch.
    ///
    /// # Errors
    ///
    /// Kind `Config` if the host prefix of the request does not fit the endpoint.
    pub(crate) fn target(&self, from: Option<usize>) -> Result<Target<'_>, Error> {
        let Some(ring) = &self.ring else {
            return Ok(Target { endpoint: Cow::Borrowed(&self.endpoint), picked: None });
        };
        let picked = ring.pick(from, self.shared.context.clock.uptime(), self.watch());
        let endpoint = ring.endpoint(&picked).unwrap_or(&self.endpoint);
        let endpoint = match &self.parts.host_prefix {
            Some(prefix) => Cow::Owned(endpoint.with_prefix(prefix)?),
            None => Cow::Borrowed(endpoint),
        };
        Ok(Target { endpoint, picked: Some(picked) })
    }

    /// The receiver of the state changes of a breaker: the observers of the client.
    pub(crate) fn watch(&self) -> Watch<'_> {
        Watch { provider: self.cloud.name(), observers: &self.shared.observers }
    }

    /// How often the call may move on to another endpoint of its product, in addition to
    /// its retries: once for each further endpoint that is not a backup.
    pub(crate) fn moves(&self) -> usize {
        self.ring.as_ref().map_or(0, |ring| ring.own().saturating_sub(1))
    }

    /// Reports the outcome of an attempt to the breaker. Returns the endpoint at which the
    /// next attempt begins, if this one could not be reached.
    ///
    /// Not reached means that nothing can have been sent: no connection, no TLS session, or
    /// a time limit that passed while connecting. Only then may the call move on without a
    /// retry.
    pub(crate) fn settle(&self, picked: Option<Picked>, error: Option<&Error>) -> Option<usize> {
        let (Some(ring), Some(picked)) = (&self.ring, picked) else { return None };
        let unreached = error.is_some_and(|error| match error.kind() {
            ErrorKind::Connect | ErrorKind::Tls => true,
            ErrorKind::Timeout => !error.may_have_been_sent(),
            _ => false,
        });
        let next = if unreached { ring.unreached(&picked) } else { None };
        ring.settle(picked, verdict(error), self.shared.context.clock.uptime(), self.watch());
        next
    }

    /// The input of the signature of one attempt, with its time and nonce.
    ///
    /// The time is the clock's, corrected by the known clock skew. Each call of this
    /// function draws a new nonce of 128 bits: services refuse a nonce that they have seen
    /// before.
    pub(crate) fn input<'b>(
        &'b self,
        credential: Option<&'b Credential>,
        endpoint: &'b Endpoint,
    ) -> SignInput<'b> {
        let context = &self.shared.context;
        SignInput {
            action: self.info,
            parts: &self.parts,
            endpoint,
            region: self.region,
            credential,
            time: self.shared.skew.correct(context.clock.now()),
            nonce: context.nonce(),
            streamed: None,
        }
    }

    /// Measures a streamed body for a request to `endpoint`. `None` if the body is in
    /// memory.
    ///
    /// The source is read on first use if the signature needs a digest; its length is
    /// always determined. The result is kept, so a retry measures nothing unless its
    /// endpoint needs another digest.
    ///
    /// # Errors
    ///
    /// Kind `Config` for a file that cannot be read, kind `RequestBody` for a source that
    /// fails, kind `Timeout` if the call's deadline passes meanwhile. Nothing was sent in
    /// all cases.
    pub(crate) async fn measure(&self, endpoint: &Endpoint) -> Result<Option<StreamedBody>, Error> {
        let Payload::Stream { body, .. } = &self.parts.payload else { return Ok(None) };
        let wanted = self.cloud.body_digest(self.info, &self.parts, endpoint);
        if let Some(known) = self.measured().and_then(|measured| measured.streamed(wanted)) {
            return Ok(Some(known));
        }
        let limit = self.remaining();
        let measured = match within(&self.shared.context, limit, measure(body, wanted)).await {
            Ok(measured) => measured?,
            Err(_) => {
                return Err(timed_out("the request body was not read", self.total(), SendState::No));
            }
        };
        let known = measured.streamed(wanted);
        *self.measured.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(measured));
        Ok(known)
    }

    /// The measurement, if there is one. It copies a pointer.
    fn measured(&self) -> Option<Arc<Measured>> {
        self.measured.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The length of the body of `request`, in bytes, as observers see it.
    pub(crate) fn body_len(&self, request: &HttpRequest) -> usize {
        match &self.parts.payload {
            Payload::Stream { .. } => {
                let len = self.measured().map_or(0, |measured| measured.len());
                usize::try_from(len).unwrap_or(usize::MAX)
            }
            _ => request.body().len(),
        }
    }

    /// The upload of one attempt. `None` if the body is in memory and no progress is
    /// reported.
    ///
    /// Each attempt opens the source again, so a retry sends the body from its beginning.
    /// `number` is the number of the attempt; progress reports contain it.
    pub(crate) fn outgoing(&self, request: &HttpRequest, number: u32) -> Result<Option<Outgoing>, Error> {
        let progress = self.options.upload.clone();
        match (&self.parts.payload, progress) {
            (Payload::Stream { body, .. }, progress) => {
                let measured = self.measured().ok_or_else(|| {
                    Error::config("the length of the body is not known: send the request as a call")
                })?;
                Outgoing::new(body, &measured, number, progress).map(Some)
            }
            (_, Some(progress)) if !request.body().is_empty() => {
                Ok(Some(Outgoing::whole(request.body().clone(), number, progress)))
            }
            _ => Ok(None),
        }
    }
}

/// The facts that identify a call, also before it is prepared. The span and the observers
/// of a call exist before [`PreparedCall::new`], so that its errors are reported, too.
pub(crate) fn facts<'a>(
    shared: &'a Shared<dyn Provider>,
    cloud: &dyn Provider,
    options: &'a CallOptions,
    info: &'a ActionInfo,
) -> Facts<'a> {
    Facts {
        provider: cloud.name(),
        product: info.product(),
        action: info.name(),
        region: region_of(shared, options),
    }
}

/// The region of a call, or of its client. An empty region of the call means none: it
/// removes the region of the client for an action that must not have one.
fn region_of<'a>(shared: &'a Shared<dyn Provider>, options: &'a CallOptions) -> Option<&'a str> {
    let region = options.region.as_deref().or(shared.options.region.as_deref());
    region.filter(|region| !region.is_empty())
}

/// The endpoint of one attempt, with its breaker permit. Dropping it returns the permit.
pub(crate) struct Target<'a> {
    /// Where the request is sent. Borrowed unless a host prefix was added to the ring's
    /// endpoint.
    pub(crate) endpoint: Cow<'a, Endpoint>,
    /// The choice of the ring. `PreparedCall::settle` takes it. `None` without a ring.
    pub(crate) picked: Option<Picked>,
}
