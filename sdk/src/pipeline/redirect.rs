//! Redirects are never followed: they would send the signature and the token to another host.

use http::HeaderMap;
use http::header::LOCATION;

/// How many characters of a target are shown.
const SHOWN: usize = 200;

/// The error message for a redirect. It names the target without login, query and fragment, which may hold secrets.
pub(crate) fn refused(headers: &HeaderMap) -> String {
    match headers.get(LOCATION).map(|target| String::from_utf8_lossy(target.as_bytes())) {
        Some(target) => format!(
            "the server redirects to {}; redirects are never followed: if that host is right, set it as the endpoint",
            shown(&target)
        ),
        None => "the server redirects without a target; redirects are never followed".to_owned(),
    }
}

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
