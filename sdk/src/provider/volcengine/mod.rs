//! Volcengine and BytePlus: one API with two sites.
//!
//! The source of each fact is listed in `docs/sources.md`, Volcengine. The vendor describes the protocol on
//! the page [signature](https://www.volcengine.com/docs/6369/67269).
//!
//! # Requests
//!
//! Every action has the path `/`; `Action` and `Version` are query parameters. Parameters go into the query
//! of a GET, or into the JSON document or the form of a POST. An action without a declared method is a POST
//! with a JSON body. A signed request looks like this:
//!
//! ```text
//! POST /?Action=RunInstances&Version=2020-04-01 HTTP/1.1
//! Host: open.volcengineapi.com
//! Content-Type: application/json
//! X-Date: 20260301T080905Z
//! X-Content-Sha256: <hex SHA-256 of the body>
//! Authorization: HMAC-SHA256 Credential=AKLT…/20260301/cn-beijing/ecs/request,
//!     SignedHeaders=content-type;host;x-content-sha256;x-date, Signature=<hex>
//!
//! {"InstanceTypeId":"ecs.g3i.large","Count":1}
//! ```
//!
//! # Responses
//!
//! A response has metadata beside the value, which is in `Result`. An error is in the metadata, also with
//! status 200:
//!
//! ```text
//! {"ResponseMetadata": {"RequestId": "2026…", "Action": "DescribeVpcs", "Version": "2020-04-01",
//!                       "Service": "vpc", "Region": "cn-beijing"},
//!  "Result": {"Vpcs": []}}
//!
//! {"ResponseMetadata": {"RequestId": "2026…",
//!                       "Error": {"CodeN": 100018, "Code": "FlowLimitExceeded", "Message": "…"}}}
//! ```
//!
//! # Files
//!
//! | file | on the path of a call |
//! | --- | --- |
//! | `encode.rs` | turns parameters into query and body, once for each call |
//! | `endpoint/` | finds the host, if the user set none |
//! | `signer.rs`, `presign.rs` | sign each attempt, in a header or in the query |
//! | `error.rs` | reads and classifies errors |
//! | `advice.rs` | says what to check after a refused signature |
//! | `url.rs` | presigned URLs, a result without a request |
//! | `credentials/` | credential providers and the default chain |
//! | `ark.rs` | model inference, which has another protocol and therefore another [`Provider`] |
//!
//! # Errors
//!
//! | response | [`ErrorKind`](crate::ErrorKind) |
//! |---|---|
//! | `FlowLimitExceeded`, `AccountFlowLimitExceeded`, `RequestLimitExceeded` | `Throttled` |
//! | status 429 | `Throttled` |
//! | keys, tokens, signatures, time | `Auth` |
//! | `….NotFound`, `…NotExist`, status 404 | `NotFound` |
//! | `ServiceNotFound`, `InvalidActionOrVersion`: the gateway does not know the action | `Service` |
//! | `InternalError`, `InternalServiceTimeout`, `ServiceUnavailableTemp` | `Service`, retryable |
//! | status 500, 502, 503, 504 | `Service`, retryable |
//! | `AccessDenied`, `LackPolicy` and all other codes | `Service` |
//!
//! `QuotaExceeded` and `LimitExceeded` are limits of an account, not of a rate, so they are not `Throttled`.

mod advice;
pub mod ark;
pub mod credentials;
mod encode;
mod endpoint;
mod error;
mod presign;
pub mod signer;
mod url;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, Method};

use crate::action::info::ActionInfo;
use crate::action::request::{Fields, RequestParts};
use crate::client::ClientBuilder;
use crate::context::Context;
use crate::credential::ProvideCredential;
use crate::endpoint::Endpoint;
use crate::error::{Error, ServiceError};
use crate::provider::{IdentityCall, IdentityMembers, Provider, RawResponse, SignInput};
use crate::response::{Envelope, FailedIf};
use crate::transport::HttpRequest;

pub use endpoint::ServiceHosts;
pub use presign::Presign;

