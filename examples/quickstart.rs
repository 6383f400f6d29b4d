//! The first program to read: typed calls to every cloud.
//!
//! ```text
//! cargo run --example quickstart              # with a local cloud: needs no account and no network
//! cargo run --example quickstart -- --real    # calls the vendors for which you have credentials
//! ```
//!
//! The local cloud is an HTTP server in this process. It verifies the signature of every request as a vendor
//! does, so a call that works here also works with the vendor.

use std::process::ExitCode;

use cloudcall::http::Method;
use cloudcall::json::json;
use cloudcall::local::{LocalCloudBuilder, LocalResponse};
use cloudcall::{Alibaba, Error, ErrorKind, Huawei, Qcloud, Tencent, Volcengine, cloud_action, cloud_model};
use cloudcall_examples::target::Target;

// Tencent Cloud, API 3.0
// ---------------------------------------------------------------------------------------------

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

/// Lists instances.
#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12", response = Instances)]
struct DescribeInstances {
    instance_ids: Option<Vec<String>>,
    limit: Option<i64>,
}

#[cloud_model(provider = "tencent", response)]
struct Instances {
    total_count: i64,
}

async fn tencent(target: &Target) -> Result<(), Error> {
    let client = target.client::<Tencent>("ap-guangzhou")?;
    let zones = client.describe_zones().send().await?;
    println!("  DescribeZones, request {}", zones.request_id().unwrap_or("without an id"));
    for zone in &zones.zone_set {
        println!("    {:<16} {:<12} {}", zone.zone, zone.zone_state, zone.zone_name);
    }
    // An error has a kind, a code and a request id. Its text is one line, for logs.
    match client.describe_instances().instance_ids(["ins-00000000"]).limit(20).send().await {
        Ok(found) => println!("  DescribeInstances found {} instances", found.total_count),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            println!("  DescribeInstances failed, as it should:\n    {error}")
        }
        Err(error) => return Err(error),
    }
    Ok(())
}

// Tencent Cloud, legacy API 2.0
// --------------------------------------------------------------------------------------

/// Lists regions.
#[cloud_action(provider = "qcloud", product = "cvm", response = Regions)]
struct DescribeRegions {}

#[cloud_model(provider = "qcloud", case = "camelCase", response)]
struct Regions {
    region_set: Vec<Region>,
}

#[cloud_model(provider = "qcloud", case = "camelCase", response)]
struct Region {
    region_code: String,
    region_name: String,
}

async fn qcloud(target: &Target) -> Result<(), Error> {
    let client = target.client::<Qcloud>("gz")?;
    let regions = client.describe_regions().send().await?;
    println!("  DescribeRegions");
    for region in &regions.region_set {
        println!("    {:<16} {}", region.region_code, region.region_name);
    }
    Ok(())
}

// Huawei Cloud, REST
// -------------------------------------------------------------------------------------------------

/// Lists VPCs. The project comes from the credential.
#[cloud_action(
    provider = "huawei", product = "vpc", version = "v1", method = "GET",
    path = "/v1/{project_id}/vpcs", response = VpcList, readonly
)]
struct ListVpcs {
    #[param(query)]
    limit: Option<i64>,
}

#[cloud_model(provider = "huawei", response)]
struct VpcList {
    vpcs: Vec<Vpc>,
}

#[cloud_model(provider = "huawei", response)]
struct Vpc {
    name: String,
    cidr: String,
}

async fn huawei(target: &Target) -> Result<(), Error> {
    let client = target.client::<Huawei>("cn-north-4")?;
    let list = client.list_vpcs().limit(10).send().await?;
    println!("  ListVpcs, request {}", list.request_id().unwrap_or("without an id"));
    for vpc in &list.vpcs {
        println!("    {:<16} {}", vpc.name, vpc.cidr);
    }
    Ok(())
}

// Alibaba Cloud, RPC and ROA
// -----------------------------------------------------------------------------------------

/// Lists VPCs: an RPC action, whose parameters are flattened into the query.
#[cloud_action(provider = "alibaba", product = "vpc", version = "2016-04-28", style = "rpc", response = Vpcs)]
struct DescribeVpcs {
    region_id: String,
    page_size: Option<i64>,
}

#[cloud_model(provider = "alibaba", response)]
struct Vpcs {
    total_count: i64,
}

/// Shows a cluster: a ROA action, whose path names the resource.
#[cloud_action(
    provider = "alibaba", product = "cs", version = "2015-12-15", style = "roa",
    method = "GET", path = "/clusters/{cluster_id}", response = Cluster, readonly
)]
struct DescribeClusterDetail {
    #[param(path)]
    cluster_id: String,
}

#[cloud_model(provider = "alibaba", case = "snake_case", response)]
struct Cluster {
    name: String,
    state: String,
}

