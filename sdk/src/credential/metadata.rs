//! The door to services on the machine itself: instance metadata, and what answers like it.
//!
//! It goes through the transport trait like any call, but unsigned, never through a proxy, and with short limits:
//! a machine without such a service must not hold a chain up.

use std::fmt;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use bytes::Bytes;
use futures_util::StreamExt;
use http::{HeaderValue, Method, StatusCode};
use secrecy::zeroize::Zeroizing;
use serde_json::Value;

use super::CredentialError;
use crate::context::Context;
use crate::error::{Error, ErrorKind, SendState};
use crate::response::decode::without_bom;
use crate::telemetry::redact;
use crate::timing::deadline::within;
use crate::transport::{HttpRequest, HttpSend, TransportError};

/// How long one request may take, from connecting to the end of the answer.
const LIMIT: Duration = Duration::from_secs(2);
/// How long a connection may take to be made.
#[cfg(feature = "reqwest")]
const CONNECT_LIMIT: Duration = Duration::from_secs(1);
/// How long to wait before the second try.
const PAUSE: Duration = Duration::from_millis(100);
/// How large an answer may be: a real one has one or two thousand bytes.
const SIZE_CAP: usize = 64 * 1024;

/// A metadata service, asked on behalf of one credential provider.
#[derive(Clone)]
pub(crate) struct Metadata {
    provider: &'static str,
    base: String,
    transport: Arc<OnceLock<Arc<dyn HttpSend>>>,
}

/// One answer; the body is zeroized when dropped.
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) body: Zeroizing<Vec<u8>>,
}

impl Metadata {
    /// The service at `base`, such as `http://169.254.169.254`.
    pub(crate) fn new(provider: &'static str, base: &str) -> Self {
        Self { provider, base: base.to_owned(), transport: Arc::default() }
    }

    pub(crate) fn set_base(&mut self, base: String) {
        base.trim_end_matches('/').clone_into(&mut self.base);
    }

    pub(crate) fn set_transport(&mut self, transport: Arc<dyn HttpSend>) {
        self.transport = Arc::new(OnceLock::from(transport));
    }

    /// An error of this provider.
    pub(crate) fn broken(&self, what: impl fmt::Display) -> Error {
        Error::new(ErrorKind::Credentials, format!("{}: {what}", self.provider))
    }

    /// The service as messages and logs name it: its path and query may hold a token.
    fn place(&self) -> String {
        redact::address(&self.base)
    }

    /// Made by the first request: most programs find their keys elsewhere.
    fn transport(&self) -> Result<&Arc<dyn HttpSend>, Error> {
        if let Some(transport) = self.transport.get() {
            return Ok(transport);
        }
        let made = direct(self.provider)?;
        Ok(self.transport.get_or_init(|| made))
    }

    /// A GET without headers.
    #[cfg(any(feature = "tencent", feature = "huawei", feature = "alibaba"))]
    pub(crate) async fn get(&self, context: &Context, path: &str) -> Result<Reply, CredentialError> {
        self.ask(context, Method::GET, path, &[], Bytes::new()).await
    }

