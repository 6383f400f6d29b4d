//! The transport over reqwest. Only this folder uses that crate.
//!
//! `client.rs` configures reqwest, `url.rs` converts addresses, and `pieces.rs` reads bodies.

mod client;
mod pieces;
mod url;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use ::reqwest::Client;
use futures_util::future::BoxFuture;
use tokio::time::Instant;

use self::client::{builder, readable};
use self::pieces::Pieces;
use self::url::{Addresses, Unfit};
use super::failure::{Unanswered, causes, unanswered};
use super::outgoing::Outgoing;
use super::proxy::{Proxy, Rules};
use super::{HttpRequest, HttpResponse, HttpSend, HttpUpload, ResponseBody, TransportError, head, runtime};
use crate::context::Context;
use crate::error::{Error, ErrorKind, SendState};
use crate::options::HttpOptions;

/// Sends over reqwest, with its pool of connections. It follows no redirect and repeats no request.
///
/// It is the default transport if the cargo feature `reqwest` is on. You need the type only to use a
/// reqwest client of your own:
///
/// ```no_run
/// use cloudcall::transport::ReqwestTransport;
/// use cloudcall::{Client, Tencent};
///
/// # fn main() -> Result<(), cloudcall::Error> {
/// # #[cfg(any())]
/// let own = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
/// # #[cfg(any())]
/// let transport = ReqwestTransport::with_client(own);
/// # let transport = ReqwestTransport::new(&cloudcall::client::HttpOptions::default())?;
/// let client = Client::<Tencent>::builder().region("ap-guangzhou").transport(transport).build()?;
/// # Ok(())
/// # }
/// ```
///
/// A transport is cheap to clone, and clones share their connections.
///
/// # Troubleshooting
///
/// - **The program panics with `No provider set`** when it builds a reqwest client of its own: with
///   `rustls-ring`, reqwest has no crypto provider. Install one with
///   `rustls::crypto::ring::default_provider().install_default()`, or use the feature `rustls`.
/// - **`the path cannot be sent as it was signed`**: reqwest would normalize the path, so that the
///   signature would not match. Encode dots and raw characters in ids.
#[derive(Debug, Clone)]
pub struct ReqwestTransport {
    client: Client,
    /// The largest response head, in bytes.
    max_header_bytes: usize,
    /// URLs of known hosts.
    addresses: Arc<Addresses>,
    /// The proxies that the client uses, to name them in errors.
    proxies: Arc<Rules>,
    /// The connect timeout, unless the user configured the client.
    connect_timeout: Option<Duration>,
    /// Whether this transport configured the client, so that it knows which headers the client adds.
    own_client: bool,
    /// When the last request was sent or answered.
    last_use: Arc<LastUse>,
}

impl ReqwestTransport {
    /// A transport with the limits, proxies and TLS settings of `options`.
    ///
    /// # Errors
    ///
    /// Kind `Config` if a certificate cannot be read, if a proxy is not a URL or not supported, and if
    /// TLS cannot be set up.
    pub fn new(options: &HttpOptions) -> Result<Self, Error> {
        Self::in_context(options, &Context::system())
    }

    /// The same, with the environment of a context.
    pub(crate) fn in_context(options: &HttpOptions, context: &Context) -> Result<Self, Error> {
        let proxies = Arc::new(Rules::new(options, context)?.checked(readable));
        let client = builder(options, &proxies)?.build().map_err(|error| {
            let cause = causes(&error).last().map(ToString::to_string).unwrap_or_default();
            let what = format!("the HTTP client cannot be set up: {cause}");
            Error::config(what).with_source(error)
        })?;
        Ok(Self {
            client,
            max_header_bytes: options.max_header_bytes,
            addresses: Arc::default(),
            proxies,
            connect_timeout: Some(options.connect_timeout),
            own_client: true,
            last_use: Arc::default(),
        })
    }

