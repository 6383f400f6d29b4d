//! Alibaba Cloud, ROA style: the path names the resource, and the parameters are a JSON document.
//!
//! ```text
//! cargo run -p cloudcall-examples --example alibaba_cs_describe_cluster
//! ```

use cloudcall::http::Method;
use cloudcall::json::json;
use cloudcall::local::LocalResponse;
use cloudcall::{Alibaba, Error, cloud_action, cloud_model};
use cloudcall_quickstart::target::Target;

/// Shows a cluster.
#[cloud_action(
    provider = "alibaba", product = "cs", version = "2015-12-15", style = "roa",
    method = "GET", path = "/clusters/{cluster_id}", response = Cluster
)]
struct DescribeClusterDetail {
    #[param(path)]
    cluster_id: String,
}

/// Changes a cluster.
#[cloud_action(
    provider = "alibaba", product = "cs", version = "2015-12-15", style = "roa", case = "snake_case",
    method = "PUT", path = "/api/v2/clusters/{cluster_id}", response = (), idempotent
)]
struct ModifyCluster {
    #[param(path)]
    cluster_id: String,
    #[param(body)]
    deletion_protection: Option<bool>,
}

#[cloud_model(provider = "alibaba", case = "snake_case", response)]
struct Cluster {
    name: Option<String>,
    state: Option<String>,
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let target = Target::from_args(|cloud| {
        cloud
            .on_path(Method::GET, "/clusters/{cluster_id}", |_| {
                LocalResponse::ok(json!({ "name": "blue", "state": "running" }))
            })
            .on_path(Method::PUT, "/api/v2/clusters/{cluster_id}", |_| LocalResponse::ok(json!({})))
    })
    .await?;
    let client = target.client::<Alibaba>("cn-hangzhou")?;
    let cluster = client.describe_cluster_detail().cluster_id("c-1").send().await?;
    println!("{:?} is {:?}", cluster.name, cluster.state);
    // A path value cannot change the path: it is encoded, and an empty value, `.` or `..` is refused.
    let error = client.describe_cluster_detail().cluster_id("..").send().await.err();
    println!("{}", error.map(|error| error.to_string()).unwrap_or_default());
    let changed = client.modify_cluster().cluster_id("c-1").deletion_protection(true).send().await?;
    println!("changed, status {}", changed.status());
    Ok(())
}
