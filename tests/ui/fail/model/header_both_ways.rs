use cloudcall::cloud_model;

#[cloud_model(provider = "huawei")]
pub struct Token {
    #[param(header = "X-Subject-Token")]
    pub token: Option<String>,
}

fn main() {}