    /// A transport over a reqwest client of your own, with a TLS library or a resolver of your choice.
    ///
    /// Build the client with `redirect::Policy::none()` and `retry::never()`: a redirect would send the
    /// signature and the token to another host. [`HttpOptions`] do not apply to it.
    pub fn with_client(client: Client) -> Self {
        let max_header_bytes = HttpOptions::default().max_header_bytes;
        Self {
            client,
            max_header_bytes,
            addresses: Arc::default(),
            proxies: Arc::default(),
            connect_timeout: None,
            own_client: false,
            last_use: Arc::default(),
        }
    }
}

/// The return type of [`HttpSend`]. The methods are written without `async_trait`, which would keep the
/// request twice for as long as the call waits.
type Sending<'a> = BoxFuture<'a, Result<HttpResponse, TransportError>>;

impl HttpSend for ReqwestTransport {
    fn send<'a, 'b>(&'a self, request: HttpRequest) -> Sending<'b>
    where
        'a: 'b,
        Self: 'b,
    {
        let length = request.body().len();
        self.exchange(request.map(Into::into), length)
    }

    fn upload<'a, 'b>(&'a self, request: HttpUpload) -> Sending<'b>
    where
        'a: 'b,
        Self: 'b,
    {
        self.exchange(request.map(|body| ::reqwest::Body::wrap(Outgoing::new(body))), 0)
    }
}

impl ReqwestTransport {
    /// Begins to send a request. A `length` of 0 means an unknown length, or no body.
    fn exchange(&self, request: http::Request<::reqwest::Body>, length: usize) -> Sending<'_> {
        match self.request(request, length) {
            Ok((request, via)) => Box::pin(runtime::guarded(self.receive(request, via))),
            Err(error) => Box::pin(std::future::ready(Err(error))),
        }
    }

    /// Sends a request and waits for the head of its response. `via` is the proxy that it goes through.
    async fn receive(
        &self,
        request: ::reqwest::Request,
        via: Option<Arc<str>>,
    ) -> Result<HttpResponse, TransportError> {
        runtime::here()?;
        // reqwest does not tell how long a connection was idle, but none was used after the last request.
        if runtime::may_lag(self.last_use.renew()) {
            runtime::catch_up().await;
        }
        let response = self.client.execute(request).await;
        self.last_use.renew();
        let response = response.map_err(|error| failed(error, via.as_deref(), self.connect_timeout))?;
        let (head, body) = http::Response::<::reqwest::Body>::from(response).into_parts();
        let body = ResponseBody::new(Pieces(body));
        head::arrived(head, body, via, self.max_header_bytes)
    }

    /// The request in reqwest's form, and the proxy that it goes through.
    ///
    /// # Errors
    ///
    /// Kind `Config` for an address that cannot be sent as it was signed, and for a proxy that cannot
    /// be used.
    fn request(
        &self,
        request: http::Request<::reqwest::Body>,
        length: usize,
    ) -> Result<(::reqwest::Request, Option<Arc<str>>), TransportError> {
        let refuse = |what: &str| TransportError::new(ErrorKind::Config, SendState::No, what.to_owned());
        let (head, body) = request.into_parts();
        let url = self.addresses.url(&head.uri).map_err(|unfit| match unfit {
            Unfit::NoUrl(error) => refuse("the address of the request is not a URL").with_source(error),
            Unfit::Changed => {
                refuse("the path cannot be sent as it was signed: it has dot segments or raw characters")
            }
        })?;
        let via = self.proxies.of(&head.uri).map_err(refuse)?.map(Proxy::shown);
        let mut request = ::reqwest::Request::new(head.method, url);
        *request.headers_mut() = head.headers;
        if self.own_client {
            head::complete(request.headers_mut(), length);
        }
        *request.body_mut() = Some(body);
        Ok((request, via))
    }
}

/// When a transport was used last.
#[derive(Debug)]
struct LastUse {
    start: Instant,
    /// In milliseconds since `start`.
    at: AtomicU64,
}

impl Default for LastUse {
    fn default() -> Self {
        Self { start: Instant::now(), at: AtomicU64::new(0) }
    }
}

impl LastUse {
    /// Sets the time to now. Returns how long ago the use before was.
    fn renew(&self) -> Duration {
        let now = u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX);
        Duration::from_millis(now.saturating_sub(self.at.swap(now, Relaxed)))
    }
}

