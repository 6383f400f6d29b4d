//! Volcengine and BytePlus: one API with two sites.
//!
//! Where the wire format comes from: `docs/sources.md`, Volcengine.
//!
//! Every action has the path `/`; `Action` and `Version` are query parameters. Parameters go into the query
//! of a GET, or into the JSON document or the form of a POST. An action without a declared method is a POST
//! with a JSON body.
//!
//! # Errors
//!
//! | response | [`ErrorKind`](crate::ErrorKind) |
//! |---|---|
//! | `FlowLimitExceeded`, `AccountFlowLimitExceeded`, `RequestLimitExceeded` | `Throttled` |
//! | status 429 | `Throttled` |
//! | keys, tokens, signatures, time | `Auth` |
//! | `ServiceNotFound`, `InvalidActionOrVersion`, `….NotFound`, `…NotExist`, status 404 | `NotFound` |
//! | `InternalError`, `InternalServiceTimeout`, `ServiceUnavailableTemp` | `Service`, retryable |
//! | status 500, 502, 503, 504 | `Service`, retryable |
//! | `AccessDenied`, `LackPolicy` and all other codes | `Service` |

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

use http::HeaderMap;

use crate::action::info::ActionInfo;
use crate::action::request::{Fields, RequestParts};
use crate::client::ClientBuilder;
use crate::context::Context;
use crate::credential::ProvideCredential;
use crate::endpoint::Endpoint;
use crate::error::{Error, ServiceError};
use crate::provider::{Provider, RawResponse, SignInput};
use crate::response::{Envelope, FailedIf};
use crate::transport::HttpRequest;

pub use endpoint::ServiceHosts;
pub use presign::Presign;

/// Volcengine and its settings.
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
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Cloud {
    /// The site that is called. Default: Volcengine.
    pub site: Site,
    /// How hosts are found. Default: the vendor's default provider.
    pub resolver: Resolver,
    /// Whether hosts are those that also have IPv6 addresses. Default: the variable `VOLC_ENABLE_DUALSTACK`
    /// (for BytePlus `BYTEPLUS_ENABLE_DUALSTACK`) decides.
    pub dual_stack: Option<bool>,
    /// More regions whose services have hosts of their own, such as `ecs.REGION.volcengineapi.com`, with the
    /// default provider.
    pub bootstrap_regions: Vec<String>,
    /// Hosts by product. They replace the vendor's table.
    pub hosts: BTreeMap<String, ServiceHosts>,
    /// Whether the default endpoints are plain HTTP.
    pub plain_http: bool,
    /// The lifetime of presigned URLs. Without one, the signature stands in a header.
    pub presigned: Option<Duration>,
}

/// The two sites. They have different accounts, keys and hosts.
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
    fn suffix(self, dual_stack: bool) -> &'static str {
        match (self, dual_stack) {
            (Self::Volcengine, false) => ".volcengineapi.com",
            (Self::Volcengine, true) => ".volcengine-api.com",
            (Self::Byteplus, false) => ".byteplusapi.com",
            (Self::Byteplus, true) => ".byteplus-api.com",
        }
    }

    fn dual_stack_variable(self) -> &'static str {
        match self {
            Self::Volcengine => "VOLC_ENABLE_DUALSTACK",
            Self::Byteplus => "BYTEPLUS_ENABLE_DUALSTACK",
        }
    }
}

/// How the host of a product is found.
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
            _ => signer::sign(input),
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

    fn advise(&self, input: &SignInput<'_>, refused: &ServiceError) -> Option<String> {
        advice::advise(self, input, refused)
    }

    fn default_credentials(&self) -> Arc<dyn ProvideCredential> {
        Arc::new(credentials::default_chain_of(self.site))
    }
}

/// Settings that only Volcengine has.
impl<M> ClientBuilder<Cloud, M> {
    /// Sets the site. Default: Volcengine.
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
    pub fn resolver(mut self, resolver: Resolver) -> Self {
        self.cloud_mut().resolver = resolver;
        self
    }

    /// Calls hosts that also have IPv6 addresses. Default: the variable `VOLC_ENABLE_DUALSTACK` decides.
    pub fn dual_stack(mut self, on: bool) -> Self {
        self.cloud_mut().dual_stack = Some(on);
        self
    }

    /// Adds a region whose products have hosts of their own with the default provider.
    pub fn bootstrap_region(mut self, region: impl Into<String>) -> Self {
        self.cloud_mut().bootstrap_regions.push(region.into());
        self
    }

    /// Sets the hosts of one product.
    pub fn service_hosts(mut self, product: impl Into<String>, hosts: ServiceHosts) -> Self {
        self.cloud_mut().hosts.insert(product.into(), hosts);
        self
    }

    /// Uses plain HTTP. Requests are signed, but anyone on the way can read them.
    pub fn plain_http(mut self) -> Self {
        self.cloud_mut().plain_http = true;
        self
    }
}
