//! cloudcall as its users have it, over both transports: credentials from a provider, retries, gzip, and a breaker
//! with a second host.

use std::error::Error;
use std::hint::black_box;
use std::time::Duration;

use cloudcall::breaker::BreakerOptions;
use cloudcall::call::ConfigureCall as _;
use cloudcall::client::{ClientBuilder, HttpOptions, Proxies};
use cloudcall::credential::{Credential, StaticCredentials};
use cloudcall::provider::Provider;
use cloudcall::transport::HyperTransport;
use cloudcall::{Client, cloud_action, cloud_model};

use super::{Answer, Contender, ID, SECRET};

#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12", response = Instances)]
struct DescribeInstances {
    limit: Option<i64>,
}

#[cloud_model(provider = "tencent", response)]
#[allow(dead_code, reason = "read, not used")]
struct Instances {
    total_count: Option<i64>,
    instance_set: Option<Vec<Instance>>,
}

#[cloud_model(provider = "tencent", response)]
#[allow(dead_code, reason = "read, not used")]
struct Instance {
    instance_id: String,
    instance_name: Option<String>,
    instance_type: Option<String>,
    memory: Option<i64>,
    private_ip_addresses: Option<Vec<String>>,
    created_time: Option<String>,
}

#[cloud_action(provider = "huawei", product = "vpc", version = "v1", method = "GET", path = "/v1/{project_id}/vpcs",
               response = Vpcs)]
struct ListVpcs {
    #[param(query)]
    limit: Option<i64>,
}

#[cloud_model(provider = "huawei", response)]
#[allow(dead_code, reason = "read, not used")]
struct Vpcs {
    vpcs: Option<Vec<Vpc>>,
}

#[cloud_model(provider = "huawei", response)]
#[allow(dead_code, reason = "read, not used")]
struct Vpc {
    id: Option<String>,
    name: Option<String>,
    cidr: Option<String>,
}

#[cloud_action(provider = "alibaba", product = "ecs", version = "2014-05-26", style = "rpc", response = Regions)]
struct DescribeRegions {}

#[cloud_model(provider = "alibaba", response)]
#[allow(dead_code, reason = "read, not used")]
struct Regions {
    regions: Option<RegionList>,
}

#[cloud_model(provider = "alibaba", response)]
#[allow(dead_code, reason = "read, not used")]
struct RegionList {
    region: Option<Vec<Region>>,
}

#[cloud_model(provider = "alibaba", response)]
#[allow(dead_code, reason = "read, not used")]
struct Region {
    region_id: Option<String>,
    local_name: Option<String>,
    region_endpoint: Option<String>,
}

fn client<P: Provider + Default>(url: &str, region: &str) -> Client<P> {
    builder(url, region).build().expect("a client")
}

fn http() -> HttpOptions {
    HttpOptions::builder().proxies(Proxies::None).build().expect("options that fit")
}

fn builder<P: Provider + Default>(url: &str, region: &str) -> ClientBuilder<P> {
    // A second host that is never needed, so that the breaker is at work.
    let breaker =
        BreakerOptions::builder().backup_endpoint("http://127.0.0.1:9").build().expect("options that fit");
    let keys = Credential::new(ID, SECRET).expect("keys that fit").with_project_id("project");
    Client::builder()
        .region(region)
        .endpoint(url)
        .credentials(StaticCredentials::new(keys))
        .http(http())
        .breaker(breaker)
}

#[derive(Clone)]
pub struct Tencent(Client<cloudcall::Tencent>);

impl Contender for Tencent {
    fn new(url: &str) -> Self {
        Self(client(url, "ap-guangzhou"))
    }

    async fn call(&self, answer: Answer) -> Result<(), Box<dyn Error + Send + Sync>> {
        let limit = if answer == Answer::Large { 100 } else { 1 };
        black_box(self.0.describe_instances().limit(limit).send().await?);
        Ok(())
    }
}

/// The same over hyper.
#[derive(Clone)]
pub struct TencentHyper(Tencent);

impl Contender for TencentHyper {
    fn new(url: &str) -> Self {
        let transport = HyperTransport::new(&http()).expect("options that fit");
        Self(Tencent(builder(url, "ap-guangzhou").transport(transport).build().expect("a client")))
    }

    async fn call(&self, answer: Answer) -> Result<(), Box<dyn Error + Send + Sync>> {
        self.0.call(answer).await
    }
}

/// One client whose calls go to many hosts.
pub struct ManyHosts(Client<cloudcall::Tencent>);

impl ManyHosts {
    /// A client that keeps idle connections for so long.
    pub fn new(over_hyper: bool, pool_idle_timeout: Duration) -> Result<Self, cloudcall::Error> {
        let http =
            HttpOptions::builder().proxies(Proxies::None).pool_idle_timeout(pool_idle_timeout).build()?;
        let builder = builder("http://127.0.0.1", "ap-guangzhou").http(http.clone());
        let client =
            if over_hyper { builder.transport(HyperTransport::new(&http)?).build() } else { builder.build() };
        Ok(Self(client?))
    }

    /// One small call to the server at `url`.
    pub async fn call(&self, url: &str) -> Result<(), cloudcall::Error> {
        black_box(self.0.describe_instances().limit(1).with_endpoint(url).send().await?);
        Ok(())
    }
}

#[derive(Clone)]
pub struct Huawei(Client<cloudcall::Huawei>);

impl Contender for Huawei {
    fn new(url: &str) -> Self {
        Self(client(url, "cn-north-4"))
    }

    async fn call(&self, _: Answer) -> Result<(), Box<dyn Error + Send + Sync>> {
        black_box(self.0.list_vpcs().limit(1).send().await?);
        Ok(())
    }
}

#[derive(Clone)]
pub struct Alibaba(Client<cloudcall::Alibaba>);

impl Contender for Alibaba {
    fn new(url: &str) -> Self {
        Self(client(url, "cn-hangzhou"))
    }

    async fn call(&self, _: Answer) -> Result<(), Box<dyn Error + Send + Sync>> {
        black_box(self.0.describe_regions().send().await?);
        Ok(())
    }
}
