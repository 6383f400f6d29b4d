use cloudcall::cloud_action;

#[cloud_action(provider = "alibaba", product = "ecs", version = "2014-05-26", style = "rpc")]
pub struct RunInstances {
    pub region_id: String,
    pub image_id: String,
    pub amount: Option<i32>,
}

fn main() {
    let _ = RunInstances::builder().image_id("m-1").amount(3).build();
}
