//! Lists in pages: every form, every lie of a service, and going on from where one stopped.

use std::collections::HashSet;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use cloudcall::client::{HttpOptions, Proxies};
use cloudcall::credential::{Credential, StaticCredentials};
use cloudcall::json::{Value, json};
use cloudcall::local::{LocalCloud, LocalCloudBuilder, LocalRequest, LocalResponse};
use cloudcall::paginate::PagePosition;
use cloudcall::provider::Provider;
use cloudcall::retry::RetryPolicy;
use cloudcall::{Alibaba, Client, Error, ErrorKind, Tencent, cloud_action, cloud_model};
use cloudcall_tests::time::FakeTime;
use futures_util::{StreamExt, TryStreamExt};
use serde::Deserialize;

#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12", response = Instances,
               paginate(offset = offset, limit = limit, total = total_count, items = instance_set))]
struct DescribeInstances {
    offset: Option<i64>,
    limit: Option<i64>,
}

#[cloud_model(provider = "tencent", response)]
struct Instances {
    total_count: Option<i64>,
    instance_set: Option<Vec<Instance>>,
}

#[cloud_model(provider = "tencent", response)]
struct Instance {
    id: u64,
}

/// Texts where others have numbers, no limit, no total, and the list is never left out.
#[cloud_action(provider = "tencent", product = "cam", version = "2019-01-16", response = Users,
               paginate(offset = offset, items = inner.users))]
struct ListUsers {
    offset: Option<String>,
}

#[cloud_model(provider = "tencent", response)]
struct Users {
    inner: UserList,
}

#[cloud_model(provider = "tencent", response)]
struct UserList {
    users: Vec<String>,
}

#[cloud_action(provider = "alibaba", product = "ecs", version = "2014-05-26", style = "rpc", response = Disks,
               paginate(page_number = page_number, page_size = page_size, total = total_count, items = disks.disk))]
struct DescribeDisks {
    #[param(default)]
    page_number: i32,
    page_size: Option<i32>,
}

#[cloud_model(provider = "alibaba", response)]
struct Disks {
    total_count: Option<i32>,
    disks: Option<DiskList>,
}

#[cloud_model(provider = "alibaba", response)]
struct DiskList {
    disk: Option<Vec<Instance>>,
}

#[cloud_action(provider = "tencent", product = "logs", version = "2020-10-16", response = Logs, idempotency_token = client_token,
               paginate(token = context, next_token = paging.next, has_more = paging.more, items = logs, limit = limit))]
struct SearchLogs {
    context: Option<String>,
    limit: Option<u64>,
    client_token: Option<String>,
}

#[cloud_model(provider = "tencent", response)]
struct Logs {
    logs: Option<Vec<u64>>,
    paging: Option<Paging>,
}

#[cloud_model(provider = "tencent", response)]
struct Paging {
    next: Option<String>,
    more: Option<bool>,
}

/// A response that is not a model, with entries that cannot be cloned.
#[cloud_action(provider = "tencent", product = "big", version = "2020-10-16", response(serde) = Rows,
               paginate(offset = offset, limit = limit, total = total, items = rows, item = Row))]
