use cloudcall::prelude::*;

#[cloud_action(provider = "volcengine", product = "ecs", version = "2020-04-01", method = "GET", response = Zones)]
pub struct DescribeZones {}

#[cloud_model(provider = "volcengine", response)]
pub struct Zones {
    pub zones: Vec<Zone>,
}

#[cloud_model(provider = "volcengine", response)]
pub struct Zone {
    pub zone_id: String,
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let client = Client::<Volcengine>::builder().region("cn-beijing").build()?;
    for zone in &client.describe_zones().send().await?.zones {
        println!("{}", zone.zone_id);
    }
    Ok(())
}
