//! The client for code without async: the same calls, from threads, from runtimes, from many at once.

use std::io::{BufRead as _, Read as _, Write as _};
use std::net::TcpListener;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use cloudcall::action::{ActionInfo, BodyFormat, Param};
use cloudcall::client::{HttpOptions, Proxies};
use cloudcall::credential::{Credential, StaticCredentials};
use cloudcall::http::Method;
use cloudcall::json::{Value, json};
use cloudcall::local::{LocalCloud, LocalResponse};
use cloudcall::provider::Provider;
use cloudcall::retry::RetryPolicy;
use cloudcall::upload::FilePart;
use cloudcall::wait::Wait;
use cloudcall::{
    Client, Error, ErrorKind, Huawei, Qcloud, Tencent, Volcengine, blocking, cloud_action, cloud_model,
};
use tokio::runtime::Runtime;

#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12", response = Value)]
struct DescribeInstances {
    zone: String,
    limit: Option<i64>,
}

#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12", response = Value)]
struct Tagged<'a, T: Copy> {
    name: &'a str,
    tag: Option<T>,
}

#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12", response = DiskList,
               paginate(offset = offset, limit = limit, total = total_count, items = disk_set))]
struct DescribeDisks {
    offset: Option<i64>,
    limit: Option<i64>,
}

#[cloud_model(provider = "tencent", response)]
struct DiskList {
    total_count: Option<i64>,
    disk_set: Option<Vec<Disk>>,
}

#[cloud_model(provider = "tencent", response)]
struct Disk {
    id: i64,
}

#[cloud_action(provider = "tencent", product = "hunyuan", version = "2023-09-01", response = Chat, stream = "sse")]
struct ChatCompletions {
    model: String,
    stream: Option<bool>,
}

#[cloud_model(provider = "tencent", response)]
struct Chat {
    text: Option<String>,
}

#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12", response = Value)]
struct DescribeState {}

#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12", response = Value, readonly)]
struct Missing {}

fn start(runtime: &Runtime) -> LocalCloud {
    let cloud = LocalCloud::builder()
        .account("AKIDexample", "example-secret")
        .on("DescribeInstances", |request| {
            LocalResponse::ok(json!({
                "Limit": request.params["Limit"], "Region": request.region, "Canary": request.header("x-tc-canary"),
            }))
        })
        .on("Tagged", |request| LocalResponse::ok(json!({ "Name": request.params["Name"] })))
        .on_each("Flaky", [LocalResponse::error("InternalError", "again"), LocalResponse::ok(json!({}))])
        .on("DescribeDisks", |request| {
            let at = |name: &str, other: i64| request.params[name].as_i64().unwrap_or(other);
            let (from, size) = (at("Offset", 0), at("Limit", 20));
            let disks: Vec<_> = (from..(from + size).min(25)).map(|id| json!({ "Id": id })).collect();
            LocalResponse::ok(json!({ "TotalCount": 25, "DiskSet": disks }))
        })
        .on_each("DescribeState", ["PENDING", "STARTING", "RUNNING"].map(|state| LocalResponse::ok(json!({ "State": state }))))
        .on("ChatCompletions", |request| match request.params["Stream"].as_bool() {
            Some(true) => LocalResponse::events([json!({ "Text": "Hel", "RequestId": "r-1" }), json!({ "Text": "lo" })]),
            _ => LocalResponse::ok(json!({ "Text": "Hello" })),
        })
        .on("GetReport", |_| {
            LocalResponse::pieces("text/plain", ["one\ntw", "o\nthree"]).header("Content-Length", "13")
        })
        .on("UploadLog", |request| LocalResponse::ok(json!({ "Bytes": request.body.len() })))
        .on("Missing", |_| LocalResponse::error("InvalidInstanceId.NotFound", "no such instance"));
    runtime.block_on(cloud.start()).unwrap()
}

fn client(cloud: &LocalCloud) -> blocking::Client<Tencent> {
    blocking::Client::<Tencent>::builder()
        .region("ap-guangzhou")
        .endpoint(cloud.endpoint())
        .credentials(StaticCredentials::new(Credential::new("AKIDexample", "example-secret").unwrap()))
        .http(HttpOptions::builder().proxies(Proxies::None).build().unwrap())
        .retry(RetryPolicy::standard().backoff(cloudcall::retry::Backoff::fixed(Duration::from_millis(1))))
        .build()
        .unwrap()
}