struct ListRows {
    offset: Option<u64>,
    limit: Option<u64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Rows {
    total: u64,
    rows: Vec<Row>,
}

#[derive(Deserialize)]
struct Row(u64);

const KEYS: (&str, &str) = ("AKIDpages", "planted-pages-secret");

fn client<P: Provider + Default>(cloud: &LocalCloud) -> Client<P> {
    Client::<P>::builder()
        .region("ap-guangzhou")
        .endpoint(cloud.endpoint())
        .credentials(StaticCredentials::new(Credential::new(KEYS.0, KEYS.1).unwrap()))
        .http(HttpOptions::builder().proxies(Proxies::None).build().unwrap())
        .retry(RetryPolicy::none())
        .build()
        .unwrap()
}

fn cloud() -> LocalCloudBuilder {
    LocalCloud::builder().account(KEYS.0, KEYS.1)
}

fn number(request: &LocalRequest, name: &str) -> Option<u64> {
    request.param(name).map(|text| text.parse().unwrap())
}

fn rows(ids: impl Iterator<Item = u64>) -> Vec<Value> {
    ids.map(|id| json!({ "Id": id })).collect()
}

/// A list of `size` instances of which at most `cap` come in a page; `total` says how many there are.
async fn instances(
    size: u64,
    cap: u64,
    total: impl Fn(u64) -> Option<u64> + Send + Sync + 'static,
) -> LocalCloud {
    let list = move |request: &LocalRequest| {
        let offset = number(request, "Offset").unwrap_or(0);
        let end = (offset + number(request, "Limit").unwrap_or(20).min(cap)).min(size);
        LocalResponse::ok(json!({ "TotalCount": total(offset), "InstanceSet": rows(offset..end) }))
    };
    cloud().on("DescribeInstances", list).start().await.unwrap()
}

fn ids(items: &[Instance]) -> Vec<u64> {
    items.iter().map(|item| item.id).collect()
}

fn all(size: u64) -> Vec<u64> {
    (0..size).collect()
}

#[tokio::test]
async fn offsets_lead_through_the_whole_list_whatever_the_service_makes_of_the_limit() {
    // Limit asked for, items that come at most, total that is said, calls.
    for (limit, cap, total, calls) in [
        (Some(20), 100, Some(45), 3),
        (Some(45), 100, Some(45), 1),
        // The limit is lowered in silence.
        (Some(100), 10, Some(45), 5),
        // None is asked for.
        (None, 100, Some(45), 3),
        // No total, and a total of 0: a short page ends, but the first is not known to be short.
        (Some(20), 100, None, 3),
        (Some(20), 100, Some(0), 3),
        (Some(100), 100, None, 2),
        (Some(100), 20, None, 3),
    ] {
        let cloud = instances(45, cap, move |_| total).await;
        let mut call = client::<Tencent>(&cloud).describe_instances();
        if let Some(limit) = limit {
            call = call.limit(limit);
        }
        let items = call.items().collect_all().await.unwrap();
        assert_eq!(ids(&items), all(45), "{limit:?} {cap} {total:?}");
        assert_eq!(cloud.count("DescribeInstances"), calls, "{limit:?} {cap} {total:?}");
    }
}

#[tokio::test]
async fn a_total_may_grow_and_shrink_while_pages_are_read() {
    let grows = instances(50, 100, |offset| Some((offset + 25).min(50))).await;
    let items = client::<Tencent>(&grows).describe_instances().limit(20).items().collect_all().await.unwrap();
    assert_eq!(ids(&items), all(50));
    // From 50 to what was read by then; and to less than came, which cannot be.
    for (after, calls) in [(40, 2), (5, 3)] {
        let shrinks = instances(50, 100, move |offset| Some(if offset == 0 { 50 } else { after })).await;
        let mut pages = client::<Tencent>(&shrinks).describe_instances().limit(20).pages();
        let mut count = 0;
        while let Some(page) = pages.next().await {
            count += page.unwrap().instance_set.as_ref().map_or(0, Vec::len);
        }
        assert_eq!((count, shrinks.count("DescribeInstances")), (if after == 40 { 40 } else { 50 }, calls));
        assert!(pages.position().is_end());
    }
}

#[tokio::test]
async fn more_items_than_were_asked_for_are_not_read_twice() {
    let list = |request: &LocalRequest| {
        let offset = number(request, "Offset").unwrap_or(0);
        LocalResponse::ok(json!({ "TotalCount": 70, "InstanceSet": rows(offset..(offset + 30).min(70)) }))
    };
    let cloud = cloud().on("DescribeInstances", list).start().await.unwrap();
    let items = client::<Tencent>(&cloud).describe_instances().limit(20).items().collect_all().await.unwrap();
    assert_eq!(ids(&items), all(70));
}

#[tokio::test]
async fn texts_lead_on_as_numbers_do_and_an_empty_page_ends() {
    let list = |request: &LocalRequest| {
        let offset = number(request, "Offset").unwrap_or(0);
        let users: Vec<String> = (offset..(offset + 2).min(4)).map(|id| format!("u{id}")).collect();
        LocalResponse::ok(json!({ "Inner": { "Users": users } }))
    };
    let cloud = cloud().on("ListUsers", list).start().await.unwrap();
    let users = client::<Tencent>(&cloud).list_users().items().collect_all().await.unwrap();
    assert_eq!(users, ["u0", "u1", "u2", "u3"]);
    assert_eq!(cloud.count("ListUsers"), 3);
    let error = client::<Tencent>(&cloud).list_users().offset("x1").items().collect_all().await.unwrap_err();
    assert_eq!((error.kind(), error.action()), (ErrorKind::Config, Some("ListUsers")));
    assert!(error.message().contains("\"x1\""), "{error}");
}

#[tokio::test]
async fn page_numbers_count_what_came() {
    let cloud = cloud().on("DescribeDisks", |request| {
        let (number, size) =
            (number(request, "PageNumber").unwrap(), number(request, "PageSize").unwrap().min(10));
        let from = (number - 1) * size;
        LocalResponse::ok(json!({ "TotalCount": 25, "Disks": { "Disk": rows(from..(from + size).min(25)) } }))
    });
    let cloud = cloud.start().await.unwrap();
    let client = client::<Alibaba>(&cloud);
    // The service lowers 100 to 10.
    let items = client.describe_disks().page_number(1).page_size(100).items().collect_all().await.unwrap();
    assert_eq!((ids(&items), cloud.count("DescribeDisks")), (all(25), 3));
    let last = client.describe_disks().page_number(3).page_size(10).items().collect_all().await.unwrap();
    assert_eq!((ids(&last), cloud.count("DescribeDisks")), (vec![20, 21, 22, 23, 24], 4));
}

fn logs(next: Option<&str>, more: Option<bool>, logs: &[u64]) -> LocalResponse {
    LocalResponse::ok(json!({ "Logs": logs, "Paging": { "Next": next, "More": more } }))
}

#[tokio::test]
async fn tokens_lead_on_until_none_comes() {
    for last in [logs(None, None, &[3]), logs(Some(""), None, &[3]), logs(Some("x"), Some(false), &[3])] {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (bodies, responses) =
            (seen.clone(), [logs(Some("a"), None, &[1, 2]), logs(Some("b"), Some(true), &[]), last]);
        let cloud = cloud().on("SearchLogs", move |request| {
            bodies.lock().unwrap().push(request.params.clone());
            responses[request.earlier].clone()
        });
        let cloud = cloud.start().await.unwrap();
        let call = client::<Tencent>(&cloud).search_logs().limit(2);
        assert_eq!(call.items().collect_all().await.unwrap(), [1, 2, 3]);
        let bodies = seen.lock().unwrap();
        let contexts: Vec<Option<&str>> = bodies.iter().map(|body| body["Context"].as_str()).collect();
        assert_eq!(contexts, [None, Some("a"), Some("b")]);
        // Each page is a call of its own, with a token of its own.
        let tokens: HashSet<&str> = bodies.iter().map(|body| body["ClientToken"].as_str().unwrap()).collect();
        assert_eq!(tokens.len(), 3, "{tokens:?}");
    }
}

#[tokio::test]
async fn a_token_that_came_before_is_an_error_after_the_items_that_came_with_it() {
    let cloud = cloud()
        .on_each(
            "SearchLogs",
            [logs(Some("a"), None, &[1]), logs(Some("b"), None, &[2]), logs(Some("a"), None, &[3])],
        )
        .start()
        .await
        .unwrap();
    let mut items = client::<Tencent>(&cloud).search_logs().items();
    let mut seen = Vec::new();
    let error = loop {
        match items.next().await.unwrap() {
            Ok(item) => seen.push(item),
            Err(error) => break error,
        }
    };
    assert_eq!((seen, error.kind(), cloud.count("SearchLogs")), (vec![1, 2, 3], ErrorKind::Decode, 3));
    assert!(error.message().contains("same token") && error.request_id().is_some(), "{error}");
    assert_eq!((error.provider(), error.action()), (Some("tencent"), Some("SearchLogs")));
    assert!(items.next().await.is_none(), "an error ends the stream");
    // Who goes on asks for the page whose token was wrong, and does not read its items again.
    assert_eq!(items.position().to_string(), "SearchLogs:2:1:at:b");
}

#[tokio::test]
async fn pages_without_items_or_end_are_bounded() {
    let round = Arc::new(AtomicU32::new(0));
    let endless =
        move |_: &LocalRequest| logs(Some(&round.fetch_add(1, Ordering::Relaxed).to_string()), None, &[]);
    let cloud = cloud().on("SearchLogs", endless).start().await.unwrap();
    let client = client::<Tencent>(&cloud);
    let error = client.search_logs().items().max_empty_pages(7).collect_all().await.unwrap_err();
    assert!(error.message().contains("7 consecutive pages have no items"), "{error}");
    assert_eq!(cloud.count("SearchLogs"), 7);
    // By default, too.
    assert!(client.search_logs().items().collect_all().await.is_err());
    assert_eq!(cloud.count("SearchLogs"), 107);
    // Asked for nothing, a list is not walked.
    let error = client.search_logs().limit(0).items().collect_all().await.unwrap_err();
    assert_eq!((error.kind(), cloud.count("SearchLogs")), (ErrorKind::Config, 107));
}

#[tokio::test]
async fn more_without_a_token_and_an_unusable_response_are_errors_not_the_end() {
    let cloud = cloud()
        .on_each("SearchLogs", [logs(None, Some(true), &[1])])
        .on("DescribeInstances", |_| LocalResponse::ok(json!({ "TotalCount": 9, "InstanceSet": [] })))
        .start()
        .await
        .unwrap();
    let mut items = client::<Tencent>(&cloud).search_logs().items();
    assert_eq!(items.next().await.unwrap().unwrap(), 1);
    assert!(items.next().await.unwrap().unwrap_err().message().contains("no token"));
    let error = client::<Tencent>(&cloud).describe_instances().items().collect_all().await.unwrap_err();
    assert!(error.message().contains("total 9"), "{error}");
}

#[tokio::test]
async fn a_list_that_never_ends_is_limited_by_pages_or_items() {
    let cloud = instances(u64::MAX, 1000, |_| Some(i64::MAX as u64)).await;
    let call = || client::<Tencent>(&cloud).describe_instances().limit(10);
    let mut pages = call().pages().max_pages(3);
    let mut count = 0;
    while let Some(page) = pages.next().await {
        count += page.unwrap().instance_set.as_ref().map_or(0, Vec::len);
    }
    assert_eq!((count, cloud.count("DescribeInstances")), (30, 3));
    assert_eq!(pages.position().to_string(), "DescribeInstances:30:0:at:30");
    let mut items = call().items().max_items(14);
    let mut some = Vec::new();
    while let Some(item) = items.next().await {
        some.push(item.unwrap());
    }
    assert_eq!((ids(&some), cloud.count("DescribeInstances")), (all(14), 5));
    // Where it stopped, it goes on, item by item.
    let position = items.position();
    assert_eq!(position.to_string(), "DescribeInstances:10:4:at:10");
    let more = call().items().from(position).max_items(3).collect_all().await.unwrap();
    assert_eq!(ids(&more), [14, 15, 16]);
}

#[tokio::test]
async fn a_position_is_kept_as_text_and_goes_on_exactly() {
    let cloud = instances(45, 100, |_| Some(45)).await;
    let call = || client::<Tencent>(&cloud).describe_instances().limit(20).offset(3);
    for read in [0, 1, 19, 20, 21, 41, 42] {
        let mut items = call().items();
        for _ in 0..read {
            items.next().await.unwrap().unwrap();
        }
        let text = cloudcall::json::to_string(&items.position()).unwrap();
        drop(items);
        let position: PagePosition = cloudcall::json::from_str(&text).unwrap();
        let rest = call().items().from(position).collect_all().await.unwrap();
        assert_eq!(ids(&rest), (3 + read..45).collect::<Vec<_>>(), "{text}");
    }
    let other: PagePosition = "DescribeDisks:10:4:at:10".parse().unwrap();
    let error = call().items().from(other).collect_all().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    assert!(error.message().contains("`DescribeDisks`"), "{error}");
    assert!("nonsense".parse::<PagePosition>().is_err());
}

#[tokio::test]
async fn an_error_ends_the_stream_which_goes_on_from_its_position() {
    let calls = Arc::new(AtomicU32::new(0));
    let list = move |request: &LocalRequest| {
        let offset = number(request, "Offset").unwrap_or(0);
        if calls.fetch_add(1, Ordering::Relaxed) == 1 {
            return LocalResponse::error("InternalError", "not now");
        }
        LocalResponse::ok(
            json!({ "TotalCount": 50, "InstanceSet": rows(offset..offset + 20.min(50 - offset)) }),
        )
    };
    let cloud = cloud().on("DescribeInstances", list).start().await.unwrap();
    let call = || client::<Tencent>(&cloud).describe_instances().limit(20);
    let mut items = call().items();
    let mut seen = Vec::new();
    let error = loop {
        match items.next().await.unwrap() {
            Ok(item) => seen.push(item.id),
            Err(error) => break error,
        }
    };
    assert_eq!((error.code(), seen.len()), (Some("InternalError"), 20));
    assert!(items.next().await.is_none());
    let rest = call().items().from(items.position()).collect_all().await.unwrap();
    seen.extend(ids(&rest));
    assert_eq!(seen, all(50));
}

#[tokio::test]
async fn every_page_is_a_call_with_the_options_of_the_first() {
    let page = |from: u64| LocalResponse::ok(json!({ "TotalCount": 4, "InstanceSet": rows(from..from + 2) }));
    let time = FakeTime::at(1_700_000_000);
    let cloud = cloud()
        .context(time.context())
        .on_each(
            "DescribeInstances",
            [page(0), LocalResponse::error("RequestLimitExceeded", "slow"), page(2)],
        )
        .start()
        .await
        .unwrap();
    let keys = Credential::new(KEYS.0, KEYS.1).unwrap();
    let client = Client::<Tencent>::builder()
        .region("ap-guangzhou")
        .endpoint(cloud.endpoint())
        .credentials(StaticCredentials::new(keys))
        .http(HttpOptions::builder().proxies(Proxies::None).build().unwrap())
        .context(time.context())
        .retry(RetryPolicy::none())
        .build()
        .unwrap();
    let mut pages = client
        .describe_instances()
        .limit(2)
        .invoker()
        .add_header("X-TC-Canary", "1")
        .with_retry(RetryPolicy::standard())
        .with_region("ap-shanghai")
        .pages();
    let mut attempts = Vec::new();
    while let Some(page) = pages.next().await {
        attempts.push(page.unwrap().attempts());
    }
    assert_eq!(attempts, [1, 2]);
    for request in cloud.requests() {
        assert_eq!(request.header("x-tc-canary"), Some("1"));
        assert_eq!(request.header("x-tc-region"), Some("ap-shanghai"));
    }
}

#[tokio::test]
async fn pages_are_fetched_when_they_are_asked_for_and_dropped_with_the_stream() {
    let slow = |request: &LocalRequest| {
        let offset = number(request, "Offset").unwrap_or(0);
        let response = LocalResponse::ok(json!({ "TotalCount": 6, "InstanceSet": rows(offset..offset + 2) }));
        if offset == 2 { response.after(Duration::from_millis(60)) } else { response }
    };
    let cloud = cloud().on("DescribeInstances", slow).start().await.unwrap();
    let count = || cloud.count("DescribeInstances");
    let mut items = client::<Tencent>(&cloud).describe_instances().limit(2).items();
    assert_eq!(count(), 0);
    assert_eq!(items.next().await.unwrap().unwrap().id, 0);
    assert_eq!(items.next().await.unwrap().unwrap().id, 1);
    assert_eq!(count(), 1);
    // What `next` waits for is dropped; the page under way is not asked for again.
    assert!(tokio::time::timeout(Duration::from_millis(20), items.next()).await.is_err());
    assert_eq!(items.position().to_string(), "DescribeInstances:2:0:at:2");
    assert_eq!(items.next().await.unwrap().unwrap().id, 2);
    assert_eq!(count(), 2);
    drop(items);
    assert_eq!(count(), 2);
}

#[tokio::test]
async fn they_are_streams_for_whoever_has_the_traits() {
    let cloud = instances(45, 100, |_| Some(45)).await;
    let client = client::<Tencent>(&cloud);
    let call = client.clone();
    let spawned = tokio::spawn(async move {
        let items = call.describe_instances().limit(20).items();
        items
            .map_ok(|item| item.id)
            .try_filter(|id| std::future::ready(id % 2 == 0))
            .try_collect::<Vec<u64>>()
            .await
    });
    assert_eq!(spawned.await.unwrap().unwrap().len(), 23);
    let pages: Vec<Result<_, Error>> =
        StreamExt::collect(client.describe_instances().limit(20).pages().take(2)).await;
    assert_eq!(pages.len(), 2);
    assert_eq!(client.describe_instances().limit(20).pages().collect_all().await.unwrap().len(), 3);
}

#[tokio::test]
async fn a_hundred_thousand_items_cost_their_calls_and_no_clone() {
    let list = |request: &LocalRequest| {
        let (offset, limit) = (number(request, "Offset").unwrap_or(0), number(request, "Limit").unwrap());
        let rows: Vec<u64> = (offset..(offset + limit).min(100_000)).collect();
        LocalResponse::ok(json!({ "Total": 100_000, "Rows": rows }))
    };
    let cloud = cloud().on("ListRows", list).start().await.unwrap();
    let mut items = client::<Tencent>(&cloud).list_rows().limit(2000).items();
    let mut sum = 0;
    let mut count = 0_u64;
    while let Some(Row(id)) = items.next().await.transpose().unwrap() {
        sum += id;
        count += 1;
    }
    assert_eq!((count, sum), (100_000, 99_999 * 100_000 / 2));
    assert_eq!(cloud.count("ListRows"), 50);
}

mod catalogue {
    use cloudcall::Huawei;
    use cloudcall::http::Method;

