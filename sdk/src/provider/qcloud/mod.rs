//! The legacy API 2.0 of Tencent Cloud, for programs that come from `qcloudapi-sdk-python`.
//!
//! Where the wire format comes from: `docs/sources.md`, Tencent Cloud, 9. New programs use API 3.0:
//! [`crate::Tencent`].

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
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Cloud {
    /// How requests are signed.
    pub sign_method: SignMethod,
    /// The HTTP method of calls.
    pub method: Method,
    /// The value of `RequestClient`.
    pub request_client: String,
}

impl Default for Cloud {
    fn default() -> Self {
        Self {
            sign_method: SignMethod::default(),
            // The vendor's default here, against that of API 3.0.
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

    fn default_credentials(&self) -> Arc<dyn ProvideCredential> {
        Arc::new(credentials::default_chain())
    }
}

/// Settings that only API 2.0 of Tencent Cloud has.
impl<M> ClientBuilder<Cloud, M> {
    /// Sets the signature method. Default: HmacSHA256.
    pub fn sign_method(mut self, method: SignMethod) -> Self {
        self.cloud_mut().sign_method = method;
        self
    }

    /// Sets the HTTP method of calls. Default: GET, as in the vendor's SDK.
    pub fn method(mut self, method: Method) -> Self {
        self.cloud_mut().method = method;
        self
    }
}

/// What calls of API 2.0 of Tencent Cloud can do beside.
impl<A: Action<Provider = Cloud>> Invoker<A> {
    /// The address of the call: with all parameters and the signature under GET, bare under POST. Nothing is
    /// sent.
    ///
    /// Whoever has the address of a GET can make that call for as long as the cloud takes it.
    ///
    /// # Errors
    ///
    /// Kind `Config` for settings and parameters that make no request, `Credentials` where there are no keys
    /// to sign with.
    pub async fn generate_url(self) -> Result<String, Error> {
        Ok(self.sign_only().await?.uri().to_string())
    }
}

/// What untyped calls of API 2.0 of Tencent Cloud can do beside.
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
    /// Kind `Config` for settings and parameters that make no request, `Credentials` where there are no keys
    /// to sign with.
    pub async fn generate_url(self) -> Result<String, Error> {
        Ok(self.sign_only().await?.uri().to_string())
    }
}