/// Volcengine and its settings.
///
/// Set them on the builder of the client. They are also fields, which `with_cloud` changes for one call.
///
/// ```no_run
/// use cloudcall::{Client, Volcengine, json::json};
///
/// # async fn run() -> Result<(), cloudcall::Error> {
/// let client = Client::<Volcengine>::builder().region("cn-beijing").build()?;
/// let period = json!({ "BillPeriod": "2026-02" });
/// let bill = client.raw("billing", "2022-01-01", "ListBill").json(period).send().await?;
/// println!("{}", bill["List"]);
/// # Ok(())
/// # }
/// ```
///
/// The product is the vendor's *service code*, such as `ecs` or `rds_mysql`. The signature covers it, so its
/// case and its underscores matter.
///
/// # Region
///
/// The region is part of the signature, so a call without one fails before it is sent. The sources, in order:
/// the call, the client, `VOLCENGINE_REGION`, `VOLCSTACK_REGION`, and the member `region` of the profile of
/// the command line tool. For BytePlus: `BYTEPLUS_REGION`, and the profile. Global products, such as
/// `billing`, are signed with the region of the client too.
///
/// # Troubleshooting
///
/// *`SignatureDoesNotMatch`*: most often the secret does not belong to the access key id. Secrets of this
/// vendor look like base64; use the text that the console shows, and do not decode it.
///
/// *`InvalidAccessKey`*: the site does not know the key. BytePlus and Volcengine have different accounts: set
/// [`site`](ClientBuilder::site).
///
/// *`InvalidTimestamp`*: the clock of the machine is wrong by minutes. The call is sent again with the time
/// of the server; if the error remains, check the clock.
///
/// *`ServiceNotFound` or `InvalidActionOrVersion`*: product, version or action is misspelt, or the site does
/// not have the product. BytePlus has fewer products than Volcengine.
///
/// *no region*: set `region` on the client, or `VOLCENGINE_REGION`.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Cloud {
    /// The site that is called. It decides hosts, environment variables and files. Default: Volcengine.
    pub site: Site,
    /// How hosts are found. Default: [`Resolver::Default`].
    pub resolver: Resolver,
    /// Whether to call hosts that also have IPv6 addresses (`….volcengine-api.com`). Default: `None`, which
    /// means that the variable `VOLC_ENABLE_DUALSTACK` (for BytePlus `BYTEPLUS_ENABLE_DUALSTACK`) decides. As
    /// in the vendor's packages, exactly the value `true` turns it on.
    pub dual_stack: Option<bool>,
    /// More regions in which each product has its own host, such as `ecs.REGION.volcengineapi.com`, with
    /// [`Resolver::Default`]. Five regions are built in, and `VOLC_BOOTSTRAP_REGION_LIST_CONF` names a file
    /// of more.
    pub bootstrap_regions: Vec<String>,
    /// Hosts by product. They replace the vendor's table for these products.
    pub hosts: BTreeMap<String, ServiceHosts>,
    /// Whether default endpoints are called over plain HTTP. Default: false.
    pub plain_http: bool,
    /// The lifetime of a presigned URL. `None`, the default, puts the signature into a header.
    /// `presigned_url` of a call sets it.
    pub presigned: Option<Duration>,
    /// Signing keys that were derived before, shared by all clones.
    keys: Arc<signer::KeyCache>,
}

/// The two sites of the vendor. They have different accounts, keys and hosts, and share protocol and
/// catalogue.
///
/// | | Volcengine | BytePlus |
/// | --- | --- | --- |
/// | hosts | `volcengineapi.com` | `byteplusapi.com` |
/// | variables | `VOLCENGINE_ACCESS_KEY`, … | `BYTEPLUS_ACCESSKEY`, … |
/// | file of the command line tool | `~/.volcengine/config.json` | `~/.byteplus/config.json` |
/// | STS | `sts.volcengineapi.com` | `sts.ap-southeast-1.byteplusapi.com` |
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Site {
    /// Volcengine, in China: `volcengineapi.com`.
    #[default]
    Volcengine,
    /// BytePlus, outside China: `byteplusapi.com`.
    Byteplus,
}

impl Site {
    /// The end of all host names of the site. Hosts with IPv6 addresses are under another domain.
    fn suffix(self, dual_stack: bool) -> &'static str {
        match (self, dual_stack) {
            (Self::Volcengine, false) => ".volcengineapi.com",
            (Self::Volcengine, true) => ".volcengine-api.com",
            (Self::Byteplus, false) => ".byteplusapi.com",
            (Self::Byteplus, true) => ".byteplus-api.com",
        }
    }

    /// The variable that asks for hosts with IPv6 addresses. Its name differs from the site's other
    /// variables.
    fn dual_stack_variable(self) -> &'static str {
        match self {
            Self::Volcengine => "VOLC_ENABLE_DUALSTACK",
            Self::Byteplus => "BYTEPLUS_ENABLE_DUALSTACK",
        }
    }
}

/// How the host of a product is found. The vendor's package has two resolvers with different tables.
///
/// | | `ecs` in `cn-beijing` | unknown product |
/// | --- | --- | --- |
/// | `Default` | `open.volcengineapi.com` | `open.volcengineapi.com` |
/// | `Standard` | `ecs.cn-beijing.volcengineapi.com` | an error |
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Resolver {
    /// `DefaultEndpointProvider` of the vendor's package: Volcengine has one host for all products, except in
    /// bootstrap regions. BytePlus has a host for each product.
    #[default]
    Default,
    /// `StandardEndpointResolver` of the vendor's package: a host for each product,
    /// `ecs.cn-beijing.volcengineapi.com`.
    Standard,
}

