use cloudcall::cloud_action;

#[cloud_action(provider = "huawei", product = "vpc", version = "v2")]
pub struct ShowVpc {
    #[param(path)]
    pub vpc_id: String,
}

fn main() {}
