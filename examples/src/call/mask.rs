//! Masks keys, tokens, passwords and signatures in a request that is shown.

use cloudcall::http::HeaderValue;
use cloudcall::sign::encode::members;
use serde_json::value::RawValue;

const MASK: &str = "****";

/// Whether the value under this name is a secret, or a proof of one.
fn is_secret(name: &str) -> bool {
    const WHOLE: [&str; 9] = [
        "secretid",
        "secretkey",
        "token",
        "signature",
        "authorization",
        "accesskeyid",
        "bearertoken",
        "samlassertion",
        "ak",
    ];
    const ENDS: [&str; 9] = [
        "password",
        "passwd",
        "secret",
        "secretkey",
        "privatekey",
        "securitytoken",
        "identitytoken",
        "sessiontoken",
        "authtoken",
    ];
    let last = name.rsplit('.').next().unwrap_or(name);
    let plain: String = last.chars().filter(char::is_ascii_alphanumeric).collect();
    let plain = plain.to_ascii_lowercase();
    WHOLE.contains(&plain.as_str()) || ENDS.iter().any(|end| plain.ends_with(end))
}

/// An address with its secret query parameters masked.
pub(super) fn url(url: &str) -> String {
    match url.split_once('?') {
        Some((before, query)) => format!("{before}?{}", form(query)),
        None => url.to_owned(),
    }
}

fn form(text: &str) -> String {
    let mask = |pair: &str| match pair.split_once('=') {
        Some((name, _)) if is_secret(name) => format!("{name}={MASK}"),
        _ => pair.to_owned(),
    };
    text.split('&').map(mask).collect::<Vec<_>>().join("&")
}

/// A header's value, masked if it is a secret. Of a signature, scheme and signed headers stay.
pub(super) fn header(name: &str, value: &HeaderValue) -> String {
    let text = String::from_utf8_lossy(value.as_bytes());
    if name != "authorization" {
        let secret = value.is_sensitive() || is_secret(name);
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

/// A body with the values of secret names masked, as far as its type tells where they are.
pub(super) fn body(content_type: &str, text: &str) -> String {
    if content_type.starts_with("application/x-www-form-urlencoded") {
        return form(text);
    }
    match serde_json::from_str::<&RawValue>(text) {
        Ok(value) => json(value.get()),
        Err(_) => text.to_owned(),
    }
}

/// Only what holds a secret is written anew: order and digits stay.
fn json(text: &str) -> String {
    if text.starts_with('[') {
        let items: Vec<&RawValue> = serde_json::from_str(text).unwrap_or_default();
        return format!("[{}]", items.iter().map(|item| json(item.get())).collect::<Vec<_>>().join(","));
    }
    if !text.starts_with('{') {
        return text.to_owned();
    }
    let Ok(found) = members(text.as_bytes()) else { return MASK.to_owned() };
    let member = |(name, value): (String, &RawValue)| {
        let shown = if is_secret(&name) { format!("\"{MASK}\"") } else { json(value.get()) };
        format!("{}:{shown}", serde_json::Value::from(name))
    };
    format!("{{{}}}", found.into_iter().map(member).collect::<Vec<_>>().join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_masked_wherever_they_stand() {
        assert_eq!(
            url("https://h/p?Action=A&Signature=x%3D&SecretId=i&ClientToken=c"),
            "https://h/p?Action=A&Signature=****&SecretId=****&ClientToken=c"
        );
        let given = r#"{"b":1.50,"Login":{"Password":"p"},"L":[{"SecretKey":["k"]}],"NextToken":"n"}"#;
        let wanted = r#"{"b":1.50,"Login":{"Password":"****"},"L":[{"SecretKey":"****"}],"NextToken":"n"}"#;
        assert_eq!(body("application/json", given), wanted);
        assert_eq!(body("application/x-www-form-urlencoded", "a=1&Token=t"), "a=1&Token=****");
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
