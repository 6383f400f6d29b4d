use cloudcall::cloud_action;

#[cloud_action(provider = "huawei", product = "cvm")]
pub struct DescribeInstances {
    pub limit: Option<i64>,
}

fn main() {}
