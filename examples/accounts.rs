//! One action in each region of each account, with a role in each account and one limiter for all.
//!
//! ```text
//! cargo run -p cloudcall-examples --example accounts
//! ```

use std::time::Duration;

use cloudcall::client::{HttpOptions, Proxies, Roles};
use cloudcall::context::Context;
use cloudcall::credential::Credential;
use cloudcall::json::json;
use cloudcall::limiter::{Limit, LimiterOptions};
use cloudcall::local::{LocalCloud, LocalRequest, LocalResponse};
use cloudcall::provider::alibaba::credentials::AssumeRole;
use cloudcall::sign::time::{Utc, unix_seconds};
use cloudcall::{Alibaba, Client, Error};
use cloudcall_quickstart::usage;
use tokio::task::JoinSet;

const ACCOUNTS: [&str; 3] = ["1001", "1002", "1003"];
const REGIONS: [&str; 2] = ["cn-hangzhou", "ap-southeast-1"];

const USAGE: &str = "usage: (no arguments)

Lists the instances of three accounts in two regions, in a local cloud in this process. It needs no account and no network.";

/// The number of instances in each region of each account.
async fn inventory(roles: &Roles<Alibaba>) -> Result<Vec<(String, u64)>, Error> {
    let mut calls = JoinSet::new();
    for account in ACCOUNTS {
        let client = roles.client(&format!("acs:ram::{account}:role/audit"));
        for region in REGIONS {
            let call = client.raw("ecs", "2014-05-26", "DescribeInstances").with_region(region);
            calls.spawn(async move { (format!("{account} {region}"), call.send().await) });
        }
    }
    let mut found = Vec::new();
    // One account that fails does not have to end the program: each call has its own result.
    while let Some(done) = calls.join_next().await {
        if let Ok((place, response)) = done {
            found.push((place, response?["TotalCount"].as_u64().unwrap_or_default()));
        }
    }
    found.sort();
    Ok(found)
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    usage::on_request(USAGE);
    if let Some(other) = std::env::args().nth(1) {
        usage::wrong(&format!("unknown argument {other:?}"), USAGE);
    }
    let cloud = cloud().await?;
    // A proxy in the environment cannot reach this process.
    let direct = HttpOptions::builder().proxies(Proxies::None).build()?;
    // The clients of all roles share this limiter, and the connections.
    let limits = LimiterOptions::new().product("ecs", Limit::at_once(4)).each_action(Limit::rate(50.0));
    let client = Client::<Alibaba>::builder()
        .endpoint(cloud.endpoint())
        .credentials(Credential::new("LTAIexample", "example-secret")?)
        .limiter(limits)
        .http(direct)
        .build()?;

    let sts = cloud.url();
    let roles = Roles::new(client, move |keys, role| {
        AssumeRole::new(keys, role).session_name("inventory").endpoint(&sts)
    });
    for (place, count) in inventory(&roles).await? {
        println!("{place}: {count} instances");
    }
    let owner = roles.client("acs:ram::1002:role/audit").identity().await?;
    println!("the last client is {owner}");
    println!("{} exchanges for {} accounts", cloud.count("AssumeRole"), ACCOUNTS.len());
    Ok(())
}

/// The account in the id of a role's key, such as `STS.1001`.
fn account(request: &LocalRequest) -> u64 {
    let id = request.account.as_deref().unwrap_or_default();
    id.trim_start_matches("STS.").parse().unwrap_or_default()
}

/// A local cloud in which a user may assume one role in each account.
async fn cloud() -> Result<LocalCloud, Error> {
    let mut cloud = LocalCloud::builder().account("LTAIexample", "example-secret");
    for account in ACCOUNTS {
        cloud = cloud.account_with_token(format!("STS.{account}"), "role-secret", "role-token");
    }
    let cloud = cloud
        .on("AssumeRole", |request| {
            let role = request.param("RoleArn").unwrap_or_default();
            let account = role.split(':').nth(3).unwrap_or_default();
            let ends =
                Utc::from_unix(unix_seconds(Context::system().clock.now() + Duration::from_secs(3600)));
            LocalResponse::ok(json!({ "Credentials": {
                "AccessKeyId": format!("STS.{account}"), "AccessKeySecret": "role-secret",
                "SecurityToken": "role-token", "Expiration": ends.iso(),
            } }))
        })
        .on("DescribeInstances", |request| {
            let count =
                account(request) - 1000 + if request.region.as_deref() == Some(REGIONS[0]) { 10 } else { 0 };
            LocalResponse::ok(json!({ "TotalCount": count }))
        })
        .on("GetCallerIdentity", |request| {
            let id = account(request).to_string();
            let arn = format!("acs:ram::{id}:assumed-role/audit/inventory");
            LocalResponse::ok(json!({ "AccountId": id, "Arn": arn, "PrincipalId": "3:inventory" }))
        });
    cloud.start().await
}
