//! What the crate's documentation shows of every cloud.
#![deny(missing_docs, warnings)]

use cloudcall::json::Value;
use cloudcall::{Alibaba, Client, Huawei, Qcloud, cloud_action, cloud_model};

/// Changes a network.
#[cloud_action(provider = "huawei", product = "vpc", version = "v2", method = "PUT",
               path = "/v1/{project_id}/vpcs/{vpc_id}", response = UpdateVpcResponse, idempotent)]
pub struct UpdateVpc {
    /// Which one.
    #[param(path)]
    pub vpc_id: String,
    /// Only check.
    #[param(query)]
    pub dry_run: Option<bool>,
    /// The language of messages.
    #[param(header = "X-Language")]
    pub language: Option<String>,
    /// What to change.
    #[param(body)]
    pub vpc: VpcPatch,
}

/// A change.
#[cloud_model(provider = "huawei", request)]
pub struct VpcPatch {
    /// The new name.
    pub name: Option<String>,
}

/// The changed network.
#[cloud_model(provider = "huawei", response)]
pub struct UpdateVpcResponse {
    /// As it is now.
    pub vpc: Option<Value>,
}

/// Starts instances.
#[cloud_action(provider = "alibaba", product = "ecs", version = "2014-05-26", style = "rpc",
               response = Value, idempotency_token = client_token)]
pub struct RunInstances {
    /// Where.
    pub region_id: String,
    /// Tags.
    pub tag: Option<Vec<Value>>,
    /// Makes repeated calls one.
    pub client_token: Option<String>,
}

/// Shows a cluster.
#[cloud_action(
    provider = "alibaba",
    product = "cs",
    version = "2015-12-15",
    style = "roa",
    method = "GET",
    path = "/clusters/{cluster_id}",
    readonly)]
pub struct DescribeClusterDetail {
    /// Which one.
    #[param(path)]
    pub cluster_id: String,
}

/// Lists regions.
#[cloud_action(provider = "qcloud", product = "cvm", readonly)]
pub struct DescribeRegions {}

/// Lists zones.
#[cloud_action(provider = "qcloud", product = "cvm")]
pub struct DescribeZones;

/// Every action, each through the client of its cloud.
pub async fn calls(
    huawei: Client<Huawei>,
    alibaba: Client<Alibaba>,
    qcloud: Client<Qcloud>,
) -> Result<(), cloudcall::Error> {
    let patch = VpcPatch { name: Some("web".to_owned()) };
    huawei.update_vpc().vpc(patch).dry_run(true).vpc_id("vpc-1").await?;
    alibaba.run_instances().region_id("cn-hangzhou").await?;
    alibaba.describe_cluster_detail().cluster_id("c-1").send().await?;
    qcloud.describe_regions().await?;
    qcloud.describe_zones().await?;
    Ok(())
}

fn main() {
    let _ = calls;
}
