//! Actions of three clouds from the catalogue, with a local cloud: a list, a nested object, and a paged list.
//!
//! ```text
//! cargo run -p cloudcall-examples --example actions
//! ```

use cloudcall::http::Method;
use cloudcall::json::json;
use cloudcall::local::{LocalCloudBuilder, LocalResponse};
use cloudcall::{Alibaba, Error, Huawei, Tencent};
use cloudcall_quickstart::target::Target;

cloudcall_models::actions! {
    tencent cvm "2017-03-12": DescribeZones, RunInstances;
    huawei vpc "v3": ListVpcs;
    alibaba ecs "2014-05-26": DescribeRegions;
}

async fn run(target: &Target) -> Result<(), Error> {
    use alibaba::ecs::DescribeRegionsExt as _;
    use huawei::vpc::ListVpcsExt as _;
    use tencent::cvm::{DescribeZonesExt as _, Placement, RunInstancesExt as _};

    let client = target.client::<Tencent>("ap-guangzhou")?;
    let zones = client.describe_zones().send().await?.into_inner().zone_set.unwrap_or_default();
    let names: Vec<&str> = zones.iter().filter_map(|zone| zone.zone.as_deref()).collect();
    println!("tencent zones: {}", names.join(", "));
    let placement = Placement::new(names.first().copied().unwrap_or_default());
    let started = client.run_instances().placement(placement).image_id("img-1").send().await?;
    println!("tencent started: {}", started.into_inner().instance_id_set.unwrap_or_default().join(", "));

    let client = target.client::<Huawei>("cn-north-4")?;
    let mut vpcs = client.list_vpcs().limit(2).items();
    while let Some(vpc) = vpcs.next().await {
        println!("huawei vpc: {}", vpc?.name.unwrap_or_default());
    }

    let client = target.client::<Alibaba>("cn-hangzhou")?;
    let regions = client.describe_regions().send().await?.into_inner().regions;
    let regions = regions.and_then(|regions| regions.region).unwrap_or_default();
    println!(
        "alibaba regions: {}",
        regions.into_iter().filter_map(|region| region.region_id).collect::<Vec<_>>().join(", ")
    );
    Ok(())
}

fn responses(cloud: LocalCloudBuilder) -> LocalCloudBuilder {
    cloud
        .on("DescribeZones", |_| {
            LocalResponse::ok(json!({ "TotalCount": 2, "ZoneSet": [{ "Zone": "ap-guangzhou-3" }, { "Zone": "ap-guangzhou-6" }] }))
        })
        .on("RunInstances", |request| {
            let zone = request.param("Placement.Zone").unwrap_or_default();
            LocalResponse::ok(json!({ "InstanceIdSet": [format!("ins-in-{zone}")] }))
        })
        .on_path(Method::GET, "/v3/{project_id}/vpc/vpcs", |request| {
            LocalResponse::ok(match request.query.iter().find(|(name, _)| name == "marker") {
                None => json!({ "vpcs": [{ "name": "a" }, { "name": "b" }], "page_info": { "next_marker": "m" } }),
                Some(_) => json!({ "vpcs": [{ "name": "c" }], "page_info": {} }),
            })
        })
        .on("DescribeRegions", |_| {
            LocalResponse::ok(json!({ "Regions": { "Region": [{ "RegionId": "cn-hangzhou" }, { "RegionId": "cn-beijing" }] } }))
        })
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let target = Target::from_args(responses).await?;
    run(&target).await
}
