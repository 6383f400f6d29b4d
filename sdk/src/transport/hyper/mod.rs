//! The transport over hyper's HTTP/1 connections. Only this folder uses hyper's client.
//!
//! | file | job |
//! | --- | --- |
//! | `address.rs` | refuses addresses that would be changed on the way |
//! | `connect.rs`, `tls.rs`, `socks.rs` | make connections; `link.rs` is what they have in common |
//! | `session.rs`, `signal.rs` | send a request over a connection, and drive it |
//! | `request_body.rs`, `response_body.rs` | the bodies |
//! | `pool.rs` | keeps idle connections |

mod address;
mod connect;
mod joined;
mod link;
#[cfg(not(feature = "__rustls"))]
mod plain;
mod pool;
mod request_body;
mod response_body;
mod session;
mod signal;
#[cfg(feature = "socks")]
mod socks;
#[cfg(feature = "__rustls")]
mod tls;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use http::header::{HOST, PROXY_AUTHORIZATION};
use http::uri::{Authority, PathAndQuery, Scheme};
use http::{HeaderValue, Request, Uri};
use hyper::client::conn::http1::Builder;
use tokio::time::error::Elapsed;

use self::connect::Connector;
use self::link::BoxError;
use self::pool::{Host, Place, Pool};
use self::request_body::SentBody;
use self::response_body::Reading;
use self::session::{Session, Unanswered};
use super::failure::{self, causes, unanswered};
use super::outgoing::Outgoing;
use super::proxy::{Proxy, Rules};
use super::{HttpRequest, HttpResponse, HttpSend, HttpUpload, ResponseBody, TransportError, head, runtime};
use crate::context::Context;
use crate::error::{Error, ErrorKind, SendState};
use crate::options::HttpOptions;

/// Sends over hyper, with a pool of connections and TLS by rustls. It follows no redirect and repeats
/// no request that may have been sent.
///
/// It does the same as the transport over reqwest, in less CPU time and with fewer crates. It is the
/// default transport if the cargo feature `hyper` is on and `reqwest` is off. If both are on, give it
/// to the builder:
///
/// ```no_run
/// use cloudcall::client::HttpOptions;
/// use cloudcall::transport::HyperTransport;
/// use cloudcall::{Client, Tencent};
///
/// # fn main() -> Result<(), cloudcall::Error> {
/// let http = HttpOptions::default();
/// let client =
///     Client::<Tencent>::builder().region("ap-guangzhou").transport(HyperTransport::new(&http)?).build()?;
/// # Ok(())
/// # }
/// ```
///
/// # Troubleshooting
///
/// - **`no TLS for the transport over hyper`**: HTTPS needs the cargo feature `rustls` or
///   `rustls-ring`. The feature `native-tls` is only for the transport over reqwest.
/// - **`the call runs outside of a Tokio runtime`**: await the call in a runtime, or use the blocking
///   client.
/// - **`the path cannot be sent as it was signed`**: servers would normalize the path, so that the
///   signature would not match. Encode dots and raw characters in ids.
#[derive(Clone)]
pub struct HyperTransport(Arc<Inner>);

/// The state that clones share.
struct Inner {
    /// Makes connections.
    connector: Connector,
    /// The settings of HTTP/1.
    http1: Builder,
    /// Idle connections.
    pool: Arc<Pool>,
    /// Selects the proxy.
    proxies: Arc<Rules>,
    /// The largest response head, in bytes.
    max_header_bytes: usize,
    /// Errors name it.
    connect_timeout: Duration,
}

impl HyperTransport {
    /// A transport with the limits, proxies and TLS settings of `options`.
    ///
    /// # Errors
    ///
    /// Kind `Config` if a certificate cannot be read, if a proxy is not a URL or not supported, and for
    /// TLS settings if no TLS library is compiled in.
    pub fn new(options: &HttpOptions) -> Result<Self, Error> {
        Self::in_context(options, &Context::system())
    }

