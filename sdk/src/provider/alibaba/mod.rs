//! Alibaba Cloud: RPC and ROA calls.
//!
//! Where the wire format comes from: `docs/sources.md`, Alibaba Cloud.
//!
//! # Errors
//!
//! The vendor's packages have a class of exceptions for each case. Here the cases are kinds:
//!
//! | exception of the core package | exception of the tea packages | [`ErrorKind`](crate::ErrorKind) |
//! |---|---|---|
//! | `ClientException`: `SDK.InvalidParams`, … | | `Config` |
//! | `ClientException`: `SDK.InvalidCredential` | | `Credentials` |
//! | `ClientException`: `SDK.HttpError` | `RetryError` | `Connect`, `Tls`, `Timeout`, `Io` |
//! | `ServerException`: `Throttling…`, `…FlowControl…` | `ThrottlingException` | `Throttled` |
//! | `ServerException`: keys, tokens, signatures, time | `ClientException` (4xx) | `Auth` |
//! | `ServerException`: `….NotFound`, `…NotExist…` | `ClientException` (4xx) | `NotFound` |
//! | `ServerException`: `InternalError`, … | `ServerException` (5xx) | `Service`, retryable |
//! | any other `ServerException` | any other | `Service` |

pub mod credentials;
mod encode;
pub mod endpoint;
mod environment;
mod error;
mod path;
pub mod signer;
mod xml;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, HeaderValue};

use crate::action::info::ActionInfo;
use crate::action::request::{Fields, RequestParts};
use crate::client::ClientBuilder;
use crate::context::Context;
use crate::credential::ProvideCredential;
use crate::endpoint::Endpoint;
use crate::error::{Error, ServiceError};
use crate::provider::{Provider, RawResponse, SignInput};
use crate::response::Envelope;
use crate::transport::HttpRequest;
use crate::transport::trust::TlsTrust;
use crate::upload::BodyDigest;

pub use signer::SignMethod;

/// Alibaba Cloud and its settings.
///
/// Settings are made on the builder of the client. They are also fields, which `with_cloud` changes for one
/// call.
///
/// ```no_run
/// use cloudcall::{Client, Alibaba, json::json};
///
/// # async fn run() -> Result<(), cloudcall::Error> {
/// let client = Client::<Alibaba>::builder().region("cn-hangzhou").vpc().build()?;
/// let found = client.raw("ecs", "2014-05-26", "DescribeRegions").json(json!({})).send().await?;
/// println!("{found}");
/// # Ok(())
/// # }
/// ```
///
/// # Troubleshooting
///
/// *`SignatureDoesNotMatch`*: the error quotes the text that the server signed. If the texts are equal, the
/// secret is wrong: check that it belongs to the key id and has no white space around it.
///
/// *a region is needed for `…`*: the product has a host in each region. Set `region` on the client, or
/// `with_region` on the call.
///
/// *no connection to `…-vpc.…`*: hosts of the network `vpc` can be reached from inside a VPC only.
#[doc(alias = "AcsClient")]
#[doc(alias = "OpenApiClient")]
#[doc(alias = "do_action_with_exception")]
#[doc(alias = "CommonRequest")]
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Cloud {
    /// How requests are signed.
    pub sign_method: SignMethod,
    /// The network that endpoints are in, such as `vpc` or `internal`: it becomes part of host names. Empty
    /// or `public` is the public one.
    pub network: String,
    /// What follows the product in host names, such as `ecs-SUFFIX.cn-beijing.aliyuncs.com`. Usually empty.
    pub suffix: String,
    /// Whether RPC calls leave `RegionId` out unless their own parameters have it.
    pub omit_region_id: bool,
    /// The value of `User-Agent`; none sends no such header, unless the client or the call sets it.
    pub user_agent: Option<HeaderValue>,
    /// Whether endpoints without a scheme are called over plain HTTP, those that you set included.
    pub plain_http: bool,
    /// Endpoints by region and product, both in lower case.
    pub hosts: BTreeMap<(String, String), Endpoint>,
    keys: Arc<signer::KeyCache>,
}

