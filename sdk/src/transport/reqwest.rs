//! The transport over reqwest. The only file that names it.

use std::error::Error as StdError;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use ::reqwest::{Client, redirect, retry};
use bytes::Bytes;
use futures_util::Stream;
use futures_util::future::BoxFuture;
use http::HeaderValue;
#[cfg(feature = "gzip")]
use http::header::ACCEPT_ENCODING;
use http::header::{ACCEPT, CONTENT_LENGTH};
use http_body::Body as _;

use super::address::{Addresses, Unfit};
use super::coding;
use super::outgoing::Outgoing;
use super::proxy::{Proxy, Rules};
use super::runtime;
use super::{HttpRequest, HttpResponse, HttpSend, HttpUpload, ResponseBody, TransportError, Via};
use crate::context::Context as CallContext;
use crate::error::{Error, ErrorKind, SendState};
use crate::options::HttpOptions;
use crate::timing::deadline::{Setting, TimeLimit};
use crate::transport::trust::TlsTrust;

/// Sends through a pooled reqwest client that follows no redirect and repeats nothing.
#[derive(Debug, Clone)]
pub struct ReqwestTransport {
    client: Client,
    max_header_bytes: usize,
    addresses: Arc<Addresses>,
    proxies: Arc<Rules>,
    /// How long a connection may take to be made, where that is known.
    connect_timeout: Option<Duration>,
    /// Whether it is known which headers the client adds.
    own_client: bool,
}

impl ReqwestTransport {
    /// A transport with the limits, proxies and TLS settings of `options`.
    ///
    /// # Errors
    ///
    /// Kind `Config` for a certificate that is none, for a proxy that is no URL or not supported, and if TLS cannot be set up.
    pub fn new(options: &HttpOptions) -> Result<Self, Error> {
        Self::in_context(options, &CallContext::system())
    }

    /// The same, with the proxies of this context's environment.
    pub(crate) fn in_context(options: &HttpOptions, context: &CallContext) -> Result<Self, Error> {
        let proxies = Arc::new(Rules::new(options, context)?);
        let client = builder(options, &proxies)?.build().map_err(|error| {
            let what = format!("the HTTP client cannot be set up: {}", innermost(&error));
            Error::config(what).with_source(error)
        })?;
        Ok(Self {
            client,
            max_header_bytes: options.max_header_bytes,
            addresses: Arc::default(),
            proxies,
            connect_timeout: Some(options.connect_timeout),
            own_client: true,
        })
    }

    /// A transport over a reqwest client of your own, with a TLS library or a resolver of your choice.
    ///
    /// The client must not follow redirects, since they would carry the signature and the token to another host:
    /// build it with `redirect::Policy::none()` and `retry::never()`.
    pub fn with_client(client: Client) -> Self {
        let max_header_bytes = HttpOptions::default().max_header_bytes;
        Self {
            client,
            max_header_bytes,
            addresses: Arc::default(),
            proxies: Arc::default(),
            connect_timeout: None,
            own_client: false,
        }
    }
}

/// Longer than any connection lives, and short enough for the clock's arithmetic.
const FOREVER: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);

/// All that the options say of a client.
fn builder(options: &HttpOptions, proxies: &Arc<Rules>) -> Result<::reqwest::ClientBuilder, Error> {
    let mut builder = Client::builder()
        .redirect(redirect::Policy::none())
        // `never` alone still copies each request, for retries that it does not make.
        .retry(retry::never().max_retries_per_request(0))
        .referer(false)
        .connect_timeout(options.connect_timeout)
        // No clock reaches a time limit of centuries: such a connection is kept for ever.
        .pool_idle_timeout((options.pool_idle_timeout < FOREVER).then_some(options.pool_idle_timeout))
        .pool_max_idle_per_host(options.pool_max_idle)
        .tcp_nodelay(true)
        .http1_only()
        // RFC 9112, section 5.2: a user agent reads a folded header line as one. Blanks before the colon harm nobody but
        // proxies. Lines that are no header at all stay an error: one of them may be the length of the body.
        .http1_allow_obsolete_multiline_headers_in_responses(true)
        .http1_allow_spaces_after_header_name_in_responses(true)
        // Decoded by `coding`. These are on whenever any crate of the program turns the cargo feature on.
        .no_gzip()
        .no_brotli()
        .no_deflate()
        .no_zstd();
    // The rules are our own: the library's know neither ports nor `*.domain`, and go direct where they do not know a scheme.
    builder = builder.no_proxy();
    if !proxies.is_empty() {
        let rules = proxies.clone();
        builder =
            builder.proxy(::reqwest::Proxy::custom(move |url| rules.of(url).ok().flatten().map(Proxy::url)));
    }
    if !options.trust.verify {
        tracing::warn!("certificates are not checked: whoever is on the way can read and change every call");
    }
    tls(builder, &options.trust)
}

