//! What the crate's documentation shows of the other clouds; the macros know none of them.
#![deny(missing_docs, warnings)]

use cloudcall::json::Value;
use cloudcall::{Client, Tencent, cloud_action, cloud_model};

/// A runtime in which all clouds are one, so that this file needs none but the first.
pub mod sdk {
    pub use cloudcall::{__private, json};

    /// The clouds.
    pub mod provider {
        pub use cloudcall::provider::{tencent as alibaba, tencent as huawei, tencent as qcloud};
    }
}

/// Changes a network.
#[cloud_action(provider = "huawei", product = "vpc", version = "v2", method = "PUT",
               path = "/v1/{project_id}/vpcs/{vpc_id}", response = UpdateVpcResponse, idempotent, crate = sdk)]
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
               response = Value, idempotency_token = client_token, crate = sdk)]
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
    readonly, crate = sdk)]
pub struct DescribeClusterDetail {
    /// Which one.
    #[param(path)]
    pub cluster_id: String,
}

/// Lists regions.
#[cloud_action(provider = "qcloud", product = "cvm", readonly, crate = sdk)]
pub struct DescribeRegions {}

/// Lists zones.
#[cloud_action(provider = "qcloud", product = "cvm", crate = sdk)]
pub struct DescribeZones;

/// Every action.
pub async fn calls(client: Client<Tencent>) -> Result<(), cloudcall::Error> {
    let patch = VpcPatch { name: Some("web".to_owned()) };
    client.update_vpc().vpc(patch).dry_run(true).vpc_id("vpc-1").await?;
    client.run_instances().region_id("cn-hangzhou").await?;
    client.describe_cluster_detail().cluster_id("c-1").send().await?;
    client.describe_regions().await?;
    client.describe_zones().await?;
    Ok(())
}

fn main() {
    let _ = calls;
}
