use cloudcall::cloud_action;

#[cloud_action]
pub struct DescribeInstances {
    pub limit: Option<i64>,
}

fn main() {}
