//! What counts as equal: "How to compare" in the vectors' README.

use cloudcall::action::ActionInfo;
use cloudcall::json::{self, Value};
use cloudcall::transport::HttpRequest;
use percent_encoding::percent_decode_str;

/// Headers of the signer and the transport, which the rows leave out.
const OURS: [&str; 11] = [
    "host",
    "authorization",
    "user-agent",
    "accept",
    "content-length",
    "accept-encoding",
    "x-content-sha256",
    "x-sdk-date",
    "date",
    // Of the log service: they depend on how a body is spelt, and the local cloud checks them.
    "content-md5",
    "x-log-bodyrawsize",
];

/// Everything that is not as the row expects it.
pub(crate) fn differences(request: &HttpRequest, info: &ActionInfo, row: &Value) -> Vec<String> {
    let expected = &row["expected"];
    let mut wrong = Vec::new();
    let mut same = |what: &str, found: Value, wanted: Value| {
        if found != wanted {
            wrong.push(format!("{what} is {found}, not {wanted}"));
        }
    };
    same("method", request.method().as_str().into(), expected["method"].clone());
    same("path", request.uri().path().into(), expected["path"].clone());
    if let Some(project) = expected["project"].as_str() {
        let host = request.uri().host().unwrap_or_default();
        same("project", host.split('.').next().unwrap_or_default().into(), project.into());
    }
    let unsigned = expected["unsigned"] == true;
    let mut query = pairs(request.uri().query().unwrap_or_default());
    // A token that the row leaves out is ours: there must be one, and it is no difference.
    // An empty one is none.
    let given = |name: &&str| row["params"][*name].as_str().is_some_and(|token| !token.is_empty());
    let ours = info.idempotency_token().map(|(_, name)| name).filter(|name| !given(name));
    let mut tokens = 0;
    let mut is_token = |name: &str, value: &str| {
        let is = ours.is_some_and(|ours| ours.eq_ignore_ascii_case(name)) && value.len() == 36;
        tokens += usize::from(is);
        is
    };
    query.retain(|(name, value)| !is_token(name, value));
    query.retain(|(name, _)| !(unsigned && matches!(name.as_str(), "Timestamp" | "SignatureNonce")));
    let mut wanted = listed(&expected["query"]);
    wanted.retain(|(name, value)| !(value.is_empty() && ours == Some(name.as_str())));
    same("query", sorted(query), sorted(wanted));
    let header = |name: &str| {
        let value = request.headers().get(name)?.to_str().ok()?;
        Some(if row["cloud"] == "huawei" && name.eq_ignore_ascii_case("content-type") {
            essence(value)
        } else {
            value
        })
    };
    let wanted = expected["headers"].as_object().unwrap();
    for (name, value) in wanted {
        let value = value.as_str().unwrap();
        let value = if row["cloud"] == "huawei" && name == "Content-Type" { essence(value) } else { value };
        same(name, word(header(name).unwrap_or("absent")), word(value));
    }
    for name in request.headers().keys().map(|name| name.as_str()) {
        if is_token(name, header(name).unwrap_or_default()) {
            continue;
        }
        let known = wanted.keys().any(|key| key.eq_ignore_ascii_case(name)) || OURS.contains(&name);
        let signer = ["x-tc-", "x-acs-"].iter().any(|prefix| name.starts_with(prefix)) || name == "x-date";
        let scope = matches!(name, "x-project-id" | "x-domain-id");
        if !known && !signer && !scope {
            same(name, header(name).into(), Value::Null);
        }
    }
    let body = std::str::from_utf8(request.body()).unwrap();
    match &expected["body"] {
        Value::Null => same("body", body.into(), "".into()),
        Value::Object(kind) if kind.contains_key("json") => {
            let mut found: Value = json::from_str(body).unwrap_or_default();
            if let (Some(members), Some(token)) = (found.as_object_mut(), ours) {
                let is =
                    members.get(token).and_then(Value::as_str).is_some_and(|value| is_token(token, value));
                is.then(|| members.remove(token));
            }
            same("body", number(found), number(kind["json"].clone()));
        }
        Value::Object(kind) if kind.contains_key("form") => {
            same("form", sorted(pairs(body)), sorted(listed(&kind["form"])))
        }
        other => same("body", body.into(), other["utf8"].clone()),
    }
    same("number of tokens", tokens.into(), usize::from(ours.is_some()).into());
    wrong
}

fn essence(content_type: &str) -> &str {
    content_type.split(';').next().unwrap_or_default()
}

/// Python's words for booleans are as good as ours.
fn word(text: &str) -> Value {
    match text {
        "True" => "true".into(),
        "False" => "false".into(),
        other => other.into(),
    }
}

fn pairs(text: &str) -> Vec<(String, String)> {
    let decoded =
        |part: &str| percent_decode_str(&part.replace('+', " ")).decode_utf8().unwrap().into_owned();
    let parts = text.split('&').filter(|part| !part.is_empty());
    parts
        .map(|part| part.split_once('=').unwrap_or((part, "")))
        .map(|(n, v)| (decoded(n), decoded(v)))
        .collect()
}

fn listed(pairs: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    pairs.as_array().unwrap().iter().map(|pair| (text(&pair[0]), text(&pair[1]))).collect()
}

/// Order is free, and a value that is JSON text is compared as what it says.
fn sorted(mut pairs: Vec<(String, String)>) -> Value {
    pairs.sort();
    let value = |text: &str| match json::from_str::<Value>(text) {
        Ok(json @ (Value::Array(_) | Value::Object(_))) => number(json),
        _ => word(text),
    };
    pairs.iter().map(|(name, text)| json::json!([name, value(text)])).collect()
}

/// Numbers are compared as numbers: `1` is `1.0`.
fn number(value: Value) -> Value {
    match value {
        Value::Number(number) => number.as_f64().into(),
        Value::Array(items) => items.into_iter().map(self::number).collect(),
        Value::Object(members) => {
            members.into_iter().map(|(name, value)| (name, self::number(value))).collect()
        }
        other => other,
    }
}
