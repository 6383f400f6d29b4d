//! Huawei Cloud: REST, with parameters in path and query.

use cloudcall::{Error, Huawei, cloud_action, cloud_model};
use cloudcall_quickstart::target::Target;

use crate::{call, refused};

/// Lists VPCs. The project comes from the credential.
#[cloud_action(
    provider = "huawei", product = "vpc", version = "v1", method = "GET",
    path = "/v1/{project_id}/vpcs", response = VpcList, readonly
)]
struct ListVpcs {
    #[param(query)]
    limit: Option<i64>,
}

#[cloud_model(provider = "huawei", response)]
struct VpcList {
    vpcs: Vec<Vpc>,
}

#[cloud_model(provider = "huawei", response)]
struct Vpc {
    name: String,
    cidr: String,
}

/// Shows one VPC. Without a type, the response is a `cloudcall::Value`.
#[cloud_action(
    provider = "huawei",
    product = "vpc",
    version = "v1",
    method = "GET",
    path = "/v1/{project_id}/vpcs/{vpc_id}",
    readonly
)]
struct ShowVpc {
    #[param(path)]
    vpc_id: String,
}

pub(crate) async fn run(target: &Target) -> Result<(), Error> {
    let client = target.client::<Huawei>("cn-north-4")?;

    call("list_vpcs().limit(10).send().await?");
    let list = client.list_vpcs().limit(10).send().await?;
    for vpc in &list.vpcs {
        println!("      {:<16} {}", vpc.name, vpc.cidr);
    }

    call("show_vpc().vpc_id(\"00000000\").send().await");
    refused(client.show_vpc().vpc_id("00000000").send().await)
}
