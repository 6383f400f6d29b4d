//! Calls: typed, untyped, with options, in pages and in parallel.

// ANCHOR: declare
use cloudcall::prelude::*;

#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12", response = Instances, readonly,
               paginate(offset = offset, limit = limit, total = total_count, items = instance_set))]
pub struct DescribeInstances {
    pub instance_ids: Option<Vec<String>>,
    pub offset: Option<i64>,
    pub limit: Option<i64>,
}

#[cloud_model(provider = "tencent", response)]
pub struct Instances {
    pub total_count: Option<i64>,
    pub instance_set: Option<Vec<Instance>>,
}

#[cloud_model(provider = "tencent", response)]
pub struct Instance {
    pub instance_id: Option<String>,
    pub instance_state: Option<String>,
}

pub async fn declare(client: &Client<Tencent>) -> Result<i64, Error> {
    let list = client.describe_instances().limit(20).send().await?;
    Ok(list.total_count.unwrap_or_default())
}
// ANCHOR_END: declare

// ANCHOR: catalogue
cloudcall_models::actions! {
    huawei vpc "v3": ListVpcs;
}

pub async fn catalogue(client: &Client<Huawei>) -> Result<Vec<String>, Error> {
    use huawei::vpc::ListVpcsExt as _;
    let vpcs = client.list_vpcs().limit(10).send().await?.into_inner().vpcs.unwrap_or_default();
    Ok(vpcs.into_iter().filter_map(|vpc| vpc.name).collect())
}
// ANCHOR_END: catalogue

// ANCHOR: raw
pub async fn raw(client: &Client<Tencent>) -> Result<String, Error> {
    let zones = client.raw("cvm", "2017-03-12", "DescribeZones").json(json!({ "Limit": 5 })).send().await?;
    Ok(zones["ZoneSet"][0]["Zone"].to_string())
}
// ANCHOR_END: raw

// ANCHOR: rest
#[cloud_action(
    provider = "huawei",
    product = "vpc",
    version = "v2",
    method = "PUT",
    path = "/v1/{project_id}/vpcs/{vpc_id}",
    idempotent
)]
pub struct UpdateVpc {
    #[param(path)]
    pub vpc_id: String,
    #[param(body)]
    pub vpc: VpcPatch,
}

#[cloud_model(provider = "huawei", request)]
pub struct VpcPatch {
    pub name: Option<String>,
}

pub async fn rest(client: &Client<Huawei>) -> Result<String, Error> {
    let patch = VpcPatch { name: Some("front".into()) };
    let updated = client.update_vpc().vpc_id("vpc-1").vpc(patch).send().await?;
    Ok(updated["vpc"]["name"].to_string())
}
// ANCHOR_END: rest

// ANCHOR: rpc
#[cloud_action(provider = "alibaba", product = "ecs", version = "2014-05-26", style = "rpc",
               idempotency_token = client_token)]
pub struct StartInstance {
    pub instance_id: String,
    pub client_token: Option<String>,
}

pub async fn rpc(client: &Client<Alibaba>) -> Result<Option<String>, Error> {
    let started = client.start_instance().instance_id("i-1").send().await?;
    Ok(started.request_id().map(str::to_owned))
}
// ANCHOR_END: rpc

// ANCHOR: volcengine
#[cloud_action(provider = "volcengine", product = "billing", version = "2022-01-01", readonly)]
pub struct ListBill {
    pub bill_period: String,
    pub limit: Option<i64>,
}

pub async fn volcengine(client: &Client<Volcengine>) -> Result<String, Error> {
    Ok(client.list_bill().bill_period("2026-02").limit(10).send().await?["List"].to_string())
}
// ANCHOR_END: volcengine

// ANCHOR: legacy
pub async fn legacy(client: &Client<Qcloud>) -> Result<String, Error> {
    let regions = client.raw("cvm", "", "DescribeRegions").send().await?;
    Ok(regions["regionSet"].to_string())
}
// ANCHOR_END: legacy

// ANCHOR: options
pub async fn options(client: &Client<Tencent>) -> Result<i64, Error> {
    let list = client
        .describe_instances()
        .add_header("X-TC-Canary", "1")
        .with_region("ap-shanghai")
        .with_timeout(std::time::Duration::from_secs(10))
        .with_retry(RetryPolicy::standard().max_attempts(5))
        .send()
        .await?;
    Ok(list.total_count.unwrap_or_default())
}
// ANCHOR_END: options

// ANCHOR: sign_only
pub async fn sign_only(client: &Client<Tencent>) -> Result<String, Error> {
    let signed = client.raw("cvm", "2017-03-12", "DescribeZones").sign_only().await?;
    Ok(format!("{} {}", signed.method(), signed.uri()))
}
// ANCHOR_END: sign_only

// ANCHOR: response
pub async fn response(client: &Client<Tencent>) -> Result<(), Error> {
    let list = client.describe_instances().send().await?;
    println!("request {:?}, attempts {}", list.request_id(), list.attempts());
    for warning in list.warnings() {
        println!("not as declared: {warning:?}");
    }
    println!("{:#}", list.to_json()?); // every member, also those that are not declared
    Ok(())
}
// ANCHOR_END: response

// ANCHOR: pages
pub async fn pages(client: &Client<Tencent>) -> Result<Vec<String>, Error> {
    let mut instances = client.describe_instances().limit(100).items();
    let mut ids = Vec::new();
    while let Some(instance) = instances.next().await {
        ids.extend(instance?.instance_id);
    }
    Ok(ids)
}
// ANCHOR_END: pages

// ANCHOR: wait
pub async fn wait(client: &Client<Tencent>) -> Result<(), Error> {
    let one = client.describe_instances().instance_ids(["ins-1"]);
    one.wait_until(|list| {
        let state = list.instance_set.iter().flatten().next().and_then(|one| one.instance_state.as_deref());
        match state {
            Some("LAUNCH_FAILED") => Wait::failed("LAUNCH_FAILED"),
            state => (state == Some("RUNNING")).into(),
        }
    })
    .await?;
    Ok(())
}
// ANCHOR_END: wait

// ANCHOR: regions
pub async fn regions(client: &Client<Tencent>) -> Result<Vec<(String, i64)>, Error> {
    let count = async |region: &str| {
        let list = client.describe_instances().with_region(region).send().await?;
        Ok::<_, Error>((region.to_owned(), list.total_count.unwrap_or_default()))
    };
    let regions = ["ap-guangzhou", "ap-shanghai", "ap-beijing"];
    futures_util::future::try_join_all(regions.map(count)).await
}
// ANCHOR_END: regions

// ANCHOR: blocking
pub fn blocking() -> Result<String, Error> {
    let client = cloudcall::blocking::Client::<Tencent>::builder().region("ap-guangzhou").build()?;
    Ok(client.raw("cvm", "2017-03-12", "DescribeZones").send()?["ZoneSet"].to_string())
}
// ANCHOR_END: blocking
