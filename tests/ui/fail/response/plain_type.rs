use cloudcall::cloud_action;
use serde::Deserialize;

#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12", response = Zones)]
pub struct DescribeZones {}

#[derive(Debug, Deserialize)]
pub struct Zones {
    pub total_count: Option<i64>,
}

fn main() {}
