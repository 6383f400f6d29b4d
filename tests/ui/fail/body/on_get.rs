use cloudcall::cloud_action;

#[cloud_action(provider = "huawei", product = "vpc", version = "v2", method = "GET", path = "/v1/vpcs")]
pub struct CreateVpc {
    #[param(body)]
    pub name: Option<String>,
}

fn main() {}
