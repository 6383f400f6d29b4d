//! Requests to services on the machine itself: instance metadata, and services with the same kind of
//! responses.
//!
//! | provider | default address |
//! | --- | --- |
//! | Tencent Cloud | `http://metadata.tencentyun.com` |
//! | Huawei Cloud | `http://169.254.169.254` |
//! | Alibaba Cloud | `http://100.100.100.200` |
//! | Volcengine | `http://100.96.0.96` |
//!
//! They go through the transport trait like any call, but unsigned, never through a proxy, and with
//! short limits (1 s to connect, 2 s per attempt, two attempts): a machine without such a service must
//! not delay a chain. The paths and documents are in `provider/*/credentials/instance_role.rs`.

use std::fmt;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use bytes::Bytes;
use futures_util::StreamExt;
use http::{HeaderValue, Method, StatusCode};
use secrecy::zeroize::Zeroizing;
use serde_json::Value;

use super::CredentialError;
#[cfg(any(feature = "huawei", feature = "alibaba"))]
use super::address;
use crate::context::Context;
use crate::error::{Error, ErrorKind, SendState};
use crate::options::{HttpOptions, Proxies};
use crate::response::decode::without_bom;
use crate::telemetry::redact;
use crate::timing::deadline::within;
use crate::transport::{HttpRequest, HttpSend, TransportError, choice};

/// The time limit of one request, from connecting to the end of the response.
const LIMIT: Duration = Duration::from_secs(2);
/// The time limit of a connection.
const CONNECT_LIMIT: Duration = Duration::from_secs(1);
/// The delay before the second attempt.
const PAUSE: Duration = Duration::from_millis(100);
/// Size limit of a response in bytes. Real ones have one or two thousand.
const SIZE_CAP: usize = 64 * 1024;

/// A metadata service, as one credential provider uses it.
#[derive(Clone)]
pub(crate) struct Metadata {
    /// The name of the credential provider, for errors.
    provider: &'static str,
    /// Scheme and host, without a slash at the end.
    base: String,
    /// Created by the first request, or set by the user.
    transport: Arc<OnceLock<Arc<dyn HttpSend>>>,
}

/// One response. The body is zeroized when it is dropped.
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) body: Zeroizing<Vec<u8>>,
}

impl Metadata {
    /// The service at `base`, such as `http://169.254.169.254`.
    pub(crate) fn new(provider: &'static str, base: &str) -> Self {
        Self { provider, base: base.to_owned(), transport: Arc::default() }
    }

    /// Sets the address. Slashes at its end are dropped.
    pub(crate) fn set_base(&mut self, base: String) {
        base.trim_end_matches('/').clone_into(&mut self.base);
    }

    /// Sets the transport, which must not use a proxy.
    pub(crate) fn set_transport(&mut self, transport: Arc<dyn HttpSend>) {
        self.transport = Arc::new(OnceLock::from(transport));
    }

    /// An error of this provider.
    pub(crate) fn broken(&self, what: impl fmt::Display) -> Error {
        Error::new(ErrorKind::Credentials, format!("{}: {what}", self.provider))
    }

    /// The service as messages and logs name it. Path and query are left out: they may hold a token.
    pub(crate) fn place(&self) -> String {
        redact::address(&self.base)
    }

    /// The transport. It is created by the first request, because most programs find their keys
    /// elsewhere.
    fn transport(&self) -> Result<&Arc<dyn HttpSend>, Error> {
        if let Some(transport) = self.transport.get() {
            return Ok(transport);
        }
        let made = direct(self.provider)?;
        Ok(self.transport.get_or_init(|| made))
    }

    /// Sends a GET without headers.
    #[cfg(any(feature = "tencent", feature = "huawei", feature = "alibaba"))]
    pub(crate) async fn get(&self, context: &Context, path: &str) -> Result<Reply, CredentialError> {
        self.ask(context, Method::GET, path, &[], Bytes::new()).await
    }

