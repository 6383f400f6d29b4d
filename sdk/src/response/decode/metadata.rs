//! The member beside the response that holds request id and error.
//!
//! Of the built-in providers, Volcengine has one. A successful response, and a failed one:
//!
//! ```json
//! {"ResponseMetadata": {"RequestId": "r-1", "Action": "ListZones"}, "Result": {"Zones": []}}
//! {"ResponseMetadata": {"RequestId": "r-2", "Error": {"Code": "NotFound", "CodeN": 100}}}
//! ```
//!
//! The members of the response are not watched for errors then: a field named `Error` in
//! `Result` is data.

use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::Seen;
use super::scalar::{Key, Scalar};
use crate::response::envelope::{Envelope, FailedIf};

/// Reads request id and error into `seen`. All other members are skipped.
pub(super) struct Metadata<'a> {
    /// The names of the members.
    pub(super) envelope: &'a Envelope,
    /// Where findings are noted.
    pub(super) seen: &'a mut Seen,
}

impl<'de> DeserializeSeed<'de> for Metadata<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        reader.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Metadata<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with the request id")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Self { envelope, seen } = self;
        while let Some(Key(name)) = map.next_key()? {
            match envelope.failed {
                FailedIf::Has(error) if name == error => seen.failed |= map.next_value::<Filled>()?.0,
                _ if envelope.request_id.is_some_and(|id| name == id) => {
                    seen.request_id = map.next_value::<Scalar<'_>>()?.text();
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

/// True if a value holds anything: null, `""`, `0`, `false`, and lists and objects of
/// nothing else do not. An empty error object is therefore not an error.
///
/// `exact.rs` has the same rule for a tree; a test compares the two passes.
struct Filled(bool);

impl<'de> Deserialize<'de> for Filled {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Filled;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("any value")
            }
            fn visit_unit<E>(self) -> Result<Filled, E> {
                Ok(Filled(false))
            }
            fn visit_bool<E>(self, value: bool) -> Result<Filled, E> {
                Ok(Filled(value))
            }
            fn visit_i64<E>(self, value: i64) -> Result<Filled, E> {
                Ok(Filled(value != 0))
            }
            fn visit_u64<E>(self, value: u64) -> Result<Filled, E> {
                Ok(Filled(value != 0))
            }
            fn visit_f64<E>(self, value: f64) -> Result<Filled, E> {
                Ok(Filled(value != 0.0))
            }
            fn visit_str<E>(self, value: &str) -> Result<Filled, E> {
                Ok(Filled(!value.is_empty()))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Filled, A::Error> {
                let mut filled = false;
                while let Some(Filled(item)) = list.next_element()? {
                    filled |= item;
                }
                Ok(Filled(filled))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Filled, A::Error> {
                let mut filled = false;
                while let Some((_, Filled(item))) = map.next_entry::<IgnoredAny, Filled>()? {
                    filled |= item;
                }
                Ok(Filled(filled))
            }
        }
        reader.deserialize_any(Any)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use http::HeaderMap;
    use serde::de::DeserializeOwned;
    use serde_json::{Value as Tree, json};

    use super::super::{Reading, Slot};
    use super::*;
    use crate::response::tolerant::{Shape, Shaped};
    use crate::value::Value;

    const BESIDE: Envelope = Envelope::bare()
        .member("Result")
        .metadata("ResponseMetadata")
        .request_id("RequestId")
        .failed(FailedIf::Has("Error"));

    #[derive(Debug, PartialEq, serde::Deserialize)]
    struct Model {
        #[serde(rename = "Error")]
        error: Option<String>,
    }

    fn read_as<T: DeserializeOwned + Send + 'static>(
        text: &str,
        shape: Shape,
        strict: bool,
    ) -> (Result<T, String>, Seen) {
        let (mut slot, mut seen) = (Slot(None), Seen::default());
        let headers = HeaderMap::new();
        let how = Reading { envelope: BESIDE, headers: &headers, shape, strict };
        let result = super::super::read(&mut slot, text, &how, &mut seen);
        let result = result.map_err(|error| error.what.unwrap_or_else(|| error.source.to_string()));
        (result.and_then(|()| slot.0.take().ok_or_else(|| "nothing was read".to_owned())), seen)
    }

    /// Read in one pass and by the exact tree, which agree.
    fn read<T: DeserializeOwned + Send + PartialEq + fmt::Debug + 'static>(
        text: &str,
    ) -> (Result<T, String>, Seen) {
        let ((fast, seen), (slow, exact)) =
            (read_as(text, Shape::UNKNOWN, false), read_as::<T>(text, Shape::UNKNOWN, true));
        if !seen.failed {
            assert_eq!(fast.as_ref().ok(), slow.as_ref().ok(), "{text}");
        }
        if fast.is_ok() {
            assert_eq!((&seen.request_id, seen.failed), (&exact.request_id, exact.failed), "{text}");
        }
        (fast, seen)
    }

    #[test]
    fn request_id_and_error_stand_beside_the_response() {
        let text = r#"{"Result":{"Error":"data"},"ResponseMetadata":{"RequestId":"r","Error":{"Code":"x"}}}"#;
        let (model, seen) = read::<Model>(text);
        assert_eq!(model.unwrap().error.as_deref(), Some("data"));
        assert_eq!((seen.request_id.as_deref(), seen.failed), (Some("r"), true));
        for error in ["null", "{}", r#"{"Code":"","CodeN":0,"Message":null,"Data":[""]}"#] {
            let text = format!(r#"{{"ResponseMetadata":{{"Error":{error}}},"Result":{{"Error":"data"}}}}"#);
            assert!(!read::<Model>(&text).1.failed, "{error}");
        }
    }

    #[test]
    fn the_response_may_be_null_or_absent() {
        for text in [r#"{"ResponseMetadata":{}}"#, r#"{"Result":null,"ResponseMetadata":{"RequestId":"r"}}"#]
        {
            assert_eq!(read::<Model>(text).0, Ok(Model { error: None }), "{text}");
            assert_eq!(read::<Value>(text).0, Ok(Value::Null), "{text}");
            assert_eq!(read::<Tree>(text).0, Ok(Tree::Null), "{text}");
            assert_eq!(read::<Option<Model>>(text).0, Ok(None), "{text}");
            assert_eq!(read::<Vec<u8>>(text).0, Ok(Vec::new()), "{text}");
            assert_eq!(read::<()>(text).0, Ok(()), "{text}");
            assert!(read::<u8>(text).0.is_err(), "{text}");
        }
        let text = r#"{"ResponseMetadata":{},"Result":[1,2]}"#;
        assert_eq!(read::<Vec<u8>>(text).0, Ok(vec![1, 2]));
        assert_eq!(read::<Tree>(text).0, Ok(json!([1, 2])));
        assert_eq!(read::<Value>(text).0.unwrap().to_string(), "[1,2]");
        let text = r#"{"ResponseMetadata":{},"Result":"done"}"#;
        assert_eq!(read::<Value>(text).0.unwrap(), "done");
        assert_eq!(read::<String>(text).0, Ok("done".to_owned()));
    }

    #[test]
    fn the_metadata_has_to_be_there() {
        for text in [r#"{"Result":{}}"#, r#"{"ResponseMetadata":null,"Result":{}}"#, "{}", "[]", "", "null"] {
            assert!(read::<Model>(text).0.is_err() && read::<Value>(text).0.is_err(), "{text}");
        }
    }

    /// A model that the macros know: what does not fit is put right, and no response is one
    /// without members.
    #[test]
    fn known_models_are_put_right() {
        fn zones<T: Shaped + DeserializeOwned + Send + 'static>(
            text: &str,
            strict: bool,
        ) -> (Result<T, String>, Seen) {
            read_as(text, Shape::of::<T>(), strict)
        }
        for strict in [false, true] {
            for text in
                [r#"{"ResponseMetadata":{}}"#, r#"{"Result":null,"ResponseMetadata":{"RequestId":"r"}}"#]
            {
                assert_eq!(zones::<Vec<String>>(text, strict).0, Ok(Vec::new()), "{text}");
                assert!(zones::<BTreeMap<String, i64>>(text, strict).0.unwrap().is_empty(), "{text}");
            }
        }
        let text = r#"{"ResponseMetadata":{"RequestId":"r"},"Result":{"a":"N/A","b":"7"}}"#;
        let (map, seen) = zones::<BTreeMap<String, i64>>(text, false);
        assert_eq!(map.unwrap().into_iter().collect::<Vec<_>>(), [("b".to_owned(), 7)]);
        assert_eq!((seen.request_id.as_deref(), seen.warnings.list().len()), (Some("r"), 1));
        assert!(zones::<BTreeMap<String, i64>>(text, true).0.is_err());
        let text = r#"{"ResponseMetadata":{},"Result":""}"#;
        assert!(zones::<BTreeMap<String, i64>>(text, false).0.unwrap().is_empty());
        assert!(zones::<BTreeMap<String, i64>>(text, true).0.is_err());
        // A misfit in the response does not hide the error beside it.
        for text in [
            r#"{"ResponseMetadata":{"RequestId":"r","Error":{"CodeN":7}},"Result":"odd"}"#,
            r#"{"Result":"odd","ResponseMetadata":{"RequestId":"r","Error":{"CodeN":7}}}"#,
        ] {
            let (map, seen) = zones::<BTreeMap<String, i64>>(text, false);
            assert!(map.is_err(), "{text}");
            assert_eq!((seen.request_id.as_deref(), seen.failed), (Some("r"), true), "{text}");
        }
    }
}
