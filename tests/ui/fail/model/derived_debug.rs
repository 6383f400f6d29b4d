use cloudcall::cloud_model;

#[cloud_model(provider = "huawei")]
#[derive(Debug)]
pub struct Vpc {
    #[param(secret)]
    pub key: Option<String>,
}

fn main() {}
