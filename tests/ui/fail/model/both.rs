use cloudcall::cloud_model;

#[cloud_model(provider = "huawei", request, response)]
pub struct Vpc {
    pub id: Option<String>,
}

fn main() {}
