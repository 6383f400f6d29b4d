//! From the bytes of a response straight into its type.
//!
//! One pass over the text: the top level is watched while the type reads it, so that the error member and the request id are
//! found without a second parse and without a tree in between.

mod absent;
mod exact;
mod metadata;
mod reading;
mod scalar;
#[cfg(test)]
mod tests;
mod watch;
mod wrapper;

pub(crate) use reading::{Misread, Reading, read};

use std::any::Any;

use http::HeaderMap;
use serde::de::{DeserializeOwned, Deserializer as _};

use crate::response::envelope::{Envelope, FailedIf};
use crate::response::warning::Warnings;
use crate::value::Value;

use watch::{Watch, Watched};
use wrapper::Wrapper;

/// What was seen at the top level while the answer was read.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    /// The answer is an API error.
    pub(crate) failed: bool,
    pub(crate) request_id: Option<String>,
    /// What the answer is instead of what was asked for, where that is known.
    pub(crate) misfit: Option<String>,
    pub(crate) warnings: Warnings,
    /// It is an event of a stream, which may be a text or a number alone.
    pub(crate) event: bool,
}

/// Reads a response into a place whose type the reader does not know.
pub(crate) trait Decode: Send {
    fn read(
        &mut self,
        text: &str,
        envelope: &Envelope,
        headers: &HeaderMap,
        seen: &mut Seen,
    ) -> serde_json::Result<()>;
}

/// Where the answer of one call is put.
pub(crate) struct Slot<T>(pub(crate) Option<T>);

impl<T: DeserializeOwned + Send + 'static> Slot<T> {
    /// The slot itself, if its type is `U`.
    pub(crate) fn holds<U: 'static>(&mut self) -> Option<&mut Option<U>> {
        (&mut self.0 as &mut dyn Any).downcast_mut()
    }
}

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
        let watch = Watched { envelope, headers, seen };
        let value = match envelope.member {
            Some(_) => reader.deserialize_map(Wrapper { watch, value: std::marker::PhantomData })?,
            None => T::deserialize(Watch { inner: &mut reader, watch, absent: false })?,
        };
        reader.end()?;
        self.0 = Some(value);
        Ok(())
    }
}

/// JSON text may begin with a byte order mark; the parser does not take it.
pub(crate) fn without_bom(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body)
}
