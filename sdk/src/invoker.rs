//! One call, from options to the typed answer.
//!
//! This is the only place that knows the order:
//!
//! 1. Merge options: client, then call. The total time limit starts.
//! 2. Action to [`RequestParts`]: pure, no I/O. Done once; the body is shared bytes.
//! 3. Fix the idempotency token, before the first attempt, so that all attempts share it.
//! 4. Each attempt: pick the endpoint, take a credential snapshot, sign with this attempt's time and nonce, as the last
//!    step before sending. The host that is signed is the host that is called.
//! 5. Interceptors see the signed request; the transport sends; interceptors see how it ended.
//! 6. Read the body under the size and idle limits, and decode it straight into the response type.
//! 7. Learn from the outcome: quota, clock skew, refused credential. The policy decides on facts; never wait past the
//!    time limit and never after the last attempt. A success ends the loop.

use std::future::{Future, IntoFuture};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use bytes::{Bytes, BytesMut};
use futures_util::StreamExt;
use http::{HeaderMap, StatusCode};
use secrecy::{ExposeSecret, SecretString};

use crate::__private::CallFuture;
use crate::action::{Action, ActionInfo, Repeat};
use crate::client::Shared;
use crate::credential::Credential;
use crate::decode::{Seen, Sink, Slot, without_bom};
use crate::endpoint::{Endpoint, check_label};
use crate::error::{Error, ErrorClass, ErrorKind, Sent};
use crate::intercept::{Attempt, Reply};
use crate::limit::within;
use crate::options::{CallOptions, TimeoutOptions};
use crate::provider::{Answer, Provider, SignInput};
use crate::request::{Fields, RequestParts};
use crate::response::{Meta, Response};
use crate::retry::{Failure, RetryPolicy};
use crate::setters::call_setters;
use crate::transport::{HttpRequest, ResponseBody, timed_out};

/// A call of one action with options of its own. `.await` it, or [`invoke`](Self::invoke) it.
#[must_use = "a call does nothing until it is awaited"]
#[derive(Debug)]
pub struct Invoker<A: Action> {
    call: Call<A::Provider>,
    action: A,
}

impl<A: Action> Invoker<A> {
    pub(crate) fn new(shared: Arc<Shared<A::Provider>>, action: A) -> Self {
        Self { call: Call::new(shared), action }
    }

    call_setters!(A::Provider);

    fn fields(&self) -> Result<Fields, Error> {
        let mut fields = Fields::new();
        self.action.fields(&mut fields).map(|()| fields)
    }

    /// Calls. The same as `.await`, without a box.
    pub fn invoke(self) -> impl Future<Output = Result<Response<A::Output>, Error>> + Send {
        let fields = self.fields();
        self.call.run(A::INFO, fields)
    }

    /// Signs the request as a call would, and sends nothing.
    ///
    /// The request holds a signature: it is a proof of who you are for as long as the cloud takes it, a few minutes.
    pub fn sign_only(self) -> impl Future<Output = Result<HttpRequest, Error>> + Send {
        let fields = self.fields();
        self.call.sign_only(A::INFO, fields)
    }
}

impl<A: Action> IntoFuture for Invoker<A> {
    type Output = Result<Response<A::Output>, Error>;
    type IntoFuture = CallFuture<A::Output>;

    fn into_future(self) -> Self::IntoFuture {
        let fields = self.fields();
        Box::pin(self.call.run(A::INFO, fields))
    }
}

/// A call without its action: what typed and raw calls share.
#[derive(Debug)]
pub(crate) struct Call<P: Provider> {
    pub(crate) shared: Arc<Shared<P>>,
    pub(crate) options: CallOptions,
    /// The cloud's settings, where this call has its own.
    cloud: Option<Box<P>>,
}

impl<P: Provider + ?Sized> std::fmt::Debug for Shared<P> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client").field("cloud", &self.cloud.name()).finish_non_exhaustive()
    }
}

impl<P: Provider> Call<P> {
    pub(crate) fn new(shared: Arc<Shared<P>>) -> Self {
        Self { shared, options: CallOptions::default(), cloud: None }
    }

    /// The cloud's settings of this call alone.
    pub(crate) fn cloud_mut(&mut self) -> &mut P
    where
        P: Clone,
    {
        self.cloud.get_or_insert_with(|| Box::new(self.shared.cloud.clone()))
    }

