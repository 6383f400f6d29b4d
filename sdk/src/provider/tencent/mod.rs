//! Tencent Cloud, API 3.0.
//!
//! Where the wire format comes from: `docs/sources.md`, Tencent Cloud, 1 to 8.

pub mod credentials;
mod encode;
mod endpoint;
mod error;
pub mod signer;

use std::sync::Arc;

use crate::action::info::ActionInfo;
use crate::action::request::{Fields, RequestParts};
use crate::breaker::BreakerOptions;
use crate::client::ClientBuilder;
use crate::context::Context;
use crate::credential::ProvideCredential;
use crate::endpoint::Endpoint;
use crate::error::{Error, ServiceError};
use crate::provider::{Provider, RawResponse, SignInput};
use crate::response::{Envelope, FailedIf};
use crate::transport::HttpRequest;
use crate::upload::BodyDigest;

pub(crate) use encode::FLATTEN;
pub(crate) use error::read as read_error;
pub use signer::SignMethod;

/// Tencent Cloud and the settings of its API 3.0.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Cloud {
    /// How requests are signed.
    pub sign_method: SignMethod,
    /// The language of error messages.
    pub language: Language,
    /// The HTTP method of calls.
    pub method: Method,
    /// Whether endpoints without a scheme are called over plain HTTP, those that you set included.
    pub plain_http: bool,
    /// Whether the body is left out of the signature.
    pub unsigned_payload: bool,
    /// Whether `Connection: Keep-Alive` is sent.
    pub keep_alive: bool,
    /// What follows the product in host names.
    pub root_domain: String,
    /// The value of `X-TC-RequestClient`.
    pub request_client: String,
    keys: Arc<signer::KeyCache>,
}

impl Default for Cloud {
    fn default() -> Self {
        Self {
            sign_method: SignMethod::default(),
            language: Language::default(),
            method: Method::default(),
            plain_http: false,
            unsigned_payload: false,
            keep_alive: false,
            root_domain: "tencentcloudapi.com".to_owned(),
            request_client: concat!("SDK_RUST_cloudcall_", env!("CARGO_PKG_VERSION")).to_owned(),
            keys: Arc::default(),
        }
    }
}

/// The language of error messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Language {
    /// Simplified Chinese, the vendor's default.
    #[default]
    Chinese,
    /// English.
    English,
}

impl Language {
    /// The value of `X-TC-Language`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Chinese => "zh-CN",
            Self::English => "en-US",
        }
    }
}

/// The HTTP method of calls. Actions with files or raw bodies are always POST.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Method {
    /// Parameters in the body: up to 10 MB.
    #[default]
    Post,
    /// Parameters in the query: up to 32 KB.
    Get,
}

impl Provider for Cloud {
    fn name(&self) -> &'static str {
        "tencent"
    }

    fn encode(&self, action: &ActionInfo, fields: Fields, nonce: [u8; 16]) -> Result<RequestParts, Error> {
        encode::request(self, action, fields, nonce)
    }

    fn endpoints(&self, _: &Context, action: &ActionInfo, _: Option<&str>) -> Result<Vec<Endpoint>, Error> {
        endpoint::default_hosts(self, action)
    }

    fn backup(&self, action: &ActionInfo, backup: &str) -> Result<Endpoint, Error> {
        endpoint::backup(self, action, backup)
    }

    fn body_digest(&self, action: &ActionInfo, parts: &RequestParts, _: &Endpoint) -> Option<BodyDigest> {
        let unsigned = self.unsigned_payload
            || signer::is_unsigned(&parts.headers)
            || self.sign_method == SignMethod::Skip
            || action.is_anonymous();
        (!unsigned).then_some(BodyDigest::Sha256)
    }

    fn owned_header(&self, name: &str) -> Option<&'static str> {
        Some(match name {
            "x-tc-action" | "x-tc-version" => {
                "the call names action and version, such as `client.raw(product, version, action)`"
            }
            "x-tc-region" => "use `with_region` on the call, or `region` on the client's builder",
            "x-tc-timestamp" => "the signature decides it, anew for each attempt",
            "x-tc-language" => {
                "use `with_cloud(|cloud| cloud.language = …)`, or `language` on the client's builder"
            }
            "x-tc-requestclient" => "use `request_client` on the client's builder",
            "x-tc-token" => "give the token with the keys: `Credential::with_token`",
            "content-type" => "the action decides it: declare `content`",
            _ => return None,
        })
    }

    fn sign(&self, input: &SignInput<'_>) -> Result<HttpRequest, Error> {
        signer::sign(self, input)
    }

    fn envelope(&self) -> Envelope {
        Envelope::bare()
            .member("Response")
            .request_id("RequestId")
            .failed(FailedIf::Has("Error"))
            .notice("DeprecatedWarning")
    }

    fn service_error(&self, response: &RawResponse<'_>) -> Option<ServiceError> {
        error::read(response)
    }

    fn event_error(&self, event: &str, response: &RawResponse<'_>) -> Option<ServiceError> {
        error::read_event(event, response)
    }

    fn plain_http(&self) -> bool {
        self.plain_http
    }

    fn default_credentials(&self) -> Arc<dyn ProvideCredential> {
        Arc::new(credentials::default_chain())
    }
}

