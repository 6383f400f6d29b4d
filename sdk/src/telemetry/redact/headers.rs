//! Headers in logs: an allow-list of headers is shown, all others are masked.
//!
//! The list has headers that help to understand a request and that never carry secrets. A
//! header that is not on it can still be read by its name through `Reply::header`, unless
//! its name stands for a secret.

use std::fmt;

use http::{HeaderMap, HeaderValue};

use super::MASK;
use super::names::secrecy;

/// Headers whose values logs may show. All others are masked.
#[rustfmt::skip]
const SHOWN_HEADERS: [&str; 32] = [
    "accept", "accept-encoding", "connection", "content-length", "content-type", "date", "host",
    "location", "retry-after", "server", "traceparent", "user-agent", "x-acs-action", "x-acs-content-sha256",
    "x-acs-date", "x-acs-request-id", "x-acs-signature-nonce", "x-acs-version",
    "x-iam-trace-id", "x-project-id", "x-domain-id", "x-request-id", "x-sdk-content-sha256",
    "x-sdk-date", "x-tc-action", "x-tc-canary", "x-tc-language", "x-tc-region",
    "x-tc-requestclient", "x-tc-timestamp", "x-tc-traceid", "x-tc-version",
];

/// True if a header carries a secret, even if it is on the allow-list. `lower_name` is in
/// lower case.
pub(crate) fn is_secret_header(lower_name: &str) -> bool {
    secrecy(lower_name).is_some() || lower_name.contains("token") || lower_name.contains("secret")
}

/// The value of a header, if logs may show it.
fn plain<'a>(name: &str, value: &'a HeaderValue) -> Option<&'a str> {
    let text = value.to_str().ok().filter(|_| SHOWN_HEADERS.contains(&name) && !value.is_sensitive())?;
    // A URL with a query, a fragment or a user name may contain secrets.
    (name != "location" || !text.contains(['?', '#', '@'])).then_some(text)
}

/// All headers. The values of headers that are not on the allow-list are masked.
pub(crate) fn shown(headers: &HeaderMap) -> impl Iterator<Item = (&str, &str)> {
    headers.iter().map(|(name, value)| (name.as_str(), plain(name.as_str(), value).unwrap_or(MASK)))
}

/// A header map whose `Debug` output masks the headers that are not on the allow-list.
pub(crate) struct Headers<'a>(pub(crate) &'a HeaderMap);

impl fmt::Debug for Headers<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(shown(self.0)).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_outside_the_allow_list_are_masked() {
        let mut headers = HeaderMap::new();
        for (name, value) in [
            ("host", "h"),
            ("x-tc-token", "secret"),
            ("x-custom", "maybe"),
            ("location", "https://h/?token=t"),
        ] {
            headers.insert(name, value.parse().unwrap());
        }
        let shown = format!("{:?}", Headers(&headers));
        assert_eq!(shown, r#"{"host": "h", "x-tc-token": "****", "x-custom": "****", "location": "****"}"#);
    }

    #[test]
    fn secret_headers_are_known_by_name() {
        for name in ["authorization", "x-acs-security-token", "set-cookie", "x-api-key", "x-subject-token"] {
            assert!(is_secret_header(name), "{name}");
        }
        assert!(!is_secret_header("x-acs-action"));
    }
}
