//! Finding the host of a product in a region: `docs/sources.md`, Alibaba Cloud, 5.
//!
//! If the user sets no endpoint, a call goes to the first of these hosts:
//!
//! 1. the host that the action itself names;
//! 2. the host that the client was given for this product and region;
//! 3. for an action that brings the [`EndpointTable`] of its product, as the actions of the catalogue do: the
//!    host in this table;
//! 4. the host that the vendor's newest package of the product names for the region, or the package's rule:
//!    `product.region.aliyuncs.com`, or `product.aliyuncs.com` for a product with one host for all regions;
//! 5. for a product without a newer package: the host in the data file of the older package for product and
//!    region, or its host for all regions;
//! 6. `product.region.aliyuncs.com`, also for a region that was not known when this was written.
//!
//! For example, without a setting of the user:
//!
//! | product | region | host | by |
//! | --- | --- | --- | --- |
//! | `ecs` | `cn-beijing` | `ecs.cn-beijing.aliyuncs.com` | the newer package's rule |
//! | `ecs` | `cn-hangzhou` | `ecs-cn-hangzhou.aliyuncs.com` | the newer package's list |
//! | `ram` | `cn-beijing` | `ram.aliyuncs.com` | the newer package's list |
//!
//! In a network other than the public one, and with a suffix, the host is
//! `product[-suffix][-network][.region].aliyuncs.com`, because the lists hold public hosts only.
//!
//! The log service (product `sls`) has hosts of its own: `REGION.log.aliyuncs.com`, and
//! `REGION-intranet.log.aliyuncs.com` inside the vendor's network.
//!
//! A product with a host in each region needs a region. Without one, the call fails: no region is assumed.
//!
//! The two generations of the vendor's packages differ from this and from each other; [`Lookup`] has both.
//! The location service, the last resort of the older one, is a call:
//! [`Client::resolve_location`](crate::Client::resolve_location).
//!
//! | file | what it has |
//! | --- | --- |
//! | `newer.rs`, `hosts.tsv` | the hosts of the newer packages |
//! | `table.rs` | the data file of the older package |
//! | `resolve.rs` | the pattern of host names, and both generations as pure functions |
//! | `location.rs`, `reply.rs` | the location service |

mod location;
mod newer;
mod reply;
mod resolve;
mod table;

use super::{Cloud, signer};
use crate::action::info::ActionInfo;
use crate::endpoint::table::EndpointTable;
use crate::endpoint::{Endpoint, Gateway, check_label};
use crate::error::Error;

pub use reply::{EndpointType, LocationReply};
pub use resolve::{Lookup, Outcome};

/// The endpoint of an action for which the user set none: steps 1 to 6 of the module.
///
/// # Errors
///
/// Kind `Config` for a regional product without a region, and for a product, region, network or suffix that
/// cannot be a part of a host name.
pub(super) fn default_hosts(
    cloud: &Cloud,
    action: &ActionInfo,
    region: Option<&str>,
) -> Result<Vec<Endpoint>, Error> {
    let region = region.filter(|region| !region.is_empty()).map(str::to_ascii_lowercase);
    let product = action.product().to_ascii_lowercase();
    let host = match action.host() {
        Some(host) => host.to_owned(),
        None => match cloud.hosts.get(&(region.clone().unwrap_or_default(), product.clone())) {
            Some(endpoint) => return Ok(vec![endpoint.clone()]),
            None => host(cloud, action, &product, region.as_deref())?,
        },
    };
    let endpoint = Endpoint::https(host)?;
    Ok(vec![if cloud.plain_http { endpoint.plain_http() } else { endpoint }])
}

/// The host by the vendor's tables and rules: steps 3 to 6 of the module.
fn host(cloud: &Cloud, action: &ActionInfo, product: &str, region: Option<&str>) -> Result<String, Error> {
    check_label("product", product)?;
    let (network, suffix) = (cloud.network.as_str(), cloud.suffix.as_str());
    if signer::gateway(action) == Some(Gateway::Log) {
        let listed = region.filter(|_| resolve::is_public(network));
        let listed = listed.and_then(|region| action.endpoint_table()?.of(region));
        return listed.map_or_else(|| resolve::log_host(product, network, region), Ok);
    }
    let row = newer::Row::of(product, action.version());
    if resolve::is_public(network) && suffix.is_empty() {
        if let Some(host) = listed(action.endpoint_table(), product, region) {
            return Ok(host);
        }
        if let (None, Some(row)) = (action.endpoint_table(), row) {
            return row.host(product, region);
        }
    }
    let central = match (action.endpoint_table(), row) {
        (Some(hosts), _) => hosts.is_central(),
        (None, Some(row)) => row.central,
        (None, None) => table::regions(product).is_empty() && table::global(product).is_some(),
    };
    match region {
        _ if central => resolve::pattern(product, suffix, network, None),
        Some(region) => resolve::pattern(product, suffix, network, Some(region)),
        None => Err(resolve::no_region(product)),
    }
}

/// The public host that the table of the action lists or, for a product without a newer package, the older
/// data file.
fn listed(known: Option<&EndpointTable>, product: &str, region: Option<&str>) -> Option<String> {
    match (known, region) {
        (Some(known), region) => known.of(region?),
        (None, _) if newer::Row::of(product, "").is_some() => None,
        (None, Some(region)) if !table::regions(product).is_empty() => table::regional(product, region),
        (None, _) if table::regions(product).is_empty() => table::global(product),
        (None, _) => None,
    }
}

