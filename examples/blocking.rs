//! The blocking client: the same calls without async, from several threads.
//!
//! ```text
//! cargo run -p cloudcall-examples --example blocking
//! ```

use std::io::BufRead as _;
use std::thread;

use cloudcall::json::json;
use cloudcall::local::{LocalRequest, LocalResponse};
use cloudcall::retry::RetryPolicy;
use cloudcall::{Error, Tencent, blocking, cloud_action, cloud_model};
use cloudcall_quickstart::target::Target;

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

/// Lists disks.
#[cloud_action(provider = "tencent", product = "cbs", version = "2017-03-12", response = DiskList,
               paginate(offset = offset, limit = limit, total = total_count, items = disk_set))]
struct DescribeDisks {
    offset: Option<u64>,
    limit: Option<u64>,
}

#[cloud_model(provider = "tencent", response)]
struct DiskList {
    total_count: Option<u64>,
    disk_set: Option<Vec<Disk>>,
}

#[cloud_model(provider = "tencent", response)]
struct Disk {
    disk_id: String,
}

/// The response with one page of seven disks.
fn disks(request: &LocalRequest) -> LocalResponse {
    let at = |name: &str| request.params[name].as_u64().unwrap_or_default();
    let page: Vec<_> = (1..=7).skip(at("Offset") as usize).take(at("Limit") as usize).collect();
    let page: Vec<_> = page.iter().map(|number| json!({ "DiskId": format!("disk-{number}") })).collect();
    LocalResponse::ok(json!({ "TotalCount": 7, "DiskSet": page }))
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // The local cloud is a server, which needs a runtime. With `--real` there is no server.
    let runtime = tokio::runtime::Runtime::new()?;
    let target = runtime.block_on(Target::from_args(|cloud| {
        cloud
            .on("DescribeInstances", |request| {
                LocalResponse::ok(json!({ "TotalCount": request.params["Limit"] }))
            })
            .on("DescribeDisks", disks)
            .on("DownloadLog", |_| LocalResponse::raw(200, "text/plain", "one line\nand another\n"))
    }))?;

    // The rest of the program has no async code.
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
        let responses = calls.into_iter().map(|call| call.join().map_err(|_| "a thread panicked"));
        responses
            .map(|response| Ok(response??.total_count))
            .collect::<Result<Vec<_>, Box<dyn std::error::Error>>>()
    })?;
    println!("eight threads, one client: {counts:?}");

    // A paged list is an iterator, and a download is a reader.
    let ids = client.describe_disks().limit(3).items().map(|disk| Ok(disk?.disk_id));
    println!("in pages of three: {}", ids.collect::<Result<Vec<_>, Error>>()?.join(", "));
    if let Target::Local(_) = target {
        let log = client.raw("cls", "2020-10-16", "DownloadLog").download()?;
        println!("a download of {} lines", log.lines().count());
    }

    // Work with several steps uses the async client.
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