    /// Sends one request, and sends it again once if the service fails on its side.
    ///
    /// Nobody there is *not configured*; silence or broken HTTP is an error.
    pub(crate) async fn ask(
        &self,
        context: &Context,
        method: Method,
        path: &str,
        headers: &[(&'static str, &str)],
        body: Bytes,
    ) -> Result<Reply, CredentialError> {
        let mut second = false;
        loop {
            let request = self.request(&method, path, headers, &body)?;
            let outcome = self.once(context, request).await?;
            let passing = match &outcome {
                Ok(reply) => reply.status.is_server_error(),
                Err(error) => error.kind == ErrorKind::Io,
            };
            if passing && !second {
                second = true;
                context.sleep.sleep(PAUSE).await;
                continue;
            }
            return match outcome {
                Ok(reply) => Ok(reply),
                Err(error) if error.sent == SendState::No && error.kind != ErrorKind::Config => {
                    Err(CredentialError::NotConfigured(format!("nothing answers at {}", self.place())))
                }
                Err(error) => {
                    let what = format!("{} cannot be asked: {}", self.place(), error.message);
                    Err(self.broken(what).with_source(error).into())
                }
            };
        }
    }

    fn request(
        &self,
        method: &Method,
        path: &str,
        headers: &[(&'static str, &str)],
        body: &Bytes,
    ) -> Result<HttpRequest, Error> {
        let mut request = http::Request::builder().method(method).uri(format!("{}{path}", self.base));
        for (name, value) in headers {
            let value = HeaderValue::from_str(value);
            let mut value = value.map_err(|_| self.broken(format!("the value of {name} is no header")))?;
            value.set_sensitive(name.to_ascii_lowercase().contains("token") || *name == "Authorization");
            request = request.header(*name, value);
        }
        let wrong = |_| self.broken(format!("`{}` is not the address of a service", self.place()));
        request.body(body.clone()).map_err(wrong)
    }

    async fn once(
        &self,
        context: &Context,
        request: HttpRequest,
    ) -> Result<Result<Reply, TransportError>, Error> {
        tracing::debug!(provider = self.provider, host = %self.place(), "asking for keys");
        let transport = self.transport()?;
        let work = async {
            let (head, mut pieces) = transport.send(request).await?.into_parts();
            let mut body = Zeroizing::new(Vec::new());
            while let Some(piece) = pieces.next().await {
                let piece = piece?;
                if body.len() + piece.len() > SIZE_CAP {
                    let what = "the answer is larger than 64 KiB";
                    return Err(TransportError::new(ErrorKind::TooLarge, SendState::Maybe, what));
                }
                body.extend_from_slice(&piece);
            }
            Ok(Reply { status: head.status, body })
        };
        Ok(within(context, LIMIT, work).await.unwrap_or_else(|_| {
            let what = format!("it gave no whole answer within {LIMIT:?}");
            Err(TransportError::new(ErrorKind::Timeout, SendState::Maybe, what))
        }))
    }

    /// The body as one word, such as the name of a role or a token.
    pub(crate) fn word(&self, reply: &Reply, what: &str) -> Result<String, Error> {
        let text = std::str::from_utf8(without_bom(&reply.body)).unwrap_or("\0").trim();
        let plain = |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '{' | '}' | '"');
        match text.len() <= 8192 && text.chars().all(plain) {
            true => Ok(text.to_owned()),
            false => Err(self.broken(format!("{} answered something that is not {what}", self.place()))),
        }
    }

    /// The body as a JSON object.
    pub(crate) fn json(&self, reply: &Reply) -> Result<Value, Error> {
        let body = without_bom(&reply.body);
        let html = body.trim_ascii_start().starts_with(b"<");
        match serde_json::from_slice(body) {
            Ok(value @ Value::Object(_)) => Ok(value),
            _ if html => Err(self.broken(format!("{} answered a page instead of keys", self.place()))),
            _ => {
                Err(self.broken(format!("{} answered something that is no whole JSON object", self.place())))
            }
        }
    }

    /// The error of a status that is no success.
    pub(crate) fn status(&self, reply: &Reply) -> Error {
        self.broken(format!("{} answered {}", self.place(), reply.status))
    }
}

#[cfg(feature = "reqwest")]
fn direct(_: &str) -> Result<Arc<dyn HttpSend>, Error> {
    use crate::options::{HttpOptions, Proxies};
    let options = HttpOptions {
        connect_timeout: CONNECT_LIMIT,
        proxies: Proxies::None,
        // A kept connection belongs to the runtime that opened it, and the next fetch may run in another one.
        pool_max_idle: 0,
        ..HttpOptions::default()
    };
    Ok(Arc::new(crate::transport::ReqwestTransport::new(&options)?))
}

#[cfg(not(feature = "reqwest"))]
fn direct(provider: &str) -> Result<Arc<dyn HttpSend>, Error> {
    let what = format!("{provider}: no transport: turn the cargo feature `reqwest` on, or give it one");
    Err(Error::new(ErrorKind::Credentials, what))
}

impl fmt::Debug for Metadata {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Metadata").field("base", &self.place()).finish_non_exhaustive()
    }
}
