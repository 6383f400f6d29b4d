//! Tencent Cloud, API 3.0.
//!
//! [`Cloud`] is the provider: `Client<Tencent>` is a client with it. A request is a POST to `/` of the
//! product's host. Headers name the action, its version and the region, and the body has the parameters:
//!
//! ```text
//! POST / HTTP/1.1
//! Host: cvm.tencentcloudapi.com
//! Content-Type: application/json
//! X-TC-Action: DescribeInstances
//! X-TC-Version: 2017-03-12
//! X-TC-Region: ap-guangzhou
//! X-TC-Timestamp: 1700000000
//! X-TC-Language: zh-CN
//! X-TC-RequestClient: SDK_RUST_cloudcall_0.1.0
//! X-TC-TraceId: 5b1a9a3e-7d0f-4c3e-9d0a-1f2e3d4c5b6a
//! Authorization: TC3-HMAC-SHA256 Credential=AKID…/2023-11-14/cvm/tc3_request, …
//!
//! {"Limit":1}
//! ```
//!
//! The response has one member, `Response`. API errors have status 200, too:
//!
//! ```text
//! {"Response": {"TotalCount": 0, "InstanceSet": [], "RequestId": "…"}}
//! {"Response": {"Error": {"Code": "AuthFailure.SignatureFailure", "Message": "…"}, "RequestId": "…"}}
//! ```
//!
//! The facts come from the vendor's Python SDK 3.1.195: see `docs/sources.md`, Tencent Cloud, 1 to 8. The
//! legacy API 2.0 is the provider [`qcloud`](crate::provider::qcloud).
//!
//! # The files of a call
//!
//! | step of a call | file |
//! | --- | --- |
//! | parts of the request: JSON, query, form, multipart, octet stream | `encode.rs` |
//! | the endpoint of the product, and the backup | `endpoint.rs` |
//! | keys | [`credentials`] |
//! | signature and headers | [`signer`] |
//! | error responses, also within a stream of events | `error.rs` |
//!
//! # Defaults
//!
//! | setting | default | the vendor's SDK |
//! | --- | --- | --- |
//! | signature method | TC3-HMAC-SHA256 | the same |
//! | HTTP method | POST | the same |
//! | language of messages | Chinese | the same |
//! | credentials | [`credentials::default_chain`] | the same order |
//! | host | `{product}.tencentcloudapi.com`, for all regions | the same |
//! | retries | 3 attempts | none |
//! | region breaker | off | the same |

mod advice;
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
use crate::provider::{IdentityCall, IdentityMembers, Provider, RawResponse, SignInput};
use crate::response::{Envelope, FailedIf};
use crate::transport::HttpRequest;
use crate::upload::BodyDigest;

pub(crate) use encode::FLATTEN;
pub(crate) use error::read as read_error;
pub use signer::SignMethod;

