use cloudcall::cloud_action;

#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12")]
pub fn describe_instances() {}

fn main() {}
