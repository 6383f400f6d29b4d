use cloudcall::cloud_action;

#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12", paginate(limit = limit))]
pub struct DescribeInstances {
    pub limit: Option<i64>,
}

fn main() {}
