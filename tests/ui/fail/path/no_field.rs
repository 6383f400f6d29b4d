use cloudcall::cloud_action;

#[cloud_action(
    provider = "huawei",
    product = "vpc",
    version = "v2",
    method = "GET",
    path = "/v1/{project_id}/vpcs/{vpc_id}"
)]
pub struct ShowVpc {}

fn main() {}
