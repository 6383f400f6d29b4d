use cloudcall::cloud_action;

#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12", paginate(offset = limit, totl = total_count))]
pub struct DescribeInstances {
    pub limit: Option<i64>,
}

fn main() {}
