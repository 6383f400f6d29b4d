use cloudcall::cloud_model;

#[cloud_model(provider = "tencent")]
pub struct Vpc {
    #[param(query)]
    pub id: Option<String>,
}

fn main() {}