#[cfg(any(feature = "rustls", feature = "rustls-ring"))]
fn tls(builder: ::reqwest::ClientBuilder, trust: &TlsTrust) -> Result<::reqwest::ClientBuilder, Error> {
    Ok(builder.tls_backend_preconfigured(super::tls::config(trust)?))
}

#[cfg(all(feature = "native-tls", not(any(feature = "rustls", feature = "rustls-ring"))))]
fn tls(builder: ::reqwest::ClientBuilder, trust: &TlsTrust) -> Result<::reqwest::ClientBuilder, Error> {
    let mut own = Vec::new();
    for pem in &trust.pem {
        let bundle = ::reqwest::Certificate::from_pem_bundle(pem);
        let bundle = bundle.map_err(|error| TlsTrust::unreadable().with_source(error))?;
        if bundle.is_empty() {
            return Err(TlsTrust::unreadable());
        }
        own.extend(bundle);
    }
    Ok(match (trust.verify, trust.system) {
        (false, _) => builder.tls_danger_accept_invalid_certs(true),
        (true, true) if own.is_empty() => builder,
        (true, true) => builder.tls_certs_merge(own),
        (true, false) => builder.tls_certs_only(own),
    })
}

/// Without a TLS library there is nobody to trust.
#[cfg(not(any(feature = "native-tls", feature = "rustls", feature = "rustls-ring")))]
fn tls(builder: ::reqwest::ClientBuilder, trust: &TlsTrust) -> Result<::reqwest::ClientBuilder, Error> {
    if *trust == TlsTrust::system() {
        Ok(builder)
    } else {
        Err(Error::config("no TLS: turn the cargo feature `rustls`, `rustls-ring` or `native-tls` on"))
    }
}

/// What [`HttpSend`] gives, without `async_trait`: that would keep the request twice for as long as the call waits.
type Answer<'a> = BoxFuture<'a, Result<HttpResponse, TransportError>>;

impl HttpSend for ReqwestTransport {
    fn send<'a, 'b>(&'a self, request: HttpRequest) -> Answer<'b>
    where
        'a: 'b,
        Self: 'b,
    {
        let length = request.body().len();
        self.exchange(request.map(Into::into), length)
    }

    fn upload<'a, 'b>(&'a self, request: HttpUpload) -> Answer<'b>
    where
        'a: 'b,
        Self: 'b,
    {
        self.exchange(request.map(|body| ::reqwest::Body::wrap(Outgoing::new(body))), 0)
    }
}

impl ReqwestTransport {
    fn exchange(&self, request: http::Request<::reqwest::Body>, length: usize) -> Answer<'_> {
        let max_header_bytes = self.max_header_bytes;
        match self.request(request, length) {
            Ok((request, via)) => {
                let connect = self.connect_timeout;
                let response = runtime::guarded(|| self.client.execute(request));
                Box::pin(async move {
                    let response = response.await?.map_err(|error| failed(error, via.as_deref(), connect))?;
                    arrived(response, via, max_header_bytes)
                })
            }
            Err(error) => Box::pin(std::future::ready(Err(error))),
        }
    }

    /// The request as reqwest takes it. A `length` of 0 is not known, or of no body.
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
        let via = self.proxies.of(&url).map_err(refuse)?.map(Proxy::shown);
        let mut request = ::reqwest::Request::new(head.method, url);
        *request.headers_mut() = head.headers;
        if self.own_client {
            // reqwest and hyper would add these to a copy, which then grows to twice its size.
            let headers = request.headers_mut();
            headers.entry(ACCEPT).or_insert(HeaderValue::from_static("*/*"));
            #[cfg(feature = "gzip")]
            headers.entry(ACCEPT_ENCODING).or_insert(HeaderValue::from_static("gzip"));
            if length > 0 {
                headers.entry(CONTENT_LENGTH).or_insert(length.into());
            }
        }
        *request.body_mut() = Some(body);
        Ok((request, via))
    }
}

