use cloudcall::cloud_model;
use serde::Serialize;

#[cloud_model(provider = "tencent", request)]
pub struct Disk {
    pub placement: Option<Placement>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Placement {
    pub zone: String,
}

fn main() {}
