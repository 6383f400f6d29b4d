//! Shows a signed request without its secrets. Which names are secret is the SDK's one list.

use cloudcall::__private::redact;
use cloudcall::Value;
use cloudcall::http::{HeaderMap, HeaderValue};
use cloudcall::transport::HttpRequest;

pub(crate) const MASK: &str = "****";

/// Ids of keys. They are no secrets, but they name an account, and what a dry run prints is pasted into reports.
const KEY_IDS: [&str; 4] = ["secretid", "accesskeyid", "ak", "accesskey"];

fn is_masked(name: &str) -> bool {
    let last = name.rsplit('.').next().unwrap_or(name);
    let plain: String = last.chars().filter(char::is_ascii_alphanumeric).collect();
    redact::is_secret_name(last) || KEY_IDS.contains(&plain.to_ascii_lowercase().as_str())
}

/// A request as it would leave, its secrets masked.
pub(crate) fn request(request: &HttpRequest) -> String {
    let mut out = format!("{} {}\n", request.method(), url(&request.uri().to_string()));
    for (name, value) in request.headers() {
        out.push_str(&format!("{name}: {}\n", header(name.as_str(), value)));
    }
    if !request.body().is_empty() {
        out.push('\n');
        out.push_str(&body(request.headers(), request.body()));
    }
    out
}

/// An address with its secret query parameters masked.
pub(crate) fn url(url: &str) -> String {
    match url.split_once('?') {
        Some((before, query)) => format!("{before}?{}", form(query)),
        None => url.to_owned(),
    }
}

fn form(text: &str) -> String {
    let mask = |pair: &str| match pair.split_once('=') {
        Some((name, _)) if is_masked(name) => format!("{name}={MASK}"),
        _ => redact::query(pair),
    };
    text.split('&').map(mask).collect::<Vec<_>>().join("&")
}

/// A header's value, masked if it is a secret. Of a signature, scheme and signed headers stay.
pub(crate) fn header(name: &str, value: &HeaderValue) -> String {
    let text = String::from_utf8_lossy(value.as_bytes());
    if name != "authorization" {
        let secret = value.is_sensitive() || redact::is_secret_header(name) || is_masked(name);
        return if secret { MASK.to_owned() } else { text.into_owned() };
    }
    let Some((scheme, rest)) = text.split_once(' ') else {
        return if text == "SKIP" { text.into_owned() } else { MASK.to_owned() };
    };
    let part = |part: &str| match part.trim().split_once('=') {
        Some(("SignedHeaders", names)) => format!("SignedHeaders={names}"),
        Some((name @ ("Credential" | "Access" | "Signature"), _)) => format!("{name}={MASK}"),
        _ => MASK.to_owned(),
    };
    format!("{scheme} {}", rest.split(',').map(part).collect::<Vec<_>>().join(", "))
}

/// A body with the values of secret names masked. One that is not text is shown as its size.
pub(crate) fn body(headers: &HeaderMap, bytes: &[u8]) -> String {
    let Ok(text) = std::str::from_utf8(bytes) else { return format!("({} bytes)", bytes.len()) };
    let kind = headers.get("content-type").and_then(|value| value.to_str().ok()).unwrap_or_default();
    match kind.starts_with("application/x-www-form-urlencoded") {
        true => form(text),
        false => redact::body(text),
    }
}

/// A response with the values of secret names masked, and the secrets of addresses in it.
pub(crate) fn value(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let masked = |(name, member): (&str, &Value)| {
                let keep = matches!(member, Value::Null | Value::Bool(_)) || !redact::is_secret_name(name);
                (name.to_owned(), if keep { self::value(member) } else { Value::from(MASK) })
            };
            Value::Object(members.iter().map(masked).collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(self::value).collect()),
        Value::String(text) if text.contains("://") && text.contains('?') => Value::from(url(text)),
        other => other.clone(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn typed(kind: &str, text: &str) -> String {
        let headers = [("content-type".parse().unwrap(), kind.parse().unwrap())].into_iter().collect();
        body(&headers, text.as_bytes())
    }

    #[test]
    fn secrets_are_masked_wherever_they_stand() {
        assert_eq!(
            url("https://h/p?Action=A&Signature=x%3D&SecretId=i&ClientToken=c"),
            "https://h/p?Action=A&Signature=****&SecretId=****&ClientToken=c"
        );
        let given = r#"{"b":1.50,"Login":{"Password":"p"},"L":[{"SecretKey":["k"]}],"NextToken":"n"}"#;
        let shown = typed("application/json", given);
        assert!(shown.starts_with(r#"{"b":1.50,"Login":{"Password":"****"},"L":[{"SecretKey":"#), "{shown}");
        assert!(shown.ends_with(r#"}],"NextToken":"n"}"#) && !shown.contains("\"k\""), "{shown}");
        assert_eq!(typed("application/x-www-form-urlencoded", "a=1&Token=t"), "a=1&Token=****");
    }

    #[test]
    fn secrets_of_responses_are_masked() {
        let given = r#"{"Keys":[{"Id":"a","SecretKey":"k","Password":null}],"Url":"https://h/?a=1&token=t","N":1.50}"#;
        let wanted = r#"{"Keys":[{"Id":"a","SecretKey":"****","Password":null}],"Url":"https://h/?a=1&token=****","N":1.50}"#;
        assert_eq!(value(&given.parse().unwrap()).to_string(), wanted);
    }

    #[test]
    fn a_signature_keeps_its_scheme() {
        let shown = |text: &str| header("authorization", &HeaderValue::from_str(text).unwrap());
        assert_eq!(
            shown("TC3-HMAC-SHA256 Credential=i/d/s/tc3_request, SignedHeaders=a;b, Signature=0f"),
            "TC3-HMAC-SHA256 Credential=****, SignedHeaders=a;b, Signature=****"
        );
        assert_eq!(shown("acs id:c2ln="), "acs ****");
        assert_eq!(shown("SKIP"), "SKIP");
        assert_eq!(shown("Bearer abc"), "Bearer ****");
    }
}