    use super::{
        Alibaba, Client, Credential, HttpOptions, KEYS, LocalResponse, Proxies, StaticCredentials, Tencent,
        Value, client, cloud, json, number,
    };

    cloudcall_models::actions! {
        huawei vpc "v3": ListVpcs;
        tencent cvm "2017-03-12": DescribeInstances;
        alibaba ecs "2014-05-26": DescribeImages;
    }

    #[tokio::test]
    async fn actions_of_the_catalogue_know_their_pages() {
        use alibaba::ecs::DescribeImagesExt as _;
        use huawei::vpc::ListVpcsExt as _;
        use tencent::cvm::DescribeInstancesExt as _;
        let cloud = cloud()
            .on_path(Method::GET, "/v3/{project_id}/vpc/vpcs", |request| {
                LocalResponse::ok(match request.query.iter().find(|(name, _)| name == "marker") {
                    None => json!({ "vpcs": [{ "name": "a" }, { "name": "b" }], "page_info": { "next_marker": "m" } }),
                    Some(_) => json!({ "vpcs": [{ "name": "c" }], "page_info": {} }),
                })
            })
            .on("DescribeInstances", |request| {
                let from = number(request, "Offset").unwrap_or(0);
                let list: Vec<Value> = (from..from + 1).map(|id| json!({ "InstanceId": id })).collect();
                LocalResponse::ok(json!({ "TotalCount": 3, "InstanceSet": list }))
            })
            .on("DescribeImages", |request| {
                let page = number(request, "PageNumber").unwrap_or(1);
                LocalResponse::ok(json!({ "TotalCount": 2, "Images": { "Image": [{ "ImageId": page }] } }))
            });
        let cloud = cloud.start().await.unwrap();
        let keys = Credential::new(KEYS.0, KEYS.1).unwrap().with_project_id("p1");
        let huawei = Client::<Huawei>::builder()
            .region("cn-north-4")
            .endpoint(cloud.endpoint())
            .credentials(StaticCredentials::new(keys))
            .http(HttpOptions::builder().proxies(Proxies::None).build().unwrap())
            .build()
            .unwrap();
        let vpcs = huawei.list_vpcs().limit(2).items().collect_all().await.unwrap();
        assert_eq!(vpcs.iter().filter_map(|vpc| vpc.name.as_deref()).collect::<String>(), "abc");
        let instances =
            client::<Tencent>(&cloud).describe_instances().limit(1).items().collect_all().await.unwrap();
        assert_eq!(instances.len(), 3);
        let images = client::<Alibaba>(&cloud)
            .describe_images()
            .region_id("cn-hangzhou")
            .page_size(1)
            .items()
            .collect_all()
            .await
            .unwrap();
        assert_eq!(images.iter().filter_map(|image| image.image_id.as_deref()).collect::<String>(), "12");
    }
}

/// Paged by number, or by a token that comes only if `MaxResults` is sent.
#[cloud_action(provider = "alibaba", product = "rds", version = "2014-08-15", style = "rpc", response = Databases,
               paginate(page_number = page_number, page_size = page_size, token = next_token, limit = max_results,
                        next_token = next_token, total = total_record_count, items = items))]
