//! The responses of a mock: content, delay, and failures on the way.
//!
//! Content and envelope come from `fake_cloud::LocalResponse`. This file adds what only a transport can
//! do: refuse a connection, stay silent, break or stall a body, all on the fake clock.

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use futures_util::{StreamExt as _, stream};
use serde::Serialize;

use super::time::FakeTime;
use crate::context::Clock as _;
use crate::error::{ErrorKind, SendState};
use crate::test_support::fake_cloud::{LocalResponse, Pieces, Vendor, scripted};
use crate::transport::{HttpResponse, ResponseBody, TransportError};

/// A response of a [`MockTransport`](super::MockTransport) to one request, or a failure in place of one.
///
/// `ok` and `error` are wrapped in the envelope of the provider that is called, so one `MockResponse` works
/// for every cloud. `raw`, `bare`, `pieces` and `events` are sent as given.
///
/// ```
/// use std::time::Duration;
/// use cloudcall::json::json;
/// use cloudcall::testing::MockResponse;
///
/// let zones = MockResponse::ok(json!({ "TotalCount": 0, "ZoneSet": [] }));
/// let error = MockResponse::error("InvalidZone.NotFound", "no such zone").status(400);
/// let gateway = MockResponse::raw(502, "text/html", "<html>bad gateway</html>").header("Retry-After", "1");
/// let slow = MockResponse::ok(json!({})).after(Duration::from_secs(10));
/// let broken = MockResponse::ok(json!({ "TotalCount": 0 })).cut_off();
/// let unreachable = MockResponse::refused();
/// ```
///
/// # Troubleshooting
///
/// **The call fails with kind `Config` and `mock: …`.** The response itself is wrong: a status outside of 100
/// to 999, a header with a line break, a value that cannot be written as JSON, or a status or header set on a
/// failure such as [`refused`](Self::refused), which has neither.
#[derive(Debug, Clone)]
pub struct MockResponse {
    head: Head,
    body: Body,
    delay: Duration,
}

/// The message of a connection that closes before a response.
const HUNG_UP: &str = "mock: the connection closed before a response";

/// What comes first: the head of a response, or something else in its place.
#[derive(Debug, Clone)]
enum Head {
    /// A response, in the envelope of the provider if it has one.
    Response(LocalResponse),
    /// An error of the transport.
    Failure { kind: ErrorKind, sent: SendState, message: String },
    /// Nothing, ever.
    Silence,
}

/// How much of the body is sent.
#[derive(Debug, Clone)]
enum Body {
    /// All of it.
    Whole,
    /// The first half, then an error.
    CutOff,
    /// The first half, then nothing.
    Stuck,
}

impl From<LocalResponse> for MockResponse {
    fn from(response: LocalResponse) -> Self {
        let delay = response.delay;
        Self { delay, ..Self::new(Head::Response(response)) }
    }
}

impl MockResponse {
    /// A response without delay and with a whole body.
    fn new(head: Head) -> Self {
        Self { head, body: Body::Whole, delay: Duration::ZERO }
    }

    /// A success with this value, written as JSON in the provider's envelope, with a request id.
    ///
    /// For Tencent Cloud the body is `{"Response": {…, "RequestId": "…"}}`, for example. A null is the
    /// response of an action that returns nothing.
    pub fn ok(value: impl Serialize) -> Self {
        LocalResponse::ok(value).into()
    }

    /// An error of the service in the provider's own form, with the status that the provider usually sends.
    ///
    /// The statuses are those of the local cloud: 200 for Tencent Cloud, mostly 400 for others. Set
    /// another one with [`status`](Self::status).
    pub fn error(code: impl Into<String>, message: impl Into<String>) -> Self {
        LocalResponse::error(code, message).into()
    }

    /// A body that is sent as given, without an envelope.
    pub fn raw(status: u16, content_type: impl Into<String>, body: impl Into<Bytes>) -> Self {
        LocalResponse::raw(status, content_type, body).into()
    }

    /// A status without a body, as gateways and load balancers send it.
    pub fn bare(status: u16) -> Self {
        Self::raw(status, "text/plain", Bytes::new())
    }

    /// A body that is sent in these pieces, without an envelope.
    ///
    /// The body has no `Content-Length`, unless you add it with [`header`](Self::header).
    pub fn pieces<B: Into<Bytes>>(
        status: u16,
        content_type: impl Into<String>,
        pieces: impl IntoIterator<Item = B>,
    ) -> Self {
        LocalResponse::pieces(content_type, pieces).status(status).into()
    }

    /// A stream of server-sent events. Each item is the data of one event, written as JSON without an
    /// envelope.
    ///
    /// ```
    /// use cloudcall::json::json;
    /// use cloudcall::testing::MockResponse;
    ///
    /// let chat = MockResponse::events([json!({ "Note": "a" }), json!({ "Note": "b" })]);
    /// ```
    pub fn events(data: impl IntoIterator<Item = impl Serialize>) -> Self {
        LocalResponse::events(data).into()
    }

    /// The connection is refused, so the request was never sent. Gives an error of kind `Connect`.
    ///
    /// Retries are always safe after it.
    pub fn refused() -> Self {
        Self::failure(ErrorKind::Connect, SendState::No, "mock: connection refused")
    }

    /// The connection closes without a response, so the service may have acted. Gives an error of kind `Io`.
    ///
    /// Only calls that may be repeated are retried after it.
    pub fn hang_up() -> Self {
        Self::failure(ErrorKind::Io, SendState::Maybe, HUNG_UP)
    }

    /// No response ever arrives. The client's time limit expires on the [fake clock](super::FakeTime), kind
    /// `Timeout`.
    ///
    /// A client without time limits waits forever. With
    /// [`FakeTime::by_hand`](super::FakeTime::by_hand), advance the clock.
    pub fn silence() -> Self {
        Self::new(Head::Silence)
    }

