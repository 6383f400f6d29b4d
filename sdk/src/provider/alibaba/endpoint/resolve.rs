//! The resolvers of the two generations of packages, as pure functions: `docs/sources.md`, Alibaba Cloud, 5.1
//! and 5.3.
//!
//! They are for programs that must reach the same host as an existing program in Python. Calls of this crate
//! use the order in the module above. Three things differ from the vendor's packages on purpose: a product is
//! known by its whole code, not by a prefix; a network other than the public one takes precedence over the
//! map of public hosts; a suffix is never ignored.

use super::reply::{EndpointType, LocationReply};
use super::table;
use crate::endpoint::check_label;
use crate::error::{Error, ErrorKind};

/// The input of a lookup: everything that decides on a host.
///
/// ```
/// use cloudcall::provider::alibaba::endpoint::{Lookup, Outcome};
///
/// // `rule` is what the package of the product says. Without one, the older data file decides.
/// let map: &[(&str, &str)] = &[("cn-hangzhou", "ecs-cn-hangzhou.aliyuncs.com")];
/// let with_rule = Lookup {
///     product: "Ecs",
///     region: "cn-beijing",
///     rule: Some(("regional", map)),
///     ..Lookup::default()
/// };
/// assert_eq!(with_rule.older()?, Outcome::Host("ecs.cn-beijing.aliyuncs.com".to_owned()));
/// assert_eq!(with_rule.newer()?, "ecs.cn-beijing.aliyuncs.com");
///
/// let without = Lookup { rule: None, ..with_rule };
/// assert_eq!(without.older()?, Outcome::Host("ecs-cn-hangzhou.aliyuncs.com".to_owned()));
/// # Ok::<(), cloudcall::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Lookup<'a> {
    /// The product, such as `Ecs`. Its case does not matter.
    pub product: &'a str,
    /// The region. Empty if there is none.
    pub region: &'a str,
    /// The network, such as `vpc`. Empty or `public` for the public one.
    pub network: &'a str,
    /// The text that follows the product in host names.
    pub suffix: &'a str,
    /// The interface that is called.
    pub endpoint_type: EndpointType,
    /// Hosts that the user set, as region, product and host. The first match is taken.
    pub custom: &'a [(&'a str, &'a str, &'a str)],
    /// The endpoint rule in the action's package: `regional` or `central`, and public hosts by region.
    pub rule: Option<(&'a str, &'a [(&'a str, &'a str)])>,
    /// The code of the product at the location service. Without one, the service is not asked.
    pub service_code: Option<&'a str>,
    /// The reply of the location service, if it was asked.
    pub location: Option<LocationReply>,
}

/// The result of [`Lookup::older`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// The host.
    Host(String),
    /// No table has the product. Ask the location service, and look up again with its reply in
    /// [`Lookup::location`].
    AskLocation,
}

impl Lookup<'_> {
    /// The host by the chain of the older package: custom table, regional data, the package's rule, global
    /// data, location service.
    ///
    /// # Errors
    ///
    /// Kind `Config`. The message says whether the product, the region or their combination is not known.
    pub fn older(&self) -> Result<Outcome, Error> {
        check_label("region", self.region)?;
        self.check()?;
        let (product, region) = (self.product.to_ascii_lowercase(), self.region.to_ascii_lowercase());
        let custom = |(known_region, known_product, _): &&(&str, &str, &str)| {
            known_region.eq_ignore_ascii_case(&region) && known_product.eq_ignore_ascii_case(&product)
        };
        if let Some((_, _, host)) = self.custom.iter().find(custom) {
            return Ok(Outcome::Host((*host).to_owned()));
        }
        let open = self.endpoint_type == EndpointType::Open;
        let valid = looks_valid(&region);
        let data = || {
            let regional = if self.rule.is_none() { table::regional(&product, &region) } else { None };
            let regional = regional.filter(|_| open && is_public(self.network));
            regional.map_or_else(|| self.by_rule(&product, &region, valid).transpose(), |host| Some(Ok(host)))
        };
        let global = || if open && valid { table::global(&product) } else { None };
        if let Some(host) = data().transpose()?.or_else(global) {
            return Ok(Outcome::Host(host));
        }
        match (self.service_code, &self.location) {
            (Some(_), None) => Ok(Outcome::AskLocation),
            (Some(_), Some(LocationReply::Host(host))) => Ok(Outcome::Host(host.clone())),
            (Some(_), Some(LocationReply::NoProduct)) => Err(no_product(self.product)),
            (None, _) if !table::knows(&product) => Err(no_product(self.product)),
            _ if !valid => Err(no_such_region(self.region)),
            _ => Err(not_in_region(self.product, self.region)),
        }
    }

    /// The host by the rule of the action's package. `None` if the action has no rule, or if the rule does
    /// not apply to a text that does not look like a region.
    fn by_rule(&self, product: &str, region: &str, valid: bool) -> Result<Option<String>, Error> {
        let Some((rule, map)) = self.rule else { return Ok(None) };
        let mapped = map.iter().find(|(known, _)| *known == self.region).filter(|_| is_public(self.network));
        match (mapped, rule) {
            (Some((_, host)), _) => Ok(Some((*host).to_owned())),
            (None, "regional") if valid => {
                pattern(product, self.suffix, self.network, Some(region)).map(Some)
            }
            (None, "central") => pattern(product, self.suffix, self.network, None).map(Some),
            _ => Ok(None),
        }
    }

    /// The host by the rule of the newer packages: their map, then a pattern. No data file and no location
    /// service is involved, and any region is taken.
    ///
    /// # Errors
    ///
    /// Kind `Config` for a regional product without a region.
    pub fn newer(&self) -> Result<String, Error> {
        self.check()?;
        let (rule, map) = self.rule.unwrap_or(("regional", &[]));
        let mapped = map.iter().find(|(known, _)| *known == self.region);
        if let Some((_, host)) = mapped.filter(|_| is_public(self.network) && self.suffix.is_empty()) {
            return Ok((*host).to_owned());
        }
        let product = self.product.to_ascii_lowercase();
        match (rule, self.region) {
            ("regional", "") => Err(no_region(self.product)),
            ("regional", region) => pattern(&product, self.suffix, self.network, Some(region)),
            _ => pattern(&product, self.suffix, self.network, None),
        }
    }

    /// Refuses a product that cannot be a part of a host name.
    fn check(&self) -> Result<(), Error> {
        check_label("product", self.product)
    }
}

