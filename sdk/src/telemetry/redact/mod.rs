//! Keeps secrets out of logs, errors and `Debug`: what is masked, and how.

mod address;

pub(crate) use address::address;

use http::HeaderMap;
use serde_json::Value;
use std::fmt;

/// What stands for a secret.
pub(crate) const MASK: &str = "****";

/// Headers whose values logs may show; any other is masked.
const SHOWN_HEADERS: [&str; 31] = [
    "accept",
    "accept-encoding",
    "connection",
    "content-length",
    "content-type",
    "date",
    "host",
    "location",
    "retry-after",
    "server",
    "user-agent",
    "x-acs-action",
    "x-acs-content-sha256",
    "x-acs-date",
    "x-acs-request-id",
    "x-acs-signature-nonce",
    "x-acs-version",
    "x-iam-trace-id",
    "x-project-id",
    "x-domain-id",
    "x-request-id",
    "x-sdk-content-sha256",
    "x-sdk-date",
    "x-tc-action",
    "x-tc-canary",
    "x-tc-language",
    "x-tc-region",
    "x-tc-requestclient",
    "x-tc-timestamp",
    "x-tc-traceid",
    "x-tc-version",
];

/// Names of parameters, members and headers whose values are secrets, in lower case.
const SECRET_NAMES: [&str; 28] = [
    "secret",
    "secretaccesskey",
    "secret_access_key",
    "id_token",
    "secretkey",
    "secret_key",
    "secretid",
    "token",
    "securitytoken",
    "security_token",
    "signature",
    "authorization",
    "accesskeysecret",
    "access_key_secret",
    "accesskeyid",
    "tmpsecretkey",
    "tmpsecretid",
    "x-tc-token",
    "x-security-token",
    "x-acs-security-token",
    "x-acs-bearer-token",
    "x-auth-token",
    "proxy-authorization",
    "bearertoken",
    "oidctoken",
    "samlassertion",
    "password",
    "webidentitytoken",
];

pub(crate) fn is_secret_header(lower_name: &str) -> bool {
    SECRET_NAMES.contains(&lower_name) || lower_name.contains("token") || lower_name.contains("secret")
}

/// Ends of such names, however they are written: `AdminPassword`, `login_settings.password`, `private-key`.
const SECRET_ENDS: [&str; 13] = [
    "adminpass",
    "authtoken",
    "identitytoken",
    "passphrase",
    "passwd",
    "password",
    "privatekey",
    "secret",
    "secretkey",
    "securitytoken",
    "sessiontoken",
    "accesstoken",
    "refreshtoken",
];

pub(crate) fn is_secret_name(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    if SECRET_NAMES.contains(&lower.as_str()) {
        return true;
    }
    let last = lower.rsplit('.').next().unwrap_or_default();
    let plain: String = last.chars().filter(char::is_ascii_alphanumeric).collect();
    SECRET_NAMES.contains(&plain.as_str()) || SECRET_ENDS.iter().any(|end| plain.ends_with(end))
}

/// All headers, with the values of an allow-list only.
pub(crate) fn shown(headers: &HeaderMap) -> impl Iterator<Item = (&str, &str)> {
    headers.iter().map(|(name, value)| {
        let plain = SHOWN_HEADERS.contains(&name.as_str()) && !value.is_sensitive();
        (name.as_str(), if plain { value.to_str().unwrap_or(MASK) } else { MASK })
    })
}

/// Larger JSON is not read for a log: it is scrubbed as text.
const READ_CAP: usize = 1024 * 1024;

/// A body with its secrets masked: JSON by the names of its members, at any depth; anything else as text.
pub(crate) fn body(text: &str) -> String {
    if text.len() <= READ_CAP
        && text.trim_start().starts_with(['{', '['])
        && let Ok(mut document) = serde_json::from_str(text)
    {
        mask(&mut document);
        return document.to_string();
    }
    scrub(text)
}

/// The parser has bounded the depth.
fn mask(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                if is_secret_name(name) && !value.is_null() {
                    *value = Value::from(MASK);
                } else {
                    mask(value);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(mask),
        // Some texts are documents of their own.
        Value::String(text) if text.contains([':', '=']) => *text = scrub(text),
        _ => {}
    }
}

/// A header map that shows the values of an allow-list only.
pub(crate) struct Headers<'a>(pub(crate) &'a HeaderMap);

impl fmt::Debug for Headers<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |name: &str, value: &http::HeaderValue| {
            if SHOWN_HEADERS.contains(&name) && !value.is_sensitive() {
                String::from_utf8_lossy(value.as_bytes()).into_owned()
            } else {
                MASK.to_owned()
            }
        };
        f.debug_map()
            .entries(self.0.iter().map(|(name, value)| (name.as_str(), shown(name.as_str(), value))))
            .finish()
    }
}

/// Masks the values of secret parameters in a query or a form.
pub(crate) fn query(text: &str) -> String {
    let mask = |pair: &str| match pair.split_once('=') {
        Some((name, _)) if is_secret_name(name) => format!("{name}={MASK}"),
        _ => pair.to_owned(),
    };
    text.split('&').map(mask).collect::<Vec<_>>().join("&")
}

