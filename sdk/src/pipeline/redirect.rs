//! Redirects are never followed: they would send the signature and the token to another
//! host.
//!
//! Most signatures cover the host, so the other host would refuse the request in any case.
//! A redirect is therefore an error of kind `Protocol`. This file writes its message;
//! `classify.rs` returns it for 300 to 303, 307 and 308. Transports must not follow
//! redirects on their own, see [`HttpSend`](crate::transport::HttpSend).

use http::HeaderMap;
use http::header::LOCATION;

/// The maximum number of characters of a target in an error message.
const SHOWN: usize = 200;

/// The error message for a redirect. It names the target without login, query and fragment,
/// which may contain secrets, and says what to do.
///
/// ```text
/// Location: https://user:pw@h.test:8443/a?token=x
///
/// the server redirects to `https://h.test:8443/a`; redirects are never followed: if that host
/// is right, set it as the endpoint
/// ```
pub(crate) fn refused(headers: &HeaderMap) -> String {
    match headers.get(LOCATION).map(|target| String::from_utf8_lossy(target.as_bytes())) {
        Some(target) => format!(
            "the server redirects to {}; redirects are never followed: if that host is right, set it as the endpoint",
            shown(&target)
        ),
        None => "the server redirects without a target; redirects are never followed".to_owned(),
    }
}

/// The target of a redirect in backticks, without secrets and control characters, cut off
/// after [`SHOWN`] characters. It accepts any text: a `Location` that is not a URL is
/// shown, too.
fn shown(target: &str) -> String {
    let target = target.split(['?', '#']).next().unwrap_or_default();
    // The login ends at the last `@` of the authority, and the authority ends at the first slash.
    let (front, rest) = match target.split_once("//") {
        Some((scheme, rest)) => (format!("{scheme}//"), rest),
        None => (String::new(), target),
    };
    let (authority, path) = rest.split_at(rest.find(['/', '\\']).unwrap_or(rest.len()));
    let host = if front.is_empty() { authority } else { authority.rsplit('@').next().unwrap_or_default() };
    let whole = format!("{front}{host}{path}");
    let clean: String = whole.chars().filter(|c| !c.is_control()).take(SHOWN).collect();
    let more = if whole.chars().count() > SHOWN { "…" } else { "" };
    format!("`{clean}{more}`")
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn the_target_is_named_without_what_may_be_secret() {
        let long = format!("http://h.test/{}", "x".repeat(300));
        for (target, wanted) in [
            ("https://h.test/a/b", "`https://h.test/a/b`"),
            ("https://user:planted@h.test:8443/a?token=planted#planted", "`https://h.test:8443/a`"),
            ("//u:planted@h.test/a", "`//h.test/a`"),
            ("//u@planted@h.test", "`//h.test`"),
            ("/login?x=planted", "`/login`"),
            ("", "``"),
            (&long, &format!("`http://h.test/{}…`", "x".repeat(186))),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(LOCATION, HeaderValue::from_str(target).unwrap());
            let message = refused(&headers);
            assert!(message.contains(wanted) && !message.contains("planted"), "{target}: {message}");
        }
        assert!(refused(&HeaderMap::new()).contains("without a target"));
    }
}
