use cloudcall::cloud_model;

#[cloud_model(provider = "tencent", response)]
pub struct Vpc {
    pub id: Option<Id>,
}

#[derive(Clone, Debug)]
pub struct Id(pub String);

fn main() {}
