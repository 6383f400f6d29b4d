//! Alibaba Cloud: RPC and ROA calls.
//!
//! The source of each fact is listed in `docs/sources.md`, Alibaba Cloud. The vendor describes its current
//! signature on the page [signature
//! V3](https://www.alibabacloud.com/help/en/sdk/product-overview/v3-request-structure-and-signature).
//!
//! # Two styles, two signatures
//!
//! Each product has one of two styles. In the RPC style, the path is `/`, and action and version are names.
//! In the ROA style, the path names a resource, and action and version are only headers. Both styles can be
//! signed in two ways:
//!
//! | | ACS3 (V3, the default) | V2 |
//! | --- | --- | --- |
//! | RPC | signature in `Authorization` | signature and action in the query |
//! | ROA | signature in `Authorization` | `Authorization: acs ID:SIGNATURE` |
//! | digest | HMAC-SHA256, HMAC-SM3, RSA-SHA256 | HMAC-SHA1; RSA-SHA256 for RPC |
//! | covers the body | yes | form fields of RPC calls only |
//!
//! The log service (product `sls`) has a signature of its own: `signer/log.rs`.
//!
//! ACS4 (V4) is ACS3 with a derived key: [`SignMethod::Acs4HmacSha256`]. A client chooses it, and the
//! products of one gateway take nothing else.
//!
//! An RPC call signed by ACS3 looks like this:
//!
//! ```text
//! POST /?RegionId=cn-beijing&InstanceIds.1=i-1 HTTP/1.1
//! host: ecs.cn-beijing.aliyuncs.com
//! accept: application/json
//! x-acs-action: DescribeInstances
//! x-acs-version: 2014-05-26
//! x-acs-date: 2026-03-01T08:09:05Z
//! x-acs-signature-nonce: 00112233445566778899aabbccddeeff
//! x-acs-content-sha256: <hex SHA-256 of the body>
//! Authorization: ACS3-HMAC-SHA256 Credential=LTAI…,SignedHeaders=host;x-acs-action;…,Signature=<hex>
//! ```
//!
//! # Files
//!
//! | file | on the path of a call |
//! | --- | --- |
//! | `encode.rs`, `path.rs` | turn parameters into path, query and body, once for each call |
//! | `endpoint/` | finds the host, if the user set none |
//! | `signer/` | signs each attempt |
//! | `error.rs`, `xml.rs` | read and classify errors |
//! | `environment.rs` | settings from the environment, once for each client |
//! | `credentials/` | credential providers and the default chain |
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
use crate::provider::{IdentityCall, IdentityMembers, Provider, RawResponse, SignInput};
use crate::response::Envelope;
use crate::transport::HttpRequest;
use crate::transport::trust::TlsTrust;
use crate::upload::BodyDigest;

pub use signer::SignMethod;

