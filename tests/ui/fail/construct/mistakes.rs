use cloudcall::{cloud_action, cloud_model};

#[cloud_model(provider = "tencent")]
pub struct Disk {
    #[param(required)]
    pub id: String,
    #[param(required, default = 3)]
    pub size: Option<i64>,
}

#[cloud_model(provider = "tencent", response, setters = true)]
pub struct Zone {
    #[param(required)]
    pub id: Option<String>,
}

#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12")]
pub struct DescribeZones {
    #[param(required)]
    pub id: Option<String>,
}

fn main() {
    let _ = Disk::new("d");
}
