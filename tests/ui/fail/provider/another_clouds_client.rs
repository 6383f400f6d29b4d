use cloudcall::{Client, Huawei, cloud_action};

#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12")]
pub struct DescribeInstances {
    pub limit: Option<i64>,
}

fn call(client: Client<Huawei>) {
    let _ = client.describe_instances();
}

fn main() {}
