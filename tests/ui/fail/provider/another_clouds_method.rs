use cloudcall::cloud_action;

use cloudcall::Client;
use other_cloud::Other;

#[path = "../../other_cloud.rs"]
mod other_cloud;

#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12")]
pub struct DescribeInstances {
    pub limit: Option<i64>,
}

fn call(client: &Client<Other>) {
    let _ = client.describe_instances();
}

fn main() {}