impl Provider for Cloud {
    fn name(&self) -> &'static str {
        "volcengine"
    }

    fn region(&self, context: &Context) -> Option<String> {
        credentials::region(self.site, context)
    }

    fn encode(&self, action: &ActionInfo, fields: Fields, _: [u8; 16]) -> Result<RequestParts, Error> {
        encode::request(action, fields)
    }

    fn endpoints(
        &self,
        context: &Context,
        action: &ActionInfo,
        region: Option<&str>,
    ) -> Result<Vec<Endpoint>, Error> {
        endpoint::default_hosts(self, context, action, region)
    }

    fn owned_header(&self, name: &str) -> Option<&'static str> {
        match name {
            "x-date" | "x-content-sha256" => Some("the signature decides it, anew for each attempt"),
            "x-security-token" => Some("give the token with the keys: `Credential::with_token`"),
            _ => None,
        }
    }

    fn sign(&self, input: &SignInput<'_>) -> Result<HttpRequest, Error> {
        match self.presigned {
            Some(lifetime) if !input.action.is_anonymous() => presign::sign(input, lifetime),
            _ => signer::sign(self, input),
        }
    }

    fn envelope(&self) -> Envelope {
        Envelope::bare()
            .member("Result")
            .metadata("ResponseMetadata")
            .request_id("RequestId")
            .failed(FailedIf::Has("Error"))
            .or_no_content()
    }

    fn service_error(&self, response: &RawResponse<'_>) -> Option<ServiceError> {
        error::read(response)
    }

    fn event_error(&self, event: &str, response: &RawResponse<'_>) -> Option<ServiceError> {
        error::read_event(event, response)
    }

    fn request_id(&self, headers: &HeaderMap) -> Option<String> {
        headers.get("x-tt-logid")?.to_str().ok().map(str::to_owned)
    }

    fn regions(&self) -> Vec<&str> {
        endpoint::regions()
    }

    fn advise(&self, input: &SignInput<'_>, refused: &ServiceError) -> Option<String> {
        advice::advise(self, input, refused)
    }

    fn identity_call(&self, _: &Context, region: Option<&str>) -> Option<IdentityCall> {
        let action = ActionInfo::new("sts", "2018-01-01", "GetCallerIdentity").with_method(Method::GET);
        let call = IdentityCall::new(action, IdentityMembers::new("AccountId", "Trn", "IdentityId"));
        Some(call.region(region.unwrap_or(credentials::sts_region(self.site))))
    }

    fn default_credentials(&self) -> Arc<dyn ProvideCredential> {
        Arc::new(credentials::default_chain_of(self.site))
    }
}

/// Settings that only Volcengine has.
impl<M> ClientBuilder<Cloud, M> {
    /// Sets the site. Default: [`Site::Volcengine`].
    ///
    /// ```
    /// use cloudcall::provider::volcengine::Site;
    /// use cloudcall::{Client, Volcengine};
    ///
    /// let client = Client::<Volcengine>::builder().site(Site::Byteplus).region("ap-southeast-1").build()?;
    /// # Ok::<(), cloudcall::Error>(())
    /// ```
    pub fn site(mut self, site: Site) -> Self {
        self.cloud_mut().site = site;
        self
    }

    /// Sets how the hosts of products are found. Default: [`Resolver::Default`].
    ///
    /// ```
    /// use cloudcall::provider::volcengine::Resolver;
    /// use cloudcall::{Client, Volcengine};
    ///
    /// // Calls `ecs.cn-beijing.volcengineapi.com` instead of `open.volcengineapi.com`.
    /// let client =
    ///     Client::<Volcengine>::builder().region("cn-beijing").resolver(Resolver::Standard).build()?;
    /// # Ok::<(), cloudcall::Error>(())
    /// ```
    pub fn resolver(mut self, resolver: Resolver) -> Self {
        self.cloud_mut().resolver = resolver;
        self
    }

    /// Calls hosts that also have IPv6 addresses. Default: the variable `VOLC_ENABLE_DUALSTACK` decides, or
    /// `BYTEPLUS_ENABLE_DUALSTACK`.
    pub fn dual_stack(mut self, on: bool) -> Self {
        self.cloud_mut().dual_stack = Some(on);
        self
    }

    /// Adds a region in which each product has its own host with [`Resolver::Default`]. May be called several
    /// times.
    pub fn bootstrap_region(mut self, region: impl Into<String>) -> Self {
        self.cloud_mut().bootstrap_regions.push(region.into());
        self
    }

    /// Sets the hosts of one product. They take precedence over both resolvers. See [`ServiceHosts`].
    pub fn service_hosts(mut self, product: impl Into<String>, hosts: ServiceHosts) -> Self {
        self.cloud_mut().hosts.insert(product.into(), hosts);
        self
    }

    /// Uses plain HTTP for default endpoints. Requests are signed, but anyone on the network path can read
    /// them. Default: HTTPS.
    pub fn plain_http(mut self) -> Self {
        self.cloud_mut().plain_http = true;
        self
    }
}