    /// Sends one request. A status of 500 or more, or a broken connection, is followed by a second
    /// attempt after 100 ms.
    ///
    /// | outcome | result |
    /// | --- | --- |
    /// | any status | the reply; the caller judges the status |
    /// | no connection: nothing was sent | *not configured* |
    /// | no complete response in 2 s, broken connection, malformed HTTP, more than 64 KiB | error |
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
                    Err(CredentialError::NotConfigured(format!("nothing responds at {}", self.place())))
                }
                Err(error) => {
                    let what = format!("{} cannot be reached: {}", self.place(), error.message);
                    Err(self.broken(what).with_source(error).into())
                }
            };
        }
    }

    /// A request. Headers with tokens are marked as sensitive, so that logs mask them.
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
            let mut value =
                value.map_err(|_| self.broken(format!("the value of {name} cannot be sent in a header")))?;
            value.set_sensitive(name.to_ascii_lowercase().contains("token") || *name == "Authorization");
            request = request.header(*name, value);
        }
        let wrong = |_| self.broken(format!("`{}` is not the address of a service", self.place()));
        request.body(body.clone()).map_err(wrong)
    }

    /// One attempt with its time limit. The inner error is that of the transport.
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
                    let what = "the response is larger than 64 KiB";
                    return Err(TransportError::new(ErrorKind::TooLarge, SendState::Maybe, what));
                }
                body.extend_from_slice(&piece);
            }
            Ok(Reply { status: head.status, body })
        };
        Ok(within(context, LIMIT, work).await.unwrap_or_else(|_| {
            let what = format!("no complete response within {LIMIT:?}");
            Err(TransportError::new(ErrorKind::Timeout, SendState::Maybe, what))
        }))
    }

    /// The service at an address that the program or `variable` names, and the path to request there. Keys
    /// are accepted from safe addresses only.
    #[cfg(any(feature = "huawei", feature = "alibaba"))]
    pub(crate) fn at(
        provider: &'static str,
        address: &str,
        variable: &str,
        transport: Option<&Arc<dyn HttpSend>>,
    ) -> Result<(Self, String), Error> {
        let Some((base, path)) = address::allowed(address) else {
            let what = format!(
                "the address is neither https nor loopback nor a metadata service's: check {variable}, without user and password"
            );
            return Err(Self::new(provider, "").broken(what));
        };
        let mut service = Self::new(provider, &base);
        if let Some(transport) = transport {
            service.set_transport(transport.clone());
        }
        Ok((service, path))
    }

    /// Like [`ask`](Self::ask), for a service that the program or a variable names: its absence is an
    /// error.
    #[cfg(any(feature = "huawei", feature = "alibaba"))]
    pub(crate) async fn ask_configured(
        &self,
        context: &Context,
        method: Method,
        path: &str,
        headers: &[(&'static str, &str)],
        body: &'static str,
    ) -> Result<Reply, CredentialError> {
        let body = Bytes::from_static(body.as_bytes());
        match self.ask(context, method, path, headers, body).await {
            Err(CredentialError::NotConfigured(reason)) => Err(self.broken(reason).into()),
            outcome => outcome,
        }
    }

    /// Refuses the response to a request for the names of roles, unless its status is 200. Status 404 means
    /// that there is no role.
    #[cfg(any(feature = "tencent", feature = "alibaba", feature = "volcengine"))]
    pub(crate) fn check_role(&self, reply: &Reply) -> Result<(), CredentialError> {
        match reply.status {
            StatusCode::OK => Ok(()),
            StatusCode::NOT_FOUND => Err(no_role()),
            _ => Err(self.status(reply).into()),
        }
    }

    /// The name of the role that is bound to the instance.
    #[cfg(any(feature = "tencent", feature = "alibaba"))]
    pub(crate) fn role_name(&self, reply: &Reply) -> Result<String, CredentialError> {
        self.check_role(reply)?;
        let role = self.word(reply, "the name of a role")?;
        if role.is_empty() { Err(no_role()) } else { Ok(role) }
    }

    /// The document with the keys of `role`.
    #[cfg(any(feature = "tencent", feature = "alibaba", feature = "volcengine"))]
    pub(crate) fn role_document(&self, reply: &Reply, role: &str) -> Result<Value, Error> {
        match reply.status {
            StatusCode::OK => self.json(reply),
            StatusCode::NOT_FOUND => {
                let shown = role.escape_debug();
                Err(self.broken(format!("the instance has no role `{shown}`: bind it, or name another")))
            }
            _ => Err(self.status(reply)),
        }
    }

    /// Refuses a document with keys whose `Code` is not `Success`.
    #[cfg(any(feature = "tencent", feature = "alibaba"))]
    pub(crate) fn check_success(&self, document: &Value) -> Result<(), Error> {
        match document.get("Code").and_then(Value::as_str) {
            Some("Success") => Ok(()),
            code => {
                let code: String = code.unwrap_or("no code").chars().take(64).collect();
                Err(self.broken(format!("the metadata service refuses: {}", code.escape_debug())))
            }
        }
    }

    /// The token in a response.
    #[cfg(any(feature = "huawei", feature = "volcengine"))]
    pub(crate) fn token(&self, reply: &Reply) -> Result<Zeroizing<String>, Error> {
        let token = Zeroizing::new(self.word(reply, "a token")?);
        if token.is_empty() {
            Err(self.broken("the metadata service gives an empty token"))
        } else {
            Ok(token)
        }
    }

    /// The body as one word, such as the name of a role or a token.
    pub(crate) fn word(&self, reply: &Reply, what: &str) -> Result<String, Error> {
        let text = std::str::from_utf8(without_bom(&reply.body)).unwrap_or("\0").trim();
        let plain = |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '{' | '}' | '"');
        match text.len() <= 8192 && text.chars().all(plain) {
            true => Ok(text.to_owned()),
            false => Err(self.broken(format!("{} returned something that is not {what}", self.place()))),
        }
    }

    /// The body as a JSON object.
    pub(crate) fn json(&self, reply: &Reply) -> Result<Value, Error> {
        let body = without_bom(&reply.body);
        let html = body.trim_ascii_start().starts_with(b"<");
        match serde_json::from_slice(body) {
            Ok(value @ Value::Object(_)) => Ok(value),
            _ if html => Err(self.broken(format!("{} returned a page instead of keys", self.place()))),
            _ => Err(self
                .broken(format!("{} returned something that is not a complete JSON object", self.place()))),
        }
    }

    /// The error of a status other than success.
    pub(crate) fn status(&self, reply: &Reply) -> Error {
        self.broken(format!("{} returned status {}", self.place(), reply.status))
    }
}

