use cloudcall::prelude::*;

#[cloud_action(provider = "alibaba", product = "ecs", version = "2014-05-26", style = "rpc", response = Regions)]
pub struct DescribeRegions {}

#[cloud_model(provider = "alibaba", response)]
pub struct Regions {
    pub regions: RegionList,
}

#[cloud_model(provider = "alibaba", response)]
pub struct RegionList {
    pub region: Vec<Region>,
}

#[cloud_model(provider = "alibaba", response)]
pub struct Region {
    pub region_id: String,
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let client = Client::<Alibaba>::builder().region("cn-hangzhou").build()?;
    for region in &client.describe_regions().send().await?.regions.region {
        println!("{}", region.region_id);
    }
    Ok(())
}
