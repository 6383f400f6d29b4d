//! What the crate's documentation shows of Tencent Cloud.
#![deny(missing_docs, warnings)]

use cloudcall::{Client, Tencent, cloud_action, cloud_model};

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

/// Every way to call.
pub async fn calls(client: Client<Tencent>) -> Result<(), cloudcall::Error> {
    let list = client.describe_instances().limit(20).instance_ids(["ins-1", "ins-2"]).send().await?;
    let _: Option<i64> = list.total_count;
    client.describe_instances().limit(20).invoker().add_header("X-TC-Canary", "1").invoke().await?;
    client.describe_instances().await?;
    let request = DescribeInstances::builder().limit(20).build();
    client.invoker(request.clone()).invoke().await?;
    client.invoker(request).await?;
    Ok(())
}

fn spawned(client: Client<Tencent>) -> impl Future<Output = ()> + Send + 'static {
    async move {
        let _ = client.describe_instances().send().await;
        let _ = client.describe_instances().await;
    }
}

fn main() {
    let _ = (calls, spawned);
}
