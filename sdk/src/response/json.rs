//! Reads models from JSON texts that no call returned.
//!
//! It is the reading of `decode/` without a call: no envelope, no headers, no strictness of
//! a client.

use http::HeaderMap;
use serde::de::DeserializeOwned;

use crate::error::{Error, ErrorKind};
use crate::response::decode::{Misread, Reading, Seen, Slot, read};
use crate::response::envelope::Envelope;
use crate::response::tolerant::{Shape, Shaped};

/// Reads a JSON text into a model, as tolerantly as a response: for fixtures of tests,
/// stored responses and messages.
///
/// `json::from_str` reads models, too. It accepts numbers in quotes and numbers where a
/// text is declared, but not the rest of what [`cloud_model`](crate::cloud_model) lists.
///
/// ```
/// use cloudcall::cloud_model;
/// use cloudcall::response::from_json;
///
/// #[cloud_model(provider = "tencent", response)]
/// pub struct Zone {
///     pub zone: Option<String>,
///     pub rank: Option<i64>,
/// }
///
/// let zones: Vec<Zone> = from_json(r#"{"Zone": "z-1", "Rank": "N/A"}"#)?;
/// assert_eq!((zones[0].zone.as_deref(), zones[0].rank), (Some("z-1"), None));
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// The text is the response itself, without the provider's envelope. Warnings are not
/// returned.
///
/// # Errors
///
/// Kind `Decode` if the text is not JSON, or has no readable value for a required member.
/// The message names the member, and never the value.
pub fn from_json<T>(text: &str) -> Result<T, Error>
where
    T: Shaped + DeserializeOwned + Send + 'static,
{
    read_json(text, false)
}

/// Reads a JSON text into a model. If `strict` is true, a value that cannot be read is an
/// error instead of `None`.
///
/// [`from_json`] reads tolerantly. `FromJson` of requests reads strictly: a request that
/// was written by hand should not lose a parameter without notice.
pub(crate) fn read_json<T>(text: &str, strict: bool) -> Result<T, Error>
where
    T: Shaped + DeserializeOwned + Send + 'static,
{
    let (headers, shape) = (HeaderMap::new(), Shape::of::<T>());
    let how = Reading { envelope: Envelope::bare(), headers: &headers, shape, strict };
    let (mut slot, mut seen) = (Slot(None), Seen { event: true, ..Seen::default() });
    let read = read(&mut slot, text, &how, &mut seen);
    match (read, slot.0) {
        (Ok(()), Some(value)) => Ok(value),
        (Err(Misread { what, source }), _) => {
            let what = what.unwrap_or_else(|| "the text is not JSON".to_owned());
            // The source is shown behind the message; once is enough.
            let said = source.to_string() == what;
            let error = Error::new(ErrorKind::Decode, what);
            Err(if said { error } else { error.with_source(source) })
        }
        (Ok(()), None) => Err(Error::new(ErrorKind::Decode, "the text was not read")),
    }
}
