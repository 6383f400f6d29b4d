use cloudcall::cloud_action;

#[cloud_action(
    provider = "tencent",
    product = "vpc",
    version = "v2",
    case = "snake_case",
    method = "POST",
    path = "/v1/vpcs"
)]
#[derive(Debug)]
pub struct CreateVpc {
    #[param(secret)]
    pub password: String,
}

fn main() {}
