use cloudcall::cloud_action;

#[cloud_action(provider = "huawei", product = "vpc", version = "v2", method = "POST", path = "/v1/vpcs")]
pub struct CreateVpc {
    pub name: Option<Name>,
}

pub struct Name {
    pub text: String,
}

fn main() {}
