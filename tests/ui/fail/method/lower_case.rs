use cloudcall::cloud_action;

#[cloud_action(provider = "huawei", product = "vpc", version = "v2", method = "get")]
pub struct DescribeInstances {
    pub limit: Option<i64>,
}

fn main() {}
