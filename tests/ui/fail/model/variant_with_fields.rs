use cloudcall::cloud_model;

#[cloud_model]
pub enum State {
    Running,
    Failed(u32),
}

fn main() {}
