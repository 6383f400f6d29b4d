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

use super::absent::Absent;
use super::metadata::Metadata;
use super::scalar::Key;
use super::watch::{Watch, Watched};
use crate::response::envelope::Envelope;

/// The visitor of the document around a response. Its value is the response.
///
/// The order of the members does not matter. If the response comes twice, the first one is
/// read.
pub(super) struct Wrapper<'a, T> {
    /// What is watched inside the response.
    pub(super) watch: Watched<'a>,
    /// The type of the response.
    pub(super) value: std::marker::PhantomData<T>,
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for Wrapper<'_, T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object with the member `{}`", self.watch.envelope.member.unwrap_or_default())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        let Watched { envelope, headers, seen } = self.watch;
        let member = envelope.member.unwrap_or_default();
        // Request id and error are in the metadata, if there is such a member, and not in
        // the response.
        let bare = Envelope { notice: envelope.notice, ..Envelope::bare() };
        let inner = if envelope.metadata.is_some() { &bare } else { envelope };
        let (mut answer, mut missing) = (None, envelope.metadata);
        while let Some(Key(name)) = map.next_key()? {
            if name == member && answer.is_none() {
                let watch = Watched { envelope: inner, headers, seen: &mut *seen };
                let optional = envelope.metadata.is_some();
                answer = Some(map.next_value_seed(InnerSeed {
                    watch,
                    optional,
                    value: std::marker::PhantomData,
                })?);
            } else if envelope.metadata.is_some_and(|metadata| name == metadata) {
                map.next_value_seed(Metadata { envelope, seen: &mut *seen })?;
                missing = None;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        match answer {
            _ if missing.is_some() => Err(A::Error::missing_field(missing.unwrap_or_default())),
            Some(answer) => Ok(answer),
            None if envelope.metadata.is_some() => T::deserialize(Watch {
                inner: Absent::new(),
                watch: Watched { envelope: inner, headers, seen },
                absent: true,
            }),
            None => Err(A::Error::missing_field(member)),
        }
    }
}

/// Reads the response inside the document.
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
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, inner: D) -> Result<T, D::Error> {
        if self.optional {
            inner.deserialize_option(self)
        } else {
            T::deserialize(Watch { inner, watch: self.watch, absent: false })
        }
    }
}

/// Called only for an optional response: null reads like a response that is absent.
impl<'de, T: Deserialize<'de>> Visitor<'de> for InnerSeed<'_, T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a response, or null")
    }

    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<T, D::Error> {
        T::deserialize(Watch { inner, watch: self.watch, absent: false })
    }

    fn visit_none<E: serde::de::Error>(self) -> Result<T, E> {
        T::deserialize(Watch { inner: Absent::new(), watch: self.watch, absent: true })
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<T, E> {
        self.visit_none()
    }
}
