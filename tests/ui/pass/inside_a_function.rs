//! Items of a function.
#![deny(warnings)]

fn main() {
    use cloudcall::{Client, Tencent, cloud_action, cloud_model};

    #[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12", response = Zones)]
    struct DescribeZones {
        zone: String,
        limit: Option<u32>,
    }

    #[cloud_model(provider = "tencent", response)]
    struct Zones {
        total_count: Option<u32>,
    }

    #[cloud_model(response)]
    enum State {
        Up,
    }

    async fn call(client: Client<Tencent>) -> Option<u32> {
        client.describe_zones().zone("z-1").limit(3).await.ok()?.total_count
    }

    let _ = (call, State::Up, State::from("x").as_str().len());
}
