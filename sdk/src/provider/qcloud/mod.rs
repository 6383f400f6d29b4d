//! The legacy API 2.0 of Tencent Cloud, for programs that come from `qcloudapi-sdk-python`.
//!
//! New programs use API 3.0: [`crate::Tencent`]. The two differ in host, path, signature and errors, and
//! share keys and the flattening of parameters:
//!
//! | | API 2.0 | API 3.0 |
//! | --- | --- | --- |
//! | host | `cvm.api.qcloud.com` | `cvm.tencentcloudapi.com` |
//! | path | `/v2/index.php` | `/` |
//! | parameters | query or form | JSON |
//! | signature | a parameter | the header `Authorization` |
//! | version | optional | a date |
//! | errors | `code`, `message`, `codeDesc` | `Response.Error` |
//!
//! A request is a GET by default, with everything in the query:
//!
//! ```text
//! GET /v2/index.php?Limit=1&Action=DescribeInstances&RequestClient=…&Region=ap-guangzhou&SecretId=…&Nonce=…
//!     &Timestamp=1700000000&SignatureMethod=HmacSHA256&Signature=… HTTP/1.1
//! Host: cvm.api.qcloud.com
//! ```
//!
//! The facts come from the vendor's Python package 2.0.15: see `docs/sources.md`, Tencent Cloud, 9.
//!
//! The folder has the same files as that of any other provider: `encode.rs` (parts of a request),
//! `endpoint.rs`, [`credentials`], [`signer`] and `error.rs`.

mod encode;
mod endpoint;
mod error;
pub mod signer;

pub mod credentials;

use std::sync::Arc;

use crate::action::Action;
use crate::action::info::ActionInfo;
use crate::action::request::{Fields, RequestParts};
use crate::call::raw::RawCall;
use crate::call::typed::Invoker;
use crate::client::ClientBuilder;
use crate::context::Context;
use crate::credential::ProvideCredential;
use crate::endpoint::Endpoint;
use crate::error::{Error, ServiceError};
use crate::provider::tencent;
use crate::provider::{Provider, RawResponse, SignInput};
use crate::response::{Envelope, FailedIf};
use crate::transport::HttpRequest;

pub use signer::SignMethod;
pub use tencent::Method;

/// Tencent Cloud and the settings of its legacy API 2.0.
///
/// ```no_run
/// use cloudcall::{Client, Qcloud, json::json};
///
/// # async fn run() -> Result<(), cloudcall::Error> {
/// let client = Client::<Qcloud>::builder().region("ap-guangzhou").build()?;
/// // API 2.0 needs no version.
/// let found = client.raw("cvm", "", "DescribeInstances").json(json!({ "limit": 1 })).invoke().await?;
/// println!("{}", found["instanceSet"]);
/// # Ok(())
/// # }
/// ```
///
/// # Troubleshooting
///
/// *code 4100*: the keys are wrong, or a proxy changes the query. [`signer::Canonical`] shows what was
/// signed.
///
/// *code 4200 or 4500*: the clock of this machine is wrong. The client corrects that once, from the `Date` of
/// the response.
///
/// *the region is refused*: older modules take short names, such as `gz` for Guangzhou and `sh` for Shanghai,
/// newer ones names such as `ap-guangzhou`. The text is sent as it is given.
///
/// *a host cannot be resolved*: the module is misspelled, or has no API 2.0. Try API 3.0.
#[doc(alias = "QcloudApi")]
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Cloud {
    /// The signature method. Default: HmacSHA256.
    pub sign_method: SignMethod,
    /// The HTTP method of calls whose action declares none. Default: GET.
    pub method: Method,
    /// The value of the parameter `RequestClient`. Default: `SDK_RUST_cloudcall_` and the version.
    pub request_client: String,
}

impl Default for Cloud {
    fn default() -> Self {
        Self {
            sign_method: SignMethod::default(),
            // The default of the vendor's package. That of API 3.0 is POST.
            method: Method::Get,
            request_client: concat!("SDK_RUST_cloudcall_", env!("CARGO_PKG_VERSION")).to_owned(),
        }
    }
}

