//! Hosts of a service that the user names.

use std::collections::BTreeMap;

use super::table::Scope;
use crate::endpoint::Endpoint;
use crate::error::Error;

/// The hosts of one service. Regions without a host of their own get the usual name,
/// `service.region.volcengineapi.com`.
///
/// ```
/// use cloudcall::provider::volcengine::ServiceHosts;
/// use cloudcall::{Client, Volcengine};
///
/// let hosts = ServiceHosts::regional().in_region("cn-beijing", "ecs.internal.example.com")?;
/// let client = Client::<Volcengine>::builder().region("cn-beijing").service_hosts("ecs", hosts).build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceHosts {
    global: bool,
    host: Option<Endpoint>,
    regions: BTreeMap<String, Endpoint>,
}

impl ServiceHosts {
    /// A service with one host in each region.
    pub fn regional() -> Self {
        Self { global: false, host: None, regions: BTreeMap::new() }
    }

    /// A service with one host for all regions, by default `service.volcengineapi.com`.
    pub fn global() -> Self {
        Self { global: true, ..Self::regional() }
    }

    /// Sets the host of a global service.
    ///
    /// # Errors
    ///
    /// Kind `Config` if the text is not an endpoint.
    pub fn host(mut self, host: &str) -> Result<Self, Error> {
        self.host = Some(host.parse()?);
        Ok(self)
    }

    /// Sets the host of a regional service in one region.
    ///
    /// # Errors
    ///
    /// Kind `Config` if the text is not an endpoint.
    pub fn in_region(mut self, region: impl Into<String>, host: &str) -> Result<Self, Error> {
        self.regions.insert(region.into(), host.parse()?);
        Ok(self)
    }

    pub(super) fn endpoint(&self, region: &str) -> Option<Endpoint> {
        if self.global { self.host.clone() } else { self.regions.get(region).cloned() }
    }

    pub(super) fn scope(&self) -> Scope {
        if self.global { Scope::G } else { Scope::R }
    }
}
