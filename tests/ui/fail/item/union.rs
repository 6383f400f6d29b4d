use cloudcall::cloud_action;

#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12")]
pub union DescribeInstances {
    pub limit: i64,
}

fn main() {}
