use cloudcall::cloud_action;

#[cloud_action(provider = "tencent", product = "cvm")]
pub struct DescribeInstances {
    pub limit: Option<i64>,
}

fn main() {}
