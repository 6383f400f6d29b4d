//! What is fixed before the first attempt of a call, and what each attempt takes from it.

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

/// A prerequisite of an attempt: a limiter permit, or a credential. It is usually ready at once; otherwise it is boxed, so that a
/// waiting call stays small.
pub(crate) enum Ready<'a, T> {
    Now(T),
    Later(BoxFuture<'a, Result<T, Error>>),
}

impl<T> Ready<'_, T> {
    /// Waits for the prerequisite if necessary, and reports the time to the observers.
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

/// The parts of a call that are fixed before its first attempt.
pub(crate) struct PreparedCall<'a> {
    pub(crate) shared: &'a Shared<dyn Provider>,
    pub(crate) cloud: &'a dyn Provider,
    pub(crate) options: &'a CallOptions,
    pub(crate) info: &'a ActionInfo,
    pub(crate) region: Option<&'a str>,
    pub(crate) endpoint: Endpoint,
    /// The endpoints that the breaker chooses from, if there is more than one.
    pub(crate) ring: Option<Arc<Ring>>,
    pub(crate) parts: RequestParts,
    pub(crate) retry: &'a RetryPolicy,
    pub(crate) timeouts: &'a TimeoutOptions,
    pub(crate) idempotency: Idempotency,
    /// Length and digest of an upload, once they are measured.
    measured: Mutex<Option<Arc<Measured>>>,
    /// Values that errors must not show, even if the service repeats them.
    pub(crate) secrets: Cow<'a, [SecretString]>,
    /// The deadline of the call, on the monotonic clock.
    pub(crate) deadline: Duration,
}

impl<'a> PreparedCall<'a> {
    /// Steps 1 to 3.
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
        for (name, value) in &shared.options.headers {
            if !parts.headers.contains_key(name) {
                parts.headers.insert(name.clone(), value.clone());
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
                let none = || Error::config("the product has no endpoint in this region: set one");
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

    /// Masks the secrets of the call in an error. Some services repeat the values that they refuse.
    pub(crate) fn without_secrets(&self, error: Error, credential: Option<&Credential>) -> Error {
        let keys = credential.into_iter().flat_map(|keys| std::iter::once(keys.secret()).chain(keys.token()));
        let named = self.parts.secrets();
        self.secrets.iter().chain(keys).chain(&named).fold(error, |error, secret| error.masked(secret))
    }

    /// The values that observers and logs must not see.
    pub(crate) fn masks<'b>(&'b self, credential: Option<&'b Credential>) -> Masks<'b> {
        Masks { secrets: &self.secrets, credential }
    }

    /// The facts that identify the call in spans and for observers.
    pub(crate) fn facts(&self) -> Facts<'_> {
        facts(self.shared, self.cloud, self.options, self.info)
    }

    /// Adds provider and action to an error.
    pub(crate) fn named(&self, error: Error) -> Error {
        error.of_call(self.cloud.name(), self.info.name())
    }

    /// The total time limit.
    fn total(&self) -> TimeLimit {
        TimeLimit { setting: Setting::Total, value: self.timeouts.total }
    }

    pub(crate) fn remaining(&self) -> Duration {
        self.deadline.saturating_sub(self.shared.context.clock.uptime())
    }

    /// Fails if the call is made by its own credential provider, which would wait for itself. The outer call may hold a limiter permit,
    /// so this is checked before a permit is taken.
    pub(crate) fn reentered(&self) -> Result<(), Error> {
        if self.info.is_anonymous() || self.options.credential.is_some() {
            return Ok(());
        }
        self.shared.credentials.reentered(&self.shared.context).map_or(Ok(()), Err)
    }

    /// The limiter permit of an attempt.
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

    fn incomplete<'b>(&'b self, credential: &'b Credential) -> Incomplete<'b> {
        Incomplete {
            action: self.info,
            credential,
            parts: &self.parts,
            region: self.region,
            own_endpoint: self.options.endpoint.is_some() || self.shared.options.endpoint.is_some(),
            context: &self.shared.context,
            transport: &self.shared.transport,
        }
    }

    /// The endpoint of an attempt.
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

    pub(crate) fn watch(&self) -> Watch<'_> {
        Watch { provider: self.cloud.name(), observers: &self.shared.observers }
    }

    /// How often the call may move on to another endpoint of its product, in addition to its retries.
    pub(crate) fn moves(&self) -> usize {
        self.ring.as_ref().map_or(0, |ring| ring.own().saturating_sub(1))
    }

    /// Reports the outcome of an attempt to the breaker. Returns the endpoint at which the next attempt begins, if this one could
    /// not be reached.
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

    /// Measures a streamed body for a request to `endpoint`. The source is read on first use if the signature needs a digest. A file
    /// that cannot be read ends the call here.
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

    fn measured(&self) -> Option<Arc<Measured>> {
        self.measured.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The length of the body of `request`, in bytes.
    pub(crate) fn body_len(&self, request: &HttpRequest) -> usize {
        match &self.parts.payload {
            Payload::Stream { .. } => {
                let len = self.measured().map_or(0, |measured| measured.len());
                usize::try_from(len).unwrap_or(usize::MAX)
            }
            _ => request.body().len(),
        }
    }

    /// The upload of one attempt. `None` if the body is in memory and no progress is reported.
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

/// The facts that identify a call, also before it is prepared.
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

/// The region of a call, or of its client. An empty region of the call means none.
fn region_of<'a>(shared: &'a Shared<dyn Provider>, options: &'a CallOptions) -> Option<&'a str> {
    let region = options.region.as_deref().or(shared.options.region.as_deref());
    region.filter(|region| !region.is_empty())
}

/// The endpoint of one attempt, with its breaker permit. Dropping it returns the permit.
pub(crate) struct Target<'a> {
    pub(crate) endpoint: Cow<'a, Endpoint>,
    pub(crate) picked: Option<Picked>,
}
