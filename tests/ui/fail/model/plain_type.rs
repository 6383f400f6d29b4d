use cloudcall::cloud_model;
use serde::Deserialize;

#[cloud_model(provider = "tencent", response)]
pub struct InstanceList {
    pub instance_set: Option<Vec<Instance>>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Instance {
    pub instance_id: Option<String>,
}

fn main() {}
