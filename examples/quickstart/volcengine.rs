//! Volcengine: GET actions, whose parameters are flattened into the query, and POST actions with a JSON body.

use cloudcall::{Error, Volcengine, cloud_action, cloud_model};
use cloudcall_quickstart::target::Target;

use crate::{call, refused};

/// Lists virtual networks: a GET.
#[cloud_action(provider = "volcengine", product = "vpc", version = "2020-04-01", method = "GET", response = Vpcs)]
struct DescribeVpcs {
    page_size: Option<i64>,
}

#[cloud_model(provider = "volcengine", response)]
struct Vpcs {
    total_count: i64,
}

/// Lists bills: a POST. Without a type, the response is a `cloudcall::Value`.
#[cloud_action(provider = "volcengine", product = "billing", version = "2022-01-01")]
struct ListBill {
    bill_period: String,
    limit: Option<i64>,
}

pub(crate) async fn run(target: &Target) -> Result<(), Error> {
    let client = target.client::<Volcengine>("cn-beijing")?;

    call("describe_vpcs().page_size(10).send().await?");
    let vpcs = client.describe_vpcs().page_size(10).send().await?;
    println!("      total_count: {}", vpcs.total_count);

    call("list_bill().bill_period(\"2026-13\").limit(10).send().await");
    refused(client.list_bill().bill_period("2026-13").limit(10).send().await)
}
