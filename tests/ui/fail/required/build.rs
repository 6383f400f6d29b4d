use cloudcall::cloud_action;

#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12")]
pub struct RunInstances {
    pub region_id: String,
    pub image_id: String,
    pub amount: Option<i32>,
}

fn main() {
    let _ = RunInstances::builder().image_id("m-1").amount(3).build();
}
