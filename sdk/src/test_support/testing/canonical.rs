//! Decides whether a request is the recorded one: compares both without the parts that differ in every
//! request.
//!
//! Forms and JSON bodies become trees, so that the order of members does not matter. Names are dropped
//! by three lists: the parameters of signatures ([`ENVELOPE`]), idempotency tokens ([`TOKENS`]), and
//! the names that the test ignores. Hosts are not compared.

use std::collections::BTreeMap;

use serde_json::Value;

use super::cassette::{Body, Exchange, Request};
use super::scrub::{boundary, is_form};
use crate::telemetry::redact::MASK;
use crate::test_support::fake_cloud::{decode_form, multipart};

/// Parameters that differ from request to request or from account to account, in the form of [`plain`].
const ENVELOPE: [&str; 10] = [
    "accesskeyid",
    "bearertoken",
    "nonce",
    "requestclient",
    "secretid",
    "securitytoken",
    "signature",
    "signaturenonce",
    "timestamp",
    "token",
];

/// Idempotency tokens, in the form of [`plain`].
const TOKENS: [&str; 2] = ["clienttoken", "idempotencytoken"];

/// The number of differences in an error message.
const SHOWN: usize = 5;

/// A request without the parts that differ in every request.
#[derive(Debug, Clone)]
pub(super) struct Canonical {
    /// Provider, product, action, method and path.
    call: Vec<(&'static str, String)>,
    /// The query parameters. A repeated one has a list of its values.
    query: Value,
    /// The body: a tree for a form, a multipart form or JSON, and a text otherwise.
    body: Value,
}

impl Canonical {
    /// Takes a request whose secrets are masked already, as they are in the recording.
    pub(super) fn new(
        cloud: &str,
        product: &str,
        action: &str,
        request: &Request,
        ignore: &[String],
    ) -> Self {
        let call = vec![
            ("cloud", cloud.to_owned()),
            ("product", product.to_owned()),
            ("action", action.to_owned()),
            ("method", request.method.clone()),
            ("path", request.path.clone()),
        ];
        Self { call, query: form(&request.query, ignore), body: body(request, ignore) }
    }

    /// The same of a recorded request.
    pub(super) fn recorded(exchange: &Exchange, ignore: &[String]) -> Self {
        Self::new(&exchange.cloud, &exchange.product, &exchange.action, &exchange.request, ignore)
    }

    /// The first differences from the recorded request, at most [`SHOWN`].
    ///
    /// ```text
    /// the path is `/v2`, recorded was `/v1`
    /// `body.Filters.0.Name` is `"zone"`, recorded was `"region"`
    /// `query.Limit` was not there in the recording
    /// ```
    pub(super) fn differences(&self, recorded: &Self) -> Vec<String> {
        let mut found = Vec::new();
        for ((what, given), (_, wanted)) in self.call.iter().zip(&recorded.call) {
            if !fits(wanted, given) {
                found.push(format!("the {what} is `{given}`, recorded was `{wanted}`"));
            }
        }
        compare("query", &recorded.query, &self.query, &mut found);
        compare("body", &recorded.body, &self.body, &mut found);
        found.truncate(SHOWN);
        found
    }

    /// Whether provider, product, action, method and path are equal.
    ///
    /// Errors prefer such an exchange as the nearest one.
    pub(super) fn same_call(&self, recorded: &Self) -> bool {
        self.call.iter().zip(&recorded.call).all(|((_, given), (_, wanted))| fits(wanted, given))
    }
}

/// The common form of `ClientToken`, `client_token` and `Client-Token`.
fn plain(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase()
}

/// Whether the test ignores a name.
fn is_ignored(name: &str, ignore: &[String]) -> bool {
    ignore.iter().any(|known| plain(known) == plain(name))
}

/// A form or query as an object, without parameters that differ in every request. Text that is not a
/// form is kept under an empty name.
fn form(text: &str, ignore: &[String]) -> Value {
    let mut pairs: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, value) in decode_form(text).unwrap_or_else(|| vec![(String::new(), text.to_owned())]) {
        let volatile = plain(&name);
        let volatile = ENVELOPE.contains(&volatile.as_str()) || TOKENS.contains(&volatile.as_str());
        if !volatile && !is_ignored(&name, ignore) {
            pairs.entry(name).or_default().push(value);
        }
    }
    let one = |mut values: Vec<String>| match values.len() {
        1 => Value::from(values.pop()),
        _ => Value::from(values),
    };
    pairs.into_iter().map(|(name, values)| (name, one(values))).collect()
}

