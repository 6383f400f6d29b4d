use cloudcall::cloud_action;
use serde::Serialize;

#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12")]
pub struct DescribeInstances {
    pub filters: Option<Vec<Filter>>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Filter {
    pub name: String,
}

fn main() {}
