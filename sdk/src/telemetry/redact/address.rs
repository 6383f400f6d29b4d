//! URLs in messages and logs. Only scheme, host and port are shown: user names, passwords,
//! paths and queries may contain secrets.

use super::MASK;

/// Scheme, host and port of `text`, with everything else masked. `text` need not be a valid
/// URL.
///
/// If it is not clear where user and password end, only the scheme is shown.
///
/// Examples: `https://u:p@host:80/a?b` becomes `https://****@host:80/****?****`, and
/// `host:8080` stays as it is.
pub(crate) fn address(text: &str) -> String {
    let (scheme, rest) = match text.split_once("://") {
        Some((scheme, rest)) if is_scheme(scheme) => (Some(scheme), rest),
        _ => (None, text),
    };
    let mut out = scheme.map(|scheme| format!("{scheme}://")).unwrap_or_default();
    let query = rest.find(['?', '#']).unwrap_or(rest.len());
    let (before, after) = rest.split_at(query);
    if after.contains('@') {
        return out + MASK;
    }
    let host = match before.rsplit_once('@') {
        Some((_, host)) => {
            out.push_str(MASK);
            out.push('@');
            host
        }
        None => before,
    };
    let (host, path) = host.split_at(host.find(['/', '\\']).unwrap_or(host.len()));
    out.push_str(&port_checked(host));
    match path {
        "" => {}
        "/" => out.push('/'),
        _ => {
            out.push('/');
            out.push_str(MASK);
        }
    }
    if !after.is_empty() {
        out.extend(after.chars().next());
        out.push_str(MASK);
    }
    out
}

/// True if the text can be a URL scheme.
fn is_scheme(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 16
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'+')
}

/// `host:port`. A port that is not a number may be the password of a URL that was cut, so
/// it is masked.
fn port_checked(host: &str) -> String {
    let shown = match host.rsplit_once(':') {
        Some((name, port)) if !host.ends_with(']') && !port.bytes().all(|byte| byte.is_ascii_digit()) => {
            format!("{name}:{MASK}")
        }
        _ => host.to_owned(),
    };
    shown.escape_debug().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scheme_host_and_port_are_shown_and_nothing_else() {
        for (text, wanted) in [
            ("https://h.example:8443/", "https://h.example:8443/"),
            ("h.example", "h.example"),
            ("http://[::1]:80", "http://[::1]:80"),
            ("http://[::1]", "http://[::1]"),
            ("https://u:pw@h", "https://****@h"),
            ("u:p@w@h:1", "****@h:1"),
            ("https://u:p/w@h/x", "https://****@h/****"),
            ("https://u:p?w@h", "https://****"),
            ("https://u:p#w@h", "https://****"),
            ("https://h/path", "https://h/****"),
            ("https://h/?token=t", "https://h/?****"),
            ("h?token=t", "h?****"),
            ("https://h#t", "https://h#****"),
            ("https://user:pw", "https://user:****"),
            ("a\r\nb", "a\\r\\nb"),
            ("", ""),
        ] {
            assert_eq!(address(text), wanted, "{text}");
        }
    }
}
