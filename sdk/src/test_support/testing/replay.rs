//! A transport that responds from a recording.
//!
//! `canonical.rs` compares requests. This file chooses the exchange, and remembers which ones were
//! played.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use bytes::Bytes;
use futures_util::stream;
use http::{HeaderName, HeaderValue, StatusCode};

use super::called::{describe, read};
use super::canonical::Canonical;
use super::cassette::{Cassette, Exchange, Outcome, RecordedResponse};
use super::expectation::UnmetExpectation;
use super::scrub::Scrub;
use crate::error::{ErrorKind, SendState};
use crate::transport::{HttpRequest, HttpResponse, HttpSend, ResponseBody, TransportError};

/// A transport that responds from a [`Cassette`] and sends nothing. Clones share the exchanges that were
/// played.
///
/// Each exchange is played once, for a request with the same provider, product, action, method, path, query
/// and body. If several match, the first recorded one is played. The comparison ignores the order of members
/// and parameters, the host, headers, times, nonces, signatures, credentials, idempotency tokens, and the
/// names of [`Recorder::ignore`](super::Recorder::ignore). A masked value matches any value.
///
/// ```no_run
/// use cloudcall::prelude::*;
/// use cloudcall::testing::{Cassette, MockTransport, Replay};
///
/// # async fn run() -> Result<(), Box<dyn std::error::Error>> {
/// let replay = Replay::new(Cassette::read("tests/zones.jsonl")?);
/// let client = MockTransport::builder().build()?.client::<Tencent>().transport(replay.clone());
/// let client = client.region("ap-guangzhou").build()?;
/// client.raw("cvm", "2017-03-12", "DescribeZones").send().await?;
/// replay.verify()?;
/// # Ok(())
/// # }
/// ```
///
/// # Troubleshooting
///
/// **A call fails with kind `Config` and `is not in the recording`.** The error states the differences from
/// the nearest exchange. If the new request is right, record again; if a value differs in every run, name it
/// with [`ignore`](Self::ignore). Such an error is not retried.
///
/// **A call fails with `it was recorded once, and that was played`.** The program sends more requests than it
/// did during the recording, for example because of a retry.
#[derive(Clone)]
pub struct Replay {
    /// The recording.
    tape: Arc<Cassette>,
    /// For each exchange, whether it was played.
    played: Arc<Mutex<Vec<bool>>>,
    /// A description of each request, for errors.
    requests: Arc<Mutex<Vec<String>>>,
    /// Names of parameters that are not compared.
    ignore: Vec<String>,
    /// Whether only the next exchange may be played.
    in_order: bool,
}

impl Replay {
    /// Creates a transport that plays `cassette`.
    pub fn new(cassette: Cassette) -> Self {
        Self {
            played: Arc::new(Mutex::new(vec![false; cassette.len()])),
            requests: Arc::default(),
            ignore: cassette.ignore.clone(),
            in_order: false,
            tape: Arc::new(cassette),
        }
    }

    /// Requires the requests in the order in which they were recorded. Default: any order.
    ///
    /// A program that sends requests at the same time has no fixed order, so keep the default for it.
    #[must_use]
    pub fn in_order(mut self) -> Self {
        self.in_order = true;
        self
    }

    /// Does not compare a parameter or JSON member, in addition to those that the recording names.
    ///
    /// The name counts for requests and for the recording. Case, `-` and `_` do not matter.
    #[must_use]
    pub fn ignore(mut self, name: impl Into<String>) -> Self {
        self.ignore.push(name.into());
        self
    }

    /// Checks that every recorded exchange was played.
    ///
    /// # Errors
    ///
    /// [`UnmetExpectation`] lists the exchanges that were not played, and all requests that were received.
    pub fn verify(&self) -> Result<(), UnmetExpectation> {
        let played = self.played.lock().unwrap_or_else(PoisonError::into_inner);
        let left = self.tape.exchanges.iter().enumerate().zip(played.iter()).filter(|(_, played)| !**played);
        let what =
            left.map(|((number, exchange), _)| format!("{} was not requested", named(number, exchange)));
        let requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        UnmetExpectation::check(what.collect(), requests.clone())
    }

