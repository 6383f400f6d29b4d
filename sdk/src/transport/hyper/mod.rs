//! The transport over hyper's client and its pool. Only this folder names hyper-util's client.

mod address;
mod connect;
mod connection;
#[cfg(not(feature = "__rustls"))]
mod plain;
#[cfg(feature = "socks")]
mod socks;
#[cfg(feature = "__rustls")]
mod tls;

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::future::BoxFuture;
use http::header::PROXY_AUTHORIZATION;
use http::uri::Scheme;
use http_body_util::{Either, Full};
use hyper_util::client::legacy::{Client, Error as ClientError};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use tokio::time::error::Elapsed;

use self::connect::Connector;
use super::failure::{Unanswered, broken_body, causes, unanswered};
use super::outgoing::Outgoing;
use super::pieces::Pieces;
use super::proxy::Rules;
use super::{HttpRequest, HttpResponse, HttpSend, HttpUpload, ResponseBody, TransportError, head, runtime};
use crate::context::Context;
use crate::error::{Error, ErrorKind, SendState};
use crate::options::HttpOptions;

/// Sends through hyper's pooled client, with TLS by rustls. It follows no redirect and repeats nothing that was sent.
///
/// It does what [`ReqwestTransport`](super::ReqwestTransport) does, in less CPU time and with fewer crates. It is the
/// default transport if the cargo feature `hyper` is on and `reqwest` is off. If both are on, give it to the builder:
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
/// HTTPS needs the cargo feature `rustls` or `rustls-ring`. The feature `native-tls` is for the transport over reqwest alone.
#[derive(Debug, Clone)]
pub struct HyperTransport {
    client: Client<Connector, Either<Full<Bytes>, Outgoing>>,
    proxies: Arc<Rules>,
    max_header_bytes: usize,
    connect_timeout: Duration,
}

impl HyperTransport {
    /// A transport with the limits, proxies and TLS settings of `options`.
    ///
    /// # Errors
    ///
    /// Kind `Config` for authorities that are not certificates in PEM, for a proxy that is not a URL or not supported, and for TLS
    /// settings if no TLS library is compiled in.
    pub fn new(options: &HttpOptions) -> Result<Self, Error> {
        Self::in_context(options, &Context::system())
    }

    /// The same, with the proxies of this context's environment.
    pub(crate) fn in_context(options: &HttpOptions, context: &Context) -> Result<Self, Error> {
        let proxies = Arc::new(Rules::new(options, context)?);
        options.trust.warn();
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            // No clock reaches a time limit of centuries: such a connection is kept for ever.
            .pool_idle_timeout((options.pool_idle_timeout < FOREVER).then_some(options.pool_idle_timeout))
            .pool_max_idle_per_host(options.pool_max_idle)
            .http1_max_buf_size(buffer(options.max_header_bytes))
            // RFC 9112, section 5.2: a user agent reads a folded header line as one. Blanks before the colon harm only
            // proxies. Lines that are no header at all stay an error: one of them may be the length of the body.
            .http1_allow_obsolete_multiline_headers_in_responses(true)
            .http1_allow_spaces_after_header_name_in_responses(true)
            .build(Connector::new(options, proxies.clone())?);
        Ok(Self {
            client,
            proxies,
            max_header_bytes: options.max_header_bytes,
            connect_timeout: options.connect_timeout,
        })
    }
}

/// Longer than any connection lives, and short enough for the clock's arithmetic.
const FOREVER: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);

/// The size of the buffer that must hold a response head: names and values, the status line, and what stands between
/// the at most 100 header lines that hyper reads. hyper accepts nothing below 8 KiB.
fn buffer(max_header_bytes: usize) -> usize {
    max_header_bytes.saturating_add(4 * 1024).max(8 * 1024)
}

/// What [`HttpSend`] gives, without `async_trait`: that would keep the request twice for as long as the call waits.
type Sending<'a> = BoxFuture<'a, Result<HttpResponse, TransportError>>;

impl HttpSend for HyperTransport {
    fn send<'a, 'b>(&'a self, request: HttpRequest) -> Sending<'b>
    where
        'a: 'b,
        Self: 'b,
    {
        let length = request.body().len();
        self.exchange(request.map(|body| Either::Left(Full::new(body))), length)
    }

    fn upload<'a, 'b>(&'a self, request: HttpUpload) -> Sending<'b>
    where
        'a: 'b,
        Self: 'b,
    {
        self.exchange(request.map(|body| Either::Right(Outgoing::new(body))), 0)
    }
}

impl HyperTransport {
    /// Sends a request. A `length` of 0 is not known, or of no body.
    fn exchange(
        &self,
        mut request: http::Request<Either<Full<Bytes>, Outgoing>>,
        length: usize,
    ) -> Sending<'_> {
        let via = match self.prepare(&mut request, length) {
            Ok(via) => via,
            Err(error) => return Box::pin(std::future::ready(Err(error))),
        };
        let response = runtime::guarded(|| self.client.request(request));
        Box::pin(async move {
            let response = response.await?.map_err(|error| self.failed(error, via.as_deref()))?;
            let (head, body) = response.into_parts();
            let body = ResponseBody::new(Pieces::new(body, failed_body));
            head::arrived(head, body, via, self.max_header_bytes)
        })
    }

    /// Checks the address and adds the headers that are not signed. Returns the proxy that the request goes through.
    fn prepare<B>(
        &self,
        request: &mut http::Request<B>,
        length: usize,
    ) -> Result<Option<Arc<str>>, TransportError> {
        let refuse = |what: &str| TransportError::new(ErrorKind::Config, SendState::No, what);
        address::check(request.uri()).map_err(refuse)?;
        let proxy = self.proxies.of(request.uri()).map_err(refuse)?;
        head::complete(request.headers_mut(), length);
        if let Some(proxy) = proxy
            && request.uri().scheme() == Some(&Scheme::HTTP)
            && !proxy.is_socks()
            && let Some(login) = proxy.authorization()
        {
            request.headers_mut().insert(PROXY_AUTHORIZATION, login);
        }
        Ok(proxy.map(super::proxy::Proxy::shown))
    }

    /// The error of a request without a response. `via` is the proxy that it went through.
    fn failed(&self, error: ClientError, via: Option<&str>) -> TransportError {
        let connecting = error.is_connect();
        let timed_out = causes(&error).any(|cause| cause.is::<Elapsed>());
        let connect = Some(self.connect_timeout);
        unanswered(Box::new(error), Unanswered { connecting, timed_out, via, connect })
    }
}

fn failed_body(error: ::hyper::Error) -> TransportError {
    broken_body(Box::new(error), false)
}

#[cfg(test)]
mod tests;