    /// The time limits of this call alone.
    pub(crate) fn timeouts_mut(&mut self) -> &mut TimeoutOptions {
        self.options.timeouts.get_or_insert(self.shared.options.timeouts)
    }

    pub(crate) async fn run<T>(
        self,
        info: &ActionInfo,
        fields: Result<Fields, Error>,
    ) -> Result<Response<T>, Error>
    where
        T: serde::de::DeserializeOwned + Send,
    {
        let mut slot = Slot(None);
        let meta = self.drive(info, fields, &mut slot).await?;
        match slot.0 {
            Some(value) => Ok(Response::new(value, meta)),
            // The pipeline ends well only after the slot was filled.
            None => Err(Error::new(ErrorKind::Decode, "the answer was not read")),
        }
    }

    /// Leaves the types of action and cloud behind: from here on nothing is generic.
    fn drive<'a>(
        &'a self,
        info: &'a ActionInfo,
        fields: Result<Fields, Error>,
        sink: &'a mut dyn Sink,
    ) -> impl Future<Output = Result<Meta, Error>> + Send + 'a {
        let shared: &Shared<dyn Provider> = &*self.shared;
        let cloud: &dyn Provider = self.cloud.as_deref().unwrap_or(&self.shared.cloud);
        run(shared, cloud, &self.options, info, fields, sink)
    }

    pub(crate) async fn sign_only(
        self,
        info: &ActionInfo,
        fields: Result<Fields, Error>,
    ) -> Result<HttpRequest, Error> {
        let shared: &Shared<dyn Provider> = &*self.shared;
        let cloud: &dyn Provider = self.cloud.as_deref().unwrap_or(&self.shared.cloud);
        sign_only(shared, cloud, &self.options, info, fields)
            .await
            .map_err(|error| error.of_call(cloud.name(), info.name()))
    }
}

/// What is fixed before the first attempt.
struct Plan<'a> {
    shared: &'a Shared<dyn Provider>,
    cloud: &'a dyn Provider,
    options: &'a CallOptions,
    info: &'a ActionInfo,
    region: Option<&'a str>,
    endpoint: Endpoint,
    parts: RequestParts,
    retry: &'a RetryPolicy,
    timeouts: TimeoutOptions,
    repeat: Repeat,
    /// What the service must not be quoted with.
    secrets: &'a [SecretString],
    /// When the call must have ended, by the clock that never goes back.
    deadline: Duration,
}

impl<'a> Plan<'a> {
    /// Steps 1 to 3.
    fn new(
        shared: &'a Shared<dyn Provider>,
        cloud: &'a dyn Provider,
        options: &'a CallOptions,
        info: &'a ActionInfo,
        fields: Result<Fields, Error>,
    ) -> Result<Self, Error> {
        if let Some(mistake) = &options.mistake {
            return Err(Error::config(mistake.message()));
        }
        let timeouts = options.timeouts.unwrap_or(shared.options.timeouts);
        let deadline = shared.context.clock.uptime().saturating_add(timeouts.total);
        let region = options.region.as_deref().or(shared.options.region.as_deref());
        if let Some(region) = region {
            check_label("region", region)?;
        }
        let mut fields = fields?;
        if let Some((place, name)) = info.token_param() {
            fields.fill_token(place, name, &crate::sign::encode::uuid(shared.context.nonce()))?;
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
        let endpoint = match options.endpoint.as_ref().or(shared.options.endpoint.as_ref()) {
            Some(endpoint) => endpoint.clone(),
            None => {
                let found = cloud.endpoints(&shared.context, info, region)?.into_iter().next();
                found.ok_or_else(|| Error::config("the product has no endpoint in this region: set one"))?
            }
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
            parts,
            retry,
            timeouts,
            repeat: info.repeatable(),
            secrets: &options.secrets,
            deadline,
        })
    }

    /// Some services repeat what they refuse, under no name that would tell it for a secret.
    fn without_secrets(&self, error: Error, credential: Option<&Credential>) -> Error {
        let keys = credential.into_iter().flat_map(|keys| std::iter::once(keys.secret()).chain(keys.token()));
        self.secrets.iter().chain(keys).fold(error, |error, secret| error.masked(secret.expose_secret()))
    }

