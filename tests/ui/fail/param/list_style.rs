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
    #[param(list = "commas")]
    pub names: Option<Vec<String>>,
}

fn main() {}
