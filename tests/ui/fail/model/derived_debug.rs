use cloudcall::cloud_model;

#[cloud_model(provider = "tencent")]
#[derive(Debug)]
pub struct Vpc {
    #[param(secret)]
    pub key: Option<String>,
}

fn main() {}