    fn remaining(&self) -> Duration {
        self.deadline.saturating_sub(self.shared.context.clock.uptime())
    }

    async fn credential(&self) -> Result<Option<Credential>, Error> {
        if self.info.is_anonymous() {
            return Ok(None);
        }
        if let Some(credential) = &self.options.credential {
            return Ok(Some(credential.clone()));
        }
        let fetch = self.shared.credentials.get(&self.shared.context);
        let limit = self.remaining();
        match within(&self.shared.context, limit, fetch).await {
            Ok(credential) => credential.map(Some),
            Err(_) => Err(timed_out("no credential", limit, Sent::No)),
        }
    }

    /// All that the signature of one attempt covers, with its time and nonce.
    fn input<'b>(&'b self, credential: Option<&'b Credential>) -> SignInput<'b> {
        let context = &self.shared.context;
        SignInput {
            action: self.info,
            parts: &self.parts,
            endpoint: &self.endpoint,
            region: self.region,
            credential,
            time: self.shared.skew.correct(context.clock.now()),
            nonce: context.nonce(),
        }
    }
}

async fn sign_only(
    shared: &Shared<dyn Provider>,
    cloud: &dyn Provider,
    options: &CallOptions,
    info: &ActionInfo,
    fields: Result<Fields, Error>,
) -> Result<HttpRequest, Error> {
    let plan = Plan::new(shared, cloud, options, info, fields)?;
    let credential = plan.credential().await?;
    cloud.sign(&plan.input(credential.as_ref()))
}

/// All attempts of one call.
async fn run(
    shared: &Shared<dyn Provider>,
    cloud: &dyn Provider,
    options: &CallOptions,
    info: &ActionInfo,
    fields: Result<Fields, Error>,
    sink: &mut dyn Sink,
) -> Result<Meta, Error> {
    let named = |error: Error| error.of_call(cloud.name(), info.name());
    let plan = Plan::new(shared, cloud, options, info, fields).map_err(named)?;
    let (mut number, mut paid, mut corrected) = (0, None, false);
    loop {
        number += 1;
        let failed = match attempt(&plan, number, sink).await {
            Ok(meta) => {
                shared.quota.give_back(paid);
                return Ok(meta);
            }
            Err(failed) => failed,
        };
        let Failed { error, date, sendable } = failed;
        let attempts = if sendable { number } else { number - 1 };
        let error = named(error.of_attempt(plan.endpoint.authority(), attempts));
        if error.is_clock_skew()
            && !corrected
            && let Some(date) = date
        {
            // The cloud refused the time, so it did nothing: asking again with its own time is safe.
            corrected = true;
            shared.skew.learn(shared.context.clock.now(), date);
            continue;
        }
        let failure = Failure { error: &error, attempt: number, repeat: plan.repeat };
        if !sendable || !plan.retry.allows(&failure) {
            return Err(error);
        }
        let wait = plan.retry.delay(&failure, &shared.context);
        if wait >= plan.remaining() {
            return Err(error);
        }
        let Some(cost) = shared.quota.take(&error) else {
            tracing::debug!(action = info.name(), "no retry: the client's retry quota is used up");
            return Err(error);
        };
        paid = Some(cost);
        tracing::debug!(action = info.name(), attempt = number, ?wait, %error, "retrying");
        shared.context.sleep.sleep(wait).await;
    }
}

/// Why one attempt gave no answer.
struct Failed {
    error: Error,
    /// The server's time, if it answered.
    date: Option<SystemTime>,
    /// Whether there was a request to send: without one there is nothing to repeat.
    sendable: bool,
}

impl Failed {
    fn unsent(error: Error) -> Self {
        Self { error, date: None, sendable: false }
    }
}

