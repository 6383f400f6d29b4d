//! What a handler answers; the vendor's envelope comes around it later.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde::Serialize;
use serde_json::Value;

use super::pieces::Pieces;

/// What the local cloud answers to one request.
///
/// ```
/// use std::time::Duration;
/// use cloudcall::json::json;
/// use cloudcall::local::LocalAnswer;
///
/// let zones = LocalAnswer::ok(json!({ "TotalCount": 0, "ZoneSet": [] }));
/// let slow = LocalAnswer::error("InternalError", "try again").after(Duration::from_millis(50));
/// let gateway = LocalAnswer::raw(502, "text/html", "<html>bad gateway</html>").header("Retry-After", "1");
/// ```
#[derive(Debug, Clone)]
pub struct LocalAnswer {
    pub(super) content: Content,
    pub(super) status: Option<StatusCode>,
    pub(super) headers: HeaderMap,
    pub(super) delay: Duration,
}

/// The answer proper.
#[derive(Debug, Clone)]
pub(super) enum Content {
    /// A success; the cloud wraps it.
    Ok(Value),
    /// An error; the cloud wraps it.
    Error { code: String, message: String },
    /// Bytes as they are.
    Raw { content_type: String, body: Bytes },
    /// Bytes as they are, piece by piece.
    Pieces { content_type: String, pieces: Pieces },
    /// The connection closes without an answer.
    HangUp,
}

impl LocalAnswer {
    fn new(content: Content) -> Self {
        Self { content, status: None, headers: HeaderMap::new(), delay: Duration::ZERO }
    }

    /// A success; the cloud's envelope and a request id come around it.
    pub fn ok(value: impl Serialize) -> Self {
        match serde_json::to_value(value) {
            Ok(value) => Self::new(Content::Ok(value)),
            Err(error) => Self::broken(&format!("the answer cannot be written as JSON: {error}")),
        }
    }

    /// An error of the service, with its usual status.
    pub fn error(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(Content::Error { code: code.into(), message: message.into() })
    }

    /// Bytes as they are: a gateway's page, or an answer that is cut off.
    pub fn raw(status: u16, content_type: impl Into<String>, body: impl Into<Bytes>) -> Self {
        Self::new(Content::Raw { content_type: content_type.into(), body: body.into() }).status(status)
    }

    /// A stream of server-sent events with these data, in JSON; the cloud's envelope does not come around them.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use cloudcall::{json::json, local::LocalAnswer};
    /// let chat = LocalAnswer::events([json!({ "Note": "a" }), json!({ "Note": "b" })])
    ///     .pause(Duration::from_millis(5));
    /// ```
    pub fn events(data: impl IntoIterator<Item = impl Serialize>) -> Self {
        let events = data
            .into_iter()
            .map(|data| serde_json::to_string(&data).map(|text| Bytes::from(format!("data: {text}\n\n"))));
        match events.collect::<Result<Vec<_>, _>>() {
            Ok(events) => Self::pieces("text/event-stream", events),
            Err(error) => Self::broken(&format!("an event cannot be written as JSON: {error}")),
        }
    }

    /// Bytes as they are, in a body that leaves piece by piece: events by hand, or a document too large for the memory. Its
    /// length is not announced, unless you do it with a header.
    pub fn pieces(
        content_type: impl Into<String>,
        pieces: impl IntoIterator<Item = impl Into<Bytes>>,
    ) -> Self {
        let list = pieces.into_iter().map(Into::into).collect();
        let pieces = Pieces { list, pause: Duration::ZERO, cut: false };
        Self::new(Content::Pieces { content_type: content_type.into(), pieces })
    }

    /// Waits between the pieces of the body.
    #[must_use]
    pub fn pause(mut self, pause: Duration) -> Self {
        if let Content::Pieces { pieces, .. } = &mut self.content {
            pieces.pause = pause;
        }
        self
    }

    /// Breaks the connection after the last piece of the body, as if there were more.
    #[must_use]
    pub fn cut_off(mut self) -> Self {
        if let Content::Pieces { pieces, .. } = &mut self.content {
            pieces.cut = true;
        }
        self
    }

    /// No answer: the connection closes.
    pub fn hang_up() -> Self {
        Self::new(Content::HangUp)
    }

    /// Sets the HTTP status.
    #[must_use]
    pub fn status(mut self, status: u16) -> Self {
        match StatusCode::from_u16(status) {
            Ok(status) => self.status = Some(status),
            Err(_) => self = Self::broken(&format!("{status} is not an HTTP status")),
        }
        self
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        match (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(value)) {
            (Ok(name), Ok(value)) => {
                self.headers.append(name, value);
            }
            _ => self = Self::broken(&format!("{name:?}: {value:?} is not a header")),
        }
        self
    }

    /// Waits before it answers.
    #[must_use]
    pub fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// A mistake in the test itself: said loudly, since a handler has nobody to return it to.
    fn broken(what: &str) -> Self {
        let mut answer = Self::new(Content::Raw {
            content_type: "text/plain".to_owned(),
            body: Bytes::from(format!("local cloud: {what}")),
        });
        answer.status = Some(StatusCode::INTERNAL_SERVER_ERROR);
        answer
    }
}
