use cloudcall::cloud_action;

#[cloud_action(
    provider = "huawei",
    product = "vpc",
    version = "v2",
    method = "GET",
    path = "v1/vpcs/{vpc_id}"
)]
pub struct ShowVpc {
    #[param(path)]
    pub vpc_id: String,
}

fn main() {}
