//! What a mock answers, and how it gets there.

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use futures_util::{StreamExt as _, stream};
use serde::Serialize;

use super::time::FakeTime;
use crate::context::Clock as _;
use crate::error::{ErrorKind, SendState};
use crate::test_support::fake_cloud::{LocalResponse, Pieces, Vendor, scripted};
use crate::transport::{HttpResponse, ResponseBody, TransportError};

/// What a [`MockTransport`](super::MockTransport) answers to one request.
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
/// let nobody = MockResponse::refused();
/// ```
#[derive(Debug, Clone)]
pub struct MockResponse {
    head: Head,
    body: Body,
    delay: Duration,
}

#[derive(Debug, Clone)]
enum Head {
    RecordedResponse(LocalResponse),
    Failure { kind: ErrorKind, sent: SendState, message: String },
    Silence,
}

/// How the body comes.
#[derive(Debug, Clone)]
enum Body {
    Whole,
    CutOff,
    Stuck,
}

impl From<LocalResponse> for MockResponse {
    fn from(answer: LocalResponse) -> Self {
        let delay = answer.delay;
        Self { delay, ..Self::new(Head::RecordedResponse(answer)) }
    }
}

impl MockResponse {
    fn new(head: Head) -> Self {
        Self { head, body: Body::Whole, delay: Duration::ZERO }
    }

    /// A success: JSON, or any value that can be written as JSON. The cloud's envelope and a request id come around it.
    pub fn ok(value: impl Serialize) -> Self {
        LocalResponse::ok(value).into()
    }

    /// An error of the service in its cloud's own form, with the cloud's usual status.
    pub fn error(code: impl Into<String>, message: impl Into<String>) -> Self {
        LocalResponse::error(code, message).into()
    }

    /// Bytes as they are, without an envelope.
    pub fn raw(status: u16, content_type: impl Into<String>, body: impl Into<Bytes>) -> Self {
        LocalResponse::raw(status, content_type, body).into()
    }

    /// A status without a body, as gateways and balancers answer.
    pub fn bare(status: u16) -> Self {
        Self::raw(status, "text/plain", Bytes::new())
    }

    /// A body that comes in these pieces, one after the other.
    pub fn pieces<B: Into<Bytes>>(
        status: u16,
        content_type: impl Into<String>,
        pieces: impl IntoIterator<Item = B>,
    ) -> Self {
        LocalResponse::pieces(content_type, pieces).status(status).into()
    }

    /// A stream of server-sent events with these data, in JSON; the cloud's envelope does not come around them.
    pub fn events(data: impl IntoIterator<Item = impl Serialize>) -> Self {
        LocalResponse::events(data).into()
    }

    /// Nobody listens: the request never left.
    pub fn refused() -> Self {
        Self::failure(ErrorKind::Connect, SendState::No, "connection refused, says the mock")
    }

    /// The connection closes without an answer: the request may have been carried out.
    pub fn hang_up() -> Self {
        Self::failure(
            ErrorKind::Io,
            SendState::Maybe,
            "the connection closed before an answer, says the mock",
        )
    }

    /// No answer ever comes: the client's time limit passes, on the [fake clock](super::FakeTime).
    pub fn silence() -> Self {
        Self::new(Head::Silence)
    }

    /// Any other failure of a transport.
    pub fn failure(kind: ErrorKind, sent: SendState, message: impl Into<String>) -> Self {
        Self::new(Head::Failure { kind, sent, message: message.into() })
    }

    /// Sets the HTTP status.
    #[must_use]
    pub fn status(self, status: u16) -> Self {
        self.with_answer(|answer| answer.status(status))
    }

    /// Adds a header.
    #[must_use]
    pub fn header(self, name: &str, value: &str) -> Self {
        self.with_answer(|answer| answer.header(name, value))
    }

    /// Lets time pass before the answer, on the [fake clock](super::FakeTime).
    #[must_use]
    pub fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// Breaks the connection in the middle of the body.
    #[must_use]
    pub fn cut_off(mut self) -> Self {
        self.body = Body::CutOff;
        self
    }

    /// Sends the first half of the body, and then nothing more.
    #[must_use]
    pub fn stuck(mut self) -> Self {
        self.body = Body::Stuck;
        self
    }

    fn with_answer(mut self, change: impl FnOnce(LocalResponse) -> LocalResponse) -> Self {
        self.head = match self.head {
            Head::RecordedResponse(answer) => Head::RecordedResponse(change(answer)),
            // What never answers has neither status nor headers.
            _ => Head::RecordedResponse(LocalResponse::mistake("a failure has no status and no headers")),
        };
        self
    }

    /// What is wrong with the answer itself.
    pub(super) fn found_mistake(&self) -> Option<&str> {
        match &self.head {
            Head::RecordedResponse(answer) => answer.found_mistake(),
            _ => None,
        }
    }

    /// Answers, in the envelope of `vendor`. A cloud that nobody knows gets JSON as it is.
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
        let answer = match self.head {
            Head::RecordedResponse(answer) => answer,
            Head::Failure { kind, sent, message } => return Err(TransportError::new(kind, sent, message)),
            Head::Silence => {
                time.world(Duration::MAX).await;
                return Err(hung_up());
            }
        };
        let (mut head, whole) = envelope(vendor, answer, request_id, time.now())?.into_parts();
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

fn envelope(
    vendor: Option<&'static dyn Vendor>,
    answer: LocalResponse,
    request_id: &str,
    now: SystemTime,
) -> Result<http::Response<Bytes>, TransportError> {
    match vendor {
        Some(vendor) => scripted(vendor, answer, request_id, now).ok_or_else(hung_up),
        None => answer.plain().ok_or_else(|| {
            config("this cloud is not one of cloudcall's, so its errors are not known: give a `raw` answer")
        }),
    }
}

/// A body that comes piece by piece, with waits between.
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

fn broken() -> TransportError {
    TransportError::new(
        ErrorKind::Io,
        SendState::Maybe,
        "the connection broke within the body, says the mock",
    )
}

fn hung_up() -> TransportError {
    TransportError::new(
        ErrorKind::Io,
        SendState::Maybe,
        "the connection closed before an answer, says the mock",
    )
}

/// A mistake of the test.
fn config(what: &str) -> TransportError {
    TransportError::new(ErrorKind::Config, SendState::No, format!("mock: {what}"))
}
