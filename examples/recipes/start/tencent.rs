use cloudcall::prelude::*;

#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12", response = Zones)]
pub struct DescribeZones {}

#[cloud_model(provider = "tencent", response)]
pub struct Zones {
    pub zone_set: Vec<Zone>,
}

#[cloud_model(provider = "tencent", response)]
pub struct Zone {
    pub zone: String,
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let client = Client::<Tencent>::builder().region("ap-guangzhou").build()?;
    for zone in &client.describe_zones().send().await?.zone_set {
        println!("{}", zone.zone);
    }
    Ok(())
}
