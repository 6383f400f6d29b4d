use cloudcall::cloud_model;

#[cloud_model]
pub enum State {
    Running,
    #[param(name = "Running")]
    Active,
}

fn main() {}
