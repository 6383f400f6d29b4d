//! The response of a handler, before it is wrapped in the vendor's envelope.
//!
//! It does not depend on a vendor, so one response works for every cloud. `wrap.rs` turns it into HTTP.
//! The mock's `MockResponse` contains one of these and adds the failures of a network.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde::Serialize;
use serde_json::Value;

use super::pieces::Pieces;

/// A response of the local cloud to one request.
///
/// `ok` and `error` are wrapped in the envelope of the provider that is called. `raw`, `pieces` and
/// `events` are sent as given.
///
/// ```
/// # #[cfg(feature = "local-cloud")]
/// # fn responses() {
/// use std::time::Duration;
/// use cloudcall::json::json;
/// use cloudcall::local::LocalResponse;
///
/// let zones = LocalResponse::ok(json!({ "TotalCount": 0, "ZoneSet": [] }));
/// let slow = LocalResponse::error("InternalError", "try again").after(Duration::from_millis(50));
/// let gateway = LocalResponse::raw(502, "text/html", "<html>bad gateway</html>").header("Retry-After", "1");
/// # }
/// ```
///
/// The first response above has a different body for each provider:
///
/// ```text
/// tencent     {"Response":{"RequestId":"…","TotalCount":0,"ZoneSet":[]}}
/// qcloud      {"TotalCount":0,"ZoneSet":[],"code":0,"codeDesc":"Success","message":""}
/// huawei      {"TotalCount":0,"ZoneSet":[]}                  and the header X-Request-Id
/// alibaba     {"RequestId":"…","TotalCount":0,"ZoneSet":[]}  and the header x-acs-request-id
/// volcengine  {"ResponseMetadata":{"RequestId":"…"},"Result":{"TotalCount":0,"ZoneSet":[]}}
///                                                            and the header X-Tt-Logid
/// ```
///
/// # Troubleshooting
///
/// **The client receives status 500 with `mistake in the test: …`.** The response is invalid: a status
/// outside of 100 to 999, a header with a line break, or a value that cannot be written as JSON. The
/// text names the mistake.
///
/// **The client cannot read the response of `raw`.** It has no envelope, so most providers refuse it as
/// a success. Use `ok`, or write the whole document as the vendor does.
#[derive(Debug, Clone)]
pub struct LocalResponse {
    /// The body, before it is wrapped.
    pub(crate) content: Content,
    /// The status that the test sets. `None` is the provider's usual one.
    pub(crate) status: Option<StatusCode>,
    /// Headers that are added to those of the envelope.
    pub(crate) headers: HeaderMap,
    /// The time between the request and the response, by the clock of the context.
    pub(crate) delay: Duration,
}

/// The content of a response.
#[derive(Debug, Clone)]
pub(crate) enum Content {
    /// A success, which is wrapped in the envelope.
    Ok(Value),
    /// An error, which is wrapped in the envelope.
    Error { code: String, message: String },
    /// A body that is sent as given.
    Raw { content_type: String, body: Bytes },
    /// A body that is sent as given, in pieces.
    Pieces { content_type: String, pieces: Pieces },
    /// The connection closes without a response.
    HangUp,
    /// A mistake in the test itself. The text names it.
    Mistake(String),
}

impl LocalResponse {
    fn new(content: Content) -> Self {
        Self { content, status: None, headers: HeaderMap::new(), delay: Duration::ZERO }
    }

    /// A success with this value, written as JSON in the provider's envelope, with a request id.
    ///
    /// `null` gives the response of an action that returns nothing: for Huawei Cloud status 204 without
    /// a body.
    pub fn ok(value: impl Serialize) -> Self {
        match serde_json::to_value(value) {
            Ok(value) => Self::new(Content::Ok(value)),
            Err(error) => Self::mistake(&format!("the response cannot be written as JSON: {error}")),
        }
    }

