//! The first program to read: typed calls of every cloud.
//!
//! ```text
//! cargo run --example quickstart              # against a local cloud: needs no account and no network
//! cargo run --example quickstart -- --real    # against the vendors whose keys are in the environment
//! ```
//!
//! The local cloud is a real HTTP server in this process. It checks the signature of every request as a vendor would, so
//! what works here works there.

use std::process::ExitCode;

use cloudcall::json::json;
use cloudcall::local::{LocalAnswer, LocalCloud};
use cloudcall::{
    Action, ActionInfo, Client, Credential, Error, ErrorKind, Fields, Param, Provider, Qcloud,
    StaticCredentials, Tencent,
};
use serde::Deserialize;

// Tencent Cloud, API 3.0 ---------------------------------------------------------------------------------------------

/// Lists the zones of a region.
struct DescribeZones;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Zones {
    zone_set: Vec<Zone>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Zone {
    zone: String,
    zone_name: String,
    zone_state: String,
}

impl Action for DescribeZones {
    type Provider = Tencent;
    type Output = Zones;
    const INFO: &'static ActionInfo = &ActionInfo::new("cvm", "2017-03-12", "DescribeZones");

    fn fields(&self, _: &mut Fields) -> Result<(), Error> {
        Ok(())
    }
}

/// Lists instances by id.
struct DescribeInstances {
    instance_ids: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Instances {
    total_count: i64,
}

impl Action for DescribeInstances {
    type Provider = Tencent;
    type Output = Instances;
    const INFO: &'static ActionInfo = &ActionInfo::new("cvm", "2017-03-12", "DescribeInstances");

    fn fields(&self, fields: &mut Fields) -> Result<(), Error> {
        fields.put(&Param::new("InstanceIds"), &self.instance_ids)
    }
}

async fn tencent(target: &Target) -> Result<(), Error> {
    let client = target.client::<Tencent>("ap-guangzhou")?;
    let zones = client.invoker(DescribeZones).await?;
    println!("  DescribeZones, request {}", zones.request_id().unwrap_or("without an id"));
    for zone in &zones.zone_set {
        println!("    {:<16} {:<12} {}", zone.zone, zone.zone_state, zone.zone_name);
    }
    // Errors are values with a kind, a code and a request id; their text is one line for logs.
    match client.invoker(DescribeInstances { instance_ids: vec!["ins-00000000".to_owned()] }).await {
        Ok(found) => println!("  DescribeInstances found {} instances", found.total_count),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            println!("  DescribeInstances failed, as it should:\n    {error}")
        }
        Err(error) => return Err(error),
    }
    Ok(())
}

// Tencent Cloud, legacy API 2.0 --------------------------------------------------------------------------------------

/// Lists regions.
struct DescribeRegions;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Regions {
    region_set: Vec<Region>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    region_code: String,
    region_name: String,
}

impl Action for DescribeRegions {
    type Provider = Qcloud;
    type Output = Regions;
    const INFO: &'static ActionInfo = &ActionInfo::new("cvm", "", "DescribeRegions");

    fn fields(&self, _: &mut Fields) -> Result<(), Error> {
        Ok(())
    }
}

async fn qcloud(target: &Target) -> Result<(), Error> {
    let client = target.client::<Qcloud>("gz")?;
    let regions = client.invoker(DescribeRegions).await?;
    println!("  DescribeRegions");
    for region in &regions.region_set {
        println!("    {:<16} {}", region.region_code, region.region_name);
    }
    Ok(())
}

// What stands on the other side --------------------------------------------------------------------------------------

/// Where calls go.
enum Target {
    Local(LocalCloud),
    Vendors,
}

const KEYS: (&str, &str) = ("AKIDquickstart", "quickstart-secret");

impl Target {
    /// A client needs a region; keys come from the environment or the profile file unless it is told otherwise.
    fn client<P: Provider + Default>(&self, region: &str) -> Result<Client<P>, Error> {
        let builder = Client::<P>::builder().region(region);
        match self {
            Self::Vendors => builder.build(),
            Self::Local(cloud) => {
                let keys = StaticCredentials::new(Credential::new(KEYS.0, KEYS.1)?);
                builder.endpoint(cloud.endpoint()).credentials(keys).build()
            }
        }
    }
}

/// A cloud with a few answers.
async fn local_cloud() -> Result<LocalCloud, Error> {
    LocalCloud::builder()
        .account(KEYS.0, KEYS.1)
        .on("DescribeZones", |request| {
            let region = request.region.clone().unwrap_or_default();
            LocalAnswer::ok(json!({ "TotalCount": 2, "ZoneSet": [
                { "Zone": format!("{region}-3"), "ZoneName": "Zone 3", "ZoneState": "AVAILABLE" },
                { "Zone": format!("{region}-6"), "ZoneName": "Zone 6", "ZoneState": "UNAVAILABLE" },
            ] }))
        })
        .on("DescribeInstances", |request| {
            let id = request.param("InstanceIds.0").unwrap_or_default();
            LocalAnswer::error("InvalidInstanceId.NotFound", format!("The instance {id} does not exist."))
        })
        .on("DescribeRegions", |_| {
            LocalAnswer::ok(json!({ "regionSet": [
                { "regionCode": "gz", "regionName": "Guangzhou" }, { "regionCode": "sh", "regionName": "Shanghai" },
            ] }))
        })
        .start()
        .await
}

async fn run() -> Result<ExitCode, Error> {
    let real = match std::env::args().nth(1).as_deref() {
        None => false,
        Some("--real") => true,
        Some(other) => {
            eprintln!("unknown argument {other:?}: only --real is known");
            return Ok(ExitCode::from(2));
        }
    };
    let target = if real { Target::Vendors } else { Target::Local(local_cloud().await?) };
    if let Target::Local(cloud) = &target {
        println!("A local cloud listens on {} and checks every signature.", cloud.url());
    }
    let mut failed = false;
    for name in ["tencent", "qcloud"] {
        println!("\n{name}");
        let outcome = match name {
            "tencent" => tencent(&target).await,
            _ => qcloud(&target).await,
        };
        match outcome {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::Credentials => println!("  skipped: {error}"),
            Err(error) => {
                failed = true;
                println!("  {error}");
            }
        }
    }
    if let Target::Local(cloud) = &target {
        let requests = cloud.requests();
        let right = requests.iter().filter(|request| request.verdict.is_accepted()).count();
        println!("\nThe local cloud saw {} requests; {right} were signed as they should be.", requests.len());
    }
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

#[tokio::main]
async fn main() -> ExitCode {
    run().await.unwrap_or_else(|error| {
        eprintln!("{error}");
        ExitCode::FAILURE
    })
}