#[test]
fn calls_are_those_of_the_async_client() {
    let runtime = Runtime::new().unwrap();
    let cloud = start(&runtime);
    let client = client(&cloud);
    assert_eq!(client.describe_instances().zone("z").limit(3).send().unwrap()["Limit"], 3);
    let response = client
        .describe_instances()
        .limit(4)
        .zone("z")
        .invoker()
        .add_header("X-TC-Canary", "yes")
        .with_region("ap-shanghai")
        .with_timeout(Duration::from_secs(9))
        .invoke()
        .unwrap();
    assert_eq!((response["Limit"].as_i64(), response.attempts()), (Some(4), 1));
    assert_eq!((&response["Region"], &response["Canary"]), (&json!("ap-shanghai"), &json!("yes")));
    let request = DescribeInstances::builder().zone("z").build();
    assert!(client.invoker(request).invoke().unwrap()["Limit"].is_null());
    assert_eq!(client.tagged::<u8>().name("n").tag(1).send().unwrap()["Name"], "n");
    let flaky = client.raw("cvm", "2017-03-12", "Flaky").with_retry(RetryPolicy::standard());
    assert_eq!(
        flaky.json(json!({ "A": 1 })).send().unwrap_err().attempts(),
        1,
        "not known to be safe to repeat"
    );
    let error = client.raw("cvm", "2017-03-12", "Missing").invoke().unwrap_err();
    assert_eq!((error.kind(), error.action()), (ErrorKind::NotFound, Some("Missing")));
    let signed = client.describe_instances().zone("z").invoker().sign_only().unwrap();
    assert!(signed.headers().contains_key("authorization"));
    assert_eq!(client.region(), Some("ap-guangzhou"));
    assert!(client.breaker_states().is_empty());
}

#[test]
fn calls_are_urls_where_the_async_ones_are() {
    fn client<P: Provider + Default>() -> blocking::Client<P> {
        blocking::Client::<P>::builder()
            .region("cn-beijing")
            .credentials(StaticCredentials::new(Credential::new("AKIDexample", "example-secret").unwrap()))
            .build()
            .unwrap()
    }
    let url = client::<Qcloud>().raw("cvm", "", "DescribeRegions").generate_url().unwrap();
    assert!(url.starts_with("https://cvm.api.qcloud.com/v2/index.php?Action=DescribeRegions&"), "{url}");
    let action = ActionInfo::new("ecs", "2020-04-01", "DescribeRegions").with_method(Method::GET);
    let lifetime = Duration::from_secs(900);
    let url = client::<Volcengine>().raw_action(action).presigned_url(lifetime).unwrap();
    assert!(url.contains("X-Expires=900&") && url.contains("X-Signature="), "{url}");
}

#[test]
fn mistakes_of_the_builder_are_errors_of_build() {
    let error = blocking::Client::<Huawei>::builder().region("a/b").build().unwrap_err();
    assert_eq!((error.kind(), error.provider()), (ErrorKind::Config, Some("huawei")));
    // A cloud's own settings are there, too.
    let client = blocking::Client::<Huawei>::builder().region("cn-north-4").sign_all_payloads(true).build();
    assert_eq!(client.unwrap().region(), Some("cn-north-4"));
}

