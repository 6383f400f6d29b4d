use cloudcall::cloud_model;

#[cloud_model(provider = "tencent", readonly)]
pub struct Vpc {
    pub id: Option<String>,
}

fn main() {}
