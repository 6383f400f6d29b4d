//! The legacy API 2.0 of Tencent Cloud: with GET, with POST, and as a signed URL for another program.
//!
//! ```text
//! cargo run -p cloudcall-examples --example qcloud_cvm_describe_instances
//! ```

use cloudcall::Value;
use cloudcall::json::json;
use cloudcall::local::LocalResponse;
use cloudcall::provider::qcloud::Method;
use cloudcall::{Error, Qcloud, cloud_action};
use cloudcall_quickstart::target::Target;

/// Lists instances.
#[cloud_action(provider = "qcloud", product = "cvm", response = Value)]
#[derive(Clone)]
struct DescribeInstances {
    offset: Option<i64>,
    limit: Option<i64>,
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let target = Target::from_args(|cloud| {
        cloud.on("DescribeInstances", |request| {
            LocalResponse::ok(json!({ "totalCount": 1, "limit": request.param("limit") }))
        })
    })
    .await?;
    let client = target.client::<Qcloud>("gz")?;
    let list = client.describe_instances().limit(1).send().await?;
    println!("by GET:  {}", *list);
    let list = client
        .describe_instances()
        .limit(2)
        .invoker()
        .with_cloud(|cloud| cloud.method = Method::Post)
        .await?;
    println!("by POST: {}", *list);
    let signed = client.describe_instances().limit(3).invoker().sign_only().await?;
    println!("a URL of {} characters, signed for a few minutes", signed.uri().to_string().len());
    Ok(())
}
