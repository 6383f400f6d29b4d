//! Where one product is, as the vendor's package of it says.

/// The hosts of a product: a list of those that follow no rule, and the rule of all others.
///
/// `actions!` of `cloudcall-models` writes one beside the actions of a product whose hosts the runtime could not know, and
/// names it in [`ActionInfo::with_endpoint_table`](crate::action::ActionInfo::with_endpoint_table). Today these are the products of Alibaba Cloud: their packages
/// each have a list of their own, while the hosts of the other clouds follow from the product's name and a short table here.
///
/// ```
/// use cloudcall::endpoint::EndpointTable;
///
/// const HOSTS: EndpointTable = EndpointTable::regional(&[("ecs-cn-hangzhou.aliyuncs.com", "cn-hangzhou"), ("ecs-*.example.com", "eu-1 eu-2")]);
/// assert_eq!(HOSTS.of("cn-hangzhou").as_deref(), Some("ecs-cn-hangzhou.aliyuncs.com"));
/// assert_eq!(HOSTS.of("eu-2").as_deref(), Some("ecs-eu-2.example.com"));
/// assert_eq!(HOSTS.of("cn-beijing"), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EndpointTable {
    central: bool,
    listed: &'static [(&'static str, &'static str)],
}

impl EndpointTable {
    /// A product with a host in each region. `listed` has hosts and, separated by blanks, the regions that they serve;
    /// `*` in a host stands for the region.
    pub const fn regional(listed: &'static [(&'static str, &'static str)]) -> Self {
        Self { central: false, listed }
    }

    /// A product with one host for all regions but those of `listed`.
    pub const fn central(listed: &'static [(&'static str, &'static str)]) -> Self {
        Self { central: true, listed }
    }

    /// Whether one host serves all regions that are not listed.
    pub const fn is_central(&self) -> bool {
        self.central
    }

    /// The host that is listed for a region, which is compared as it is written.
    pub fn of(&self, region: &str) -> Option<String> {
        let serves = |(_, regions): &&(&str, &str)| regions.split(' ').any(|one| one == region);
        let (host, _) = self.listed.iter().find(serves)?;
        Some(host.replace('*', region))
    }
}