/// Alibaba Cloud and its settings.
///
/// Set them on the builder of the client. They are also fields, which `with_cloud` changes for one call.
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
/// A ROA call needs its path, because the path decides the style:
///
/// ```no_run
/// use cloudcall::action::ActionInfo;
/// use cloudcall::{Alibaba, Client, http::Method};
///
/// # async fn run(client: Client<Alibaba>) -> Result<(), cloudcall::Error> {
/// let list = ActionInfo::new("cs", "2015-12-15", "DescribeClustersV1")
///     .with_method(Method::GET)
///     .with_path("/api/v1/clusters");
/// let clusters = client.raw_action(list).send().await?;
/// # Ok(())
/// # }
/// ```
///
/// # Troubleshooting
///
/// *`SignatureDoesNotMatch`*: the error quotes the text that the server signed, and the message says where it
/// differs from the text of this crate. If the texts are equal, the secret is wrong: check that it belongs to
/// the key id and has no white space around it. If they differ in a header, a proxy changed it.
///
/// *the product `…` needs a region*: the product has a host in each region. Set `region` on the client, or
/// `with_region` on the call.
///
/// *no connection to `…-vpc.…`*: hosts of the network `vpc` can be reached only from inside a VPC.
///
/// *a list is refused or ignored*: the action expects another form of it, such as one JSON text. Declare the
/// list style of the parameter, see [`ListStyle`](crate::action::ListStyle).
///
/// *`InvalidTimeStamp.Expired`*: the clock of the machine is wrong. The call is sent again with the time of
/// the server; if the error remains, check the clock.
///
/// *`InvalidAccessKeyId.NotFound`*: the service does not know the key id. Check in the console that the key
/// exists, and that the endpoint belongs to the site of the account.
#[doc(alias = "AcsClient")]
#[doc(alias = "OpenApiClient")]
#[doc(alias = "do_action_with_exception")]
#[doc(alias = "CommonRequest")]
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Cloud {
    /// How requests are signed. Default: [`SignMethod::Acs3HmacSha256`].
    pub sign_method: SignMethod,
    /// The network of the endpoints, such as `vpc` or `internal`. It becomes a part of host names. Default:
    /// empty, the public network, which `public` also means.
    pub network: String,
    /// A text that follows the product in host names, such as `ecs-SUFFIX.cn-beijing.aliyuncs.com`. Default:
    /// empty.
    pub suffix: String,
    /// Whether RPC calls leave `RegionId` out unless their own parameters have it. Default: false.
    pub omit_region_id: bool,
    /// The value of `User-Agent`. Default: `None`, which sends no such header, unless the client or the call
    /// sets it.
    pub user_agent: Option<HeaderValue>,
    /// Whether endpoints without a scheme are called over plain HTTP, those that you set included. Default:
    /// false.
    pub plain_http: bool,
    /// Endpoints by region and product, both in lower case. [`endpoint_of`](ClientBuilder::endpoint_of) adds
    /// one. An empty region stands for calls without a region.
    pub hosts: BTreeMap<(String, String), Endpoint>,
    /// The RSA key that was parsed last. Clones of the value share it.
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

    fn body_digest(&self, action: &ActionInfo, _: &RequestParts, _: &Endpoint) -> Option<BodyDigest> {
        let method = signer::method_of(self, action);
        // The older signatures do not cover bodies.
        method.covers_body().then_some(match method {
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
            "x-acs-zero-trust-idtoken" => "use `Credential::id_token`",
            "x-log-apiversion" | "x-log-bodyrawsize" | "x-log-signaturemethod" => {
                "the signature of the log service decides it"
            }
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

    fn regions(&self) -> Vec<&str> {
        endpoint::regions()
    }

    fn advise(&self, input: &SignInput<'_>, refused: &ServiceError) -> Option<String> {
        signer::advise(self, input, refused)
    }

    fn retry_after(&self, headers: &HeaderMap) -> Option<Duration> {
        error::retry_after(headers)
    }

    fn request_id(&self, headers: &HeaderMap) -> Option<String> {
        let id = headers.get("x-acs-request-id").or_else(|| headers.get("x-log-requestid"));
        id?.to_str().ok().map(str::to_owned)
    }

    fn plain_http(&self) -> bool {
        self.plain_http
    }

    fn identity_call(&self, _: &Context, region: Option<&str>) -> Option<IdentityCall> {
        let members = IdentityMembers::new("AccountId", "Arn", "PrincipalId");
        let call = IdentityCall::new(ActionInfo::new("sts", "2015-04-01", "GetCallerIdentity"), members);
        Some(call.region(region.unwrap_or("cn-hangzhou")))
    }

    fn default_credentials(&self) -> Arc<dyn ProvideCredential> {
        Arc::new(credentials::default_chain())
    }
}

/// Settings that only Alibaba Cloud has.
impl<M> ClientBuilder<Cloud, M> {
    /// Sets the signature method. Default: ACS3-HMAC-SHA256.
    ///
    /// ```
    /// use cloudcall::provider::alibaba::SignMethod;
    /// use cloudcall::{Alibaba, Client};
    ///
    /// // The older signature, for a gateway that does not know ACS3.
    /// let client = Client::<Alibaba>::builder().sign_method(SignMethod::HmacSha1).build()?;
    /// # Ok::<(), cloudcall::Error>(())
    /// ```
    pub fn sign_method(mut self, method: SignMethod) -> Self {
        self.cloud_mut().sign_method = method;
        self
    }

    /// Leaves `RegionId` out of RPC calls, unless their own parameters have it.
    ///
    /// By default, an RPC call sends the region of the call or the client as `RegionId`, as the vendor's
    /// older packages do; the newer ones leave it to the caller. Many actions refuse a call without it.
    pub fn omit_region_id(mut self) -> Self {
        self.cloud_mut().omit_region_id = true;
        self
    }

    /// Sets the text that follows `cloudcall/…` in `User-Agent`. Default: the value of
    /// `ALIBABA_CLOUD_USER_AGENT`; without either, the header is not sent. A control character is an error
    /// when the client is built.
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
