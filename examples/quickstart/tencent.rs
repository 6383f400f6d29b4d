//! Tencent Cloud, API 3.0: JSON actions with a version.

use cloudcall::{Error, Tencent, cloud_action, cloud_model};
use cloudcall_quickstart::target::Target;

use crate::{call, refused};

/// Lists the zones of a region.
#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12", response = Zones)]
struct DescribeZones {}

#[cloud_model(provider = "tencent", response)]
struct Zones {
    zone_set: Vec<Zone>,
}

#[cloud_model(provider = "tencent", response)]
struct Zone {
    zone: String,
    zone_name: String,
    zone_state: String,
}

/// Lists instances. Without a type, the response is a `cloudcall::Value`.
#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12")]
struct DescribeInstances {
    instance_ids: Option<Vec<String>>,
    limit: Option<i64>,
}

pub(crate) async fn run(target: &Target) -> Result<(), Error> {
    let client = target.client::<Tencent>("ap-guangzhou")?;

    call("describe_zones().send().await?");
    let zones = client.describe_zones().send().await?;
    for zone in &zones.zone_set {
        println!("      {:<16} {:<12} {}", zone.zone, zone.zone_state, zone.zone_name);
    }

    call("describe_instances().instance_ids([\"ins-00000000\"]).limit(20).send().await");
    refused(client.describe_instances().instance_ids(["ins-00000000"]).limit(20).send().await)
}
