//! Paged lists: by page, by item, and how to resume after a restart.
//!
//! ```text
//! cargo run -p cloudcall-examples --example pages
//! cargo run -p cloudcall-examples --example pages -- --real
//! ```

use cloudcall::json::{Value, json};
use cloudcall::local::{LocalCloudBuilder, LocalRequest, LocalResponse};
use cloudcall::paginate::PagePosition;
use cloudcall::{Alibaba, Error, Tencent, cloud_action, cloud_model};
use cloudcall_quickstart::target::Target;

/// Paged by offset and limit; the response has the total.
#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12", response = InstanceList, readonly,
               paginate(offset = offset, limit = limit, total = total_count, items = instance_set))]
struct DescribeInstances {
    offset: Option<i64>,
    limit: Option<i64>,
}

#[cloud_model(provider = "tencent", response)]
struct InstanceList {
    total_count: Option<i64>,
    instance_set: Option<Vec<Instance>>,
}

#[cloud_model(provider = "tencent", response)]
struct Instance {
    instance_id: String,
}

/// Paged by a token; the list is in a nested member.
#[cloud_action(provider = "alibaba", product = "ecs", version = "2014-05-26", style = "rpc", response = DiskPage, readonly,
               paginate(token = next_token, next_token = next_token, limit = max_results, items = disks.disk))]
struct DescribeDisks {
    next_token: Option<String>,
    max_results: Option<i32>,
}

#[cloud_model(provider = "alibaba", response)]
struct DiskPage {
    next_token: Option<String>,
    disks: Option<DiskList>,
}

#[cloud_model(provider = "alibaba", response)]
struct DiskList {
    disk: Option<Vec<Disk>>,
}

#[cloud_model(provider = "alibaba", response)]
struct Disk {
    disk_id: String,
}

async fn run(target: &Target) -> Result<(), Error> {
    let client = target.client::<Tencent>("ap-guangzhou")?;

    // By page: each page is the response of one call.
    let mut pages = client.describe_instances().limit(100).pages();
    let (mut count, mut instances) = (0, 0);
    while let Some(page) = pages.next().await {
        let page = page?;
        count += 1;
        instances += page.instance_set.as_ref().map_or(0, Vec::len);
        println!("page {count}: {instances} of {:?}, request {:?}", page.total_count, page.request_id());
    }
    println!("{count} pages, {instances} instances");

    // By item: each page is fetched when its first item is requested.
    let mut some = client.describe_instances().limit(100).items().max_items(3);
    while let Some(instance) = some.next().await {
        println!("instance {}", instance?.instance_id);
    }

    // The program stores its position as a text when it stops. The next run continues with the next item.
    let client = target.client::<Alibaba>("cn-hangzhou")?;
    let mut disks = client.describe_disks().max_results(90).items();
    let mut read = Vec::new();
    while read.len() < 130 {
        let Some(disk) = disks.next().await else { break };
        read.push(disk?.disk_id);
    }
    let saved = disks.position().to_string();
    println!("stopped at {saved}");
    let position: PagePosition = saved.parse()?;
    let rest = client.describe_disks().max_results(90).items().from(position).collect_all().await?;
    read.extend(rest.into_iter().map(|disk| disk.disk_id));
    let whole = client.describe_disks().max_results(90).items().collect_all().await?;
    let same = read.iter().eq(whole.iter().map(|disk| &disk.disk_id));
    println!("{} items, {} in one go", read.len(), if same { "as" } else { "not as" });
    Ok(())
}

fn responses(cloud: LocalCloudBuilder) -> LocalCloudBuilder {
    let number = |request: &LocalRequest, name: &str| -> usize {
        request.param(name).and_then(|text| text.parse().ok()).unwrap_or_default()
    };
    cloud
        .on("DescribeInstances", move |request| {
            let from = number(request, "Offset");
            let ids = from..(from + number(request, "Limit")).min(250);
            let list: Vec<Value> = ids.map(|id| json!({ "InstanceId": format!("ins-{id}") })).collect();
            LocalResponse::ok(json!({ "TotalCount": 250, "InstanceSet": list }))
        })
        .on("DescribeDisks", move |request| {
            let from = number(request, "NextToken");
            let end = (from + number(request, "MaxResults")).min(300);
            let list: Vec<Value> = (from..end).map(|id| json!({ "DiskId": format!("d-{id}") })).collect();
            let next = if end < 300 { end.to_string() } else { String::new() };
            LocalResponse::ok(json!({ "NextToken": next, "Disks": { "Disk": list } }))
        })
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let target = Target::from_args(responses).await?;
    run(&target).await
}