struct DescribeDatabases {
    page_number: Option<i64>,
    page_size: Option<i64>,
    next_token: Option<String>,
    max_results: Option<i64>,
}

#[cloud_model(provider = "alibaba", response)]
struct Databases {
    total_record_count: Option<i64>,
    next_token: Option<String>,
    items: Option<Vec<Instance>>,
}

/// Reads the offset only together with a limit; its pages begin at 0.
#[cloud_action(provider = "alibaba", product = "swr", version = "2014-08-15", style = "rpc", response = Databases,
               paginate(page_number = page, first = 0, limit = limit, default_limit = 20, total = total_record_count,
                        items = items))]
struct ListArtifacts {
    page: Option<i64>,
    limit: Option<i64>,
}

#[tokio::test]
async fn an_action_with_two_ways_is_paged_by_number_unless_the_request_asks_for_tokens() {
    let cloud = cloud().on("DescribeDatabases", |request| {
        let (size, from) = match number(request, "MaxResults") {
            Some(most) => (most, request.param("NextToken").map_or(0, |token| token.parse().unwrap())),
            None => {
                let size = number(request, "PageSize").unwrap_or(30);
                (size, (number(request, "PageNumber").unwrap_or(1) - 1) * size)
            }
        };
        let end = (from + size).min(70);
        let by_token = request.param("MaxResults").is_some();
        // By token, the total is that of the page.
        let total = if by_token { end - from } else { 70 };
        let next = (by_token && end < 70).then(|| end.to_string());
        LocalResponse::ok(json!({ "TotalRecordCount": total, "NextToken": next, "Items": rows(from..end) }))
    });
    let cloud = cloud.start().await.unwrap();
    let call = || client::<Alibaba>(&cloud).describe_databases();
    for (call, calls) in [
        (call(), 3),
        (call().page_size(7), 10),
        (call().page_number(1), 3),
        (call().max_results(20), 4),
        (call().max_results(20).page_size(7), 4),
    ] {
        let before = cloud.count("DescribeDatabases");
        let items = call.items().collect_all().await.unwrap();
        assert_eq!((ids(&items), cloud.count("DescribeDatabases") - before), (all(70), calls));
    }
    // Where it stopped, it goes on, by token as well.
    for call in [call().page_size(20), call().max_results(20)] {
        let (action, mut items) = (call.invoker(), Vec::new());
        let mut first = action.items().max_items(30);
        while let Some(item) = first.next().await {
            items.push(item.unwrap().id);
        }
        assert_eq!(items, all(30));
        let rest = match first.position().to_string().ends_with(":at:2") {
            true => client::<Alibaba>(&cloud).describe_databases().page_size(20),
            false => client::<Alibaba>(&cloud).describe_databases().max_results(20),
        };
        let rest = rest.items().from(first.position()).collect_all().await.unwrap();
        assert_eq!(ids(&rest), (30..70).collect::<Vec<_>>());
    }
}

