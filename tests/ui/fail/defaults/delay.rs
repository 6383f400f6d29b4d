use cloudcall::cloud_action;

#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12", retry(base_delay = "soon"))]
pub struct DescribeZones {}

fn main() {}