/// Steps 4 to 6, once.
async fn attempt(plan: &Plan<'_>, number: u32, sink: &mut dyn Sink) -> Result<Meta, Failed> {
    let credential = plan.credential().await.map_err(Failed::unsent)?;
    let input = plan.input(credential.as_ref());
    let request = plan.cloud.sign(&input).map_err(Failed::unsent)?;
    let (provider, action) = (plan.cloud.name(), plan.info.name());
    let seen = Attempt { provider, action, number, request: &request };
    tracing::debug!(?seen, "sending");
    for interceptor in &plan.shared.interceptors {
        interceptor.before(&seen);
    }
    let started = plan.shared.context.clock.uptime();
    let (outcome, head) = send(plan, &input, request, number, sink).await;
    let outcome = outcome.map_err(|error| plan.without_secrets(error, credential.as_ref()));
    let failed = outcome.as_ref().err();
    if failed.is_some_and(|error| error.is_auth() && !error.is_clock_skew())
        && let Some(credential) = &credential
    {
        plan.shared.credentials.invalidate(credential);
    }
    let reply = Reply {
        provider,
        action,
        number,
        endpoint: plan.endpoint.authority(),
        status: head.as_ref().map(|head| head.status),
        headers: head.as_ref().map(|head| &head.headers),
        body_len: head.as_ref().map_or(0, |head| head.body_len),
        request_id: match &outcome {
            Ok(meta) => meta.request_id.as_deref(),
            Err(error) => error.request_id(),
        },
        error: failed,
        elapsed: plan.shared.context.clock.uptime().saturating_sub(started),
    };
    tracing::debug!(
        provider, action, number, endpoint = reply.endpoint, status = reply.status.map(|status| status.as_u16()),
        request_id = reply.request_id, elapsed = ?reply.elapsed, error = failed.map(tracing::field::display), "answered"
    );
    for interceptor in &plan.shared.interceptors {
        interceptor.after(&reply);
    }
    let date = head.as_ref().and_then(Head::date);
    outcome.map_err(|error| Failed { error, date, sendable: true })
}

/// The head of an answer, kept for those who look at the outcome.
struct Head {
    status: StatusCode,
    headers: HeaderMap,
    body_len: usize,
}

impl Head {
    fn date(&self) -> Option<SystemTime> {
        let date = self.headers.get(http::header::DATE)?.to_str().ok()?;
        httpdate::parse_http_date(date).ok()
    }
}

async fn send(
    plan: &Plan<'_>,
    input: &SignInput<'_>,
    request: HttpRequest,
    number: u32,
    sink: &mut dyn Sink,
) -> (Result<Meta, Error>, Option<Head>) {
    let context = &plan.shared.context;
    let attempt = plan.timeouts.attempt.min(plan.remaining());
    let end = context.clock.uptime().saturating_add(attempt);
    let limit = attempt.min(plan.timeouts.read);
    let response = match within(context, limit, plan.shared.transport.send(request)).await {
        Ok(Ok(response)) => response,
        Ok(Err(error)) => return (Err(error.into()), None),
        Err(_) => return (Err(timed_out("no answer", limit, Sent::Maybe)), None),
    };
    let (http, body) = response.into_parts();
    let mut head = Head { status: http.status, headers: http.headers, body_len: 0 };
    let body = match read(plan, &head, body, end).await {
        Ok(body) => body,
        Err(error) => return (Err(error.with_status(head.status)), Some(head)),
    };
    head.body_len = body.len();
    let outcome = read_answer(plan, input, &head, body, sink);
    let meta = outcome.map(|(body, request_id, envelope)| Meta {
        status: head.status,
        headers: head.headers.clone(),
        body,
        request_id,
        attempts: number,
        endpoint: plan.endpoint.authority().to_owned(),
        envelope,
    });
    (meta, Some(head))
}

