//! Code without async: the same calls, from plain threads.
//!
//! ```text
//! cargo run --example blocking
//! ```

use std::thread;

use cloudcall::json::json;
use cloudcall::local::LocalAnswer;
use cloudcall::{Error, RetryPolicy, Tencent, blocking, cloud_action, cloud_model};
use cloudcall_examples::target::Target;

/// Lists instances.
#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12", response = InstanceList)]
struct DescribeInstances {
    instance_ids: Option<Vec<String>>,
    limit: Option<i64>,
}

#[cloud_model(provider = "tencent", response)]
struct InstanceList {
    total_count: Option<i64>,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // The local cloud is a server and needs a runtime; with `--real` there is no server.
    let runtime = tokio::runtime::Runtime::new()?;
    let target = runtime.block_on(Target::from_args(|cloud| {
        cloud.on("DescribeInstances", |request| {
            LocalAnswer::ok(json!({ "TotalCount": request.params["Limit"] }))
        })
    }))?;

    // From here on nothing is async.
    let builder = blocking::Client::<Tencent>::builder().region("ap-guangzhou");
    let client = target.prepared(builder)?.build()?;
    let list = client.describe_instances().limit(3).send()?;
    println!(
        "one call: {:?} instances, request id of {} characters",
        list.total_count,
        list.request_id().map_or(0, str::len)
    );

    let list = client
        .describe_instances()
        .instance_ids(["ins-1"])
        .limit(4)
        .invoker()
        .add_header("X-TC-Canary", "1")
        .with_retry(RetryPolicy::standard().max_attempts(5))
        .invoke()?;
    println!("with options of its own: {:?} instances", list.total_count);

    let shared = &client;
    let counts = thread::scope(|scope| {
        let calls: Vec<_> = (1..=8)
            .map(|limit| scope.spawn(move || shared.describe_instances().limit(limit).send()))
            .collect();
        let answers = calls.into_iter().map(|call| call.join().map_err(|_| "a thread panicked"));
        answers.map(|answer| Ok(answer??.total_count)).collect::<Result<Vec<_>, Box<dyn std::error::Error>>>()
    })?;
    println!("eight threads, one client: {counts:?}");

    // All that has more steps than one call: through the async client, inside.
    let both = client.run(async |client| {
        let (one, two) = tokio::join!(
            client.describe_instances().limit(1).send(),
            client.describe_instances().limit(2).send()
        );
        Ok::<_, Error>((one?.total_count, two?.total_count))
    })?;
    println!("two calls at the same time: {both:?}");
    Ok(())
}
