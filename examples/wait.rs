//! Waits until an instance runs: states, a failure, and progress.
//!
//! ```text
//! cargo run -p cloudcall-examples --example wait
//! ```

use std::time::Duration;

use cloudcall::json::json;
use cloudcall::local::{LocalCloudBuilder, LocalResponse};
use cloudcall::wait::Wait;
use cloudcall::{Client, Error, ErrorKind, Response, Tencent, cloud_action, cloud_model};
use cloudcall_quickstart::target::Target;

#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12", response = InstanceList, readonly)]
struct DescribeInstances {
    instance_ids: Vec<String>,
}

#[cloud_model(provider = "tencent", response)]
struct InstanceList {
    instance_set: Option<Vec<Instance>>,
}

#[cloud_model(provider = "tencent", response)]
struct Instance {
    instance_state: String,
}

/// The verdict of a response: whether the instance runs, or cannot run any more.
fn runs(response: &InstanceList) -> Wait {
    let instance = response.instance_set.iter().flatten().next();
    match instance.map(|instance| instance.instance_state.as_str()) {
        Some("RUNNING") => Wait::Ready,
        // After this state the instance will not run.
        Some(state @ ("LAUNCH_FAILED" | "TERMINATING")) => Wait::failed(state.to_owned()),
        Some(state) => Wait::pending_in(state.to_owned()),
        None => Wait::Pending,
    }
}

async fn until_it_runs(client: &Client<Tencent>, id: &str) -> Result<Response<InstanceList>, Error> {
    client
        .describe_instances()
        .instance_ids([id])
        .wait_until(|response| runs(response))
        .delay(Duration::from_millis(50))
        .max_delay(Duration::from_secs(5))
        .deadline(Duration::from_secs(60))
        // A new instance may not be visible everywhere at once.
        .tolerate(ErrorKind::NotFound)
        .on_progress(|look| {
            let state = look.state.unwrap_or("not known yet");
            println!("  {id}: look {}: {state}, the next in {:?}", look.attempt, look.next);
        })
        .await
}

async fn run(target: &Target) -> Result<(), Error> {
    let client = target.client::<Tencent>("ap-guangzhou")?;
    let response = until_it_runs(&client, "ins-1").await?;
    let state =
        response.instance_set.iter().flatten().next().map(|instance| instance.instance_state.as_str());
    let calls = match target {
        Target::Local(cloud) => cloud.count("DescribeInstances"),
        Target::Vendors => 0,
    };
    println!("ins-1 is {} after {calls} calls", state.unwrap_or("gone"));
    match until_it_runs(&client, "ins-2").await {
        Ok(_) => println!("ins-2 runs"),
        Err(error) => match error.wait() {
            // A failure state, or the deadline has passed.
            Some(wait) => println!("ins-2 will not run: {}", wait.state().unwrap_or("no response in time")),
            // The error of a call.
            None => return Err(error),
        },
    }
    Ok(())
}

fn responses(cloud: LocalCloudBuilder) -> LocalCloudBuilder {
    cloud.on("DescribeInstances", |request| {
        let id = request.param("InstanceIds.0").unwrap_or_default();
        let state = match (id.as_str(), request.earlier) {
            ("ins-1", 0) => {
                return LocalResponse::error("InvalidInstanceId.NotFound", "no such instance yet");
            }
            ("ins-1", 1) => "PENDING",
            ("ins-1", 2) => "STARTING",
            ("ins-1", _) => "RUNNING",
            (_, earlier) if earlier % 2 == 0 => "PENDING",
            _ => "LAUNCH_FAILED",
        };
        LocalResponse::ok(json!({ "InstanceSet": [{ "InstanceState": state }] }))
    })
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let target = Target::from_args(responses).await?;
    run(&target).await
}
