use cloudcall::cloud_action;

#[cloud_action(
    provider = "tencent",
    product = "vpc",
    version = "2017-03-12",
    case = "snake_case",
    method = "GET",
    path = "/v1/{vpc_id}/vpcs/{vpc_id}"
)]
pub struct ShowVpc {
    #[param(path)]
    pub vpc_id: String,
}

fn main() {}