async fn alibaba(target: &Target) -> Result<(), Error> {
    let client = target.client::<Alibaba>("cn-hangzhou")?;
    let vpcs = client.describe_vpcs().region_id("cn-hangzhou").page_size(10).send().await?;
    println!("  DescribeVpcs found {} VPCs", vpcs.total_count);
    // The vendor probably has no cluster with this id.
    if let Target::Local(_) = target {
        let cluster = client.describe_cluster_detail().cluster_id("c1").send().await?;
        println!("  DescribeClusterDetail: {} is {}", cluster.name, cluster.state);
    }
    Ok(())
}

// Volcengine
// ---------------------------------------------------------------------------------------------------------

/// Lists virtual networks: a GET, whose parameters are flattened into the query.
#[cloud_action(
    provider = "volcengine", product = "vpc", version = "2020-04-01", method = "GET", action = "DescribeVpcs",
    response = VolcengineVpcs
)]
struct DescribeVolcengineVpcs {
    vpc_name: Option<String>,
    page_size: Option<i64>,
}

#[cloud_model(provider = "volcengine", response)]
struct VolcengineVpcs {
    total_count: i64,
}

/// Lists bills: a POST with a JSON body.
#[cloud_action(provider = "volcengine", product = "billing", version = "2022-01-01", response = Bills)]
struct ListBill {
    bill_period: String,
    limit: Option<i64>,
}

#[cloud_model(provider = "volcengine", response)]
struct Bills {
    total: i64,
}

async fn volcengine(target: &Target) -> Result<(), Error> {
    let client = target.client::<Volcengine>("cn-beijing")?;
    let vpcs = client.describe_volcengine_vpcs().page_size(10).send().await?;
    println!("  DescribeVpcs found {} VPCs, request {}", vpcs.total_count, vpcs.request_id().unwrap_or("-"));
    let bills = client.list_bill().bill_period("2026-02").limit(10).send().await?;
    println!("  ListBill found {} bills", bills.total);
    Ok(())
}

// The responses of the local cloud
// ----------------------------------------------------------------------------------

/// Some responses.
fn responses(cloud: LocalCloudBuilder) -> LocalCloudBuilder {
    cloud
        .on("DescribeZones", |request| {
            let region = request.region.clone().unwrap_or_default();
            LocalResponse::ok(json!({ "TotalCount": 2, "ZoneSet": [
                { "Zone": format!("{region}-3"), "ZoneName": "Zone 3", "ZoneState": "AVAILABLE" },
                { "Zone": format!("{region}-6"), "ZoneName": "Zone 6", "ZoneState": "UNAVAILABLE" },
            ] }))
        })
        .on("DescribeInstances", |request| {
            let id = request.param("InstanceIds.0").unwrap_or_default();
            LocalResponse::error("InvalidInstanceId.NotFound", format!("The instance {id} does not exist."))
        })
        .on("DescribeRegions", |_| {
            LocalResponse::ok(json!({ "regionSet": [
                { "regionCode": "gz", "regionName": "Guangzhou" }, { "regionCode": "sh", "regionName": "Shanghai" },
            ] }))
        })
        .on("DescribeVpcs", |_| LocalResponse::ok(json!({ "TotalCount": 3 })))
        .on("ListBill", |_| LocalResponse::ok(json!({ "Total": 1, "List": [] })))
        .on_path(Method::GET, "/v1/{project_id}/vpcs", |_| {
            LocalResponse::ok(json!({ "vpcs": [{ "name": "default", "cidr": "10.0.0.0/8" }] }))
        })
        .on_path(Method::GET, "/clusters/{cluster_id}", |_| {
            LocalResponse::ok(json!({ "name": "blue", "state": "running" }))
        })
}

async fn run() -> Result<ExitCode, Error> {
    let target = Target::from_args(responses).await?;
    let mut failed = false;
    for name in ["tencent", "qcloud", "huawei", "alibaba", "volcengine"] {
        println!("\n{name}");
        let outcome = match name {
            "tencent" => tencent(&target).await,
            "qcloud" => qcloud(&target).await,
            "huawei" => huawei(&target).await,
            "alibaba" => alibaba(&target).await,
            _ => volcengine(&target).await,
        };
        match outcome {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::Credentials => println!("  skipped: {error}"),
            Err(error) => {
                failed = true;
                println!("  {error}");
            }
        }
    }
    if let Target::Local(cloud) = &target {
        let requests = cloud.requests();
        let right = requests.iter().filter(|request| request.verdict.is_accepted()).count();
        println!("\nThe local cloud saw {} requests; {right} were signed as they should be.", requests.len());
    }
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

#[tokio::main]
async fn main() -> ExitCode {
    run().await.unwrap_or_else(|error| {
        eprintln!("{error}");
        ExitCode::FAILURE
    })
}
