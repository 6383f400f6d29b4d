//! The program that the quickstart prints at its end.
use cloudcall::prelude::*;

#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12", response = Zones)]
struct DescribeZones {}

#[cloud_model(provider = "tencent", response)]
struct Zones {
    zone_set: Vec<Zone>,
}

#[cloud_model(provider = "tencent", response)]
struct Zone {
    zone: String,
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    // Set TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY.
    let client = Client::<Tencent>::builder().region("ap-guangzhou").build()?;
    for zone in &client.describe_zones().send().await?.zone_set {
        println!("{}", zone.zone);
    }
    Ok(())
}
