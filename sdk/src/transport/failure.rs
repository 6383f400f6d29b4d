//! What the errors of the HTTP libraries mean. Both transports use hyper, so the same causes stand in their chains.

use std::error::Error as StdError;
use std::io;
use std::time::Duration;

use super::{TransportError, runtime};
use crate::error::{ErrorKind, SendState};
use crate::timing::deadline::{Setting, TimeLimit};

type BoxError = Box<dyn StdError + Send + Sync>;

/// What is known of a request that got no response.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unanswered<'a> {
    /// Whether there was no connection yet.
    pub(super) connecting: bool,
    pub(super) timed_out: bool,
    /// Whether no byte of the request was written.
    pub(super) unsent: bool,
    /// The proxy that it went through.
    pub(super) via: Option<&'a str>,
    /// How long a connection may take to be made, where that is known.
    pub(super) connect: Option<Duration>,
}

/// The error of a request without a response.
pub(super) fn unanswered(error: BoxError, facts: Unanswered<'_>) -> TransportError {
    let sent = if facts.connecting || facts.unsent { SendState::No } else { SendState::Maybe };
    if causes(&*error).any(runtime::is_shut_down) {
        return TransportError::new(ErrorKind::Config, sent, runtime::SHUT_DOWN).with_source(error);
    }
    if is_refused_identity(&*error) {
        // In TLS 1.3 this arrives after the client's part of the handshake: no request was read.
        let what =
            "the server refused the client certificate, or demands one (`TlsTrust::client_certificate`)";
        return TransportError::new(ErrorKind::Tls, SendState::No, what).with_source(error);
    }
    let via = through(facts.via);
    let (kind, message) = if facts.connecting {
        unconnected(&*error, facts)
    } else if facts.timed_out {
        (ErrorKind::Timeout, format!("no response in time{via}"))
    } else if is_too_large(&*error) {
        (ErrorKind::TooLarge, "the head of the answer is too large".to_owned())
    } else if is_parse(&*error) {
        (ErrorKind::Protocol, format!("the answer is not HTTP{via}"))
    } else {
        (ErrorKind::Io, format!("the connection{via} broke before the answer"))
    };
    TransportError::new(kind, sent, message).with_source(error)
}

/// Why there is no connection. Behind a proxy the cause may be the proxy or the host.
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

fn through(via: Option<&str>) -> String {
    via.map(|proxy| format!(" through the proxy {proxy}")).unwrap_or_default()
}

/// The error of a response whose body broke off.
pub(super) fn broken_body(error: BoxError, timed_out: bool) -> TransportError {
    let (kind, message) = if timed_out {
        (ErrorKind::Timeout, "the answer stalled")
    } else if is_unpacking(&*error) {
        (ErrorKind::Decode, "the answer's compression is corrupt")
    } else if is_parse(&*error) {
        (ErrorKind::Protocol, "the answer's framing is broken")
    } else {
        (ErrorKind::Io, "incomplete body: the connection broke in the middle of the answer")
    };
    TransportError::new(kind, SendState::Maybe, message).with_source(error)
}

/// Every cause below `error`, those hidden inside I/O errors included.
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

/// Whether it was the unpacking that failed. What the connection does wrong comes as an error of hyper; the unpacking has
/// only I/O errors of its own, however they are wrapped.
fn is_unpacking(error: &(dyn StdError + 'static)) -> bool {
    causes(error).any(|cause| cause.is::<io::Error>())
        && !causes(error).any(|cause| cause.is::<hyper::Error>())
}

fn is_parse(error: &(dyn StdError + 'static)) -> bool {
    causes(error).any(|cause| {
        let hyper = cause.downcast_ref::<hyper::Error>();
        // Broken chunk sizes surface as I/O errors of kind `InvalidInput` or `InvalidData`.
        hyper.is_some_and(hyper::Error::is_parse) || is_framing(cause.downcast_ref::<io::Error>())
    })
}

fn is_framing(error: Option<&io::Error>) -> bool {
    use io::ErrorKind::{InvalidData, InvalidInput};
    error.is_some_and(|error| {
        matches!(error.kind(), InvalidData | InvalidInput) && error.to_string().contains("chunk")
    })
}

fn is_too_large(error: &(dyn StdError + 'static)) -> bool {
    // hyper has a predicate for this only in its server half; the text is that of its own `Display`.
    causes(error).any(|cause| cause.is::<hyper::Error>() && cause.to_string().contains("too large"))
}

/// Whether the server refused the certificate of the client.
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

/// The other libraries do not tell.
#[cfg(not(feature = "__rustls"))]
fn is_refused_identity(_: &(dyn StdError + 'static)) -> bool {
    false
}

#[cfg(feature = "__rustls")]
fn is_tls(error: &(dyn StdError + 'static)) -> bool {
    causes(error).any(|cause| cause.is::<rustls::Error>())
}

#[cfg(not(feature = "__rustls"))]
fn is_tls(error: &(dyn StdError + 'static)) -> bool {
    causes(error).any(|cause| {
        let text = cause.to_string().to_ascii_lowercase();
        text.contains("certificate") || text.contains("tls") || text.contains("ssl")
    })
}