/// The error of an instance without a role.
#[cfg(any(feature = "tencent", feature = "alibaba", feature = "volcengine"))]
pub(crate) fn no_role() -> CredentialError {
    CredentialError::NotConfigured("no role is bound to this instance".to_owned())
}

/// Writes the setters of a provider that uses a metadata service. `$field` holds the service, and `$base` is
/// its usual address.
macro_rules! metadata_setters {
    ($field:ident, $base:literal) => {
        #[doc = concat!("Sets the address of the metadata service. Default: `", $base, "`.")]
        #[must_use]
        pub fn base(mut self, base: impl Into<String>) -> Self {
            self.$field.set_base(base.into());
            self
        }

        /// Sends requests through a transport of your own. It must not use a proxy: the keys belong to this
        /// machine.
        #[must_use]
        pub fn transport(mut self, transport: impl crate::transport::HttpSend + 'static) -> Self {
            self.$field.set_transport(std::sync::Arc::new(transport));
            self
        }
    };
}
pub(crate) use metadata_setters;

/// A transport without proxies and without a pool.
fn direct(provider: &str) -> Result<Arc<dyn HttpSend>, Error> {
    let options = HttpOptions {
        connect_timeout: CONNECT_LIMIT,
        proxies: Proxies::None,
        // A pooled connection belongs to the runtime that opened it, and the next fetch may run on another
        // one.
        pool_max_idle: 0,
        ..HttpOptions::default()
    };
    choice::by_features(&options, &Context::system()).map_err(|error| {
        let what = format!("{provider}: {}", error.message());
        Error::new(ErrorKind::Credentials, what).with_source(error)
    })
}

impl fmt::Debug for Metadata {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Metadata").field("base", &self.place()).finish_non_exhaustive()
    }
}