#[tokio::test]
async fn a_size_that_the_service_wants_is_sent_and_pages_are_counted_from_where_it_does() {
    let cloud = cloud().on("ListArtifacts", |request| {
        let from = match number(request, "Limit") {
            Some(limit) => number(request, "Page").unwrap_or(0) * limit,
            None => 0,
        };
        let end = (from + number(request, "Limit").unwrap_or(20)).min(45);
        LocalResponse::ok(json!({ "TotalRecordCount": 45, "Items": rows(from..end) }))
    });
    let cloud = cloud.start().await.unwrap();
    let call = || client::<Alibaba>(&cloud).list_artifacts();
    assert_eq!(ids(&call().items().collect_all().await.unwrap()), all(45));
    assert_eq!(cloud.count("ListArtifacts"), 3);
    assert_eq!(ids(&call().limit(40).items().collect_all().await.unwrap()), all(45));
    assert_eq!(cloud.count("ListArtifacts"), 5);
}

#[tokio::test]
async fn a_list_that_ends_too_early_is_an_error_after_the_items_that_came() {
    // Whatever offset is asked for, the service takes it for a page number: the second page is far behind the end.
    let list = |request: &LocalRequest| {
        let from = number(request, "Offset").unwrap_or(0) * 10;
        LocalResponse::ok(json!({ "TotalCount": 60, "InstanceSet": rows(from.min(60)..(from + 10).min(60)) }))
    };
    let cloud = cloud().on("DescribeInstances", list).start().await.unwrap();
    let call = || client::<Tencent>(&cloud).describe_instances().limit(10);
    let mut items = call().items();
    let mut seen = Vec::new();
    let error = loop {
        match items.next().await.unwrap() {
            Ok(item) => seen.push(item.id),
            Err(error) => break error,
        }
    };
    assert_eq!((seen, error.kind(), error.action()), (all(10), ErrorKind::Decode, Some("DescribeInstances")));
    assert!(
        error.message().contains("10 of 60 items") && error.message().contains("ignore_total()"),
        "{error}"
    );
    assert!(items.next().await.is_none());
    // The caller knows better.
    let items = call().items().ignore_total().collect_all().await.unwrap();
    assert_eq!(ids(&items), all(10));
    let pages = call().pages().ignore_total().collect_all().await.unwrap();
    assert_eq!(pages.len(), 2);
}

