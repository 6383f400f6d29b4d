use cloudcall::cloud_action;

#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12", retry(max_attempts = 0))]
pub struct DescribeZones {}

fn main() {}
