use cloudcall::cloud_model;

#[cloud_model(provider = "huawei")]
pub struct Vpc(pub String);

fn main() {}
