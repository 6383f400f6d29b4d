//! Reads a response into its type, and repairs it first if it does not fit.
//!
//! Two passes:
//!
//! 1. The fast pass reads the text once. It is strict enough to detect anything odd, and
//!    then stops with an error. Nearly all responses end here.
//! 2. The slow pass parses the text into an exact tree, repairs the tree with the [`Shape`]
//!    of the type, writes it as text, and lets the fast pass read that.
//!
//! For a type with `rank: Option<i64>`:
//!
//! ```text
//! {"Response":{"Rank":"N/A","Zone":"z-1"}}    fast pass: error at `Rank`
//! {"Zone":"z-1"}                              repaired; read without an envelope
//! `Rank`: found a text, expected an integer   the warning
//! ```
//!
//! The slow pass costs a multiple of the fast one, and it is compiled once, because it
//! works on data about types. We considered tolerant visitors for each field instead: every
//! model would contain them, and the literal of a number is lost there.

use std::borrow::Cow;

use http::HeaderMap;
use serde::de::Error as _;
use serde_json::Error;

use super::{Decode, Seen, exact};
use crate::response::envelope::{Envelope, FailedIf};
use crate::response::tolerant::{Form, Mender, Shape};
use crate::response::warning::Warnings;
use crate::value::{Value, parse};

/// How a response is read.
#[derive(Debug)]
pub(crate) struct Reading<'a> {
    /// How the provider wraps it.
    pub(crate) envelope: Envelope,
    /// The headers of the response, for members that the type reads from there.
    pub(crate) headers: &'a HeaderMap,
    /// The shape of the type. [`Shape::UNKNOWN`] for types that serde alone knows: they are
    /// never repaired.
    pub(crate) shape: Shape,
    /// True if nothing is repaired. The slow pass then only checks, and finds what the fast
    /// pass tolerates, such as numbers in quotes.
    pub(crate) strict: bool,
}

/// Why a response cannot be read.
#[derive(Debug)]
pub(crate) struct Misread {
    /// The member that is to blame, if that is known: `` `Zones[0].Id`: found nothing,
    /// expected a text ``.
    pub(crate) what: Option<String>,
    /// The error of serde_json. The breaker uses its category: a mismatch of types is not a
    /// failure of the host, broken JSON is.
    pub(crate) source: Error,
}

/// Reads `text` into `sink`. The first try is one pass over the text and takes nearly all
/// responses.
///
/// The slow pass is skipped if the response is known to be an API error, or known to be of
/// another kind than requested: repairing it would be wasted work.
///
/// # Errors
///
/// [`Misread`] if the text is not JSON, has no response where the envelope says, or has no
/// readable value for a required member. `seen` is filled in as far as possible, and has
/// the request id even if the text was cut off after it.
pub(crate) fn read(
    sink: &mut dyn Decode,
    text: &str,
    how: &Reading<'_>,
    seen: &mut Seen,
) -> Result<(), Misread> {
    if how.strict {
        return mended(sink, text, how, seen, None);
    }
    let Err(error) = sink.read(text, &how.envelope, how.headers, seen) else { return Ok(()) };
    let known = seen.failed && !matches!(how.envelope.failed, FailedIf::UnlessZero(_));
    if known || seen.misfit.is_some() {
        return Err(Misread { what: seen.misfit.take(), source: error });
    }
    mended(sink, text, how, seen, Some(error))
}

