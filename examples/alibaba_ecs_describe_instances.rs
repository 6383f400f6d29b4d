//! Alibaba Cloud, RPC style: lists of structures are flattened, and some lists are one parameter with JSON
//! text.
//!
//! ```text
//! cargo run -p cloudcall-examples --example alibaba_ecs_describe_instances
//! ```

use cloudcall::json::json;
use cloudcall::local::LocalResponse;
use cloudcall::provider::alibaba::SignMethod;
use cloudcall::{Alibaba, Error, cloud_action, cloud_model};
use cloudcall_quickstart::target::Target;

/// Lists instances.
#[cloud_action(provider = "alibaba", product = "ecs", version = "2014-05-26", style = "rpc", response = Instances)]
struct DescribeInstances {
    region_id: String,
    /// Sent as one parameter with JSON text.
    #[param(list = "json")]
    instance_ids: Option<Vec<String>>,
    /// `Tag.1.Key`, `Tag.1.Value`, `Tag.2.Key` …
    tag: Option<Vec<Tag>>,
}

#[cloud_model(provider = "alibaba", request)]
struct Tag {
    key: String,
    value: String,
}

#[cloud_model(provider = "alibaba", response)]
struct Instances {
    total_count: Option<i64>,
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let target = Target::from_args(|cloud| {
        cloud.on("DescribeInstances", |request| {
            println!("  the server read the tags {}", request.params["Tag"]);
            // A number in quotes is read as a number.
            LocalResponse::ok(json!({ "TotalCount": "2" }))
        })
    })
    .await?;
    let client = target.client::<Alibaba>("cn-hangzhou")?;
    let call = || {
        client
            .describe_instances()
            .region_id("cn-hangzhou")
            .instance_ids(["i-1", "i-2"])
            .tag([Tag::new("env", "prod")])
    };
    println!("ACS3-HMAC-SHA256: {:?} instances", call().send().await?.total_count);
    let older = call().invoker().with_cloud(|cloud| cloud.sign_method = SignMethod::HmacSha1).await?;
    println!("HMAC-SHA1:        {:?} instances", older.total_count);
    Ok(())
}