    /// The same, with the environment of a context.
    pub(crate) fn in_context(options: &HttpOptions, context: &Context) -> Result<Self, Error> {
        let proxies = Arc::new(Rules::new(options, context)?);
        options.trust.warn();
        let mut http1 = Builder::new();
        http1
            .max_buf_size(buffer(options.max_header_bytes))
            // RFC 9112, section 5.2: a user agent joins folded header lines. Blanks before the colon
            // harm only proxies. A line that is not a header stays an error: it may be the length of
            // the body.
            .allow_obsolete_multiline_headers_in_responses(true)
            .allow_spaces_after_header_name_in_responses(true);
        // No clock reaches a time limit of centuries: such a connection is kept for ever.
        let idle_timeout = (options.pool_idle_timeout < FOREVER).then_some(options.pool_idle_timeout);
        Ok(Self(Arc::new(Inner {
            connector: Connector::new(options, proxies.clone())?,
            http1,
            pool: Arc::new(Pool::new(idle_timeout, options.pool_max_idle)),
            proxies,
            max_header_bytes: options.max_header_bytes,
            connect_timeout: options.connect_timeout,
        })))
    }
}

impl fmt::Debug for HyperTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HyperTransport").field("proxies", &self.0.proxies).finish_non_exhaustive()
    }
}

/// A hundred years: longer than any connection exists, and short enough for arithmetic with times.
const FOREVER: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);

/// The size of the buffer for a response head, in bytes: names and values, the status line, and the
/// separators of at most 100 header lines, which is hyper's limit. hyper accepts nothing below 8 KiB.
fn buffer(max_header_bytes: usize) -> usize {
    max_header_bytes.saturating_add(4 * 1024).max(8 * 1024)
}

/// The return type of [`HttpSend`]. `async_trait` would keep the request twice for as long as the call waits.
type Sending<'a> = BoxFuture<'a, Result<HttpResponse, TransportError>>;

