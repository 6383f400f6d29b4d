use cloudcall::cloud_model;

#[cloud_model(provider = "huawei")]
pub struct Vpc {
    #[param(query)]
    pub id: Option<String>,
}

fn main() {}
