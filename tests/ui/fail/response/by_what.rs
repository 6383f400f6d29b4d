use cloudcall::cloud_action;

#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12", response(json) = cloudcall::Value)]
pub struct DescribeZones {}

fn main() {}
