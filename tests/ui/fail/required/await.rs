use cloudcall::cloud_action;

use cloudcall::{Client, Tencent};

#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12")]
pub struct RunInstances {
    pub region_id: String,
    pub image_id: String,
    pub amount: Option<i32>,
}

async fn call(client: Client<Tencent>) {
    let _ = client.run_instances().region_id("ap-guangzhou").await;
}

fn main() {}
