//! The hosts of one product, as the vendor's package lists them.

/// The hosts of a product: a list of exceptions, and a rule for all other regions.
///
/// ```
/// use cloudcall::endpoint::EndpointTable;
///
/// const HOSTS: EndpointTable = EndpointTable::regional(&[
///     ("ecs-cn-hangzhou.aliyuncs.com", "cn-hangzhou"),
///     ("ecs-*.example.com", "eu-1 eu-2"),
/// ]);
/// assert_eq!(HOSTS.of("cn-hangzhou").as_deref(), Some("ecs-cn-hangzhou.aliyuncs.com"));
/// assert_eq!(HOSTS.of("eu-2").as_deref(), Some("ecs-eu-2.example.com"));
/// assert_eq!(HOSTS.of("cn-beijing"), None);
/// ```
///
/// The macro `actions!` of `cloudcall-models` writes a table next to the actions of a
/// product, and refers to it in
/// [`ActionInfo::with_endpoint_table`](crate::action::ActionInfo::with_endpoint_table).
/// Only products of Alibaba Cloud have one: each of their packages contains a list of its
/// hosts. For the other clouds, the host follows from the name of the product and a short
/// table in this crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EndpointTable {
    /// True if one host serves all regions that are not listed.
    central: bool,
    /// Pairs of a host and the regions that it serves.
    listed: &'static [(&'static str, &'static str)],
    /// The gateway in front of the product, if it signs in another way than the client.
    gateway: Option<Gateway>,
}

/// A gateway that decides how calls to its products are signed, whatever the client is set to. Only
/// Alibaba Cloud has some.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Gateway {
    /// The log service (product `sls`). Its calls are signed as `LOG ID:SIGNATURE`, and its hosts are
    /// `REGION.log.aliyuncs.com` where the table has none.
    Log,
    /// Calls are signed by ACS4-HMAC-SHA256, and the scope names this product code, such as `Searchplat`.
    Pop(&'static str),
}

impl EndpointTable {
    /// A product with one host per region.
    ///
    /// `listed` has pairs of a host and the regions that it serves. Regions are separated
    /// by spaces, and `*` in a host is replaced by the region. For other regions, the
    /// provider's rule applies.
    pub const fn regional(listed: &'static [(&'static str, &'static str)]) -> Self {
        Self { central: false, listed, gateway: None }
    }

    /// A product with one host for all regions, except the regions in `listed`.
    ///
    /// `listed` has the same form as in [`regional`](Self::regional).
    ///
    /// ```
    /// use cloudcall::endpoint::EndpointTable;
    ///
    /// const HOSTS: EndpointTable =
    ///     EndpointTable::central(&[("ram.vpc-proxy.aliyuncs.com", "cn-hangzhou-finance")]);
    /// assert!(HOSTS.is_central());
    /// assert_eq!(HOSTS.of("cn-shanghai"), None);
    /// ```
    pub const fn central(listed: &'static [(&'static str, &'static str)]) -> Self {
        Self { central: true, listed, gateway: None }
    }

    /// Sets the gateway in front of the product.
    ///
    /// ```
    /// use cloudcall::endpoint::{EndpointTable, Gateway};
    ///
    /// const HOSTS: EndpointTable = EndpointTable::central(&[]).with_gateway(Gateway::Pop("Searchplat"));
    /// assert_eq!(HOSTS.gateway(), Some(Gateway::Pop("Searchplat")));
    /// ```
    #[must_use]
    pub const fn with_gateway(mut self, gateway: Gateway) -> Self {
        self.gateway = Some(gateway);
        self
    }

    /// The gateway in front of the product. Default: `None`, which signs as the client is set to.
    pub const fn gateway(&self) -> Option<Gateway> {
        self.gateway
    }

    /// True if one host serves all regions that are not listed.
    pub const fn is_central(&self) -> bool {
        self.central
    }

    /// The listed host of a region. Regions are compared exactly. `None` means that the
    /// provider's rule applies.
    pub fn of(&self, region: &str) -> Option<String> {
        let serves = |(_, regions): &&(&str, &str)| regions.split(' ').any(|one| one == region);
        let (host, _) = self.listed.iter().find(serves)?;
        Some(host.replace('*', region))
    }
}