impl HttpSend for HyperTransport {
    fn send<'a, 'b>(&'a self, request: HttpRequest) -> Sending<'b>
    where
        'a: 'b,
        Self: 'b,
    {
        let length = request.body().len();
        self.0.start(request.map(SentBody::Whole), length)
    }

    fn upload<'a, 'b>(&'a self, request: HttpUpload) -> Sending<'b>
    where
        'a: 'b,
        Self: 'b,
    {
        self.0.start(request.map(|body| SentBody::Upload(Box::new(Outgoing::new(body)))), 0)
    }
}

/// A request that is ready to be sent, and its route.
///
/// The address is taken apart once: the authority becomes the key of the connection, and the path and
/// query stay in the request. Nothing of it is copied.
struct Routed {
    /// With the URI in the form that the peer expects.
    request: Request<SentBody>,
    /// Whether the scheme is `https`.
    secure: bool,
    /// Host and port.
    authority: Authority,
    /// The proxy on the route, as `host:port`.
    via: Option<Arc<str>>,
}

impl Inner {
    /// Begins to send a request. A `length` of 0 means an unknown length, or no body.
    ///
    /// The route is found here and not in the future, so that its variables do not enlarge the future of
    /// a waiting call.
    fn start(&self, request: Request<SentBody>, length: usize) -> Sending<'_> {
        match self.route(request, length) {
            Ok(routed) => Box::pin(runtime::guarded(self.exchange(routed))),
            Err(error) => Box::pin(std::future::ready(Err(error))),
        }
    }

    /// Sends a request over an idle connection, or over a new one.
    ///
    /// If an idle connection turns out to be closed and hyper returns the request, the next connection
    /// is tried. No byte was written, so this is not a retry.
    async fn exchange(&self, routed: Routed) -> Result<HttpResponse, TransportError> {
        let Routed { mut request, secure, authority, via } = routed;
        // The runtime that polls this future polls the socket, too. It need not be the one in which the
        // future was made.
        let host = Host { secure, authority, runtime: runtime::here()? };
        let (response, session) = loop {
            let idle = self.pool.take(&host);
            let reused = idle.is_some();
            let mut session = match idle {
                Some((session, idle)) => {
                    if runtime::may_lag(idle) {
                        runtime::catch_up().await;
                    }
                    session
                }
                // Boxed, because most calls do not connect.
                None => match Box::pin(self.open(&host)).await {
                    Ok(session) => session,
                    Err(error) => {
                        return Err(self.failed(error, Progress::Connecting, reused, via.as_deref()));
                    }
                },
            };
            match session.send(request).await {
                Ok(response) => break (response, session),
                // The server closed an idle connection, and no byte of the request was written.
                Err(Unanswered { request: Some(again), .. }) if reused => request = again,
                Err(Unanswered { error, request }) => {
                    let progress = if request.is_some() { Progress::Unsent } else { Progress::Sent };
                    let error = error.map_or_else(|| CLOSED.into(), BoxError::from);
                    return Err(self.failed(error, progress, reused, via.as_deref()));
                }
            }
        };
        let (head, body) = response.into_parts();
        let place = Place { pool: self.pool.clone(), host };
        let body = ResponseBody::new(Reading::new(body, session, place));
        head::arrived(head, body, via, self.max_header_bytes)
    }

    /// A new connection to `host`, or to its proxy.
    async fn open(&self, host: &Host) -> Result<Session, BoxError> {
        let scheme = if host.secure { Scheme::HTTPS } else { Scheme::HTTP };
        let uri = Uri::builder().scheme(scheme).authority(host.authority.clone()).path_and_query("/");
        let link = self.connector.connect(uri.build()?).await?;
        Ok(Session::over(link, &self.http1).await?)
    }

    /// Checks the address, adds the headers that are not signed, and finds the route.
    ///
    /// # Errors
    ///
    /// Kind `Config` for an address that cannot be sent as it was signed, and for a proxy that cannot
    /// be used.
    fn route(&self, mut request: Request<SentBody>, length: usize) -> Result<Routed, TransportError> {
        let refuse = |what: &str| TransportError::new(ErrorKind::Config, SendState::No, what);
        address::check(request.uri()).map_err(refuse)?;
        let proxy = self.proxies.of(request.uri()).map_err(refuse)?;
        head::complete(request.headers_mut(), length);
        let secure = request.uri().scheme() == Some(&Scheme::HTTPS);
        let forwarded = proxy.filter(|proxy| !secure && !proxy.is_socks());
        let authority = match forwarded {
            // A proxy that forwards requests needs the whole address.
            Some(proxy) => {
                if let Some(login) = proxy.authorization() {
                    request.headers_mut().insert(PROXY_AUTHORIZATION, login);
                }
                request.uri().authority().cloned()
            }
            None => {
                let parts = std::mem::take(request.uri_mut()).into_parts();
                *request.uri_mut() =
                    Uri::from(parts.path_and_query.unwrap_or(PathAndQuery::from_static("/")));
                parts.authority
            }
        };
        let authority = authority.ok_or_else(|| refuse("the address of the request has no host"))?;
        if !request.headers().contains_key(HOST) {
            request.headers_mut().insert(HOST, host_header(&authority).map_err(refuse)?);
        }
        let via = proxy.map(Proxy::shown);
        Ok(Routed { request, secure, authority, via })
    }

    /// The error of a request without a response. `reused` means that the connection had worked before,
    /// and `via` is the proxy on the route.
    ///
    /// How far the request got is known exactly here, so a request that was not written is reported as
    /// never sent, and the pipeline retries it.
    fn failed(&self, error: BoxError, progress: Progress, reused: bool, via: Option<&str>) -> TransportError {
        let timed_out = causes(&*error).any(|cause| cause.is::<Elapsed>());
        let (connecting, unsent) = (progress == Progress::Connecting, progress == Progress::Unsent);
        let connect = Some(self.connect_timeout);
        unanswered(error, failure::Unanswered { connecting, timed_out, unsent, reused, via, connect })
    }
}

/// The cause of an error if hyper gives none.
const CLOSED: &str = "the connection was closed before the request was sent";

/// How far a request got that has no response.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Progress {
    /// There was no connection.
    Connecting,
    /// There was a connection, but no byte of the request was written.
    Unsent,
    /// Some or all of the request was written.
    Sent,
}

/// The value of `Host` for a request that has none, without user and password. The signers always set
/// it.
fn host_header(authority: &Authority) -> Result<HeaderValue, &'static str> {
    let text = authority.as_str();
    let place = text.rsplit_once('@').map_or(text, |(_, place)| place);
    HeaderValue::from_str(place).map_err(|_| "the host of the request cannot be sent")
}

#[cfg(test)]
mod tests;
