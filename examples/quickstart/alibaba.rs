//! Alibaba Cloud: RPC actions, whose parameters are flattened, and ROA actions, whose path names a resource.

use cloudcall::{Alibaba, Error, cloud_action, cloud_model};
use cloudcall_quickstart::target::Target;

use crate::{call, refused};

/// Lists VPCs (RPC).
#[cloud_action(provider = "alibaba", product = "vpc", version = "2016-04-28", style = "rpc", response = Vpcs)]
struct DescribeVpcs {
    page_size: Option<i64>,
}

#[cloud_model(provider = "alibaba", response)]
struct Vpcs {
    total_count: i64,
}

/// Shows a cluster (ROA). Without a type, the response is a `cloudcall::Value`.
#[cloud_action(
    provider = "alibaba",
    product = "cs",
    version = "2015-12-15",
    style = "roa",
    method = "GET",
    path = "/clusters/{cluster_id}",
    readonly
)]
struct DescribeClusterDetail {
    #[param(path)]
    cluster_id: String,
}

pub(crate) async fn run(target: &Target) -> Result<(), Error> {
    let client = target.client::<Alibaba>("cn-hangzhou")?;

    call("describe_vpcs().page_size(10).send().await?");
    let vpcs = client.describe_vpcs().page_size(10).send().await?;
    println!("      total_count: {}", vpcs.total_count);

    call("describe_cluster_detail().cluster_id(\"c00000000\").send().await");
    refused(client.describe_cluster_detail().cluster_id("c00000000").send().await)
}
