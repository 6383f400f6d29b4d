use cloudcall::cloud_action;

#[cloud_action(provider = "huawei", product = "vpc", version = "v2", method = "POST", path = "/v1/vpcs")]
pub struct CreateVpc {
    pub name: Option<String>,
    #[param(name = "name")]
    pub alias: Option<String>,
}

fn main() {}