/// The body as a tree, without idempotency tokens at its top level and without ignored names at any
/// level.
fn body(request: &Request, ignore: &[String]) -> Value {
    let kind = &request.content_type;
    if let Some(boundary) = boundary(kind)
        && let Some(bytes) = request.body.bytes()
        && let Some(parts) = multipart(&bytes, boundary)
    {
        let text = |data: &[u8]| match Body::new(data) {
            Body::Text(text) | Body::Base64(text) => Value::from(text),
        };
        let kept = parts.into_iter().filter(|part| !is_ignored(&part.name, ignore));
        return kept.map(|part| (part.name, text(part.data))).collect();
    }
    match &request.body {
        Body::Text(text) if is_form(kind) => form(text, ignore),
        Body::Text(text) | Body::Base64(text) => match serde_json::from_str::<Value>(text) {
            Ok(mut document) => {
                if let Value::Object(members) = &mut document {
                    members.retain(|name, _| !TOKENS.contains(&plain(name).as_str()));
                }
                drop_ignored(&mut document, ignore);
                document
            }
            Err(_) => Value::from(text.as_str()),
        },
    }
}

/// Removes ignored names from a JSON document, at any depth.
fn drop_ignored(value: &mut Value, ignore: &[String]) {
    match value {
        Value::Object(members) => {
            members.retain(|name, _| !is_ignored(name, ignore));
            members.values_mut().for_each(|member| drop_ignored(member, ignore));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| drop_ignored(item, ignore)),
        _ => {}
    }
}

/// Adds the places where `given` differs from `recorded`.
fn compare(at: &str, recorded: &Value, given: &Value, found: &mut Vec<String>) {
    match (recorded, given) {
        (Value::Object(recorded), Value::Object(given)) => {
            for (name, wanted) in recorded {
                match given.get(name) {
                    Some(given) => compare(&format!("{at}.{name}"), wanted, given, found),
                    None => found.push(format!("`{at}.{name}` is missing, recorded was `{wanted}`")),
                }
            }
            for name in given.keys().filter(|name| !recorded.contains_key(*name)) {
                found.push(format!("`{at}.{name}` was not there in the recording"));
            }
        }
        (Value::Array(recorded), Value::Array(given)) if recorded.len() == given.len() => {
            for (number, (recorded, given)) in recorded.iter().zip(given).enumerate() {
                compare(&format!("{at}.{number}"), recorded, given, found);
            }
        }
        (Value::String(recorded), Value::String(given)) if fits(recorded, given) => {}
        // A number or flag is masked by a text.
        (Value::String(recorded), _) if recorded == MASK => {}
        (recorded, given) if recorded == given => {}
        (recorded, given) => found.push(format!("`{at}` is `{given}`, recorded was `{recorded}`")),
    }
}

/// Whether a text equals the recorded one; a mask in the recorded one matches any text.
fn fits(recorded: &str, given: &str) -> bool {
    let Some((first, rest)) = recorded.split_once(MASK) else { return recorded == given };
    let Some(mut given) = given.strip_prefix(first) else { return false };
    let (middle, last) = rest.rsplit_once(MASK).map_or((None, rest), |(middle, last)| (Some(middle), last));
    for piece in middle.into_iter().flat_map(|middle| middle.split(MASK)) {
        match given.split_once(piece) {
            Some((_, after)) => given = after,
            None => return false,
        }
    }
    given.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mask_stands_for_any_text() {
        for (recorded, given, same) in [
            ("a", "a", true),
            ("a", "b", false),
            ("****", "anything", true),
            ("x****y", "x-1-y", true),
            ("x****y", "xy", true),
            ("x****y", "x", false),
            ("a****b****c", "a1b2c", true),
            ("a****b****c", "a1c", false),
        ] {
            assert_eq!(fits(recorded, given), same, "{recorded} {given}");
        }
    }

    #[test]
    fn differences_say_where() {
        let request = |query: &str, body: &str| Request {
            method: "POST".into(),
            host: "h".into(),
            path: "/".into(),
            query: query.into(),
            content_type: "application/json".into(),
            body: Body::Text(body.into()),
        };
        let of = |query, body| Canonical::new("c", "p", "A", &request(query, body), &["When".to_owned()]);
        let recorded = of("a=1&Signature=x", r#"{"L": [1, {"n": "v"}], "ClientToken": "t", "When": 5}"#);
        let same = of("Signature=y&a=1&Nonce=9", r#"{"When": 6, "L": [1, {"n": "v"}]}"#);
        assert_eq!(same.differences(&recorded), Vec::<String>::new());
        let other = of("a=2&b=1", r#"{"L": [1, {"n": "w"}], "New": true}"#);
        assert_eq!(
            other.differences(&recorded),
            [
                "`query.a` is `\"2\"`, recorded was `\"1\"`",
                "`query.b` was not there in the recording",
                "`body.L.1.n` is `\"w\"`, recorded was `\"v\"`",
                "`body.New` was not there in the recording",
            ]
        );
    }
}