    /// Takes the exchange that matches a request, or says why there is none.
    ///
    /// The error has the nearest exchange that was not played and up to five differences. If only
    /// exchanges that were played match, it says how often the request was recorded.
    fn take(&self, given: &Canonical) -> Result<&Exchange, String> {
        let mut played = self.played.lock().unwrap_or_else(PoisonError::into_inner);
        let mut nearest: Option<(usize, Vec<String>, String)> = None;
        let mut used = 0;
        for ((number, exchange), played) in self.tape.exchanges.iter().enumerate().zip(played.iter_mut()) {
            let recorded = Canonical::recorded(exchange, &self.ignore);
            let differences = given.differences(&recorded);
            if *played {
                used += usize::from(differences.is_empty());
                continue;
            }
            if differences.is_empty() {
                *played = true;
                return Ok(exchange);
            }
            // A request of the same action is nearer than one of another action.
            let far = differences.len() + if given.same_call(&recorded) { 0 } else { 1_000 };
            if nearest.as_ref().is_none_or(|(known, ..)| far < *known) {
                nearest = Some((far, differences, named(number, exchange)));
            }
            if self.in_order {
                break;
            }
        }
        let described = |(_, differences, name): (usize, Vec<String>, String)| {
            format!("{name} differs: {}", differences.join(", "))
        };
        Err(match (used, nearest) {
            (0, None) => "every recorded exchange was played, or there are none".to_owned(),
            (0, Some(nearest)) if self.in_order => {
                format!("the recording has another exchange next: {}", described(nearest))
            }
            (0, Some(nearest)) => format!("the nearest, {}", described(nearest)),
            (1, _) => "it was recorded once, and that was played".to_owned(),
            (used, _) => format!("it was recorded {used} times, and all were played"),
        })
    }
}

/// An exchange in errors: `exchange 2 (tencent DescribeZones, POST /)`.
fn named(number: usize, exchange: &Exchange) -> String {
    let Exchange { cloud, action, request, .. } = exchange;
    format!("exchange {} ({cloud} {action}, {} {})", number + 1, request.method, request.path)
}

#[async_trait]
impl HttpSend for Replay {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let (seen, _) = read(&request);
        let name = describe(&seen);
        self.requests.lock().unwrap_or_else(PoisonError::into_inner).push(name.clone());
        // The error quotes differences, so they must not contain secrets either.
        let scrubbed = Scrub::default().request(&seen, request.uri().query().unwrap_or_default());
        let given = Canonical::new(seen.provider, &seen.product, &seen.action, &scrubbed, &self.ignore);
        let exchange = self.take(&given).map_err(|what| {
            let what = format!("replay: {name} is not in the recording: {what}; record again if it is right");
            TransportError::new(ErrorKind::Config, SendState::No, what)
        })?;
        match &exchange.outcome {
            Outcome::Response(recorded) => Ok(response(recorded)),
            Outcome::Failure(failure) => Err(failure.error().unwrap_or_else(cut_off)),
        }
    }

    fn wants_action(&self) -> bool {
        true
    }
}

/// The recorded response. A body that was not read to its end breaks off with an error at the same
/// place.
fn response(recorded: &RecordedResponse) -> HttpResponse {
    let bytes: Bytes = recorded.body.bytes().unwrap_or_default();
    let body = match recorded.whole {
        true => ResponseBody::whole(bytes),
        false => ResponseBody::new(stream::iter([Ok(bytes), Err(cut_off())])),
    };
    let mut response = http::Response::new(body);
    *response.status_mut() = StatusCode::from_u16(recorded.status).unwrap_or_default();
    for (name, value) in &recorded.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(value))
        {
            response.headers_mut().append(name, value);
        }
    }
    response
}

/// The error within a body whose recording is not whole.
fn cut_off() -> TransportError {
    TransportError::new(ErrorKind::Io, SendState::Maybe, "the recording ends within the response")
}

impl fmt::Debug for Replay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Replay").field("exchanges", &self.tape.len()).finish_non_exhaustive()
    }
}