/// Reads a body under the limits of size and time.
async fn read(plan: &Plan<'_>, head: &Head, mut body: ResponseBody, end: Duration) -> Result<Bytes, Error> {
    let context = &plan.shared.context;
    let cap = plan.shared.options.http.max_body_bytes;
    let too_large = || {
        let what =
            format!("the answer is larger than the {cap} bytes that the client reads (max_body_bytes)");
        Error::new(ErrorKind::TooLarge, what)
    };
    let length = head.headers.get(http::header::CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    let announced: usize = length.and_then(|length| length.parse().ok()).unwrap_or(0);
    if announced > cap {
        return Err(too_large());
    }
    let mut first = Bytes::new();
    let mut more = BytesMut::new();
    loop {
        let limit = plan.timeouts.read.min(end.saturating_sub(context.clock.uptime()));
        let piece = match within(context, limit, body.next()).await {
            Ok(Some(piece)) => piece?,
            Ok(None) => break,
            Err(_) => return Err(timed_out("the answer did not end", limit, Sent::Maybe)),
        };
        if first.len() + more.len() + piece.len() > cap {
            return Err(too_large());
        }
        // A small answer comes in one piece, which is then used as it is.
        if first.is_empty() && more.is_empty() {
            first = piece;
            continue;
        }
        if more.is_empty() {
            more.reserve(announced.max(first.len() + piece.len()));
            more.extend_from_slice(&first);
            first = Bytes::new();
        }
        more.extend_from_slice(&piece);
    }
    Ok(if more.is_empty() { first } else { more.freeze() })
}

type Read = (Bytes, Option<String>, Option<&'static str>);

/// Decides what an answer is, and decodes it if it is a success.
fn read_answer(
    plan: &Plan<'_>,
    input: &SignInput<'_>,
    head: &Head,
    body: Bytes,
    sink: &mut dyn Sink,
) -> Result<Read, Error> {
    let (status, headers) = (head.status, &head.headers);
    let answer = Answer::new(status, headers, &body);
    let header_id = || plan.cloud.request_id(headers);
    let wait = || {
        let own = plan.cloud.retry_after(headers);
        own.or_else(|| retry_after(headers, plan.shared.context.clock.now()))
    };
    let service_error = || {
        let mut found = plan.cloud.service_error(&answer)?;
        found.request_id = found.request_id.or_else(header_id);
        found.class = match (found.class, status.as_u16()) {
            (ErrorClass::Other, 429) => ErrorClass::Throttled,
            (ErrorClass::Other, 500 | 502 | 503 | 504) => ErrorClass::Transient,
            (class, _) => class,
        };
        if found.class == ErrorClass::Auth
            && let Some(advice) = plan.cloud.advise(input, &found)
        {
            found.message = format!("{} ({advice})", found.message);
        }
        Some(Error::from_service(found, status, &body).with_retry_after(wait()))
    };
    if !status.is_success() {
        return Err(service_error().unwrap_or_else(|| {
            bare_status(status).answered(status, &body).with_request_id(header_id()).with_retry_after(wait())
        }));
    }
    let envelope = plan.cloud.envelope();
    let mut seen = Seen::default();
    let text = without_bom(&body);
    let text = if text.is_empty() && envelope.empty { b"{}" } else { text };
    // One check of the whole text, then the parser need not check each part.
    let decoded = match std::str::from_utf8(text) {
        Ok(text) => sink.read(text, &envelope, headers, &mut seen).map_err(|error| {
            let what = if text.is_empty() {
                "the answer is empty"
            } else {
                "the answer is not what the API promises"
            };
            Error::new(ErrorKind::Decode, what).with_source(error)
        }),
        Err(error) => Err(Error::new(ErrorKind::Decode, "the answer is not UTF-8").with_source(error)),
    };
    let request_id = seen.request_id.or_else(header_id);
    match decoded {
        Ok(()) if !seen.failed => Ok((body, request_id, envelope.member)),
        Ok(()) => Err(service_error().unwrap_or_else(|| {
            let what = "the answer is an error in a shape that the API does not document";
            Error::new(ErrorKind::Service, what).answered(status, &body).with_request_id(request_id)
        })),
        // An error answer need not fit the type of a success.
        Err(error) => {
            Err(service_error().unwrap_or_else(|| error.answered(status, &body).with_request_id(request_id)))
        }
    }
}

/// The error of a status whose body says nothing: a gateway's page, or none at all.
fn bare_status(status: StatusCode) -> Error {
    let reason = status.canonical_reason().unwrap_or("unknown status");
    let what = format!("the server answered {reason}, without an error of the API");
    match status.as_u16() {
        300..=399 => {
            Error::new(ErrorKind::Protocol, "the server answered with a redirect, which is never followed")
        }
        401 | 403 => Error::new(ErrorKind::Auth, what),
        404 => Error::new(ErrorKind::NotFound, what),
        408 | 500 | 502 | 503 | 504 => Error::new(ErrorKind::Service, what).with_transient(true),
        429 => Error::new(ErrorKind::Throttled, what),
        _ => Error::new(ErrorKind::Service, what),
    }
}

/// The wait that a `Retry-After` asks for: seconds, or a date.
fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = headers.get(http::header::RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let date = httpdate::parse_http_date(text).ok()?;
    Some(date.duration_since(now).unwrap_or_default())
}
