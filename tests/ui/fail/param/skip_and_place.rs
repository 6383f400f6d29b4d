use cloudcall::cloud_action;

#[cloud_action(
    provider = "tencent",
    product = "vpc",
    version = "v2",
    case = "snake_case",
    method = "POST",
    path = "/v1/vpcs"
)]
pub struct CreateVpc {
    #[param(skip, query)]
    pub name: Option<String>,
}

fn main() {}
