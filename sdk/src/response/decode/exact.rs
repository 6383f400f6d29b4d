//! The response of an untyped call: the whole document as a [`Value`], with nothing lost.
//!
//! The functions here apply an [`Envelope`] to a tree, as `watch.rs` and `wrapper.rs` apply
//! it to a stream of members. The slow pass of `reading.rs` uses them, too. Both ways must
//! agree; the tests read the same texts by both.

use serde::de::{Error as _, IgnoredAny};
use serde_json::Error;

use super::Seen;
use crate::response::envelope::{Envelope, FailedIf};
use crate::response::warning::Warning;
use crate::value::{NotJson, Value, parse};

/// Parses a document and takes the response out of its envelope. The text is read once, and
/// texts in it are copied into the tree.
pub(super) fn read(text: &str, envelope: &Envelope, seen: &mut Seen) -> Result<Value, Error> {
    let parsed = parse(text).map_err(|error| not_json(text, error))?;
    seen.warnings.extend(parsed.warnings);
    unwrap(parsed.value, envelope, seen)
}

/// The error of serde_json for a text that is not JSON. It has line and column, and the
/// breaker knows its type. The text is read a second time for it, which happens only on
/// failure.
pub(super) fn not_json(text: &str, error: NotJson) -> Error {
    serde_json::from_str::<IgnoredAny>(text).err().unwrap_or_else(|| Error::custom(error))
}

/// Takes the response out of its envelope, and looks for the error and the request id in
/// it, or beside it. The response is moved, not copied.
///
/// # Errors
///
/// A member that the envelope requires is missing, or is not an object.
pub(super) fn unwrap(document: Value, envelope: &Envelope, seen: &mut Seen) -> Result<Value, Error> {
    if let Some(metadata) = envelope.metadata {
        return unwrap_beside(document, metadata, envelope, seen);
    }
    seen.failed = matches!(envelope.failed, FailedIf::UnlessZero(_));
    let response = match envelope.member {
        None => document,
        Some(member) => {
            let response = document.get(member).ok_or_else(|| Error::missing_field(member))?;
            if !response.is_object() {
                return Err(Error::custom(format_args!("`{member}` is {}, not an object", response.kind())));
            }
            document.into_member(member)
        }
    };
    look(&response, envelope, seen);
    Ok(response)
}

/// Takes a response out that has its error and its request id in the metadata beside it.
/// Without a response the result is null.
fn unwrap_beside(
    document: Value,
    metadata: &'static str,
    envelope: &Envelope,
    seen: &mut Seen,
) -> Result<Value, Error> {
    let beside = document.get(metadata).ok_or_else(|| Error::missing_field(metadata))?;
    if !beside.is_object() {
        return Err(Error::custom(format_args!("`{metadata}` is {}, not an object", beside.kind())));
    }
    seen.failed = matches!(envelope.failed, FailedIf::Has(error) if filled(&beside[error]));
    seen.request_id = envelope.request_id.and_then(|member| id(&beside[member]));
    let response = match envelope.member {
        Some(member) => document.into_member(member),
        None => document,
    };
    look(&response, &Envelope { notice: envelope.notice, ..Envelope::bare() }, seen);
    Ok(response)
}

/// True if a value holds anything: null, `""`, `0`, `false`, and lists and objects of
/// nothing else do not.
fn filled(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(value) => *value,
        Value::Number(_) => *value != 0,
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => items.iter().any(filled),
        Value::Object(members) => members.values().any(filled),
    }
}

/// A request id: a text that is not empty, or a number as it was written.
pub(super) fn id(value: &Value) -> Option<String> {
    match value {
        Value::String(id) if !id.is_empty() => Some(id.clone()),
        Value::Number(id) => Some(id.to_string()),
        _ => None,
    }
}

/// Refuses a text, number, flag or null as an untyped response. Responses are objects and
/// lists; anything else is the page of a proxy or gateway.
pub(super) fn no_scalar(response: Value) -> Result<Value, Error> {
    match response.is_object() || response.is_array() {
        true => Ok(response),
        false => Err(Error::custom(format_args!("the document is {}, not an object", response.kind()))),
    }
}

/// Notes what the members of the envelope say: failure, notice and request id. The error
/// member stays in the tree, because an untyped caller may want to see it.
fn look(response: &Value, envelope: &Envelope, seen: &mut Seen) {
    let is_zero = |value: &Value| *value == 0 || *value == "0";
    match envelope.failed {
        FailedIf::Never => {}
        FailedIf::Has(error) => seen.failed = !response[error].is_null(),
        FailedIf::NotZero(code) => seen.failed = response.get(code).is_some_and(|code| !is_zero(code)),
        FailedIf::UnlessZero(code) => seen.failed = !is_zero(&response[code]),
    }
    if let Some(notice) = envelope.notice {
        match &response[notice] {
            Value::Null => {}
            Value::String(text) if text.is_empty() => {}
            Value::String(text) => seen.warnings.add(|| Warning::notice(notice, text)),
            other => seen.warnings.add(|| Warning::notice(notice, &other.to_string())),
        }
    }
    if let Some(member) = envelope.request_id {
        seen.request_id = id(&response[member]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WRAPPED: Envelope =
        Envelope::bare().member("Response").request_id("RequestId").failed(FailedIf::Has("Error"));

    #[test]
    fn digits_order_and_the_request_id_stay() {
        let mut seen = Seen::default();
        let text = r#"{"Response":{"z":1.10,"a":12345678901234567890123,"RequestId":17}}"#;
        let value = read(text, &WRAPPED, &mut seen).unwrap();
        assert_eq!(value.to_string(), r#"{"z":1.10,"a":12345678901234567890123,"RequestId":17}"#);
        assert_eq!((seen.request_id.as_deref(), seen.failed), (Some("17"), false));
    }

    #[test]
    fn what_is_no_document_is_no_success() {
        let fails = |text: &str, envelope: &Envelope| {
            let read = read(text, envelope, &mut Seen::default()).and_then(no_scalar);
            assert!(read.is_err(), "{text}");
        };
        for text in [
            "{\"Response\":null}",
            "{\"Response\":1}",
            "{\"Response\":[]}",
            "{}",
            "7",
            "null",
            "\"a\"",
            "true",
            "[]",
            "",
            "{",
        ] {
            fails(text, &WRAPPED);
        }
        for text in ["7", "null", "\"a\"", "true", "", "{"] {
            fails(text, &Envelope::bare());
        }
        assert!(read("[1]", &Envelope::bare(), &mut Seen::default()).and_then(no_scalar).is_ok());
    }
}
