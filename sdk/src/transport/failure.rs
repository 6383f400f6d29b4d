//! The meaning of errors of the HTTP libraries.
//!
//! Both transports use hyper, so their errors have the same chains of causes. This module searches
//! the chain and derives three facts: the kind of the error, how far the request got, and a message
//! that names the proxy if there was one.
//!
//! | cause | kind | sent |
//! | --- | --- | --- |
//! | no route, connection refused, a proxy that refuses | `Connect` | no |
//! | TLS handshake, untrusted certificate | `Tls` | no |
//! | connect timeout | `Timeout` | no |
//! | connection closed before the request was written | `Io` | no |
//! | connection closed before the response head | `Io` | maybe |
//! | bytes that are not HTTP | `Protocol` | maybe |
//! | response head too large | `TooLarge` | maybe |
//! | the runtime is shutting down | `Config` | as known |
//!
//! Some causes have no public type. For those the text of their `Display` is compared; the suites
//! `faults`, `proxy` and `tls` fail if a new version of a library changes it.

use std::error::Error as StdError;
use std::io;
use std::time::Duration;

use super::{TransportError, runtime};
use crate::error::{ErrorKind, SendState};
use crate::timing::deadline::{Setting, TimeLimit};

/// An error of one of the libraries.
type BoxError = Box<dyn StdError + Send + Sync>;

/// The facts about a request that has no response.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unanswered<'a> {
    /// Whether there was no connection yet.
    pub(super) connecting: bool,
    /// Whether a time limit of the transport was exceeded.
    pub(super) timed_out: bool,
    /// Whether no byte of the request was written.
    pub(super) unsent: bool,
    /// Whether the connection had carried a request before.
    pub(super) reused: bool,
    /// The proxy on the route, as `host:port`.
    pub(super) via: Option<&'a str>,
    /// The connect timeout, if it is known.
    pub(super) connect: Option<Duration>,
}

/// The error of a request without a response. The library's error is its source.
pub(super) fn unanswered(error: BoxError, facts: Unanswered<'_>) -> TransportError {
    let sent = if facts.connecting || facts.unsent { SendState::No } else { SendState::Maybe };
    if causes(&*error).any(runtime::is_shut_down) {
        return TransportError::new(ErrorKind::Config, sent, runtime::SHUT_DOWN).with_source(error);
    }
    if is_refused_identity(&*error) {
        let what =
            "the server refused the client certificate, or demands one (`TlsTrust::client_certificate`)";
        // In TLS 1.3 this arrives after the client's part of the handshake: no request was read. On a
        // connection that worked before, the server may have read the request.
        let sent = if facts.reused { sent } else { SendState::No };
        return TransportError::new(ErrorKind::Tls, sent, what).with_source(error);
    }
    let via = through(facts.via);
    let (kind, message) = if facts.connecting {
        unconnected(&*error, facts)
    } else if facts.timed_out {
        (ErrorKind::Timeout, format!("no response in time{via}"))
    } else if is_too_large(&*error) {
        (ErrorKind::TooLarge, "the head of the response is too large".to_owned())
    } else if is_parse(&*error) {
        (ErrorKind::Protocol, format!("the response is not HTTP{via}"))
    } else {
        (ErrorKind::Io, format!("the connection{via} broke before the response"))
    };
    TransportError::new(kind, sent, message).with_source(error)
}

/// Kind and message if there is no connection. Behind a proxy, the cause may be the proxy or the
/// host behind it.
fn unconnected(error: &(dyn StdError + 'static), facts: Unanswered<'_>) -> (ErrorKind, String) {
    let via = through(facts.via);
    if facts.timed_out {
        let what = format!("no connection{via}");
        let message = match facts.connect {
            Some(value) => TimeLimit { setting: Setting::Connect, value }.passed(&what),
            None => format!("{what} in time"),
        };
        return (ErrorKind::Timeout, message);
    }
    // The tunnel's error has no public type; these are the texts of its own `Display`.
    let tunnel = |text: &str| causes(error).any(|cause| cause.to_string() == format!("tunnel error: {text}"));
    let (kind, what) = match is_tls(error) {
        true => (ErrorKind::Tls, "no secure connection"),
        false => (ErrorKind::Connect, "no connection"),
    };
    if let Some(proxy) = facts.via {
        let refused = if tunnel("proxy authorization required") {
            "requires a user and a password, or does not accept them: set them in its URL"
        } else if tunnel("unsuccessful") {
            "refused to connect to the host"
        } else if tunnel("unexpected end of file") || tunnel("io error establishing tunnel") {
            "closed the connection instead of connecting to the host"
        } else if tunnel("failed to create underlying connection") {
            return (kind, format!("{what} to the proxy {proxy}"));
        } else {
            return (kind, format!("{what}{via}"));
        };
        return (ErrorKind::Connect, format!("the proxy {proxy} {refused}"));
    }
    (kind, what.to_owned())
}

/// The end of a message that names the proxy. Empty without a proxy.
fn through(via: Option<&str>) -> String {
    via.map(|proxy| format!(" through the proxy {proxy}")).unwrap_or_default()
}

/// The error of a response whose body broke off, stalled, or was not valid HTTP. The request was
/// sent, and the server may have processed it.
pub(super) fn broken_body(error: BoxError, timed_out: bool) -> TransportError {
    let (kind, message) = if timed_out {
        (ErrorKind::Timeout, "the response stalled")
    } else if is_unpacking(&*error) {
        (ErrorKind::Decode, "the compression of the response is corrupt")
    } else if is_parse(&*error) {
        (ErrorKind::Protocol, "the framing of the response is broken")
    } else {
        (ErrorKind::Io, "incomplete body: the connection broke in the middle of the response")
    };
    TransportError::new(kind, SendState::Maybe, message).with_source(error)
}

/// The error and all its causes. `io::Error::source` skips the error that an I/O error wraps, so
/// wrapped errors are visited, too.
pub(super) fn causes<'a>(
    error: &'a (dyn StdError + 'static),
) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    fn below<'a>(error: &&'a (dyn StdError + 'static)) -> Option<&'a (dyn StdError + 'static)> {
        let error: &'a (dyn StdError + 'static) = *error;
        match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(inner) => Some(inner),
            None => error.source(),
        }
    }
    std::iter::successors(Some(error), below)
}

