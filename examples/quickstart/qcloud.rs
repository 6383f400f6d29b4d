//! Tencent Cloud, the legacy API 2.0: actions without a version, camelCase names.

use cloudcall::json::json;
use cloudcall::{Error, Qcloud, cloud_action, cloud_model};
use cloudcall_quickstart::target::Target;

use crate::{call, refused};

/// Lists regions.
#[cloud_action(provider = "qcloud", product = "cvm", response = Regions)]
struct DescribeRegions {}

#[cloud_model(provider = "qcloud", response)]
struct Regions {
    region_set: Vec<Region>,
}

#[cloud_model(provider = "qcloud", response)]
struct Region {
    region_code: String,
    region_name: String,
}

pub(crate) async fn run(target: &Target) -> Result<(), Error> {
    let client = target.client::<Qcloud>("gz")?;

    call("describe_regions().send().await?");
    let regions = client.describe_regions().send().await?;
    for region in &regions.region_set {
        println!("      {:<16} {}", region.region_code, region.region_name);
    }

    // An untyped call names its action in text.
    call(
        "raw(\"cvm\", \"\", \"DescribeInstances\").json(json!({ \"instanceIds\": [\"ins-00000000\"] })).send().await",
    );
    let wrong = json!({ "instanceIds": ["ins-00000000"] });
    refused(client.raw("cvm", "", "DescribeInstances").json(wrong).send().await)
}
