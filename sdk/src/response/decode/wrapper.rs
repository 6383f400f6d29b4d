//! The document around a response: finds the member that holds the response, and the
//! metadata beside it.
//!
//! It is used only if the envelope has [`Envelope::member`]. Members of the document other
//! than these two are skipped without being stored.
//!
//! ```json
//! {"Response": {"Zones": [], "RequestId": "r-1"}}
//! {"ResponseMetadata": {"RequestId": "r-1"}, "Result": {"Zones": []}}
//! ```

use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};

use super::Seen;
use super::metadata::Metadata;
use super::scalar::Key;
use super::watch::{Watched, watched};
use crate::response::envelope::Envelope;

/// The visitor of the document around a response. Its value is the response, or `None` if the
/// response is optional and was left out or null.
///
/// The order of the members does not matter. If the response comes twice, the first one is
/// read.
pub(super) struct Wrapper<'a, T> {
    /// What is watched inside the response.
    pub(super) watch: Watched<'a>,
    /// The type of the response.
    pub(super) value: std::marker::PhantomData<T>,
}

/// What is watched inside a response whose request id and error are in the metadata beside it.
pub(super) fn inner(envelope: &Envelope) -> Envelope {
    match envelope.metadata {
        Some(_) => Envelope { notice: envelope.notice, ..Envelope::bare() },
        None => *envelope,
    }
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for Wrapper<'_, T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object with the member `{}`", self.watch.envelope.member.unwrap_or_default())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Option<T>, A::Error> {
        let Watched { envelope, headers, seen } = self.watch;
        let optional = envelope.metadata.is_some();
        let mut rest = Rest { envelope, missing: envelope.metadata, is_read: false };
        if !rest.next(&mut map, seen)? {
            return Ok(None);
        }
        let watch = Watched { envelope: &inner(envelope), headers, seen: &mut *seen };
        let seed = InnerSeed { watch, optional, value: std::marker::PhantomData };
        let read = map.next_value_seed(seed)?;
        rest.next(&mut map, seen)?;
        Ok(read)
    }
}

/// What the members of the document are compared with. It does not know the type of the
/// response, so it is compiled once.
struct Rest<'a> {
    /// The names of the members.
    envelope: &'a Envelope,
    /// The metadata, until they were read.
    missing: Option<&'static str>,
    /// True if the response was read.
    is_read: bool,
}

impl Rest<'_> {
    /// Reads on to the response: true if its value is next, false at the end of the document.
    ///
    /// # Errors
    ///
    /// The document has no metadata, or no response and no metadata that would do without it.
    #[inline(never)]
    fn next<'de, A: MapAccess<'de>>(&mut self, map: &mut A, seen: &mut Seen) -> Result<bool, A::Error> {
        let member = self.envelope.member.unwrap_or_default();
        while let Some(Key(name)) = map.next_key()? {
            if name == member && !self.is_read {
                self.is_read = true;
                return Ok(true);
            } else if self.envelope.metadata.is_some_and(|metadata| name == metadata) {
                map.next_value_seed(Metadata { envelope: self.envelope, seen: &mut *seen })?;
                self.missing = None;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        let optional = self.envelope.metadata.is_some();
        match self.missing.or((!self.is_read && !optional).then_some(member)) {
            Some(missing) => Err(A::Error::missing_field(missing)),
            None => Ok(false),
        }
    }
}

/// Reads the response inside the document. Its value is `None` for null, if that is a response.
struct InnerSeed<'a, T> {
    /// What is watched inside the response.
    watch: Watched<'a>,
    /// True if null is a response without members: the envelope has metadata.
    optional: bool,
    /// The type of the response.
    value: std::marker::PhantomData<T>,
}

/// Reads the response under the watch.
impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for InnerSeed<'_, T> {
    type Value = Option<T>;

    fn deserialize<D: Deserializer<'de>>(self, inner: D) -> Result<Option<T>, D::Error> {
        if self.optional { inner.deserialize_option(self) } else { self.visit_some(inner) }
    }
}

/// Called for an optional response only.
impl<'de, T: Deserialize<'de>> Visitor<'de> for InnerSeed<'_, T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a response, or null")
    }

    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<Option<T>, D::Error> {
        watched(inner, self.watch, false).map(Some)
    }

    fn visit_none<E: serde::de::Error>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<Option<T>, E> {
        Ok(None)
    }
}
