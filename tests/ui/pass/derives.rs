//! Derives of the user's own, in any order with the attribute.
#![deny(warnings)]

use cloudcall::{cloud_action, cloud_model};

#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12")]
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DescribeZones {
    pub zone: String,
}

#[derive(PartialEq, Default)]
#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12")]
pub struct DescribeRegions {
    #[param(secret)]
    pub key: String,
}

#[cloud_model(provider = "tencent")]
#[derive(Debug, PartialEq, Default)]
pub struct Zone {
    pub id: Option<String>,
    #[serde(flatten)]
    pub rest: std::collections::HashMap<String, cloudcall::json::Value>,
}

#[cloud_model]
#[derive(PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum State {
    Up,
}

fn main() {
    assert_eq!(DescribeZones::default(), DescribeZones::builder().zone("").build());
    let _ = (DescribeRegions::default(), Zone::default(), State::Up < State::from("x"));
}