/// The slow pass: through an exact tree of the response. `first` is the error of the fast
/// pass.
///
/// The fast pass runs again on the repaired text, up to twice. A list whose elements serde
/// alone knows may accept `null` or not, so `null` is left in it first, and removed for the
/// second time.
///
/// An API error that the tree shows returns `Ok` with `seen.failed`, like the fast pass
/// does.
#[cold]
fn mended(
    sink: &mut dyn Decode,
    text: &str,
    how: &Reading<'_>,
    seen: &mut Seen,
    first: Option<Error>,
) -> Result<(), Misread> {
    let parsed = match parse(text) {
        Ok(parsed) => parsed,
        Err(error) => {
            seen.request_id = seen.request_id.take().or_else(|| id_in(text));
            let source = first.unwrap_or_else(|| exact::not_json(text, error));
            return Err(Misread { what: None, source });
        }
    };
    seen.warnings = Warnings::default();
    let id = id_of(&parsed.value, &how.envelope);
    let has_members = matches!(how.shape.0.plain(), Form::Model(_) | Form::Map(_) | Form::List(_));
    let optional = how.envelope.metadata.is_some();
    let response = exact::unwrap(parsed.value, &how.envelope, seen).and_then(|response| match response {
        response if seen.failed || !has_members => Ok(response),
        Value::Null if optional => Ok(how.shape.empty()),
        response if optional => Ok(response),
        response => exact::no_scalar(response),
    });
    seen.request_id = seen.request_id.take().or(id);
    let mut response = match response {
        Ok(response) => response,
        Err(source) => {
            return Err(Misread { what: Some(source.to_string()), source: first.unwrap_or(source) });
        }
    };
    if seen.failed {
        return Ok(());
    }
    let mut warnings = parsed.warnings;
    let mut headers = Cow::Borrowed(how.headers);
    let mut last = None;
    // What serde alone knows may take `null` in a list: it is left out only if the type does not.
    for sift in [false, true] {
        let mender = Mender::new(how.strict, sift, warnings);
        warnings = match mender.mend(&mut response, &mut headers, &how.shape.0) {
            Ok(warnings) => warnings,
            Err(broken) => {
                let source = first.unwrap_or_else(|| Error::custom(&broken));
                return Err(Misread { what: Some(broken.to_string()), source });
            }
        };
        let mut ignored = Seen { event: seen.event, ..Seen::default() };
        // What serde alone knows stays as it is, and so does the envelope, which may do
        // without a response.
        let again = match optional && !has_members {
            true => sink.read(text, &how.envelope, &headers, &mut ignored),
            false => sink.read(&response.to_string(), &Envelope::bare(), &headers, &mut ignored),
        };
        match again {
            Ok(()) => {
                seen.warnings.extend(warnings);
                return Ok(());
            }
            Err(error) => last = Some(error),
        }
    }
    let last = last.map(|error| without_position(&error));
    Err(Misread {
        source: first.unwrap_or_else(|| Error::custom(last.as_deref().unwrap_or_default())),
        what: last,
    })
}

/// The message alone: its line and column are those of the repaired text, which is not
/// shown.
fn without_position(error: &Error) -> String {
    let text = error.to_string();
    match text.rfind(" at line ") {
        Some(at) => text.get(..at).unwrap_or_default().to_owned(),
        None => text,
    }
}

/// Where services write the request id, whatever the provider.
const IDS: [&str; 4] = ["RequestId", "requestId", "request_id", "requestid"];

/// The request id of a document, in the response or beside it.
fn id_of(document: &Value, envelope: &Envelope) -> Option<String> {
    let inner = envelope.metadata.or(envelope.member).and_then(|member| document.get(member));
    let values = [inner, Some(document)].into_iter().flatten();
    values.flat_map(|value| IDS.map(|name| &value[name])).find_map(exact::id)
}

/// The request id of a text that is not JSON: it may have been cut off behind the id, or be
/// broken before it. An id has at most 128 bytes and no escapes; anything else is not taken
/// for one.
fn id_in(text: &str) -> Option<String> {
    IDS.iter().find_map(|name| {
        let (_, rest) = text.split_once(&format!("\"{name}\""))?;
        let id = rest.trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
        let (id, _) = id.split_once('"')?;
        (!id.is_empty() && id.len() <= 128 && !id.contains(['\\', '\n'])).then(|| id.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_request_id_is_found_in_texts_that_are_cut() {
        for (text, wanted) in [
            (r#"{"Response":{"RequestId":"r-1","Zones":[{"a"#, Some("r-1")),
            (r#"{"a":nope,"requestId" : "r-2"}"#, Some("r-2")),
            (r#"{"RequestId":"r-"#, None),
            (r#"{"RequestId":7"#, None),
            ("", None),
        ] {
            assert_eq!(id_in(text).as_deref(), wanted, "{text}");
        }
    }
}
