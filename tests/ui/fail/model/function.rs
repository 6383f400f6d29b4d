use cloudcall::cloud_model;

#[cloud_model(provider = "tencent")]
pub fn vpc() {}

fn main() {}