#[test]
fn many_threads_share_one_client() {
    let runtime = Runtime::new().unwrap();
    let cloud = start(&runtime);
    let client = client(&cloud);
    let done = AtomicUsize::new(0);
    thread::scope(|scope| {
        for number in 0..16 {
            let (client, done) = (client.clone(), &done);
            scope.spawn(move || {
                for turn in 0..5 {
                    let limit = number * 100 + turn;
                    let response = client.describe_instances().zone("z").limit(limit).send().unwrap();
                    assert_eq!(response["Limit"], limit);
                    done.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    assert_eq!((done.into_inner(), cloud.count("DescribeInstances")), (80, 80));
}

#[test]
fn threads_wait_at_the_same_time() {
    // No response before both requests are there.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = thread::spawn(move || {
        let mut connections = [listener.accept().unwrap().0, listener.accept().unwrap().0];
        for connection in &mut connections {
            assert!(connection.read(&mut [0; 4096]).unwrap() > 0);
        }
        for connection in &mut connections {
            let body = r#"{"Response":{"RequestId":"r"}}"#;
            write!(connection, "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}", body.len()).unwrap();
        }
    });
    let client = blocking::Client::<Tencent>::builder()
        .endpoint(url.as_str())
        .credentials(StaticCredentials::new(Credential::new("AKIDexample", "example-secret").unwrap()))
        .http(HttpOptions::builder().proxies(Proxies::None).build().unwrap())
        .build()
        .unwrap();
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| client.raw("cvm", "2017-03-12", "DescribeZones").invoke().unwrap());
        }
    });
    server.join().unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_and_a_drop_inside_a_runtime_do_not_panic() {
    let cloud = LocalCloud::builder()
        .account("AKIDexample", "example-secret")
        .on("DescribeInstances", |_| LocalResponse::ok(json!({ "Limit": 1 })));
    let cloud = cloud.start().await.unwrap();
    let inside = client(&cloud);
    // On this worker, on another task, and where blocking is meant to be.
    assert_eq!(inside.describe_instances().zone("z").send().unwrap()["Limit"], 1);
    let task = inside.clone();
    tokio::spawn(async move { task.describe_instances().zone("z").send().unwrap() }).await.unwrap();
    let task = inside.clone();
    tokio::task::spawn_blocking(move || task.describe_instances().zone("z").send().unwrap()).await.unwrap();
    drop(inside);
    tokio::time::sleep(Duration::from_millis(1)).await;
    assert_eq!(cloud.count("DescribeInstances"), 3);
}

#[tokio::test(flavor = "current_thread")]
async fn waiting_for_the_own_thread_ends_with_the_time_limit() {
    let cloud = LocalCloud::builder().account("AKIDexample", "example-secret").start().await.unwrap();
    let client = client(&cloud);
    let call = client.raw("cvm", "2017-03-12", "DescribeInstances").with_timeout(Duration::from_millis(200));
    assert_eq!(call.invoke().unwrap_err().kind(), ErrorKind::Timeout);
}

#[test]
fn what_has_more_steps_goes_through_the_async_client() {
    let runtime = Runtime::new().unwrap();
    let cloud = start(&runtime);
    let client = client(&cloud);
    let (one, two) = client.run(async |client: Client<Tencent>| {
        tokio::time::sleep(Duration::from_millis(1)).await;
        let one = client.describe_instances().zone("z").limit(1).send();
        let two = tokio::spawn(client.describe_instances().zone("z").limit(2).send());
        (one.await.unwrap(), two.await.unwrap().unwrap())
    });
    assert_eq!((&one["Limit"], &two["Limit"]), (&json!(1), &json!(2)));

    // A call inside a call, whose wake-ups must not get lost.
    let inner = client.clone();
    let nested = client.run(async |outer: Client<Tencent>| {
        let outer = tokio::spawn(outer.describe_instances().zone("z").limit(5).send());
        let blocked = inner.describe_instances().zone("z").limit(6).send().unwrap();
        (outer.await.unwrap().unwrap()["Limit"].clone(), blocked["Limit"].clone())
    });
    assert_eq!(nested, (json!(5), json!(6)));

    let limits: Vec<i64> = client
        .iter(|client| {
            futures_util::stream::unfold(1, move |limit| {
                let client = client.clone();
                async move {
                    let next = (limit <= 3).then_some(limit)?;
                    let response = client.describe_instances().zone("z").limit(next).send().await;
                    Some((response.unwrap()["Limit"].as_i64().unwrap(), limit + 1))
                }
            })
        })
        .collect();
    assert_eq!(limits, [1, 2, 3]);
    let first = client.iter(|_| futures_util::stream::iter(0..)).next();
    assert_eq!(first, Some(0));
}

#[test]
fn an_async_client_and_its_blocking_face_share_all() {
    let runtime = Runtime::new().unwrap();
    let cloud = start(&runtime);
    let first = client(&cloud);
    let second = blocking::Client::try_from(first.as_async().clone()).unwrap();
    drop(first);
    assert_eq!(second.describe_instances().zone("z").limit(1).send().unwrap()["Limit"], 1);
    assert!(!format!("{second:?}").contains("example-secret"));
}

#[test]
fn pages_and_items_are_iterators() {
    let runtime = Runtime::new().unwrap();
    let cloud = start(&runtime);
    let client = client(&cloud);
    let mut pages = client.describe_disks().limit(10).pages().max_pages(2);
    for page in &mut pages {
        let page = page.unwrap();
        assert_eq!((page.total_count, page.disk_set.as_ref().map(Vec::len)), (Some(25), Some(10)));
    }
    let position = pages.position();
    let rest = client.describe_disks().limit(10).pages().from(position).collect_all().unwrap();
    assert_eq!(rest.iter().map(|page| page.disk_set.as_ref().unwrap().len()).collect::<Vec<_>>(), [5]);
    assert_eq!(cloud.count("DescribeDisks"), 3);

    let mut items = client.describe_disks().limit(10).items().max_items(13);
    let first: Vec<_> = items.by_ref().map(|disk| disk.unwrap().id).collect();
    let later = client.describe_disks().limit(10).items().from(items.position()).max_empty_pages(1);
    let later: Vec<_> = later.collect_all().unwrap().into_iter().map(|disk| disk.id).collect();
    assert_eq!((first, later), ((0..13).collect(), (13..25).collect()));
    let one = client.describe_disks().limit(10).items().max_pages(1);
    assert_eq!(one.collect::<Result<Vec<_>, _>>().unwrap().len(), 10);
    let options = client.describe_disks().limit(-1).invoker().with_region("ap-shanghai");
    assert_eq!(options.items().next().unwrap().unwrap_err().kind(), ErrorKind::Config);
}

#[test]
fn states_are_waited_for() {
    let runtime = Runtime::new().unwrap();
    let cloud = start(&runtime);
    let mut seen = Vec::new();
    let running = client(&cloud)
        .invoker(DescribeState::builder().build())
        .wait_until(|response| match response["State"].as_str() {
            Some("RUNNING") => Wait::Ready,
            other => Wait::pending_in(other.unwrap_or_default().to_owned()),
        })
        .delay(Duration::from_millis(1))
        .deadline(Duration::from_secs(60))
        .on_progress(|look| seen.extend(look.state.map(str::to_owned)))
        .wait()
        .unwrap();
    assert_eq!(running["State"], "RUNNING");
    assert_eq!(seen, ["PENDING", "STARTING"]);
    let untyped = client(&cloud).raw("cvm", "2017-03-12", "DescribeState");
    let running = untyped.wait_until(|list| list["State"] == "RUNNING").delay(Duration::from_millis(1));
    assert_eq!(running.wait().unwrap()["State"], "RUNNING");
    let writes = client(&cloud).raw("cvm", "2017-03-12", "UploadLog").wait_until(|_| true);
    assert_eq!(writes.wait().unwrap_err().kind(), ErrorKind::Config);
    let waiting = client(&cloud).describe_instances().zone("z").wait_until(|_| false);
    let error = waiting.max_attempts(2).delay(Duration::from_millis(1)).wait().unwrap_err();
    assert_eq!((error.kind(), error.wait().unwrap().attempts()), (ErrorKind::Timeout, 2));
    let missing = client(&cloud).invoker(Missing {}).wait_until(|_| true).tolerate(ErrorKind::NotFound);
    let missing =
        missing.tolerate_if(|error| error.code() == Some("Other")).initial_delay(Duration::from_millis(1));
    let backoff = cloudcall::retry::Backoff::fixed(Duration::from_millis(1));
    let error =
        missing.max_delay(Duration::from_millis(2)).backoff(backoff).max_attempts(3).wait().unwrap_err();
    assert_eq!((error.kind(), cloud.count("Missing")), (ErrorKind::Timeout, 3));
}

#[test]
fn events_are_iterated_over() {
    let runtime = Runtime::new().unwrap();
    let cloud = start(&runtime);
    let client = client(&cloud);
    let events = client.chat_completions().model("lite").stream().unwrap();
    assert_eq!((events.status().as_u16(), events.attempts(), events.retry()), (200, 1, None));
    assert!(
        events.headers().contains_key("content-type") && events.endpoint() == cloud.address().to_string()
    );
    let texts: Vec<_> = events.map(|event| event.unwrap().text.clone().unwrap()).collect();
    assert_eq!(texts, ["Hel", "lo"]);
    let mut raw = client
        .raw("hunyuan", "2023-09-01", "ChatCompletions")
        .json(json!({ "Stream": true }))
        .stream()
        .unwrap();
    assert_eq!(raw.next().unwrap().unwrap()["Text"], "Hel");
    assert_eq!(raw.request_id(), Some("r-1"));
    drop(raw);
    let chat = client.raw("hunyuan", "2023-09-01", "ChatCompletions").json(json!({ "Stream": true }));
    let lines: Vec<_> = chat.stream_text().unwrap().map(Result::unwrap).collect();
    assert!(lines[0].contains("\"Hel\"") && lines.len() == 2, "{lines:?}");
    assert_eq!(client.chat_completions().model("lite").send().unwrap().text.as_deref(), Some("Hello"));
    let error = client.raw("cvm", "2017-03-12", "DescribeDisks").stream().unwrap_err();
    assert!(error.message().contains("not a stream of events"), "{error}");
}

#[test]
fn downloads_are_read_like_files() {
    let runtime = Runtime::new().unwrap();
    let cloud = start(&runtime);
    let client = client(&cloud);
    let report = || client.raw("cvm", "2017-03-12", "GetReport").download().unwrap();
    let lines: Vec<_> = report().lines().map(Result::unwrap).collect();
    assert_eq!(lines, ["one", "two", "three"]);

    // By small buffers, then by pieces, then by a writer: each goes on where the other was.
    let mut download = report();
    let mut begin = [0; 2];
    assert_eq!((download.read(&mut []).unwrap(), download.read(&mut begin).unwrap()), (0, 2));
    let piece = download.next().unwrap().unwrap();
    assert!(begin == *b"on" && piece.starts_with(b"e\ntw"), "{piece:?}");
    let mut rest = Vec::new();
    assert_eq!(download.to_writer(&mut rest).unwrap(), 11 - piece.len() as u64);
    assert_eq!([&piece[..], &rest].concat(), b"e\ntwo\nthree");
    let pieces: Result<Vec<_>, Error> = report().into_iter().collect();
    assert_eq!(pieces.unwrap().concat(), b"one\ntwo\nthree");

    let folder = std::env::temp_dir().join(format!("cloudcall-blocking-{}", std::process::id()));
    let (sent, seen) = std::sync::mpsc::channel();
    let download = report().on_progress(move |done, total| sent.send((done, total)).unwrap());
    assert_eq!((download.len(), download.done(), download.offset(), download.etag()), (Some(13), 0, 0, None));
    assert_eq!((download.status().as_u16(), download.attempts()), (200, 1));
    assert!(
        download.headers().contains_key("content-length")
            && download.endpoint() == cloud.address().to_string()
    );
    assert_eq!(download.request_id(), None, "the head of this response has none");
    assert_eq!(download.to_file(&folder).unwrap(), 13);
    assert_eq!(seen.iter().last(), Some((13, Some(13))));
    let mut text = String::new();
    std::fs::File::open(&folder).unwrap().read_to_string(&mut text).unwrap();
    assert_eq!(text, "one\ntwo\nthree");

    // And up again.
    let log = ActionInfo::new("cls", "2020-10-16", "UploadLog").with_body_format(BodyFormat::OctetStream);
    let call = client.raw_action(log).file(Param::new("Body"), FilePart::path(&folder));
    let stored = call.with_upload_progress(|at| assert_eq!(at.total, 13)).invoke().unwrap();
    assert_eq!(stored["Bytes"], 13);
    std::fs::remove_file(&folder).unwrap();

    let error = report().to_writer(&mut [0_u8; 3][..]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Output);
    let error = client.raw("cvm", "2017-03-12", "Missing").download().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
}

/// An error in the middle is the reader's, with all that is known of it.
#[test]
fn a_download_that_breaks_off_is_an_error_of_the_reader() {
    let runtime = Runtime::new().unwrap();
    let cloud = LocalCloud::builder().account("AKIDexample", "example-secret").on("GetReport", |_| {
        LocalResponse::pieces("text/plain", ["some"]).header("Content-Length", "13").cut_off()
    });
    let cloud = runtime.block_on(cloud.start()).unwrap();
    let mut download = client(&cloud).raw("cvm", "2017-03-12", "GetReport").download().unwrap();
    let mut text = String::new();
    let error = download.read_to_string(&mut text).unwrap_err();
    let inner = error.get_ref().unwrap().downcast_ref::<Error>().unwrap();
    assert_eq!((inner.action(), inner.is_retryable()), (Some("GetReport"), true), "{inner}");
    assert!(download.next().is_none(), "the first error is the end");
}
