use cloudcall::cloud_action;

#[cloud_action(provider = "tencent", product = "cvm", version = "2017-13-12")]
pub struct DescribeInstances {
    pub limit: Option<i64>,
}

fn main() {}
