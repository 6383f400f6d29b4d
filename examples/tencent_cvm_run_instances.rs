//! Tencent Cloud API 3.0: a write with a required field, a nested object and an idempotency token.
//!
//! ```text
//! cargo run -p cloudcall-examples --example tencent_cvm_run_instances
//! ```
//!
//! With `-- --real` the vendor only checks the request (`DryRun`).

use cloudcall::json::json;
use cloudcall::local::LocalResponse;
use cloudcall::provider::tencent::Language;
use cloudcall::retry::RetryPolicy;
use cloudcall::{Error, Tencent, cloud_action, cloud_model};
use cloudcall_quickstart::target::Target;

/// Starts instances. The idempotency token makes the call safe to repeat: all attempts share it.
#[cloud_action(
    provider = "tencent", product = "cvm", version = "2017-03-12", response = Started,
    idempotency_token = client_token
)]
struct RunInstances {
    image_id: String,
    placement: Placement,
    instance_type: Option<String>,
    client_token: Option<String>,
    dry_run: Option<bool>,
}

#[cloud_model(provider = "tencent", request)]
struct Placement {
    zone: String,
}

#[cloud_model(provider = "tencent", response)]
struct Started {
    instance_id_set: Option<Vec<String>>,
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let target = Target::from_args(|cloud| {
        cloud.on_each(
            "RunInstances",
            [
                LocalResponse::error("RequestLimitExceeded", "Slow down."),
                LocalResponse::ok(json!({ "InstanceIdSet": ["ins-1a2b3c4d"] })),
            ],
        )
    })
    .await?;
    let client = target.client::<Tencent>("ap-guangzhou")?;
    let started = client
        .run_instances()
        .image_id("img-eb30mz89")
        .placement(Placement::new("ap-guangzhou-3"))
        .instance_type("S5.SMALL1")
        .dry_run(true)
        .invoker()
        .with_retry(RetryPolicy::standard().max_attempts(5))
        .with_cloud(|cloud| cloud.language = Language::English)
        .await?;
    println!("{:?} after {} attempts", started.instance_id_set, started.attempts());
    Ok(())
}
