//! A provider for UCloud in a separate crate. It uses only the public API of `cloudcall`.
//!
//! The wire format is that of the vendor's package `ucloud-sdk-python3` 0.11:
//!
//! - Every call is a POST form to `https://api.ucloud.cn/` with `Action`, `Region`, `ProjectId` and the
//!   parameters, flattened with indexes from 0.
//! - `Signature` is the SHA-1 of all names and values, sorted by name, followed by the private key.
//! - A response is a document with `RetCode`; 0 is a success. The request id is in the header
//!   `X-UCLOUD-REQUEST-UUID`.
//!
//! ```no_run
//! use cloudcall::{Client, cloud_action, cloud_model};
//! use cloudcall_own_provider::Ucloud;
//!
//! /// Lists instances.
//! #[cloud_action(provider = cloudcall_own_provider::Ucloud, product = "uhost", version = "",
//!                action = "DescribeUHostInstance", response = Hosts)]
//! pub struct DescribeUhostInstance {
//!     pub limit: Option<i64>,
//! }
//!
//! #[cloud_model(provider = cloudcall_own_provider::Ucloud, response)]
//! pub struct Hosts {
//!     pub total_count: i64,
//! }
//!
//! # async fn run() -> Result<(), cloudcall::Error> {
//! let client = Client::<Ucloud>::builder().region("cn-bj2").build()?;
//! println!("{} instances", client.describe_uhost_instance().limit(20).send().await?.total_count);
//! # Ok(())
//! # }
//! ```

mod encode;
mod error;
pub mod signer;

use std::sync::Arc;

use cloudcall::Error;
use cloudcall::action::{ActionInfo, Fields, RequestParts};
use cloudcall::context::Context;
use cloudcall::credential::{CredentialChain, EnvCredentials, ProvideCredential};
use cloudcall::endpoint::Endpoint;
use cloudcall::error::ServiceError;
use cloudcall::http::HeaderMap;
use cloudcall::provider::{Provider, RawResponse, SignInput};
use cloudcall::response::{Envelope, FailedIf};
use cloudcall::transport::HttpRequest;

/// The provider UCloud, with its settings.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Ucloud {
    /// The default project of calls.
    pub project_id: Option<String>,
}

impl Ucloud {
    /// Creates a provider with a default project.
    pub fn of_project(project_id: impl Into<String>) -> Self {
        Self { project_id: Some(project_id.into()) }
    }
}

impl Provider for Ucloud {
    fn name(&self) -> &'static str {
        "ucloud"
    }

    fn encode(&self, action: &ActionInfo, fields: Fields, _: [u8; 16]) -> Result<RequestParts, Error> {
        encode::request(action, &fields)
    }

    fn endpoints(&self, _: &Context, _: &ActionInfo, _: Option<&str>) -> Result<Vec<Endpoint>, Error> {
        Ok(vec!["api.ucloud.cn".parse()?])
    }

    fn sign(&self, input: &SignInput<'_>) -> Result<HttpRequest, Error> {
        signer::sign(self, input)
    }

    fn envelope(&self) -> Envelope {
        Envelope::bare().failed(FailedIf::UnlessZero("RetCode"))
    }

    fn service_error(&self, response: &RawResponse<'_>) -> Option<ServiceError> {
        error::read(response)
    }

    fn request_id(&self, headers: &HeaderMap) -> Option<String> {
        headers.get("x-ucloud-request-uuid")?.to_str().ok().map(str::to_owned)
    }

    fn default_credentials(&self) -> Arc<dyn ProvideCredential> {
        let environment = EnvCredentials::new("UCLOUD_PUBLIC_KEY", "UCLOUD_PRIVATE_KEY", "");
        Arc::new(CredentialChain::new().then(environment))
    }
}
