use cloudcall::cloud_model;

#[cloud_model(provider = "huawei", response)]
pub struct Vpc {
    pub id: Option<Id>,
}

pub struct Id(pub String);

fn main() {}