/// Whether this is the public network, which adds nothing to host names.
pub(super) fn is_public(network: &str) -> bool {
    matches!(network, "" | "public")
}

/// The host of the log service in a region: `docs/sources.md`, Alibaba Cloud, 10.
///
/// The vendor's client takes the public host for a network that it does not know, so a setting like `vpc`
/// has no effect. Here `vpc` and `internal` mean the service's one private network.
pub(super) fn log_host(product: &str, network: &str, region: Option<&str>) -> Result<String, Error> {
    let region = region.ok_or_else(|| no_region(product))?;
    check_label("region", region)?;
    Ok(match (network, region) {
        ("" | "public", _) => format!("{region}.log.aliyuncs.com"),
        ("intranet" | "internal" | "vpc", _) => format!("{region}-intranet.log.aliyuncs.com"),
        ("accelerate", _) => "log-global.aliyuncs.com".to_owned(),
        ("share", "cn-hangzhou-corp" | "cn-shanghai-corp") => format!("{region}.sls.aliyuncs.com"),
        ("share", "cn-zhangbei-corp") => "zhangbei-corp-share.log.aliyuncs.com".to_owned(),
        ("share", _) => format!("{region}-share.log.aliyuncs.com"),
        (other, _) => {
            let known = "`intranet`, `vpc`, `accelerate` or `share`";
            let what = format!("the log service has no network `{}`: use {known}", other.escape_debug());
            return Err(Error::new(ErrorKind::Config, what));
        }
    })
}

/// Whether a text looks like a region id. This is the vendor's test, which misses real ones such as
/// `na-south-1`.
fn looks_valid(region: &str) -> bool {
    let mut parts = region.split('-');
    let head = parts.next().unwrap_or_default();
    matches!(head, "cn" | "ap" | "eu" | "rus" | "us" | "me") && parts.next().is_some()
}

/// Builds a host name: `product[-suffix][-network][.region].aliyuncs.com`, such as
/// `ecs-vpc.cn-beijing.aliyuncs.com`.
///
/// An error of kind `Config` for a part that has other characters than a label of a host name.
pub(super) fn pattern(
    product: &str,
    suffix: &str,
    network: &str,
    region: Option<&str>,
) -> Result<String, Error> {
    let mut host = product.to_owned();
    let network = if is_public(network) { "" } else { network };
    for (what, part) in [("endpoint suffix", suffix), ("network", network)] {
        if !part.is_empty() {
            check_label(what, part)?;
            host.push('-');
            host.push_str(&part.to_ascii_lowercase());
        }
    }
    if let Some(region) = region {
        check_label("region", region)?;
        host.push('.');
        host.push_str(&region.to_ascii_lowercase());
    }
    host.push_str(".aliyuncs.com");
    Ok(host)
}

/// The error of a product that no table has.
pub(super) fn no_product(product: &str) -> Error {
    Error::new(ErrorKind::Config, format!("no endpoint is known for the product `{product}`: set one"))
}

/// The error of a text that is not a region.
pub(super) fn no_such_region(region: &str) -> Error {
    Error::new(ErrorKind::Config, format!("`{region}` is not a region: check its spelling"))
}

/// The error of a product that is not in a region. It lists the regions of the product in the older data
/// file.
pub(super) fn not_in_region(product: &str, region: &str) -> Error {
    let known = table::regions(&product.to_ascii_lowercase());
    let hint = if known.is_empty() { String::new() } else { format!(", only in {}", known.join(", ")) };
    let what = format!("the product `{product}` has no endpoint in the region `{region}`{hint}: set one");
    Error::new(ErrorKind::Config, what)
}

/// The error of a regional product without a region.
pub(super) fn no_region(product: &str) -> Error {
    Error::new(ErrorKind::Config, format!("the product `{product}` needs a region: set one, or an endpoint"))
}
