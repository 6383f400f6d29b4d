use cloudcall::cloud_action;

#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12", header("X TC" = "1"))]
pub struct DescribeZones {}

fn main() {}
