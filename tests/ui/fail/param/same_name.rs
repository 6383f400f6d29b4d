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
    pub name: Option<String>,
    #[param(name = "name")]
    pub alias: Option<String>,
}

fn main() {}
