use cloudcall::cloud_action;

#[cloud_action(
    provider = "tencent",
    product = "vpc",
    version = "2017-03-12",
    case = "snake_case",
    method = "GET",
    path = "/v1/{project_id}/vpcs/{vpc_id}"
)]
pub struct ShowVpc {}

fn main() {}