/// Whether decompression failed. Failures of the connection are errors of hyper; a decoder has only
/// I/O errors.
fn is_unpacking(error: &(dyn StdError + 'static)) -> bool {
    causes(error).any(|cause| cause.is::<io::Error>())
        && !causes(error).any(|cause| cause.is::<hyper::Error>())
}

/// Whether the peer sent bytes that are not valid HTTP.
fn is_parse(error: &(dyn StdError + 'static)) -> bool {
    causes(error).any(|cause| {
        let hyper = cause.downcast_ref::<hyper::Error>();
        // Broken chunk sizes surface as I/O errors of kind `InvalidInput` or `InvalidData`.
        hyper.is_some_and(hyper::Error::is_parse) || is_framing(cause.downcast_ref::<io::Error>())
    })
}

/// Whether an I/O error is hyper's error for a broken chunk.
fn is_framing(error: Option<&io::Error>) -> bool {
    use io::ErrorKind::{InvalidData, InvalidInput};
    error.is_some_and(|error| {
        matches!(error.kind(), InvalidData | InvalidInput) && error.to_string().contains("chunk")
    })
}

/// Whether the response head did not fit into hyper's buffer.
fn is_too_large(error: &(dyn StdError + 'static)) -> bool {
    // hyper has a predicate for this only in its server half; the text is that of its own `Display`.
    causes(error).any(|cause| cause.is::<hyper::Error>() && cause.to_string().contains("too large"))
}

/// Whether the server refused the certificate of the client, or demands one. These are the alerts
/// of RFC 8446, section 6.2, that concern certificates.
#[cfg(feature = "__rustls")]
fn is_refused_identity(error: &(dyn StdError + 'static)) -> bool {
    use rustls::AlertDescription::{
        AccessDenied, BadCertificate, CertificateExpired, CertificateRequired, CertificateRevoked,
        CertificateUnknown, DecryptError, UnknownCA, UnsupportedCertificate,
    };
    causes(error).filter_map(|cause| cause.downcast_ref::<rustls::Error>()).any(|error| {
        let rustls::Error::AlertReceived(alert) = error else { return false };
        matches!(
            alert,
            AccessDenied
                | BadCertificate
                | CertificateExpired
                | CertificateRequired
                | CertificateRevoked
                | CertificateUnknown
                // A certificate of another authority with the same name fails as a bad signature.
                | DecryptError
                | UnknownCA
                | UnsupportedCertificate
        )
    })
}

/// The TLS libraries of the operating systems do not report the alert.
#[cfg(not(feature = "__rustls"))]
fn is_refused_identity(_: &(dyn StdError + 'static)) -> bool {
    false
}

/// Whether TLS failed.
#[cfg(feature = "__rustls")]
fn is_tls(error: &(dyn StdError + 'static)) -> bool {
    causes(error).any(|cause| cause.is::<rustls::Error>())
}

/// Whether TLS failed, by the words of the error: the libraries of the operating systems have no
/// common type.
#[cfg(not(feature = "__rustls"))]
fn is_tls(error: &(dyn StdError + 'static)) -> bool {
    causes(error).any(|cause| {
        let text = cause.to_string().to_ascii_lowercase();
        text.contains("certificate") || text.contains("tls") || text.contains("ssl")
    })
}

#[cfg(all(test, feature = "__rustls"))]
mod tests {
    use rustls::AlertDescription::CertificateRequired;

    use super::*;

    #[test]
    fn a_refused_identity_is_unsent_only_on_a_new_connection() {
        for (connecting, unsent, reused, sent) in [
            (true, false, false, SendState::No),
            (false, false, false, SendState::No),
            (false, true, true, SendState::No),
            (false, false, true, SendState::Maybe),
        ] {
            let alert = io::Error::other(rustls::Error::AlertReceived(CertificateRequired));
            let facts = Unanswered { connecting, timed_out: false, unsent, reused, via: None, connect: None };
            let error = unanswered(Box::new(alert), facts);
            assert_eq!((error.kind, error.sent), (ErrorKind::Tls, sent), "{facts:?}");
        }
    }
}
