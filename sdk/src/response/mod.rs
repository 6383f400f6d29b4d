//! Responses: the typed value, its request id, status and headers, and the warnings about
//! odd members.
//!
//! | file | content |
//! | --- | --- |
//! | `mod.rs` | [`Response`], which a successful call returns |
//! | `envelope.rs` | [`Envelope`]: how a provider wraps its responses, as data |
//! | `decode/` | the fast pass from the text of a response into its type, and the choice of the slow one |
//! | `tolerant/` | the readers of single members, and the repair of a response that does not fit its type |
//! | `warning.rs` | [`Warning`]: one odd member, and the path to it |
//! | `json.rs` | [`from_json`]: the same reading for texts that no call returned |
//!
//! On the path of a call, `pipeline/classify.rs` calls `decode::read` with the text of a
//! response, and builds the [`Response`] from the result.
//!
//! ```text
//! text, Envelope, Shape of the type
//!    -> decode: one pass, which also finds the error member and the request id
//!    -> if that fails: value::parse -> tolerant::Mender -> the same pass over the repaired text
//!    -> value, request id, warnings
//! ```

pub(crate) mod decode;
pub(crate) mod envelope;
mod json;
#[doc(hidden)]
pub mod tolerant;
pub(crate) mod warning;

pub use crate::value::{Map, Number};
pub use envelope::{Envelope, FailedIf};
pub use json::from_json;
pub(crate) use json::read_json;
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
/// It dereferences to the value, and [`into_inner`](Self::into_inner) returns the value.
/// `Debug` masks secrets by the names of their members; the value and
/// [`raw_body`](Self::raw_body) contain them.
///
/// ```no_run
/// use cloudcall::prelude::*;
///
/// # async fn run(client: Client<Tencent>) -> Result<(), Error> {
/// let zones = client.raw("cvm", "2017-03-12", "DescribeZones").send().await?;
/// println!("{} zones in {} attempts", zones["TotalCount"], zones.attempts());
/// println!("request id {:?}", zones.request_id());
/// for warning in zones.warnings() {
///     eprintln!("{warning}");
/// }
/// # Ok(())
/// # }
/// ```
///
/// # Troubleshooting
///
/// **A member is `None`, although the service sent it.** Its value does not fit the
/// declared type. [`warnings`](Self::warnings) names the member, what was found and what
/// was expected. Without a warning, the wire name differs: print [`to_json`](Self::to_json)
/// to see the names that the service used, and set the name with `#[param(name = "…")]`.
///
/// **A member is missing in the type.** [`to_json`](Self::to_json) has all members of the
/// response, also those that the type does not declare.
///
/// **`request_id` is `None`.** The service sent none in the body or in the headers that the
/// provider knows. [`headers`](Self::headers) has all of them.
#[derive(Clone)]
pub struct Response<T> {
    /// The value, decoded from the body.
    value: T,
    /// Everything else.
    meta: Meta,
}

/// The facts about a response beside its value.
///
/// It is not generic, so the pipeline can build it and the retry loop can keep it without
/// knowing the type of the value.
#[derive(Clone)]
pub(crate) struct Meta {
    /// The HTTP status of the last attempt.
    pub(crate) status: StatusCode,
    /// All headers of the response, as received.
    pub(crate) headers: HeaderMap,
    /// The body, decompressed, with its envelope. Empty if the call opened a stream.
    pub(crate) body: Bytes,
    /// The request id, from the body or else from a header.
    pub(crate) request_id: Option<String>,
    /// The number of requests that were sent.
    pub(crate) attempts: u32,
    /// The endpoint of the last attempt. Cloning it copies a pointer.
    pub(crate) endpoint: Endpoint,
    /// The member that holds the response, if the provider wraps it.
    pub(crate) envelope: Option<&'static str>,
    /// The odd members of the response. One pointer wide; usually empty.
    pub(crate) warnings: Warnings,
}