fn arrived(
    response: ::reqwest::Response,
    via: Option<Arc<str>>,
    max_header_bytes: usize,
) -> Result<HttpResponse, TransportError> {
    let (head, body) = http::Response::<::reqwest::Body>::from(response).into_parts();
    let size = head.headers.iter().map(|(name, value)| name.as_str().len() + value.len()).sum::<usize>();
    if size > max_header_bytes {
        let what =
            format!("the head of the answer is larger than {max_header_bytes} bytes (max_header_bytes)");
        return Err(TransportError::new(ErrorKind::TooLarge, SendState::Maybe, what));
    }
    let mut response = http::Response::from_parts(head, ResponseBody::new(Pieces(body)));
    coding::decode(&mut response)?;
    if let Some(via) = via {
        response.extensions_mut().insert(Via(via));
    }
    Ok(response)
}

struct Pieces(::reqwest::Body);

impl Stream for Pieces {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            return match ready!(Pin::new(&mut self.0).poll_frame(cx)) {
                None => Poll::Ready(None),
                Some(Err(error)) => Poll::Ready(Some(Err(failed_body(error)))),
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(data) => Poll::Ready(Some(Ok(data))),
                    Err(_trailers) => continue,
                },
            };
        }
    }
}

/// The error of a request without a response. `via` is the proxy that it went through.
fn failed(error: ::reqwest::Error, via: Option<&str>, connect: Option<Duration>) -> TransportError {
    if causes(&error).any(runtime::is_shut_down) {
        let sent = if error.is_connect() { SendState::No } else { SendState::Maybe };
        let what = TransportError::new(ErrorKind::Config, sent, runtime::SHUT_DOWN);
        return what.with_source(error.without_url());
    }
    let (kind, sent, message) = if error.is_connect() {
        unconnected(&error, via, connect)
    } else if error.is_timeout() {
        (ErrorKind::Timeout, SendState::Maybe, format!("no response in time{}", through(via)))
    } else if error.is_builder() {
        (ErrorKind::Config, SendState::No, "the request cannot be sent".to_owned())
    } else if too_large(&error) {
        (ErrorKind::TooLarge, SendState::Maybe, "the head of the answer is too large".to_owned())
    } else if is_parse(&error) {
        (ErrorKind::Protocol, SendState::Maybe, format!("the answer is not HTTP{}", through(via)))
    } else {
        let what = format!("the connection{} broke before the answer", through(via));
        (ErrorKind::Io, SendState::Maybe, what)
    };
    TransportError::new(kind, sent, message).with_source(error.without_url())
}

fn through(via: Option<&str>) -> String {
    via.map(|proxy| format!(" through the proxy {proxy}")).unwrap_or_default()
}

/// Why there is no connection. Behind a proxy it may be the proxy's fault, or the host's.
fn unconnected(
    error: &::reqwest::Error,
    via: Option<&str>,
    connect: Option<Duration>,
) -> (ErrorKind, SendState, String) {
    if error.is_timeout() {
        let what = format!("no connection{}", through(via));
        let message = match connect {
            Some(value) => TimeLimit { setting: Setting::Connect, value }.passed(&what),
            None => format!("{what} in time"),
        };
        return (ErrorKind::Timeout, SendState::No, message);
    }
    // The tunnel's error has no public type; these are the texts of its own `Display`.
    let tunnel = |text: &str| causes(error).any(|cause| cause.to_string() == format!("tunnel error: {text}"));
    if let Some(proxy) = via {
        if tunnel("proxy authorization required") {
            let what = format!(
                "the proxy {proxy} requires a user and a password, or does not accept them: set them in its URL"
            );
            return (ErrorKind::Connect, SendState::No, what);
        }
        if tunnel("unsuccessful") {
            let what = format!("the proxy {proxy} refused to connect to the host");
            return (ErrorKind::Connect, SendState::No, what);
        }
        if tunnel("unexpected end of file") || tunnel("io error establishing tunnel") {
            let what = format!("the proxy {proxy} closed the connection instead of connecting to the host");
            return (ErrorKind::Connect, SendState::No, what);
        }
        if tunnel("failed to create underlying connection") {
            let (kind, what) = match is_tls(error) {
                true => (ErrorKind::Tls, "no secure connection"),
                false => (ErrorKind::Connect, "no connection"),
            };
            return (kind, SendState::No, format!("{what} to the proxy {proxy}"));
        }
    }
    let (kind, what) = match is_tls(error) {
        true => (ErrorKind::Tls, "no secure connection"),
        false => (ErrorKind::Connect, "no connection"),
    };
    (kind, SendState::No, format!("{what}{}", through(via)))
}

