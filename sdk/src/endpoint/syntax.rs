//! The syntax of hosts, regions and products.

use crate::error::Error;
use crate::telemetry::redact;

/// The error for a text that is not an endpoint.
pub(super) fn refused(text: &str, reason: &str) -> Error {
    let shown = redact::address(text);
    Error::config(format!("`{shown}` is not an endpoint: {reason}; write host, host:port or https://host"))
}

/// Checks the syntax of a host and an optional port.
///
/// Underscores are allowed, because names in private networks have them.
pub(super) fn check(authority: &str, shown: &str) -> Result<(), Error> {
    let (host, port) = match authority.strip_prefix('[') {
        Some(v6) => {
            let Some((address, port)) = v6.split_once(']') else {
                return Err(refused(shown, "a `[` has no `]`"));
            };
            if address.parse::<std::net::Ipv6Addr>().is_err() {
                return Err(refused(shown, "the address in brackets is not IPv6"));
            }
            ("v6", port.strip_prefix(':').or((!port.is_empty()).then_some("no port")))
        }
        None => match authority.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (authority, None),
        },
    };
    if port.is_some_and(|port| port.parse::<u16>().is_err() || port.starts_with('+')) {
        return Err(refused(shown, "the port is not a number up to 65535"));
    }
    if host.is_empty() {
        return Err(refused(shown, "the host is empty"));
    }
    if host.len() > 253 {
        return Err(refused(shown, "the host is longer than 253 characters"));
    }
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_');
    for label in host.split('.') {
        if label.is_empty() || label.len() > 63 || label.starts_with('-') || label.ends_with('-') {
            return Err(refused(
                shown,
                "a part between two dots is empty, too long, or begins or ends with `-`",
            ));
        }
        if !label.bytes().all(plain) {
            return Err(refused(
                shown,
                "a host has only letters, digits, `-` and `.`, and nothing follows it",
            ));
        }
    }
    Ok(())
}

/// Checks a region or a product that becomes part of a host name. Other characters could
/// redirect the request to another host.
///
/// # Errors
///
/// Kind `Config` if the text is empty, longer than 63 characters, or has other characters
/// than letters, digits, `-` and `_`.
pub(crate) fn check_label(what: &str, text: &str) -> Result<(), Error> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if text.is_empty() {
        return Err(Error::config(format!("the {what} is empty")));
    }
    if text.len() > 63 || !text.bytes().all(plain) {
        let shown = text.escape_debug();
        return Err(Error::config(format!("`{shown}` is not a {what}: use letters, digits and `-` only")));
    }
    Ok(())
}