/// Shows the value with its secrets masked by the names of their members, status, headers
/// and warnings. The body is shown as its length.
impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Response");
        shown.field("value", &redact::Scrubbed(&self.value));
        shown.field("status", &self.meta.status.as_u16());
        if let Some(id) = self.request_id() {
            shown.field("request_id", &id);
        }
        if !self.warnings().is_empty() {
            shown.field("warnings", &self.warnings());
        }
        shown.finish_non_exhaustive()
    }
}

/// Shows the value, such as the JSON text of an untyped response.
impl<T: fmt::Display> fmt::Display for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

/// The headers are masked by an allow-list, and the body is shown as its length.
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
    /// A response from its parts. `call/` builds it after the pipeline has returned.
    pub(crate) fn new(value: T, meta: Meta) -> Self {
        Self { value, meta }
    }

    /// The value alone. Request id, headers and body are dropped.
    pub fn into_inner(self) -> T {
        self.value
    }

    /// The value, for paginators, which take the items out of a page.
    pub(crate) fn value_mut(&mut self) -> &mut T {
        &mut self.value
    }

    /// The request id, which the vendor's support asks for. `None` if the service sent
    /// none.
    pub fn request_id(&self) -> Option<&str> {
        self.meta.request_id.as_deref()
    }

    /// The number of requests that were sent. 1 if nothing was retried.
    pub fn attempts(&self) -> u32 {
        self.meta.attempts
    }

    /// The HTTP status. Always 2xx.
    pub fn status(&self) -> StatusCode {
        self.meta.status
    }

    /// The headers of the response, also those that no member of the type reads.
    pub fn headers(&self) -> &HeaderMap {
        &self.meta.headers
    }

    /// The host that responded, with its port if the endpoint has one. Behind a breaker, it
    /// may be a backup.
    pub fn endpoint(&self) -> &str {
        self.meta.endpoint.authority()
    }

    /// The body as received, envelope included. Nothing is masked: it may contain the
    /// password or the key that you asked for. It is empty for a call that opened a stream.
    pub fn raw_body(&self) -> &Bytes {
        &self.meta.body
    }

    /// The odd members of the response: those that were left out, or read in another way
    /// than they were declared. Empty for nearly all responses; at most 100 entries.
    ///
    /// ```text
    /// `ZoneSet[3].Rank`: found a text, expected an integer
    /// ```
    ///
    /// The log has one event at level WARN that sums them up. `docs/responses.md` lists
    /// what is read in which way.
    pub fn warnings(&self) -> &[Warning] {
        self.meta.warnings.list()
    }

    /// The number of elements that were left out of the list under these wire names.
    pub(crate) fn removed_from(&self, list: &[&str]) -> u64 {
        self.meta.warnings.removed_from(&list.join("."))
    }

    /// The response as JSON, without the provider's envelope. It also has the members that
    /// the type does not have, and keeps digits and order as the service sent them.
    ///
    /// The body is parsed on each call; nothing is cached.
    ///
    /// ```no_run
    /// # async fn run(client: cloudcall::Client<cloudcall::Tencent>) -> Result<(), cloudcall::Error> {
    /// let zones = client.raw("cvm", "2017-03-12", "DescribeZones").send().await?;
    /// println!("{:#}", zones.to_json()?); // {"TotalCount": 4, "ZoneSet": [...], "RequestId": "..."}
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Kind `Decode` if the body is not UTF-8 or not JSON, such as that of a `Bytes`
    /// response.
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

    /// Applies a function to the value, and keeps everything else.
    ///
    /// ```no_run
    /// # async fn run(client: cloudcall::Client<cloudcall::Tencent>) -> Result<(), cloudcall::Error> {
    /// let zones = client.raw("cvm", "2017-03-12", "DescribeZones").send().await?;
    /// let count = zones.map(|zones| zones["TotalCount"].as_u64().unwrap_or(0));
    /// println!("{} zones, request {:?}", *count, count.request_id());
    /// # Ok(())
    /// # }
    /// ```
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