/// The error of a request without a response. `via` is the proxy on the route. URLs are removed from
/// the cause: a query may contain a signature.
fn failed(error: ::reqwest::Error, via: Option<&str>, connect: Option<Duration>) -> TransportError {
    let (connecting, timed_out) = (error.is_connect(), error.is_timeout());
    if error.is_builder() {
        let refused = TransportError::new(ErrorKind::Config, SendState::No, "the request cannot be sent");
        return refused.with_source(error.without_url());
    }
    // reqwest does not tell whether a connection was reused. It matters only for an alert about the client
    // certificate, which a server sends in a handshake.
    let facts = Unanswered { connecting, timed_out, unsent: false, reused: false, via, connect };
    unanswered(Box::new(error.without_url()), facts)
}

#[cfg(test)]
mod tests {
    use ::reqwest::dns::{Addrs, Name, Resolve, Resolving};
    use bytes::Bytes;
    use http::HeaderValue;
    use http::header::ACCEPT;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    use super::*;
    use crate::options::Proxies;

    /// Knows no host: who does not go through the proxy goes nowhere.
    struct Nowhere;

    impl Resolve for Nowhere {
        fn resolve(&self, _: Name) -> Resolving {
            Box::pin(async { Err::<Addrs, _>("no such host".into()) })
        }
    }

    async fn proxy() -> u16 {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let _ = stream.read(&mut [0; 4_096]).await;
                let _ = stream.write_all(b"HTTP/1.1 204 X\r\nConnection: close\r\n\r\n").await;
            }
        });
        port
    }

    #[tokio::test]
    async fn a_client_of_the_users_own_keeps_its_headers() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let server = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut head = vec![0; 4_096];
            let length = stream.read(&mut head).await.unwrap();
            stream.write_all(b"HTTP/1.1 204 X\r\nConnection: close\r\n\r\n").await.unwrap();
            String::from_utf8_lossy(&head[..length]).to_lowercase()
        });
        let headers = [(ACCEPT, HeaderValue::from_static("text/own"))].into_iter().collect();
        let client = Client::builder().no_proxy().default_headers(headers).build().unwrap();
        let request = http::Request::get(format!("http://{address}/")).body(Bytes::new()).unwrap();
        ReqwestTransport::with_client(client).send(request).await.unwrap();
        let head = server.await.unwrap();
        assert!(head.contains("accept: text/own\r\n") && !head.contains("*/*"), "{head}");
    }

    #[tokio::test]
    async fn hosts_past_the_proxy_are_matched_by_whole_labels() {
        let proxy = proxy().await;
        for (no_proxy, host, past) in [
            ("example.com", "example.com", true),
            ("example.com", "a.example.com", true),
            ("example.com", "a.b.example.com", true),
            ("example.com", "EXAMPLE.com", true),
            ("example.com", "myexample.com", false),
            ("example.com", "example.com.evil.test", false),
            ("example.com", "example.community", false),
            ("example.com", "com", false),
            (".example.com", "a.example.com", true),
            (".example.com", "myexample.com", false),
            ("a.example.com", "example.com", false),
            ("a.example.com", "b.example.com", false),
            ("one.test, example.com", "a.example.com", true),
            ("one.test,example.com", "a.one.test", true),
            ("ample.com", "example.com", false),
            ("*", "anything.test", true),
            ("", "example.com", false),
            ("10.0.0.0/8", "11.0.0.1", false),
            ("192.0.2.1", "192.0.2.11", false),
        ] {
            let options = HttpOptions {
                proxies: Proxies::Url(format!("http://127.0.0.1:{proxy}")),
                no_proxy: Some(no_proxy.to_owned()),
                ..HttpOptions::default()
            };
            let proxies = Arc::new(Rules::new(&options, &Context::system()).unwrap());
            let client =
                builder(&options, &proxies).unwrap().dns_resolver(Arc::new(Nowhere)).build().unwrap();
            let transport = ReqwestTransport::with_client(client);
            let request = http::Request::get(format!("http://{host}/")).body(Bytes::new()).unwrap();
            let outcome = transport.send(request).await;
            assert_eq!(outcome.is_err(), past, "{no_proxy:?} {host}: {outcome:?}");
        }
    }
}