/// The regions that the newer packages know.
pub(super) fn regions() -> Vec<&'static str> {
    newer::regions().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(cloud: &Cloud, product: &'static str, region: Option<&str>) -> Result<String, Error> {
        let action = ActionInfo::new(product, "v", "Do");
        default_hosts(cloud, &action, region).map(|found| found[0].to_string())
    }

    #[test]
    fn the_public_network() {
        let cloud = Cloud::default();
        for (product, region, host) in [
            ("ecs", Some("cn-hangzhou"), "ecs-cn-hangzhou"),
            ("ecs", Some("cn-beijing"), "ecs.cn-beijing"),
            ("ecs", Some("us-west-1"), "ecs.us-west-1"),
            ("Ecs", Some("EU-central-1"), "ecs.eu-central-1"),
            ("ecs", Some("na-south-1"), "ecs.na-south-1"),
            ("ram", Some("cn-beijing"), "ram"),
            ("config", Some("cn-beijing"), "config"),
            ("cdn", Some("us-west-1"), "cdn.ap-southeast-1"),
            ("cdn", None, "cdn"),
            ("sts", Some("cn-beijing"), "sts.cn-beijing"),
            ("sts", Some("cn-edge-1"), "sts"),
            ("r-kvstore", Some("cn-nowhere"), "r-kvstore.cn-nowhere"),
            // Only in the older data file: hosts in some regions, and one host for all.
            ("ehs", Some("cn-beijing"), "ehpc.cn-beijing"),
            ("ehs", Some("mars-1"), "ehs.mars-1"),
            ("itaas", None, "itaas"),
            ("itaas", Some("cn-beijing"), "itaas"),
            ("brandnew", Some("cn-beijing"), "brandnew.cn-beijing"),
        ] {
            assert_eq!(found(&cloud, product, region).unwrap(), format!("https://{host}.aliyuncs.com"));
        }
        for product in ["ecs", "ram", "sts", "r-kvstore", "ehs", "brandnew"] {
            let error = found(&cloud, product, None).unwrap_err();
            assert!(error.to_string().contains("needs a region"), "{product}: {error}");
        }
        assert!(found(&cloud, "a.b/", Some("cn-beijing")).is_err());
    }

    #[test]
    fn hosts_of_the_log_service() {
        let listed = EndpointTable::central(&[("own.log.aliyuncs.com", "cn-own")]).with_gateway(Gateway::Log);
        let action = ActionInfo::new("sls", "2020-12-30", "GetProject").with_endpoint_table(listed);
        let host = |network: &str, region| {
            let cloud = Cloud { network: network.to_owned(), ..Cloud::default() };
            default_hosts(&cloud, &action, region).map(|found| found[0].to_string())
        };
        for (network, region, wanted) in [
            ("", "cn-hangzhou", "cn-hangzhou.log"),
            ("public", "cn-own", "own.log"),
            ("intranet", "cn-hangzhou", "cn-hangzhou-intranet.log"),
            ("vpc", "cn-own", "cn-own-intranet.log"),
            ("accelerate", "cn-hangzhou", "log-global"),
            ("share", "cn-hangzhou", "cn-hangzhou-share.log"),
            ("share", "cn-shanghai-corp", "cn-shanghai-corp.sls"),
            ("share", "cn-zhangbei-corp", "zhangbei-corp-share.log"),
        ] {
            assert_eq!(host(network, Some(region)).unwrap(), format!("https://{wanted}.aliyuncs.com"));
        }
        assert!(host("", None).unwrap_err().to_string().contains("needs a region"));
        assert!(host("moon", Some("cn-own")).unwrap_err().to_string().contains("`moon`"));
        assert!(host("", Some("a/b")).is_err());
    }

    #[test]
    fn other_networks_and_own_hosts() {
        let mut cloud = Cloud { network: "vpc".to_owned(), ..Cloud::default() };
        assert_eq!(
            found(&cloud, "ecs", Some("cn-beijing")).unwrap(),
            "https://ecs-vpc.cn-beijing.aliyuncs.com"
        );
        assert_eq!(
            found(&cloud, "sts", Some("cn-beijing")).unwrap(),
            "https://sts-vpc.cn-beijing.aliyuncs.com"
        );
        assert_eq!(found(&cloud, "cdn", None).unwrap(), "https://cdn-vpc.aliyuncs.com");
        assert!(found(&cloud, "ecs", None).unwrap_err().to_string().contains("needs a region"));
        cloud.suffix = "x/".to_owned();
        assert!(found(&cloud, "ecs", Some("cn-beijing")).is_err());
        let mut cloud = Cloud { plain_http: true, ..Cloud::default() };
        cloud.hosts.insert(("cn-beijing".into(), "ecs".into()), "http://127.0.0.1:1".parse().unwrap());
        assert_eq!(found(&cloud, "ECS", Some("cn-beijing")).unwrap(), "http://127.0.0.1:1");
        let action = ActionInfo::new("ecs", "v", "Do").with_host("own.example.com");
        assert_eq!(default_hosts(&cloud, &action, None).unwrap()[0].to_string(), "http://own.example.com");
    }
}