/// Tencent Cloud and the settings of its API 3.0.
///
/// Set them on the builder of the client: `language`, `sign_method`, `root_domain` and others. They are also
/// public fields, so that `with_cloud` can change a copy of them for one call.
///
/// ```no_run
/// use cloudcall::provider::tencent::Language;
/// use cloudcall::{Client, Tencent, json::json};
///
/// # async fn run() -> Result<(), cloudcall::Error> {
/// let client = Client::<Tencent>::builder().region("ap-guangzhou").language(Language::English).build()?;
/// let request = client.raw("cvm", "2017-03-12", "DescribeInstances").json(json!({ "Limit": 1 }));
/// let found = request.send().await?;
/// println!("{}", found["InstanceSet"]);
/// # Ok(())
/// # }
/// ```
///
/// # Troubleshooting
///
/// *`AuthFailure.SignatureFailure`*: the secret is wrong, or a proxy changes the body, the host or the
/// content type. [`signer::Canonical`] shows what was signed.
///
/// *`AuthFailure.SignatureExpire`*: the clock of this machine is more than five minutes off. The client
/// corrects that once, from the `Date` of the response. If the error stays, a proxy changes that header.
///
/// *`AuthFailure.TokenFailure`*: the keys are temporary, and their token is missing or belongs to other keys.
///
/// *`UnsupportedRegion`*: the product is not available in the region, or the name is wrong. API 3.0 has names
/// such as `ap-guangzhou`, and not the short names of API 2.0, such as `gz`.
///
/// *`InvalidAction`*, *`NoSuchVersion`*: product, version and action do not belong together. The version is a
/// date per product, such as `2017-03-12` for `cvm`.
///
/// *a host cannot be resolved*: the product is misspelled, or lives under another root domain. Use
/// `root_domain` or `endpoint` of the builder.
#[doc(alias = "ClientProfile")]
#[doc(alias = "HttpProfile")]
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Cloud {
    /// The signature method. Default: TC3-HMAC-SHA256.
    pub sign_method: SignMethod,
    /// The language of error messages. Default: Chinese.
    pub language: Language,
    /// The HTTP method of calls whose action declares none. Default: POST.
    pub method: Method,
    /// Whether endpoints without a scheme are called over plain HTTP, also those that you set. Default:
    /// false.
    pub plain_http: bool,
    /// Whether the body is left out of the signature. Default: false.
    pub unsigned_payload: bool,
    /// Whether `Connection: Keep-Alive` is sent. Default: false. Connections are reused in any case.
    pub keep_alive: bool,
    /// The domain that follows the product in host names. Default: `tencentcloudapi.com`.
    pub root_domain: String,
    /// The value of `X-TC-RequestClient`. Default: `SDK_RUST_cloudcall_` and the version.
    pub request_client: String,
    /// Signing keys that were derived before, shared by all clones.
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
///
/// ```
/// use cloudcall::provider::tencent::Language;
///
/// assert_eq!(Language::default().as_str(), "zh-CN");
/// assert_eq!(Language::English.as_str(), "en-US");
/// ```
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

/// The HTTP method of calls. Actions with files or raw bodies are always POST, and an action that declares
/// its method keeps it.
///
/// The limits are those of the vendor's documentation: 10 MB for a POST that is signed with TC3-HMAC-SHA256,
/// 1 MB for one that is signed with HmacSHA1 or HmacSHA256, 32 KB for a GET.
///
/// ```
/// use cloudcall::provider::tencent::Method;
/// use cloudcall::{Client, Tencent};
///
/// let client = Client::<Tencent>::builder().region("ap-guangzhou").method(Method::Get).build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Method {
    /// Parameters in the body, as JSON. The default.
    #[default]
    Post,
    /// Parameters in the query, flattened: `Filters.0.Name=zone`.
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

    fn advise(&self, input: &SignInput<'_>, refused: &ServiceError) -> Option<String> {
        advice::advise(self, input, refused)
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

    fn identity_call(&self, _: &Context, region: Option<&str>) -> Option<IdentityCall> {
        // The request must name a region, and the service is the same in each.
        let members = IdentityMembers::new("AccountId", "Arn", "UserId");
        let call = IdentityCall::new(ActionInfo::new("sts", "2018-08-13", "GetCallerIdentity"), members);
        Some(call.region(region.unwrap_or("ap-guangzhou")))
    }

    fn default_credentials(&self) -> Arc<dyn ProvideCredential> {
        Arc::new(credentials::default_chain())
    }
}

/// The default backup of the vendor's region breaker: `backup_endpoint` of its `RegionBreakerProfile`. The
/// product is put in front of it.
const BACKUP: &str = "ap-guangzhou.tencentcloudapi.com";

/// Settings that only Tencent Cloud has.
impl<M> ClientBuilder<Cloud, M> {
    /// Enables the region breaker with the vendor's figures. Default: no breaker.
    ///
    /// While the host of a product fails, calls go to `{product}.ap-guangzhou.tencentcloudapi.com`. The
    /// breaker opens after 5 failures that are 75 % of the calls in 300 s, or after 5 failures in a row.
    /// After 60 s it tries the host again. Use [`breaker`](Self::breaker) for other figures and backups.
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
    ///
    /// ```
    /// use cloudcall::provider::tencent::Language;
    /// use cloudcall::{Client, Tencent};
    ///
    /// let client = Client::<Tencent>::builder().region("ap-guangzhou").language(Language::English).build()?;
    /// # Ok::<(), cloudcall::Error>(())
    /// ```
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

    /// Leaves the body out of the signature. Default: false.
    ///
    /// This saves the time to hash the body; TLS alone then protects it. The request has the header
    /// `X-TC-Content-SHA256: UNSIGNED-PAYLOAD`, and the hash of this word is signed in place of that of the
    /// body.
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
    /// The vendor's SDK ignores a name with other characters, and cuts one that is longer.
    ///
    /// ```
    /// use cloudcall::{Client, Tencent};
    ///
    /// let builder = Client::<Tencent>::builder().region("ap-guangzhou");
    /// let client = builder.request_client("my-tool-1.0").build()?;
    /// # Ok::<(), cloudcall::Error>(())
    /// ```
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
