use cloudcall::cloud_action;

#[cloud_action(provider = "tencent", product = "vpc", version = "2017-03-12", case = "snake_case", method = "FETCH")]
pub struct DescribeInstances {
    pub limit: Option<i64>,
}

fn main() {}