impl Provider for Cloud {
    fn name(&self) -> &'static str {
        "qcloud"
    }

    fn encode(&self, action: &ActionInfo, fields: Fields, _: [u8; 16]) -> Result<RequestParts, Error> {
        encode::request(self, action, fields)
    }

    fn endpoints(&self, _: &Context, action: &ActionInfo, _: Option<&str>) -> Result<Vec<Endpoint>, Error> {
        endpoint::default_host(action).map(|host| vec![host])
    }

    fn owned_header(&self, name: &str) -> Option<&'static str> {
        (name == "content-type").then_some("the action decides it: declare `content`")
    }

    fn sign(&self, input: &SignInput<'_>) -> Result<HttpRequest, Error> {
        signer::sign(self, input)
    }

    fn envelope(&self) -> Envelope {
        Envelope::bare().failed(FailedIf::UnlessZero("code"))
    }

    fn service_error(&self, response: &RawResponse<'_>) -> Option<ServiceError> {
        error::read(response)
    }

    fn advise(&self, _: &SignInput<'_>, refused: &ServiceError) -> Option<String> {
        // One code stands for unknown keys, a wrong signature and a wrong token.
        (refused.code == "4100").then(|| {
            "check that the SecretId exists, that the SecretKey belongs to it and has no blanks around it, that temporary \
             keys have their token, and that no proxy changes the host, the path or a parameter"
                .to_owned()
        })
    }

    fn default_credentials(&self) -> Arc<dyn ProvideCredential> {
        Arc::new(credentials::default_chain())
    }
}

/// Settings that only API 2.0 of Tencent Cloud has.
impl<M> ClientBuilder<Cloud, M> {
    /// Sets the signature method. Default: HmacSHA256. The vendor's package signs with HmacSHA1 by default.
    ///
    /// ```
    /// use cloudcall::provider::qcloud::SignMethod;
    /// use cloudcall::{Client, Qcloud};
    ///
    /// let builder = Client::<Qcloud>::builder().region("ap-guangzhou");
    /// let client = builder.sign_method(SignMethod::HmacSha1).build()?;
    /// # Ok::<(), cloudcall::Error>(())
    /// ```
    pub fn sign_method(mut self, method: SignMethod) -> Self {
        self.cloud_mut().sign_method = method;
        self
    }

    /// Sets the HTTP method of calls. Default: GET, as in the vendor's package.
    ///
    /// Use POST for calls with many parameters, and to keep parameters out of the logs of proxies.
    ///
    /// ```
    /// use cloudcall::provider::qcloud::Method;
    /// use cloudcall::{Client, Qcloud};
    ///
    /// let client = Client::<Qcloud>::builder().region("ap-guangzhou").method(Method::Post).build()?;
    /// # Ok::<(), cloudcall::Error>(())
    /// ```
    pub fn method(mut self, method: Method) -> Self {
        self.cloud_mut().method = method;
        self
    }
}

/// What only typed calls of API 2.0 of Tencent Cloud can do.
impl<A: Action<Provider = Cloud>> Invoker<A> {
    /// The address of the call: with all parameters and the signature under GET, bare under POST. Nothing is
    /// sent.
    ///
    /// The address of a GET is a secret: anyone who has it can make the call as long as the service accepts
    /// its time.
    ///
    /// # Errors
    ///
    /// Kind `Config` for settings and parameters that make no request, `Credentials` if there are no keys to
    /// sign with.
    pub async fn generate_url(self) -> Result<String, Error> {
        Ok(self.sign_only().await?.uri().to_string())
    }
}

/// What only untyped calls of API 2.0 of Tencent Cloud can do.
impl RawCall<Cloud> {
    /// The address of the call: with all parameters and the signature under GET, bare under POST. Nothing is
    /// sent.
    ///
    /// ```no_run
    /// # use cloudcall::{Client, Qcloud};
    /// # async fn run(client: Client<Qcloud>) -> Result<(), cloudcall::Error> {
    /// let url = client.raw("cvm", "", "DescribeRegions").generate_url().await?;
    /// assert!(url.starts_with("https://cvm.api.qcloud.com/v2/index.php?Action=DescribeRegions&"));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Kind `Config` for settings and parameters that make no request, `Credentials` if there are no keys to
    /// sign with.
    pub async fn generate_url(self) -> Result<String, Error> {
        Ok(self.sign_only().await?.uri().to_string())
    }
}
