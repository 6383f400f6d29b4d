//! From the text of a response straight into its type.
//!
//! The fast pass reads the text once. The top level is watched while the type reads it, so
//! that the error member and the request id are found without a second parse and without a
//! tree in between. A response that does not fit takes the slow pass (`reading.rs`).
//!
//! | file | content |
//! | --- | --- |
//! | `reading.rs` | [`read`]: the fast pass, and the slow one if it fails |
//! | `watch.rs` | the deserializer that watches the top level |
//! | `wrapper.rs` | the document around a response, such as `{"Response": …}` |
//! | `metadata.rs` | the member beside a response that has request id and error |
//! | `scalar.rs` | names and simple values that are read ahead of the type |
//! | `exact.rs` | the same for an untyped response, on an exact tree |
//!
//! For `{"Response": {"TotalCount": 4, "RequestId": "r-1"}}` of Tencent Cloud, and a type
//! with the field `total_count`:
//!
//! ```text
//! Wrapper   finds `Response`, and lets the type read its value
//! Watch     passes `TotalCount` on; reads `RequestId` itself, and passes it on, too
//! result    Slot(Some(Zones { total_count: 4 })), Seen { request_id: "r-1", failed: false }
//! ```
//!
//! With `{"Response": {"Error": {..}, "RequestId": "r-1"}}`, `Seen::failed` is set. The
//! type may have failed to read the rest; `classify.rs` then asks the provider for the
//! error.

mod exact;
mod metadata;
mod reading;
mod scalar;
mod watch;
mod wrapper;

pub(crate) use reading::{Misread, Reading, read};

use std::any::Any;

use http::HeaderMap;
use serde::de::{DeserializeOwned, Deserializer as _, Error as _};

use crate::response::envelope::{Envelope, FailedIf};
use crate::response::warning::Warnings;
use crate::value::Value;

use watch::{Watched, watched};
use wrapper::{Wrapper, inner};

/// What was seen at the top level while a response was read. The pass writes it, also if it
/// fails; `classify.rs` reads it.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    /// True if the response is an API error, as the envelope says. It is final only if the
    /// pass succeeded: for [`FailedIf::UnlessZero`] it is true until the code was seen.
    pub(crate) failed: bool,
    /// The request id from the body.
    pub(crate) request_id: Option<String>,
    /// Why the response is not of the kind that was requested, where that is known, such as
    /// one document in reply to a streaming call. It becomes the message of the error.
    pub(crate) misfit: Option<String>,
    /// The odd members, and the notices of the service.
    pub(crate) warnings: Warnings,
    /// True if the text is an event of a stream, or no response at all. An untyped value
    /// may then be a text or a number alone.
    pub(crate) event: bool,
}

/// Reads a response into a place whose type the reader does not know.
///
/// This trait is the border between generic and other code: [`Slot<T>`](Slot) implements it
/// once per response type, everything that calls it is compiled once.
pub(crate) trait Decode: Send {
    /// Reads `text` once and stores the value.
    ///
    /// `headers` are those of the response, for members that the type reads from there.
    ///
    /// # Errors
    ///
    /// The error of serde_json: no JSON, or a member that does not fit. Nothing is stored
    /// then, but `seen` has what was found before the error.
    fn read(
        &mut self,
        text: &str,
        envelope: &Envelope,
        headers: &HeaderMap,
        seen: &mut Seen,
    ) -> serde_json::Result<()>;
}

/// Where the value of one call is put. `None` until a response was read. A later attempt
/// replaces the value.
pub(crate) struct Slot<T>(pub(crate) Option<T>);

impl<T: DeserializeOwned + Send + 'static> Slot<T> {
    /// The slot itself, if its type is `U`. The comparison is by
    /// [`TypeId`](std::any::TypeId), so a `Value`, `Bytes` or `String` needs no trait of
    /// its own.
    pub(crate) fn holds<U: 'static>(&mut self) -> Option<&mut Option<U>> {
        (&mut self.0 as &mut dyn Any).downcast_mut()
    }
}

/// Reads a `Value` by the exact parser, and any other type by serde_json.
///
/// After the value, only white space may follow. A provider without a wrapping member has
/// its document watched directly; otherwise [`Wrapper`] finds the member first.
impl<T: DeserializeOwned + Send + 'static> Decode for Slot<T> {
    fn read(
        &mut self,
        text: &str,
        envelope: &Envelope,
        headers: &HeaderMap,
        seen: &mut Seen,
    ) -> serde_json::Result<()> {
        if let Some(slot) = self.holds::<Value>() {
            let value = exact::read(text, envelope, seen)?;
            let any = seen.event || envelope.metadata.is_some();
            *slot = Some(if any { value } else { exact::no_scalar(value)? });
            return Ok(());
        }
        let mut reader = serde_json::Deserializer::from_str(text);
        seen.failed = matches!(envelope.failed, FailedIf::UnlessZero(_));
        let watch = Watched { envelope, headers, seen: &mut *seen };
        self.0 = match envelope.member {
            Some(_) => reader.deserialize_map(Wrapper { watch, value: std::marker::PhantomData })?,
            None => Some(watched(&mut reader, watch, false)?),
        };
        reader.end()?;
        if self.0.is_none() {
            self.0 = Some(absent(Watched { envelope: &inner(envelope), headers, seen })?);
        }
        Ok(())
    }
}

/// A response that the provider left out: Volcengine leaves `Result` out if it would be empty.
///
/// The type reads the text that it takes for nothing. An `Option` is `None`, a list has no elements, and a
/// struct no members. Reading a text needs no further code for a type.
#[cold]
fn absent<T: DeserializeOwned>(watch: Watched<'_>) -> serde_json::Result<T> {
    let Watched { envelope, headers, seen } = watch;
    let mut last = None;
    for text in ["null", "[]", "{}"] {
        let watch = Watched { envelope, headers, seen: &mut *seen };
        match watched(&mut serde_json::Deserializer::from_str(text), watch, true) {
            Ok(value) => return Ok(value),
            Err(error) => last = Some(error),
        }
    }
    Err(last.unwrap_or_else(|| serde_json::Error::missing_field("value")))
}

/// The body without its byte order mark, if it has one. JSON text may begin with one; the
/// parser does not accept it.
pub(crate) fn without_bom(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body)
}

#[cfg(test)]
mod tests;