#[tokio::test]
async fn the_last_token_again_ends_a_list() {
    // With nothing, or where the caller says so.
    for (last, ends_by_itself) in [(&[][..], true), (&[3], false)] {
        let responses =
            [logs(Some("a"), None, &[1]), logs(Some("b"), None, &[2]), logs(Some("b"), None, last)];
        let cloud = cloud().on("SearchLogs", move |request| responses[request.earlier % 3].clone());
        let cloud = cloud.start().await.unwrap();
        let call = || client::<Tencent>(&cloud).search_logs();
        let all: Vec<u64> = [1, 2].iter().chain(last).copied().collect();
        match call().items().collect_all().await {
            Ok(items) => assert!(ends_by_itself && items == all, "{items:?}"),
            Err(error) => assert!(!ends_by_itself && error.message().contains("same token"), "{error}"),
        }
        assert_eq!(call().items().end_at_repeated_token().collect_all().await.unwrap(), all);
        assert_eq!(call().pages().end_at_repeated_token().collect_all().await.unwrap().len(), 3);
    }
}

#[tokio::test]
async fn elements_that_cannot_be_read_are_part_of_their_page() {
    /// A page with a null, a text in place of an object, and the rest of the items.
    fn page(from: u64, to: u64) -> Vec<Value> {
        let odd = |id: u64| match id {
            1 => json!(null),
            21 => json!("odd"),
            22 => json!({}),
            id => json!({ "Id": id }),
        };
        (from..to).map(odd).collect()
    }
    let wanted: Vec<u64> = all(45).into_iter().filter(|id| ![1, 21, 22].contains(id)).collect();
    // No total says that pages are missing, and no page must look shorter than another.
    let by_offset = |request: &LocalRequest| {
        let from = number(request, "Offset").unwrap_or(0);
        LocalResponse::ok(json!({ "InstanceSet": page(from, (from + 20).min(45)) }))
    };
    let by_number = |request: &LocalRequest| {
        let from = (number(request, "PageNumber").unwrap_or(1).max(1) - 1) * 20;
        LocalResponse::ok(json!({ "Disks": { "Disk": page(from, (from + 20).min(45)) } }))
    };
    let cloud = cloud().on("DescribeInstances", by_offset).on("DescribeDisks", by_number);
    let cloud = cloud.start().await.unwrap();
    let instances = client::<Tencent>(&cloud).describe_instances().limit(20).items().collect_all().await;
    assert_eq!(ids(&instances.unwrap()), wanted);
    let disks =
        client::<Alibaba>(&cloud).describe_disks().page_number(1).page_size(20).items().collect_all().await;
    assert_eq!(ids(&disks.unwrap()), wanted);
    assert_eq!((cloud.count("DescribeInstances"), cloud.count("DescribeDisks")), (3, 3));
}
