use cloudcall::cloud_model;

#[cloud_model(provider = "tencent", request, strict)]
pub struct Filter {
    pub name: String,
}

fn main() {}
