//! The coarse kinds of errors, and how far a request got.

use std::fmt;

/// The kind of a failure. It is coarse; [`Error::code`](super::Error::code) has the
/// service's own error code.
///
/// ```
/// use cloudcall::{Error, ErrorKind};
///
/// fn exit_code(error: &Error) -> i32 {
///     match error.kind() {
///         ErrorKind::Config | ErrorKind::Credentials => 2,
///         ErrorKind::Service | ErrorKind::Throttled | ErrorKind::Auth | ErrorKind::NotFound => 1,
///         _ => 3,
///     }
/// }
/// # assert_eq!(exit_code(&Error::new(ErrorKind::Io, "reset")), 3);
/// ```
///
/// New kinds may be added, so a `match` needs a last arm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client, the call or its parameters are wrong. Nothing was sent.
    Config,
    /// No usable credential. Nothing was sent.
    Credentials,
    /// No connection to the server.
    Connect,
    /// The TLS connection could not be set up.
    Tls,
    /// A time limit passed.
    Timeout,
    /// The connection broke.
    Io,
    /// The source of an upload cannot be read to its end, gives no bytes in time, or differs
    /// from its measurement. The server never received the whole body.
    RequestBody,
    /// The server does not speak HTTP correctly.
    Protocol,
    /// The response arrived, but it is not what the API promises.
    Decode,
    /// The response exceeds a size limit of the client.
    TooLarge,
    /// The service reported an error.
    Service,
    /// The service, or the limiter of the client, asks to slow down.
    Throttled,
    /// The service does not accept the credential or the signature.
    Auth,
    /// The service does not know the resource.
    NotFound,
    /// A breaker keeps calls away from a failing endpoint. The client's own breaker calls a
    /// backup instead, so this kind comes only from transports and providers outside this
    /// crate.
    CircuitOpen,
    /// The file or writer that should receive the response failed.
    Output,
    /// A waiter reached a state from which it cannot succeed; see
    /// [`Error::wait`](super::Error::wait).
    WaitFailed,
}

impl ErrorKind {
    /// The name of the kind, as `Display`, spans and logs show it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Config => "config",
            Self::Credentials => "credentials",
            Self::Connect => "connect",
            Self::Tls => "tls",
            Self::Timeout => "timeout",
            Self::Io => "io",
            Self::RequestBody => "request body",
            Self::Protocol => "protocol",
            Self::Decode => "decode",
            Self::TooLarge => "too large",
            Self::Service => "service",
            Self::Throttled => "throttled",
            Self::Auth => "auth",
            Self::NotFound => "not found",
            Self::CircuitOpen => "circuit open",
            Self::Output => "output",
            Self::WaitFailed => "wait failed",
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How far a request got before the failure. A transport sets it, and the retry policy
/// relies on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum SendState {
    /// Nothing was sent.
    #[default]
    No,
    /// The request may have reached the server: there was a connection, and sending had
    /// begun.
    Maybe,
    /// The server responded to the request.
    Answered,
}
