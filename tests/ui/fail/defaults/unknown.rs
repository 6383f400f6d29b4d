use cloudcall::cloud_action;

#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12", retry(attempts = 3))]
pub struct DescribeZones {}

fn main() {}
