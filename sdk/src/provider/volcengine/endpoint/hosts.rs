//! The hosts of a product that the user sets, for private deployments and gateways.

use std::collections::BTreeMap;

use super::table::Scope;
use crate::endpoint::Endpoint;
use crate::error::Error;

/// The hosts of one product. A region without a host here gets the usual name,
/// `product.region.volcengineapi.com`.
///
/// ```
/// use cloudcall::provider::volcengine::ServiceHosts;
/// use cloudcall::{Client, Volcengine};
///
/// let hosts = ServiceHosts::regional().in_region("cn-beijing", "ecs.internal.example.com")?;
/// let client = Client::<Volcengine>::builder().region("cn-beijing").service_hosts("ecs", hosts).build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// The signature covers the host of the header `Host` and the region of the call. A gateway that changes the
/// host therefore breaks the signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceHosts {
    /// Whether the product has one host for all regions.
    global: bool,
    /// The host of a global product, if the user set one.
    host: Option<Endpoint>,
    /// The hosts of a regional product, by region.
    regions: BTreeMap<String, Endpoint>,
}

impl ServiceHosts {
    /// A product with one host in each region.
    pub fn regional() -> Self {
        Self { global: false, host: None, regions: BTreeMap::new() }
    }

    /// A product with one host for all regions. Default: `product.volcengineapi.com`.
    pub fn global() -> Self {
        Self { global: true, ..Self::regional() }
    }

    /// Sets the host of a global product, such as `iam.internal.example.com` or `http://127.0.0.1:8080`.
    ///
    /// # Errors
    ///
    /// Kind `Config` if the text is not an endpoint.
    pub fn host(mut self, host: &str) -> Result<Self, Error> {
        self.host = Some(host.parse()?);
        Ok(self)
    }

    /// Sets the host of a regional product in one region.
    ///
    /// # Errors
    ///
    /// Kind `Config` if the text is not an endpoint.
    pub fn in_region(mut self, region: impl Into<String>, host: &str) -> Result<Self, Error> {
        self.regions.insert(region.into(), host.parse()?);
        Ok(self)
    }

    /// The host that the user set for this region, if there is one.
    pub(super) fn endpoint(&self, region: &str) -> Option<Endpoint> {
        if self.global { self.host.clone() } else { self.regions.get(region).cloned() }
    }

    /// Whether the usual name has the region in it.
    pub(super) fn scope(&self) -> Scope {
        if self.global { Scope::G } else { Scope::R }
    }
}
