use cloudcall::cloud_action;

#[cloud_action(provider = "huawei", product = "vpc", version = "v2", method = "POST", path = "/v1/vpcs")]
#[derive(Debug)]
pub struct CreateVpc {
    #[param(secret)]
    pub password: String,
}

fn main() {}
