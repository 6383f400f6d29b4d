use cloudcall::cloud_action;

#[cloud_action(
    provider = "tencent",
    product = "vpc",
    version = "2017-03-12",
    case = "snake_case",
    method = "POST",
    path = "/v1/vpcs"
)]
pub struct CreateVpc {
    #[param(body(hole))]
    pub vpc: Option<String>,
}

fn main() {}
