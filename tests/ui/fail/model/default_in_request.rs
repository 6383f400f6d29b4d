use cloudcall::cloud_model;

#[cloud_model(provider = "tencent", request)]
pub struct Disk {
    #[param(default = 50)]
    pub disk_size: i64,
}

fn main() {}
