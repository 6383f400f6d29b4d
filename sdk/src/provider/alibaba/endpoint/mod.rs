//! Product and region to host: `docs/sources.md`, Alibaba Cloud, 5.
//!
//! Without an endpoint of the user's, a call goes to the first of these:
//!
//! 1. the host that the action itself names;
//! 2. the host that the client was given for this product and region;
//! 3. for an action that brings the [`Hosts`] of its product, as those of the catalogue do: what they
//!    say, as the newer packages do it;
//! 4. over the public network: the host that the vendor's data file has for product and region;
//! 5. one host for all regions, for a product that has only that: over the public network that of the data file, else
//!    `product[-suffix][-network].aliyuncs.com`;
//! 6. `product[-suffix][-network].region.aliyuncs.com`, also for a region that was not known when this was written;
//! 7. without a region: the product's host for all regions.
//!
//! The two generations of the vendor's packages differ from this and from each other; [`Lookup`] has both. The
//! location service, the older one's last resort, is a call:
//! [`Client::resolve_location`](crate::Client::resolve_location).

mod location;
mod resolve;
mod table;

use super::Cloud;
use crate::action::ActionInfo;
use crate::endpoint::{Endpoint, check_label};
use crate::error::Error;
use crate::hosts::Hosts;

pub use location::LocationReply;
pub use resolve::{EndpointType, Lookup, Outcome};

/// Products that the newer packages call at one host for all regions.
const CENTRAL: [&str; 16] = [
    "cbn",
    "cdn",
    "cloudfw",
    "config",
    "das",
    "dms-enterprise",
    "dysmsapi",
    "dyvmsapi",
    "eci",
    "ims",
    "quotas",
    "ram",
    "resourcecenter",
    "resourcemanager",
    "servicemesh",
    "swas-open",
];

pub(super) fn default_hosts(
    cloud: &Cloud,
    action: &ActionInfo,
    region: Option<&str>,
) -> Result<Vec<Endpoint>, Error> {
    let region = region.filter(|region| !region.is_empty()).map(str::to_ascii_lowercase);
    let product = action.product().to_ascii_lowercase();
    let host = match action.own_host() {
        Some(host) => host.to_owned(),
        None => match cloud.hosts.get(&(region.clone().unwrap_or_default(), product.clone())) {
            Some(endpoint) => return Ok(vec![endpoint.clone()]),
            None => host(cloud, action.known_hosts(), &product, region.as_deref())?,
        },
    };
    let endpoint = Endpoint::https(host)?;
    Ok(vec![if cloud.plain_http { endpoint.plain_http() } else { endpoint }])
}

fn host(cloud: &Cloud, known: Option<&Hosts>, product: &str, region: Option<&str>) -> Result<String, Error> {
    check_label("product", product)?;
    let (network, suffix) = (cloud.network.as_str(), cloud.suffix.as_str());
    let plain = resolve::is_public(network) && suffix.is_empty();
    let central = known.map_or_else(|| CENTRAL.contains(&product), Hosts::is_central);
    let found = match (known, region) {
        _ if !plain => None,
        (Some(known), Some(region)) => known.of(region),
        (None, Some(region)) => table::regional(product, region)
            .or_else(|| if table::regions(product).is_empty() { table::global(product) } else { None }),
        (Some(_), None) if central => None,
        (_, None) => table::global(product),
    };
    match (found, region) {
        (Some(host), _) => Ok(host),
        (None, _) if central => resolve::pattern(product, suffix, network, None),
        (None, Some(region)) => resolve::pattern(product, suffix, network, Some(region)),
        (None, None) => Err(resolve::no_region(product)),
    }
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
            ("ecs", Some("cn-beijing"), "ecs-cn-hangzhou"),
            ("Ecs", Some("eu-central-1"), "ecs.eu-central-1"),
            ("ecs", Some("na-south-1"), "ecs.na-south-1"),
            ("ecs", None, "ecs-cn-hangzhou"),
            ("ram", Some("cn-beijing"), "ram"),
            ("config", Some("cn-beijing"), "config"),
            ("sts", Some("cn-beijing"), "sts"),
            ("r-kvstore", Some("cn-nowhere"), "r-kvstore.cn-nowhere"),
            ("r-kvstore", None, "r-kvstore"),
            ("brandnew", Some("cn-beijing"), "brandnew.cn-beijing"),
        ] {
            assert_eq!(found(&cloud, product, region).unwrap(), format!("https://{host}.aliyuncs.com"));
        }
        assert!(found(&cloud, "brandnew", None).unwrap_err().to_string().contains("region"));
        assert!(found(&cloud, "a.b/", Some("cn-beijing")).is_err());
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
        assert_eq!(found(&cloud, "ram", None).unwrap(), "https://ram-vpc.aliyuncs.com");
        cloud.suffix = "x/".to_owned();
        assert!(found(&cloud, "ecs", Some("cn-beijing")).is_err());
        let mut cloud = Cloud { plain_http: true, ..Cloud::default() };
        cloud.hosts.insert(("cn-beijing".into(), "ecs".into()), "http://127.0.0.1:1".parse().unwrap());
        assert_eq!(found(&cloud, "ECS", Some("cn-beijing")).unwrap(), "http://127.0.0.1:1");
        let action = ActionInfo::new("ecs", "v", "Do").host("own.example.com");
        assert_eq!(default_hosts(&cloud, &action, None).unwrap()[0].to_string(), "http://own.example.com");
    }
}
