use cloudcall::cloud_model;

#[cloud_model(provider = "tencent")]
pub struct Vpc(pub String);

fn main() {}
