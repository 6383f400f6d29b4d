//! What the crate's documentation shows.
#![deny(missing_docs, warnings)]

use cloudcall::json::Value;
use cloudcall::{Alibaba, Client, Huawei, Qcloud, Tencent, cloud_action, cloud_model};

/// Lists instances.
#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12",
               response = InstanceList, readonly,
               paginate(offset = offset, limit = limit, total = total_count, items = instance_set))]
pub struct DescribeInstances {
    /// Which ones.
    pub instance_ids: Option<Vec<String>>,
    /// What kind of them.
    pub filters: Option<Vec<Filter>>,
    /// Where to begin.
    pub offset: Option<i64>,
    /// How many.
    pub limit: Option<i64>,
}

/// A filter.
#[cloud_model(provider = "tencent", request)]
pub struct Filter {
    /// Its name.
    pub name: String,
    /// Its values.
    pub values: Vec<String>,
}

/// The instances.
#[cloud_model(provider = "tencent")]
pub struct InstanceList {
    /// How many there are.
    pub total_count: Option<i64>,
    /// Those of this page.
    pub instance_set: Option<Vec<Instance>>,
    /// The id of the request.
    pub request_id: Option<String>,
}

/// An instance.
#[cloud_model(provider = "tencent")]
pub struct Instance {
    /// Its id.
    pub instance_id: String,
    /// Its state.
    pub instance_state: Option<State>,
}

/// The state of an instance.
#[cloud_model]
pub enum State {
    /// It runs.
    Running,
    /// It is stopped.
    #[param(name = "STOPPED")]
    Stopped,
}

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
    pub tag: Option<Vec<Filter>>,
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
    readonly
)]
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

/// Every way to call.
pub async fn calls(
    tencent: Client<Tencent>,
    huawei: Client<Huawei>,
    alibaba: Client<Alibaba>,
    qcloud: Client<Qcloud>,
) -> Result<(), cloudcall::Error> {
    tencent.describe_instances().limit(20).instance_ids(["ins-1", "ins-2"]).send().await?;
    tencent.describe_instances().limit(20).invoker().invoke().await?;
    tencent.describe_instances().await?;
    let request = DescribeInstances::builder().limit(20).build();
    tencent.invoker(request.clone()).invoke().await?;
    tencent.invoker(request).await?;

    let patch = VpcPatch { name: Some("web".to_owned()) };
    huawei.update_vpc().vpc(patch).dry_run(true).vpc_id("vpc-1").await?;
    alibaba.run_instances().region_id("cn-hangzhou").await?;
    alibaba.describe_cluster_detail().cluster_id("c-1").send().await?;
    qcloud.describe_regions().await?;
    qcloud.describe_zones().await?;
    Ok(())
}

fn spawned(client: Client<Tencent>) -> impl Future<Output = ()> + Send + 'static {
    async move {
        let _ = client.describe_instances().send().await;
    }
}

fn main() {
    let _ = (calls, spawned);
}
