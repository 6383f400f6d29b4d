use cloudcall::cloud_action;

use cloudcall::{Alibaba, Client};

#[cloud_action(provider = "alibaba", product = "ecs", version = "2014-05-26", style = "rpc")]
pub struct RunInstances {
    pub region_id: String,
    pub image_id: String,
    pub amount: Option<i32>,
}

async fn call(client: Client<Alibaba>) {
    let _ = client.run_instances().region_id("cn-hangzhou").await;
}

fn main() {}
