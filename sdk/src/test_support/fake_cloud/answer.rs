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
/// # #[cfg(feature = "local-cloud")]
/// # fn answers() {
/// use std::time::Duration;
/// use cloudcall::json::json;
/// use cloudcall::local::LocalResponse;
///
/// let zones = LocalResponse::ok(json!({ "TotalCount": 0, "ZoneSet": [] }));
/// let slow = LocalResponse::error("InternalError", "try again").after(Duration::from_millis(50));
/// let gateway = LocalResponse::raw(502, "text/html", "<html>bad gateway</html>").header("Retry-After", "1");
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct LocalResponse {
    pub(crate) content: Content,
    pub(crate) status: Option<StatusCode>,
    pub(crate) headers: HeaderMap,
    pub(crate) delay: Duration,
}

/// The answer proper.
#[derive(Debug, Clone)]
pub(crate) enum Content {
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
    /// The test itself is wrong.
    Mistake(String),
}

impl LocalResponse {
    fn new(content: Content) -> Self {
        Self { content, status: None, headers: HeaderMap::new(), delay: Duration::ZERO }
    }

    /// A success; the cloud's envelope and a request id come around it.
    pub fn ok(value: impl Serialize) -> Self {
        match serde_json::to_value(value) {
            Ok(value) => Self::new(Content::Ok(value)),
            Err(error) => Self::mistake(&format!("the answer cannot be written as JSON: {error}")),
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
    /// # use cloudcall::{json::json, local::LocalResponse};
    /// let chat = LocalResponse::events([json!({ "Note": "a" }), json!({ "Note": "b" })])
    ///     .pause(Duration::from_millis(5));
    /// ```
    pub fn events(data: impl IntoIterator<Item = impl Serialize>) -> Self {
        let events = data
            .into_iter()
            .map(|data| serde_json::to_string(&data).map(|text| Bytes::from(format!("data: {text}\n\n"))));
        match events.collect::<Result<Vec<_>, _>>() {
            Ok(events) => Self::pieces("text/event-stream", events),
            Err(error) => Self::mistake(&format!("an event cannot be written as JSON: {error}")),
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
            Err(_) => self = Self::mistake(&format!("{status} is not an HTTP status")),
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
            _ => self = Self::mistake(&format!("{name:?}: {value:?} is not a header")),
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
    pub(crate) fn mistake(what: &str) -> Self {
        Self::new(Content::Mistake(what.to_owned()))
    }

    #[cfg(feature = "testing")]
    pub(crate) fn found_mistake(&self) -> Option<&str> {
        match &self.content {
            Content::Mistake(what) => Some(what),
            _ => None,
        }
    }

    /// The answer of a cloud whose envelope nobody knows; none for what would need one.
    #[cfg(feature = "testing")]
    pub(crate) fn plain(self) -> Option<http::Response<Bytes>> {
        let (content_type, body, pieces) = match self.content {
            Content::Ok(value) => ("application/json".to_owned(), Bytes::from(value.to_string()), None),
            Content::Raw { content_type, body } => (content_type, body, None),
            Content::Pieces { content_type, pieces } => (content_type, Bytes::new(), Some(pieces)),
            Content::Error { .. } | Content::HangUp | Content::Mistake(_) => return None,
        };
        let mut response = http::Response::new(body);
        if let Some(pieces) = pieces {
            response.extensions_mut().insert(pieces);
        }
        *response.status_mut() = self.status.unwrap_or(StatusCode::OK);
        if let Ok(content_type) = HeaderValue::from_str(&content_type) {
            response.headers_mut().insert(http::header::CONTENT_TYPE, content_type);
        }
        response.headers_mut().extend(self.headers);
        Some(response)
    }
}