impl Provider for Cloud {
    fn name(&self) -> &'static str {
        "alibaba"
    }

    fn configure(&mut self, context: &Context) -> Result<(), Error> {
        if self.user_agent.is_none() {
            self.user_agent = environment::user_agent(context)?;
        }
        Ok(())
    }

    fn trust(&self, context: &Context) -> Result<Option<TlsTrust>, Error> {
        environment::trust(context)
    }

    fn encode(&self, action: &ActionInfo, fields: Fields, _: [u8; 16]) -> Result<RequestParts, Error> {
        encode::request(action, fields)
    }

    fn endpoints(
        &self,
        _: &Context,
        action: &ActionInfo,
        region: Option<&str>,
    ) -> Result<Vec<Endpoint>, Error> {
        endpoint::default_hosts(self, action, region)
    }

    fn body_digest(&self, _: &ActionInfo, _: &RequestParts, _: &Endpoint) -> Option<BodyDigest> {
        // The older signatures do not cover bodies.
        self.sign_method.is_acs3().then_some(match self.sign_method {
            SignMethod::Acs3HmacSm3 => BodyDigest::Sm3,
            _ => BodyDigest::Sha256,
        })
    }

    fn owned_header(&self, name: &str) -> Option<&'static str> {
        Some(match name {
            "x-acs-action" | "x-acs-version" => {
                "the call names action and version, such as `client.raw(product, version, action)`"
            }
            "x-acs-date" | "x-acs-content-sha256" => "the signature decides it, anew for each attempt",
            "x-acs-accesskey-id" | "x-acs-security-token" => {
                "give the token with the keys: `Credential::with_token`"
            }
            "x-acs-bearer-token" => "use `Credential::bearer`",
            _ if name.starts_with("x-acs-signature-") => "the signature decides it, anew for each attempt",
            _ => return None,
        })
    }

    fn sign(&self, input: &SignInput<'_>) -> Result<HttpRequest, Error> {
        signer::sign(self, input)
    }

    fn envelope(&self) -> Envelope {
        // The response of some ROA actions has no body.
        Envelope::bare().request_id("RequestId").or_empty()
    }

    fn envelope_for(&self, action: &ActionInfo) -> Envelope {
        // The gateway of the RPC style always sends a document.
        Envelope { empty: !encode::is_rpc(action), ..self.envelope() }
    }

    fn service_error(&self, response: &RawResponse<'_>) -> Option<ServiceError> {
        error::read(response)
    }

    fn advise(&self, input: &SignInput<'_>, refused: &ServiceError) -> Option<String> {
        signer::advise(self, input, refused)
    }

    fn retry_after(&self, headers: &HeaderMap) -> Option<Duration> {
        error::retry_after(headers)
    }

    fn request_id(&self, headers: &HeaderMap) -> Option<String> {
        headers.get("x-acs-request-id")?.to_str().ok().map(str::to_owned)
    }

    fn plain_http(&self) -> bool {
        self.plain_http
    }

    fn default_credentials(&self) -> Arc<dyn ProvideCredential> {
        Arc::new(credentials::default_chain())
    }
}

/// Settings that only Alibaba Cloud has.
impl<M> ClientBuilder<Cloud, M> {
    /// Sets the signature method. ACS3-HMAC-SHA256 by default.
    pub fn sign_method(mut self, method: SignMethod) -> Self {
        self.cloud_mut().sign_method = method;
        self
    }

    /// Leaves `RegionId` out of RPC calls, unless their own parameters have it. By default an RPC call sends
    /// the region of the call or the client as `RegionId`, as the vendor's older packages do; the newer ones
    /// leave it to the caller.
    pub fn omit_region_id(mut self) -> Self {
        self.cloud_mut().omit_region_id = true;
        self
    }

    /// Sets what follows `cloudcall/…` in `User-Agent`. Default: the value of `ALIBABA_CLOUD_USER_AGENT`;
    /// without either the header is not sent.
    pub fn user_agent(mut self, agent: &str) -> Self {
        match environment::agent(agent) {
            Ok(agent) => self.cloud_mut().user_agent = Some(agent),
            Err(error) => {
                self.fail(
                    Error::config("the setting `user_agent` has a control character").with_source(error),
                );
            }
        }
        self
    }

    /// Calls endpoints inside a virtual private cloud. The same as `network("vpc")`.
    ///
    /// ```
    /// use cloudcall::{Alibaba, Client};
    ///
    /// let client = Client::<Alibaba>::builder().region("cn-hangzhou").vpc().build()?;
    /// # Ok::<(), cloudcall::Error>(())
    /// ```
    pub fn vpc(self) -> Self {
        self.network("vpc")
    }

    /// Sets the network of the endpoints, such as `vpc` or `internal`. Default: the public network.
    pub fn network(mut self, network: impl Into<String>) -> Self {
        self.cloud_mut().network = network.into();
        self
    }

    /// Sets the suffix that follows the product in host names, such as `ecs-SUFFIX.cn-beijing.aliyuncs.com`.
    /// Default: none.
    pub fn endpoint_suffix(mut self, suffix: impl Into<String>) -> Self {
        self.cloud_mut().suffix = suffix.into();
        self
    }

    /// Sets the endpoint of one product in one region. It takes precedence over all tables.
    ///
    /// ```
    /// use cloudcall::{Alibaba, Client};
    ///
    /// let client = Client::<Alibaba>::builder()
    ///     .region("cn-hangzhou")
    ///     .endpoint_of("cn-hangzhou", "ecs", "https://ecs.internal.example")
    ///     .build()?;
    /// # Ok::<(), cloudcall::Error>(())
    /// ```
    #[doc(alias = "add_endpoint")]
    #[doc(alias = "modify_point")]
    pub fn endpoint_of<E>(mut self, region: &str, product: &str, endpoint: E) -> Self
    where
        E: TryInto<Endpoint>,
        E::Error: Into<Error>,
    {
        match endpoint.try_into() {
            Ok(endpoint) => {
                let key = (region.to_ascii_lowercase(), product.to_ascii_lowercase());
                self.cloud_mut().hosts.insert(key, endpoint);
            }
            Err(error) => self.fail(error.into()),
        }
        self
    }

    /// Uses plain HTTP for every endpoint without a scheme, also for endpoints that you set. Requests are
    /// signed, but anyone on the network path can read them. Default: HTTPS.
    pub fn plain_http(mut self) -> Self {
        self.cloud_mut().plain_http = true;
        self
    }
}
