use cloudcall::cloud_action;

#[cloud_action(provider = "tencentcloud", product = "cvm", version = "2017-03-12")]
pub struct DescribeInstances {
    pub limit: Option<i64>,
}

fn main() {}
