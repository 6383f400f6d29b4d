use cloudcall::cloud_model;

#[cloud_model]
pub struct Vpc {
    pub id: Option<String>,
}

fn main() {}
