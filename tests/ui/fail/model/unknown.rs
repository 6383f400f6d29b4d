use cloudcall::cloud_model;

#[cloud_model(provider = "huawei", readonly)]
pub struct Vpc {
    pub id: Option<String>,
}

fn main() {}
