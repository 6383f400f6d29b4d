use cloudcall::{Client, Tencent, cloud_action};

#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12")]
pub struct DescribeInstances {
    pub offset: Option<i64>,
}

fn call(client: &Client<Tencent>) {
    let _ = client.describe_instances().pages();
    let _ = client.invoker(DescribeInstances { offset: None }).pages();
}

fn main() {}
