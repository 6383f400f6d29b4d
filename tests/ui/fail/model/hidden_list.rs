#![allow(dead_code)]

use cloudcall::cloud_model;

#[cloud_model(provider = "tencent", response)]
struct Instance {
    pub instance_id: Option<String>,
}

#[cloud_model(provider = "tencent", response)]
pub struct InstanceList {
    pub instance_set: Option<Vec<Instance>>,
}

fn main() {}
