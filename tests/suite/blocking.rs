//! The client for code without async: the same calls, from threads, from runtimes, from many at once.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use cloudcall::json::{Value, json};
use cloudcall::local::{LocalAnswer, LocalCloud};
use cloudcall::{
    Client, Credential, ErrorKind, HttpOptions, Huawei, Proxies, RetryPolicy, StaticCredentials, Tencent,
    blocking, cloud_action,
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

fn start(runtime: &Runtime) -> LocalCloud {
    let cloud = LocalCloud::builder()
        .account("AKIDexample", "example-secret")
        .on("DescribeInstances", |request| {
            LocalAnswer::ok(json!({
                "Limit": request.params["Limit"], "Region": request.region, "Canary": request.header("x-tc-canary"),
            }))
        })
        .on("Tagged", |request| LocalAnswer::ok(json!({ "Name": request.params["Name"] })))
        .on_each("Flaky", [LocalAnswer::error("InternalError", "again"), LocalAnswer::ok(json!({}))])
        .on("Missing", |_| LocalAnswer::error("InvalidInstanceId.NotFound", "no such instance"));
    runtime.block_on(cloud.start()).unwrap()
}

fn client(cloud: &LocalCloud) -> blocking::Client<Tencent> {
    blocking::Client::<Tencent>::builder()
        .region("ap-guangzhou")
        .endpoint(cloud.endpoint())
        .credentials(StaticCredentials::new(Credential::new("AKIDexample", "example-secret").unwrap()))
        .http(HttpOptions::builder().proxies(Proxies::None).build().unwrap())
        .retry(RetryPolicy::standard().backoff(cloudcall::Backoff::fixed(Duration::from_millis(1))))
        .build()
        .unwrap()
}

#[test]
fn calls_are_those_of_the_async_client() {
    let runtime = Runtime::new().unwrap();
    let cloud = start(&runtime);
    let client = client(&cloud);
    assert_eq!(client.describe_instances().zone("z").limit(3).send().unwrap()["Limit"], 3);
    let answer = client
        .describe_instances()
        .limit(4)
        .zone("z")
        .invoker()
        .add_header("X-TC-Canary", "yes")
        .with_region("ap-shanghai")
        .with_timeout(Duration::from_secs(9))
        .invoke()
        .unwrap();
    assert_eq!((answer["Limit"].as_i64(), answer.attempts()), (Some(4), 1));
    assert_eq!((&answer["Region"], &answer["Canary"]), (&json!("ap-shanghai"), &json!("yes")));
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
                    let answer = client.describe_instances().zone("z").limit(limit).send().unwrap();
                    assert_eq!(answer["Limit"], limit);
                    done.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    assert_eq!((done.into_inner(), cloud.count("DescribeInstances")), (80, 80));
}

#[test]
fn threads_wait_at_the_same_time() {
    // No answer before both requests are there.
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
        .on("DescribeInstances", |_| LocalAnswer::ok(json!({ "Limit": 1 })));
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
                    let answer = client.describe_instances().zone("z").limit(next).send().await;
                    Some((answer.unwrap()["Limit"].as_i64().unwrap(), limit + 1))
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
