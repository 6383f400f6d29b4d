//! The verdict on a host: what the outcome of a call shows about the host that was called.

use std::error::Error as _;

use crate::error::{Error, ErrorKind};

/// Whether the host did its work. `None` if the outcome shows nothing about the host.
///
/// `Some(false)` if no response of the service was received, or if the response reports an
/// internal error of the service. `Some(true)` for a success and for API errors, because
/// the service processed the request. `None` for errors on this side, such as a bad
/// configuration, and for a request that was refused because of its size or by a proxy: the
/// next request may be served.
pub(crate) fn verdict(error: Option<&Error>) -> Option<bool> {
    let Some(error) = error else { return Some(true) };
    if error.is_cut_off() {
        return None;
    }
    match error.kind() {
        ErrorKind::Connect | ErrorKind::Tls | ErrorKind::Timeout | ErrorKind::Io | ErrorKind::Protocol => {
            Some(false)
        }
        ErrorKind::Service | ErrorKind::Throttled | ErrorKind::Auth | ErrorKind::NotFound => {
            if error.code().is_some() {
                return Some(error.is_throttled() || !error.is_retryable());
            }
            // This is the error page of a gateway. A 404 without a body may come from the
            // service itself.
            let status = error.status().map_or(0, |status| status.as_u16());
            let about_request = matches!(status, 407 | 413 | 414 | 431);
            let broken = status >= 500 || status == 408;
            (!about_request && (broken || error.has_body())).then_some(false)
        }
        ErrorKind::Decode => Some(is_type_mismatch(error)),
        ErrorKind::TooLarge => Some(true),
        ErrorKind::Config
        | ErrorKind::Credentials
        | ErrorKind::RequestBody
        | ErrorKind::Output
        | ErrorKind::CircuitOpen
        | ErrorKind::WaitFailed => None,
    }
}

/// True if the response was valid JSON that does not match the type of the response.
fn is_type_mismatch(error: &Error) -> bool {
    let json = error.source().and_then(|source| source.downcast_ref::<serde_json::Error>());
    json.is_some_and(serde_json::Error::is_data)
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http::StatusCode;

    use super::*;
    use crate::error::{ErrorClass, ServiceError};

    fn service(class: ErrorClass, status: u16) -> Error {
        let service = ServiceError::new("C", "m", class);
        Error::from_service(service, StatusCode::from_u16(status).unwrap(), &Bytes::new())
    }

    fn bare(kind: ErrorKind, status: u16, body: &'static str) -> Error {
        Error::new(kind, "m")
            .answered(StatusCode::from_u16(status).unwrap(), &Bytes::from_static(body.as_bytes()))
    }

    #[test]
    fn api_errors_are_successes_of_the_host() {
        assert_eq!(verdict(None), Some(true));
        assert_eq!(verdict(Some(&service(ErrorClass::Transient, 200))), Some(false), "InternalError");
        for class in [ErrorClass::Other, ErrorClass::Auth, ErrorClass::NotFound, ErrorClass::Throttled] {
            assert_eq!(verdict(Some(&service(class, 200))), Some(true), "{class:?}");
            assert_eq!(verdict(Some(&service(class, 503))), Some(true), "{class:?}");
        }
    }

    #[test]
    fn a_missing_or_broken_response_is_a_failure() {
        for kind in
            [ErrorKind::Connect, ErrorKind::Tls, ErrorKind::Timeout, ErrorKind::Io, ErrorKind::Protocol]
        {
            assert_eq!(verdict(Some(&Error::new(kind, "m"))), Some(false), "{kind}");
        }
        for (error, expected) in [
            (bare(ErrorKind::Service, 502, ""), Some(false)),
            (bare(ErrorKind::Service, 501, ""), Some(false)),
            (bare(ErrorKind::NotFound, 404, "<html>"), Some(false)),
            (bare(ErrorKind::NotFound, 404, ""), None),
            (bare(ErrorKind::Service, 407, "<html>"), None),
            (bare(ErrorKind::Service, 413, "<html>"), None),
            (bare(ErrorKind::Service, 414, "<html>"), None),
            (bare(ErrorKind::Service, 431, "<html>"), None),
            (bare(ErrorKind::Auth, 403, "<html>"), Some(false)),
            (bare(ErrorKind::Service, 599, ""), Some(false)),
            (Error::new(ErrorKind::Io, "reset").with_cut_off(), None),
            (bare(ErrorKind::Decode, 200, "<html>"), Some(false)),
            (bare(ErrorKind::TooLarge, 200, ""), Some(true)),
            (Error::config("mine"), None),
            (Error::new(ErrorKind::Credentials, "none"), None),
        ] {
            assert_eq!(verdict(Some(&error)), expected, "{error}");
        }
    }

    #[test]
    fn a_mismatch_with_the_users_type_is_a_success_of_the_host() {
        let of = |text: &str| {
            let source = serde_json::from_str::<Vec<u8>>(text).unwrap_err();
            verdict(Some(&Error::new(ErrorKind::Decode, "m").with_source(source)))
        };
        assert_eq!(of("[\"text\"]"), Some(true));
        assert_eq!(of("[1, 2"), Some(false));
        assert_eq!(of("<html>"), Some(false));
    }
}