/// Masks what looks like a secret in a text that a server sent: some quote the request back.
///
/// Known shapes: `name=value` (also percent-encoded, as in a text to sign), `"name":"value"`, `name: value` for the
/// names above, and the credentials of an `Authorization` header.
pub(crate) fn scrub(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, name, after)) = next_secret(rest) {
        out.push_str(before);
        out.push_str(name);
        let value = match encoded_equals(after) {
            Some(value) => value,
            None => after.trim_start_matches(['"', '\'', ' ', ':', '=']),
        };
        out.push_str(after.get(..after.len() - value.len()).unwrap_or_default());
        out.push_str(MASK);
        // Between quotes blanks and commas are of the value.
        let skipped = after.get(..after.len() - value.len()).unwrap_or_default();
        let quote = skipped.chars().next_back().filter(|last| matches!(last, '"' | '\''));
        // A text that was cut off has no end.
        let end = quote.and_then(|quote| closing(value, quote).or((quote == '"').then_some(value.len())));
        if let Some(end) = end {
            rest = value.get(end..).unwrap_or_default();
            continue;
        }
        // An `Authorization` value has blanks and commas of its own: mask up to the end of the line.
        let whole_line = name.to_ascii_lowercase().ends_with("authorization");
        let ends = |c: char| match c {
            '"' | '\'' | '\r' | '\n' | '<' => true,
            '&' | ',' | ';' | ' ' | '}' | ')' => !whole_line,
            _ => false,
        };
        let ampersand = || ["%26", "%2526"].iter().filter_map(|end| value.find(end)).min();
        let end = value.find(ends).into_iter().chain(ampersand()).min();
        rest = end.and_then(|end| value.get(end..)).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// Where the quote stands that ends a text, behind a backslash or not as the text itself is.
fn closing(text: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    text.char_indices().find_map(|(at, c)| {
        let ends = c == quote && !escaped;
        escaped = c == '\\' && !escaped;
        ends.then_some(at)
    })
}

/// What follows an equals sign that was percent-encoded once or twice.
fn encoded_equals(text: &str) -> Option<&str> {
    text.strip_prefix("%3D").or_else(|| text.strip_prefix("%253D"))
}

/// The first secret name in `text` that is followed by a separator and a value.
fn next_secret(text: &str) -> Option<(&str, &str, &str)> {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let mut from = 0;
    while let Some(word_at) = text.get(from..)?.find(is_word) {
        let mut start = from + word_at;
        let word_len = text.get(start..)?.find(|c| !is_word(c)).unwrap_or(text.len() - start);
        let end = start + word_len;
        // The digits of an encoded `&` are no part of the name after it.
        if text.get(..start)?.ends_with('%') {
            let word = text.get(start..end)?;
            let digits = ["2526", "26"].into_iter().find(|digits| word.starts_with(digits));
            start += digits.map_or(0, str::len);
        }
        let (name, after) = (text.get(start..end)?, text.get(end..)?);
        let separator = after.trim_start_matches(['"', '\'']).trim_start();
        let encoded = encoded_equals(after).is_some_and(|value| !value.is_empty());
        if is_secret_name(name) && (encoded || separator.starts_with([':', '=']) && separator.len() > 1) {
            return Some((text.get(..start)?, name, after));
        }
        from = end;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_quote_the_request_lose_its_secrets() {
        for (given, wanted) in [
            ("bad Signature=abc%3D&Action=X", "bad Signature=****&Action=X"),
            (r#"{"SecretKey":"k","a":1}"#, r#"{"SecretKey":"****","a":1}"#),
            (r#"{"Token" : "t v", "b":2}"#, r#"{"Token" : "****", "b":2}"#),
            (r#"{"Token":"t\"v,w","b":2}"#, r#"{"Token":"****","b":2}"#),
            (
                "adminPass=a&LoginSettings.Password=b&NextToken=c",
                "adminPass=****&LoginSettings.Password=****&NextToken=c",
            ),
            ("Authorization: TC3 Credential=a, Signature=b\nHost: h", "Authorization: ****\nHost: h"),
            ("the token is expired", "the token is expired"),
            ("no secrets at all", "no secrets at all"),
            (
                "GET&%2F&A%3D1%26SecurityToken%3Dt%252B%26Z%3D2",
                "GET&%2F&A%3D1%26SecurityToken%3D****%26Z%3D2",
            ),
            ("Signature%253Ds%2526Token%253Dt", "Signature%253D****%2526Token%253D****"),
            ("100%26", "100%26"),
            ("Token=", "Token="),
            ("密钥 SecretKey=密&x", "密钥 SecretKey=****&x"),
        ] {
            assert_eq!(scrub(given), wanted);
        }
    }

    #[test]
    fn bodies_lose_secrets_at_any_depth() {
        for (given, wanted) in [
            (
                r#"{"a":{"Password":["x","y"]},"b":[{"adminPass":{"k":1}}]}"#,
                r#"{"a":{"Password":"****"},"b":[{"adminPass":"****"}]}"#,
            ),
            (r#"{"Token":null,"UserData":"Password=x y"}"#, r#"{"Token":null,"UserData":"Password=**** y"}"#),
            ("Action=A&Signature=s", "Action=A&Signature=****"),
            (r#"{"Password":"cut o"#, r#"{"Password":"****"#),
            ("<a>Password: x</a>", "<a>Password: ****</a>"),
        ] {
            assert_eq!(body(given), wanted);
        }
    }

    #[test]
    fn headers_outside_the_allow_list_are_masked() {
        let mut headers = HeaderMap::new();
        headers.insert("host", "h".parse().unwrap());
        headers.insert("x-tc-token", "secret".parse().unwrap());
        headers.insert("x-custom", "maybe".parse().unwrap());
        let shown = format!("{:?}", Headers(&headers));
        assert_eq!(shown, r#"{"host": "h", "x-tc-token": "****", "x-custom": "****"}"#);
    }

    #[test]
    fn query_parameters_are_masked_by_name() {
        assert_eq!(query("Action=X&Signature=abc&Token=t"), "Action=X&Signature=****&Token=****");
    }
}