    /// An error of the service in the provider's own form, with the status that the provider usually
    /// sends:
    ///
    /// - `tencent`, `qcloud`: 200.
    /// - `huawei`: 401 for `APIGW.0301`, 429 for `APIGW.0308`, otherwise 400.
    /// - `alibaba`: 500 for `InternalError…`, 503 for `ServiceUnavailable…`, 404 for codes with
    ///   `NotFound`, otherwise 400.
    /// - `volcengine`: the status of the gateway's public error codes, such as 429 for
    ///   `FlowLimitExceeded`. For other codes 404 if they contain `NotFound`, 429 if they contain
    ///   `FlowLimitExceeded`, otherwise 400.
    ///
    /// A code that the vendor does not have is sent as given.
    pub fn error(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(Content::Error { code: code.into(), message: message.into() })
    }

    /// A body that is sent as given, such as the HTML page of a gateway or truncated JSON.
    pub fn raw(status: u16, content_type: impl Into<String>, body: impl Into<Bytes>) -> Self {
        Self::new(Content::Raw { content_type: content_type.into(), body: body.into() }).status(status)
    }

    /// A stream of server-sent events. Each item is the data of one event, written as JSON without an
    /// envelope.
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

    /// A body that is sent in these pieces, without an envelope. The response has no `Content-Length`, unless
    /// you add it with [`header`](Self::header).
    pub fn pieces(
        content_type: impl Into<String>,
        pieces: impl IntoIterator<Item = impl Into<Bytes>>,
    ) -> Self {
        let list = pieces.into_iter().map(Into::into).collect();
        let pieces = Pieces { list, pause: Duration::ZERO, cut: false };
        Self::new(Content::Pieces { content_type: content_type.into(), pieces })
    }

    /// Pauses between the pieces of the body. Default: no pause.
    ///
    /// The pause is a delay of the context's clock. It has an effect on [`pieces`](Self::pieces) and
    /// [`events`](Self::events) only.
    #[must_use]
    pub fn pause(mut self, pause: Duration) -> Self {
        if let Content::Pieces { pieces, .. } = &mut self.content {
            pieces.pause = pause;
        }
        self
    }

    /// Breaks the connection after the last piece of the body, as if more were to follow.
    ///
    /// It has an effect on [`pieces`](Self::pieces) and [`events`](Self::events) only. The client sees
    /// an error within the body, after the head and all pieces.
    #[must_use]
    pub fn cut_off(mut self) -> Self {
        if let Content::Pieces { pieces, .. } = &mut self.content {
            pieces.cut = true;
        }
        self
    }

    /// The connection closes without a response.
    ///
    /// The request was received, so a client cannot know whether it had an effect.
    pub fn hang_up() -> Self {
        Self::new(Content::HangUp)
    }

    /// Sets the HTTP status. Default: 200 for a success, and the provider's usual status for an error.
    ///
    /// A status outside of 100 to 999 turns the response into a mistake, see *Troubleshooting* of
    /// [`LocalResponse`].
    #[must_use]
    pub fn status(mut self, status: u16) -> Self {
        match StatusCode::from_u16(status) {
            Ok(status) => self.status = Some(status),
            Err(_) => self = Self::mistake(&format!("{status} is not an HTTP status")),
        }
        self
    }

    /// Adds a response header.
    ///
    /// The header is added to those of the envelope; it replaces a header of the same name there. Call
    /// it twice to send a header twice.
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

    /// Delays the response. Default: no delay.
    ///
    /// The delay is one of the context's clock: with a fake clock it takes no real time.
    #[must_use]
    pub fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// A mistake in the test itself. It becomes the response, because a handler cannot return an error.
    pub(crate) fn mistake(what: &str) -> Self {
        Self::new(Content::Mistake(what.to_owned()))
    }

    /// The mistake in the test, if this is one. The mock reports it when it is built, before any
    /// request.
    #[cfg(feature = "testing")]
    pub(crate) fn found_mistake(&self) -> Option<&str> {
        match &self.content {
            Content::Mistake(what) => Some(what),
            _ => None,
        }
    }

    /// The response of a provider outside this crate, without an envelope; `None` if it needs one.
    ///
    /// The mock uses it for providers of other crates, whose envelope is not known here.
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
