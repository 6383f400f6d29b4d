use cloudcall::cloud_model;

#[cloud_model(provider = "tencent", request, response)]
pub struct Vpc {
    pub id: Option<String>,
}

fn main() {}
