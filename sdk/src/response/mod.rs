//! Responses: the typed value, its request id, status and headers, and the warnings about odd members.

pub(crate) mod decode;
pub(crate) mod envelope;
mod json;
#[doc(hidden)]
#[doc(hidden)]
pub mod tolerant;
pub(crate) mod warning;

pub use crate::value::{Map, Number};
pub use envelope::{Envelope, FailedIf};
pub use json::from_json;
pub use tolerant::{Shape, Shaped};
pub use warning::Warning;

use std::fmt;
use std::ops::Deref;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::endpoint::Endpoint;
use crate::error::{Error, ErrorKind};
use crate::response::warning::Warnings;
use crate::telemetry::redact;
use crate::value::{Value, parse};

/// The typed response of a call, with its request id, status and headers.
///
/// It dereferences to the value, and [`into_inner`](Self::into_inner) returns the value. `Debug` masks secrets by the names of their
/// members; the value and [`raw_body`](Self::raw_body) contain them.
///
/// ```no_run
/// use cloudcall::prelude::*;
///
/// # async fn run(client: Client<Tencent>) -> Result<(), Error> {
/// let zones = client.raw("cvm", "2017-03-12", "DescribeZones").send().await?;
/// println!("{} zones, request {:?}, {} attempts", zones["TotalCount"], zones.request_id(), zones.attempts());
/// for warning in zones.warnings() {
///     eprintln!("{warning}");
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Response<T> {
    value: T,
    meta: Meta,
}

/// The facts about a response beside its value.
#[derive(Clone)]
pub(crate) struct Meta {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) request_id: Option<String>,
    pub(crate) attempts: u32,
    pub(crate) endpoint: Endpoint,
    /// The member that holds the response, if the provider wraps it.
    pub(crate) envelope: Option<&'static str>,
    pub(crate) warnings: Warnings,
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("value", &redact::Scrubbed(&self.value))
            .field("meta", &self.meta)
            .finish()
    }
}

/// Shows the value, such as the JSON text of an untyped response.
impl<T: fmt::Display> fmt::Display for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

impl fmt::Debug for Meta {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Meta")
            .field("status", &self.status)
            .field("headers", &redact::Headers(&self.headers))
            .field("body_len", &self.body.len())
            .field("request_id", &self.request_id)
            .field("attempts", &self.attempts)
            .field("endpoint", &self.endpoint)
            .field("warnings", &self.warnings.list())
            .finish()
    }
}

/// The value as a `serde_json::Value`, which can be edited.
impl From<Response<Value>> for serde_json::Value {
    fn from(response: Response<Value>) -> Self {
        response.into_inner().into()
    }
}

impl<T> Response<T> {
    pub(crate) fn new(value: T, meta: Meta) -> Self {
        Self { value, meta }
    }

    /// The typed answer.
    pub fn into_inner(self) -> T {
        self.value
    }

    pub(crate) fn value_mut(&mut self) -> &mut T {
        &mut self.value
    }

    /// The request id, for the vendor's support.
    pub fn request_id(&self) -> Option<&str> {
        self.meta.request_id.as_deref()
    }

    /// How many requests were sent; 1 when nothing was retried.
    pub fn attempts(&self) -> u32 {
        self.meta.attempts
    }

    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        self.meta.status
    }

    /// The headers of the answer.
    pub fn headers(&self) -> &HeaderMap {
        &self.meta.headers
    }

    /// The host that answered.
    pub fn endpoint(&self) -> &str {
        self.meta.endpoint.authority()
    }

    /// The body as it came, envelope included. Nothing is masked: it may hold the password or the key that you asked for.
    pub fn raw_body(&self) -> &Bytes {
        &self.meta.body
    }

    /// What was odd about the response: members that were left out, or read in another way than they were declared. Empty
    /// for nearly all responses; at most 100.
    ///
    /// The log has an event at level WARN that sums them up.
    pub fn warnings(&self) -> &[Warning] {
        self.meta.warnings.list()
    }

    /// The response as JSON, without the cloud's envelope. It also has the members that the type does not have, and keeps
    /// digits and order as the service sent them.
    ///
    /// # Errors
    ///
    /// Kind `Decode` if the body is not JSON.
    pub fn to_json(&self) -> Result<Value, Error> {
        let text = std::str::from_utf8(crate::response::decode::without_bom(&self.meta.body));
        let text = text
            .map_err(|error| Error::new(ErrorKind::Decode, "the response is not UTF-8").with_source(error))?;
        let parsed = parse(text)
            .map_err(|error| Error::new(ErrorKind::Decode, "the response is not JSON").with_source(error))?;
        Ok(match self.meta.envelope {
            Some(member) => parsed.value.into_member(member),
            None => parsed.value,
        })
    }

    /// Turns the value into another, and keeps the rest.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Response<U> {
        Response { value: change(self.value), meta: self.meta }
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}
