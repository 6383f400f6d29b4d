use cloudcall::cloud_action;

#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12")]
#[derive(serde::Deserialize, Default)]
pub struct DescribeZones {
    pub zone_ids: Option<Vec<String>>,
}

#[derive(serde::Serialize, serde::Deserialize)]
#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12")]
pub struct DescribeRegions {}

fn main() {
    let _ = (DescribeZones::default(), DescribeRegions::builder().build());
}