/// Where the vendor's region breaker sends calls unless it is told otherwise.
const BACKUP: &str = "ap-guangzhou.tencentcloudapi.com";

/// Settings that only Tencent Cloud has.
impl<M> ClientBuilder<Cloud, M> {
    /// Enables the region breaker with the vendor's figures: calls go to `ap-guangzhou.tencentcloudapi.com`
    /// while their own host fails. Use [`breaker`](Self::breaker) for other figures and backups. Default: no
    /// breaker.
    ///
    /// ```
    /// use cloudcall::{Client, Tencent};
    ///
    /// let client = Client::<Tencent>::builder().region("ap-shanghai").region_breaker().build()?;
    /// # Ok::<(), cloudcall::Error>(())
    /// ```
    #[doc(alias = "RegionBreakerProfile")]
    #[doc(alias = "disable_region_breaker")]
    pub fn region_breaker(self) -> Self {
        let backup_endpoints = vec![BACKUP.to_owned()];
        self.breaker(BreakerOptions { backup_endpoints, ..BreakerOptions::default() })
    }

    /// Sets the signature method. Default: TC3-HMAC-SHA256.
    ///
    /// The older methods sign forms only: a call with files or a raw body is signed with TC3-HMAC-SHA256.
    ///
    /// ```
    /// use cloudcall::provider::tencent::SignMethod;
    /// use cloudcall::{Client, Tencent};
    ///
    /// let builder = Client::<Tencent>::builder().region("ap-guangzhou");
    /// let client = builder.sign_method(SignMethod::HmacSha256).build()?;
    /// # Ok::<(), cloudcall::Error>(())
    /// ```
    pub fn sign_method(mut self, method: SignMethod) -> Self {
        self.cloud_mut().sign_method = method;
        self
    }

    /// Sets the language of error messages. Default: Chinese, as in the vendor's SDK.
    pub fn language(mut self, language: Language) -> Self {
        self.cloud_mut().language = language;
        self
    }

    /// Sets the HTTP method of calls. Default: POST. A GET has at most 32 KB of parameters.
    pub fn method(mut self, method: Method) -> Self {
        self.cloud_mut().method = method;
        self
    }

    /// Uses plain HTTP for every endpoint without a scheme, also for endpoints that you set. Requests are
    /// signed, but anyone on the network path can read them. Default: HTTPS.
    pub fn plain_http(mut self) -> Self {
        self.cloud_mut().plain_http = true;
        self
    }

    /// Leaves the body out of the signature. This saves the time to hash it; TLS alone then protects the
    /// body. Default: false.
    pub fn unsigned_payload(mut self, on: bool) -> Self {
        self.cloud_mut().unsigned_payload = on;
        self
    }

    /// Sends the header `Connection: Keep-Alive`, which some proxies require. Connections are reused in any
    /// case. Default: false.
    pub fn keep_alive(mut self, on: bool) -> Self {
        self.cloud_mut().keep_alive = on;
        self
    }

    /// Sets the domain that follows the product in host names. Default: `tencentcloudapi.com`. Inside the
    /// cloud's network it is `internal.tencentcloudapi.com`, and for the international site
    /// `intl.tencentcloudapi.com`.
    ///
    /// ```
    /// use cloudcall::{Client, Tencent};
    ///
    /// let builder = Client::<Tencent>::builder().region("ap-guangzhou");
    /// let client = builder.root_domain("internal.tencentcloudapi.com").build()?;
    /// # Ok::<(), cloudcall::Error>(())
    /// ```
    #[doc(alias = "rootDomain")]
    pub fn root_domain(mut self, root: impl Into<String>) -> Self {
        self.cloud_mut().root_domain = root.into();
        self
    }

    /// Adds the name of your program to `X-TC-RequestClient`: 1 to 128 letters, digits and `-_,;.`.
    ///
    /// # Errors
    ///
    /// `build` fails with kind `Config` if the name has other characters.
    pub fn request_client(mut self, name: &str) -> Self {
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_,;.".contains(c);
        if name.is_empty() || name.len() > 128 || !name.chars().all(plain) {
            let shown = name.escape_debug().to_string();
            let what = format!("`{shown}` is not a client name: use 1 to 128 letters, digits and -_,;.");
            self.fail(Error::config(what));
        } else {
            let cloud = self.cloud_mut();
            cloud.request_client = format!("{}; {name}", Cloud::default().request_client);
        }
        self
    }
}
