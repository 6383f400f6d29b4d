use cloudcall::cloud_action;

#[cloud_action(provider = "huawei", product = "vpc", version = "v2", method = "POST", path = "/v1/vpcs")]
pub struct CreateVpc {
    #[param(skip, query)]
    pub name: Option<String>,
}

fn main() {}