fn failed_body(error: ::reqwest::Error) -> TransportError {
    let (kind, message) = if error.is_timeout() {
        (ErrorKind::Timeout, "the answer stalled")
    } else if is_unpacking(&error) {
        (ErrorKind::Decode, "the answer's compression is corrupt")
    } else if is_parse(&error) {
        (ErrorKind::Protocol, "the answer's framing is broken")
    } else {
        (ErrorKind::Io, "incomplete body: the connection broke in the middle of the answer")
    };
    TransportError::new(kind, SendState::Maybe, message).with_source(error.without_url())
}

/// Whether it was the unpacking that failed. What the connection does wrong comes as an error of hyper; the unpacking has
/// only I/O errors of its own, however they are wrapped.
fn is_unpacking(error: &(dyn StdError + 'static)) -> bool {
    causes(error).any(|cause| cause.is::<std::io::Error>())
        && !causes(error).any(|cause| cause.is::<hyper::Error>())
}

/// Every cause below `error`, those hidden inside I/O errors included.
fn causes<'a>(error: &'a (dyn StdError + 'static)) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    fn below<'a>(error: &&'a (dyn StdError + 'static)) -> Option<&'a (dyn StdError + 'static)> {
        let error: &'a (dyn StdError + 'static) = *error;
        match error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref) {
            Some(inner) => Some(inner),
            None => error.source(),
        }
    }
    std::iter::successors(Some(error), below)
}

fn innermost(error: &(dyn StdError + 'static)) -> String {
    causes(error).last().map(ToString::to_string).unwrap_or_default()
}

fn is_parse(error: &(dyn StdError + 'static)) -> bool {
    causes(error).any(|cause| {
        let hyper = cause.downcast_ref::<hyper::Error>();
        hyper.is_some_and(hyper::Error::is_parse) || {
            // Broken chunk sizes surface as I/O errors of kind `InvalidInput` or `InvalidData`.
            let io = cause.downcast_ref::<std::io::Error>();
            hyper_framing(io)
        }
    })
}

fn hyper_framing(io: Option<&std::io::Error>) -> bool {
    use std::io::ErrorKind::{InvalidData, InvalidInput};
    io.is_some_and(|io| matches!(io.kind(), InvalidData | InvalidInput) && io.to_string().contains("chunk"))
}

fn too_large(error: &(dyn StdError + 'static)) -> bool {
    // hyper has a predicate for this only in its server half; the text is that of its own `Display`.
    causes(error).any(|cause| cause.is::<hyper::Error>() && cause.to_string().contains("too large"))
}

#[cfg(any(feature = "rustls", feature = "rustls-ring"))]
fn is_tls(error: &(dyn StdError + 'static)) -> bool {
    causes(error).any(|cause| cause.is::<rustls::Error>())
}

#[cfg(not(any(feature = "rustls", feature = "rustls-ring")))]
fn is_tls(error: &(dyn StdError + 'static)) -> bool {
    causes(error).any(|cause| {
        let text = cause.to_string().to_ascii_lowercase();
        text.contains("certificate") || text.contains("tls") || text.contains("ssl")
    })
}

#[cfg(test)]
mod tests {
    use ::reqwest::dns::{Addrs, Name, Resolve, Resolving};
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
            let proxies = Arc::new(Rules::new(&options, &CallContext::system()).unwrap());
            let client =
                builder(&options, &proxies).unwrap().dns_resolver(Arc::new(Nowhere)).build().unwrap();
            let transport = ReqwestTransport::with_client(client);
            let request = http::Request::get(format!("http://{host}/")).body(Bytes::new()).unwrap();
            let outcome = transport.send(request).await;
            assert_eq!(outcome.is_err(), past, "{no_proxy:?} {host}: {outcome:?}");
        }
    }

    #[tokio::test]
    async fn time_limits_of_a_connection_may_be_endless() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            for _ in 0..2 {
                let _ = stream.read(&mut [0; 4_096]).await;
                stream.write_all(b"HTTP/1.1 200 X\r\nContent-Length: 0\r\n\r\n").await.unwrap();
            }
        });
        let options = HttpOptions {
            pool_idle_timeout: Duration::MAX,
            connect_timeout: Duration::MAX,
            proxies: Proxies::None,
            ..HttpOptions::default()
        };
        let transport = ReqwestTransport::new(&options).unwrap();
        for _ in 0..2 {
            let request = http::Request::get(format!("http://{address}/")).body(Bytes::new()).unwrap();
            let mut response = transport.send(request).await.unwrap();
            assert!(futures_util::StreamExt::next(response.body_mut()).await.is_none());
            tokio::task::yield_now().await;
        }
    }
}