    /// Any other failure of a transport. `sent` says whether the request can have reached the server, which
    /// decides whether the client may retry it.
    ///
    /// ```
    /// use cloudcall::error::{ErrorKind, SendState};
    /// use cloudcall::testing::MockResponse;
    ///
    /// let untrusted = MockResponse::failure(ErrorKind::Tls, SendState::No, "not trusted");
    /// ```
    pub fn failure(kind: ErrorKind, sent: SendState, message: impl Into<String>) -> Self {
        Self::new(Head::Failure { kind, sent, message: message.into() })
    }

    /// Sets the HTTP status. Default: 200 for a success, and the provider's usual status for an error.
    ///
    /// A failure such as [`refused`](Self::refused) has no status: the mock then fails to build.
    #[must_use]
    pub fn status(self, status: u16) -> Self {
        self.with_response(|response| response.status(status))
    }

    /// Adds a response header.
    ///
    /// The header replaces one of the same name that the envelope has. Call it twice to send a header
    /// twice.
    #[must_use]
    pub fn header(self, name: &str, value: &str) -> Self {
        self.with_response(|response| response.header(name, value))
    }

    /// Delays the response, on the [fake clock](super::FakeTime). Default: no delay.
    #[must_use]
    pub fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// Breaks the connection after half of the body. The client gets an error of kind `Io` within the
    /// body.
    ///
    /// A body in pieces breaks after its last piece.
    #[must_use]
    pub fn cut_off(mut self) -> Self {
        self.body = Body::CutOff;
        self
    }

    /// Sends the first half of the body, and then nothing more. The client's stall or read limit expires.
    ///
    /// It has no effect on a body in pieces.
    #[must_use]
    pub fn stuck(mut self) -> Self {
        self.body = Body::Stuck;
        self
    }

    /// Changes the response. A failure has none, so this is a mistake of the test.
    fn with_response(mut self, change: impl FnOnce(LocalResponse) -> LocalResponse) -> Self {
        self.head = match self.head {
            Head::Response(response) => Head::Response(change(response)),
            _ => Head::Response(LocalResponse::mistake("a failure has no status and no headers")),
        };
        self
    }

    /// The mistake in the response itself, if there is one.
    pub(super) fn found_mistake(&self) -> Option<&str> {
        match &self.head {
            Head::Response(response) => response.found_mistake(),
            _ => None,
        }
    }

    /// Makes the response, in the envelope of `vendor`. A provider outside this crate gets JSON without an
    /// envelope.
    pub(super) async fn send(
        self,
        vendor: Option<&'static dyn Vendor>,
        request_id: &str,
        time: &FakeTime,
    ) -> Result<HttpResponse, TransportError> {
        if !self.delay.is_zero() {
            time.world(self.delay).await;
        }
        if let Some(mistake) = self.found_mistake() {
            return Err(config(mistake));
        }
        let response = match self.head {
            Head::Response(response) => response,
            Head::Failure { kind, sent, message } => return Err(TransportError::new(kind, sent, message)),
            Head::Silence => {
                time.world(Duration::MAX).await;
                return Err(hung_up());
            }
        };
        let (mut head, whole) = envelope(vendor, response, request_id, time.now())?.into_parts();
        if let Some(pieces) = head.extensions.remove::<Pieces>() {
            let cut = pieces.cut || matches!(self.body, Body::CutOff);
            return Ok(http::Response::from_parts(head, in_pieces(pieces, cut, time.clone())));
        }
        let half = whole.slice(..whole.len() / 2);
        let body = match self.body {
            Body::Whole => ResponseBody::whole(whole),
            Body::CutOff => ResponseBody::new(stream::iter([Ok(half), Err(broken())])),
            Body::Stuck => {
                let forever = time.clone();
                let never = stream::once(async move {
                    forever.world(Duration::MAX).await;
                    Err(hung_up())
                });
                ResponseBody::new(stream::iter([Ok(half)]).chain(never))
            }
        };
        Ok(http::Response::from_parts(head, body))
    }
}

/// Writes the response as the vendor does.
fn envelope(
    vendor: Option<&'static dyn Vendor>,
    response: LocalResponse,
    request_id: &str,
    now: SystemTime,
) -> Result<http::Response<Bytes>, TransportError> {
    match vendor {
        Some(vendor) => scripted(vendor, response, request_id, now).ok_or_else(hung_up),
        None => response.plain().ok_or_else(|| {
            config("errors of a provider outside of cloudcall have no known form: use `MockResponse::raw`")
        }),
    }
}

/// A body that is sent in pieces, with delays between them.
fn in_pieces(pieces: Pieces, cut: bool, time: FakeTime) -> ResponseBody {
    let Pieces { list, pause, .. } = pieces;
    let frames = stream::unfold(0, move |at| {
        let (piece, time) = (list.get(at).cloned(), time.clone());
        async move {
            let piece = piece?;
            if at > 0 && !pause.is_zero() {
                time.world(pause).await;
            }
            Some((Ok(piece), at.saturating_add(1)))
        }
    });
    let end = stream::iter(cut.then(|| Err(broken())));
    ResponseBody::new(frames.chain(end))
}

/// The error within a body of [`MockResponse::cut_off`].
fn broken() -> TransportError {
    TransportError::new(ErrorKind::Io, SendState::Maybe, "mock: the connection broke within the body")
}

/// The error of a connection that closes before a response.
fn hung_up() -> TransportError {
    TransportError::new(ErrorKind::Io, SendState::Maybe, HUNG_UP)
}

/// A mistake in the test itself.
fn config(what: &str) -> TransportError {
    TransportError::new(ErrorKind::Config, SendState::No, format!("mock: {what}"))
}
