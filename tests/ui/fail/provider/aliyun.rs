use cloudcall::cloud_action;

#[cloud_action(provider = "aliyun", product = "ecs", version = "2014-05-26")]
pub struct DescribeInstances {
    pub page_size: Option<i64>,
}

fn main() {}
