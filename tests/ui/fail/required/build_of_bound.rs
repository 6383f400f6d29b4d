use cloudcall::{Client, Tencent, cloud_action};

#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12")]
pub struct RunInstances {
    pub image_id: String,
}

fn call(client: &Client<Tencent>) {
    let _ = client.run_instances().image_id("img-1").build();
}

fn main() {}
