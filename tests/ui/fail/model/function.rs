use cloudcall::cloud_model;

#[cloud_model(provider = "huawei")]
pub fn vpc() {}

fn main() {}
