//! Failover between hosts: the vectors of the official class, and calls against two servers.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::Duration;

use cloudcall::action::{Action, ActionInfo, Fields};
use cloudcall::breaker::{Breaker, BreakerChange, BreakerOptions, BreakerOptionsBuilder, BreakerState};
use cloudcall::client::{ClientBuilder, HttpOptions, Proxies};
use cloudcall::credential::{Credential, StaticCredentials};
use cloudcall::error::SendState;
use cloudcall::json::Value;
use cloudcall::observe::Observe;
use cloudcall::retry::RetryPolicy;
use cloudcall::transport::{HttpRequest, HttpResponse, HttpSend, ResponseBody, TransportError};
use cloudcall::{Alibaba, Client, Error, ErrorKind, Huawei, Tencent};
use cloudcall_tests::server::{Reply, Request, Server, http};
use cloudcall_tests::time::FakeTime;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use super::huawei_region::{OneFile, Vars};

/// The one row in which the official class counts what it should not: its generations are modulo 10, so that a result
/// exactly ten generations old passes for one of now. Here it is dropped; only the counters of the last events
/// differ, not where a call goes.
const ODDITY: &str = "generation-wraps-at-ten";

/// What differs between a row and a breaker with the row's settings.
fn differences(row: &Value, limit_trials: bool) -> Vec<String> {
    let settings = &row["settings"];
    let second = |value: &Value| Duration::from_secs_f64(value.as_f64().unwrap());
    let count = |value: &Value| u32::try_from(value.as_u64().unwrap()).unwrap();
    let options = BreakerOptions::builder()
        .backup_endpoint(settings["backup_endpoint"].as_str().unwrap())
        .max_fail_num(count(&settings["max_fail_num"]))
        .failure_ratio(settings["max_fail_percent"].as_f64().unwrap())
        .window_interval(second(&settings["window_interval"]))
        .open_for(second(&settings["timeout"]))
        .half_open_trials(count(&settings["max_requests"]))
        .limit_trials(limit_trials)
        .build()
        .unwrap();
    let breaker = Breaker::new(options, second(&row["start"]));
    let (mut calls, mut wrong) = (HashMap::new(), Vec::new());
    for (number, event) in row["events"].as_array().unwrap().iter().enumerate() {
        let (now, call, expect) = (second(&event["t"]), event["call"].as_str().unwrap(), &event["expect"]);
        let mut check = |name: &str, found: Value| {
            if expect[name] != found {
                wrong.push(format!("event {number}: {name} is {found}, not {}", expect[name]));
            }
        };
        if event["op"] == "begin" {
            let permit = breaker.begin(now).ok();
            check("use_backup", permit.is_none().into());
            calls.insert(call, permit);
        } else if let Some(permit) = calls.remove(call).unwrap() {
            permit.end(now, event["success"].as_bool().unwrap());
        } else {
            breaker.status_at(now);
        }
        let status = breaker.status();
        check("state", status.state.as_str().into());
        check("generation", (status.generation % 10).into());
        if event["op"] == "end" {
            check("total", status.total.into());
            check("failures", status.failures.into());
            check("consecutive_successes", status.consecutive_successes.into());
            check("consecutive_failures", status.consecutive_failures.into());
        }
    }
    wrong
}

fn rows() -> Vec<Value> {
    let lines = include_str!("../vectors/tencent_breaker.jsonl").lines();
    lines.map(|line| cloudcall::json::from_str(line).unwrap()).collect()
}

#[test]
fn every_event_of_every_row_is_as_the_official_class_has_it() {
    let rows = rows();
    assert_eq!(rows.len(), 36);
    for row in &rows {
        let (wrong, id) = (differences(row, false), row["id"].as_str().unwrap());
        if row["oddity"] == true {
            assert_eq!(id, ODDITY);
            let counters =
                |line: &&String| ["total", "failures", "successes"].iter().any(|name| line.contains(name));
            let after = |line: &&String| line.starts_with("event 21:") || line.starts_with("event 23:");
            assert_eq!(wrong.iter().filter(counters).filter(after).count(), wrong.len(), "{wrong:#?}");
            assert_eq!(wrong.len(), 7);
        } else {
            assert!(wrong.is_empty(), "{id}: {wrong:#?}");
        }
    }
}

/// The official class sends every call to a host that it tries again. With the limit, which is the default, the rows
/// with more such calls than places begin to differ at the first call that finds none; the others do not differ.
#[test]
fn the_limit_of_trials_concerns_only_calls_that_find_no_place() {
    let mut differing = Vec::new();
    for row in rows().iter().filter(|row| row["oddity"] != true) {
        if let Some(first) = differences(row, true).first() {
            assert!(first.ends_with("use_backup is true, not false"), "{first}");
            differing.push(row["id"].as_str().unwrap().to_owned());
        }
    }
    let crowded = ["half-open-no-probe-limit", "half-open-late-failure-after-close", "b000", "b002", "b004"];
    assert_eq!(differing, crowded);
}

const OK: &str = r#"{"Response":{"Zone":"z","RequestId":"r-ok"}}"#;
const INTERNAL: &str = r#"{"Response":{"Error":{"Code":"InternalError","Message":"m"},"RequestId":"r"}}"#;
const WRONG: &str = r#"{"Response":{"Error":{"Code":"InvalidParameter","Message":"m"},"RequestId":"r"}}"#;

struct Describe;

impl Action for Describe {
    type Provider = Tencent;
    type Output = Value;
    const INFO: &'static ActionInfo = &ActionInfo::new("cvm", "2017-03-12", "DescribeIt");

    fn fields(&self, _: &mut Fields) -> Result<(), Error> {
        Ok(())
    }
}

fn options(backup: &Server) -> BreakerOptionsBuilder {
    BreakerOptions::builder().backup_endpoint(backup.url())
}

fn builder(primary: &Server, options: BreakerOptionsBuilder, time: &FakeTime) -> ClientBuilder<Tencent> {
    Client::<Tencent>::builder()
        .region("ap-guangzhou")
        .endpoint(primary.url().as_str())
        .breaker(options.build().unwrap())
        .retry(RetryPolicy::none())
        .credentials(StaticCredentials::new(Credential::new("AKID", "SECRET").unwrap()))
        .http(HttpOptions::builder().proxies(Proxies::None).build().unwrap())
        .context(time.context())
}

fn client(primary: &Server, backup: &Server, time: &FakeTime) -> Client<Tencent> {
    builder(primary, options(backup), time).build().unwrap()
}

fn counts(servers: [&Server; 2]) -> [usize; 2] {
    servers.map(|server| server.requests().len())
}

/// The signature of a request as its receiver computes it, from what came in.
fn resigned(request: &Request) -> String {
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let mac = |key: &[u8], text: &str| {
        let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
        mac.update(text.as_bytes());
        mac.finalize().into_bytes().to_vec()
    };
    let authorization = request.header("authorization").unwrap();
    let part = |name: &str| {
        let rest = authorization.split_once(&format!("{name}=")).unwrap().1;
        rest.split(',').next().unwrap()
    };
    let signed = part("SignedHeaders");
    assert!(signed.split(';').any(|name| name == "host"));
    let value = |name| request.header(name).unwrap().to_lowercase();
    let headers: String = signed.split(';').map(|name| format!("{name}:{}\n", value(name))).collect();
    let body = hex(&Sha256::digest(&request.body));
    let canonical = format!("POST\n/\n\n{headers}\n{signed}\n{body}");
    let scope = part("Credential").split_once('/').unwrap().1;
    let timestamp = request.header("x-tc-timestamp").unwrap();
    let digest = hex(&Sha256::digest(canonical));
    let key = scope.split('/').fold(b"TC3SECRET".to_vec(), |key, text| mac(&key, text));
    let signature = hex(&mac(&key, &format!("TC3-HMAC-SHA256\n{timestamp}\n{scope}\n{digest}")));
    assert_eq!(part("Signature"), signature);
    signature
}

#[tokio::test]
async fn after_five_failures_the_backup_is_called_and_signed_for() {
    let primary = Server::replies([Reply::close()]).await;
    let backup = Server::replies([Reply::json(OK)]).await;
    let client = client(&primary, &backup, &FakeTime::at(1_700_000_000));
    for _ in 0..5 {
        let error = client.invoker(Describe).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Io, "the network's error reaches the caller");
        assert_eq!(error.endpoint(), Some(primary.url().trim_start_matches("http://")));
    }
    let response = client.invoker(Describe).await.unwrap();
    let host = backup.url().trim_start_matches("http://").to_owned();
    assert_eq!((response.endpoint(), response.attempts()), (host.as_str(), 1));
    assert_eq!(counts([&primary, &backup]), [5, 1]);
    for (server, request) in [(&primary, &primary.requests()[0]), (&backup, &backup.requests()[0])] {
        assert_eq!(request.header("host"), Some(server.url().trim_start_matches("http://")));
        assert_eq!(request.header("x-tc-region"), Some("ap-guangzhou"));
    }
    assert_ne!(resigned(&primary.requests()[0]), resigned(&backup.requests()[0]));
    let signed = client.invoker(Describe).sign_only().await.unwrap();
    assert_eq!(signed.uri().authority().unwrap().as_str(), host, "as a call would");
}

#[tokio::test]
async fn what_counts_as_a_failure() {
    for (reply, fails) in [
        (Reply::json(INTERNAL), true),
        (Reply::status(502, "", "<html>"), true),
        (Reply::status(500, "", ""), true),
        (Reply::json("<html>"), true),
        (Reply::reset(), true),
        (Reply::json(WRONG), false),
        (Reply::json(OK), false),
    ] {
        let (primary, backup) =
            (Server::replies([reply.clone()]).await, Server::replies([Reply::json(OK)]).await);
        let client = client(&primary, &backup, &FakeTime::at(1));
        for _ in 0..6 {
            let _ = client.invoker(Describe).await;
        }
        let expected = if fails { [5, 1] } else { [6, 0] };
        assert_eq!(counts([&primary, &backup]), expected, "{reply:?}");
    }
}

#[tokio::test]
async fn a_host_that_recovers_is_called_again_and_everyone_is_told() {
    #[derive(Debug, Clone, Default)]
    struct Log(Arc<Mutex<Vec<String>>>);
    impl Observe for Log {
        fn breaker_changed(&self, change: &BreakerChange<'_>) {
            let BreakerChange { provider, endpoint, from, to, generation, .. } = change;
            self.0.lock().unwrap().push(format!("{provider} {endpoint} {from} {to} {generation}"));
        }
    }
    let primary = Server::start(|n, _| if n < 5 { Reply::close() } else { Reply::json(OK) }).await;
    let backup = Server::replies([Reply::json(OK)]).await;
    let (time, log) = (FakeTime::at(1), Log::default());
    let client = builder(&primary, options(&backup), &time).observer(log.clone()).build().unwrap();
    assert_eq!(client.breaker_states(), []);
    for _ in 0..7 {
        let _ = client.invoker(Describe).await;
    }
    let state = || {
        let states = client.breaker_states();
        assert_eq!(states.len(), 2);
        states.into_iter().find(|(endpoint, _)| endpoint.to_string() == primary.url()).unwrap().1
    };
    assert_eq!(state().state, BreakerState::Open);
    time.advance(Duration::from_millis(59_999));
    client.invoker(Describe).await.unwrap();
    assert_eq!(counts([&primary, &backup]), [5, 3]);
    time.advance(Duration::from_millis(1));
    for successes in 1..5 {
        client.invoker(Describe).await.unwrap();
        assert_eq!((state().state, state().total), (BreakerState::HalfOpen, successes));
    }
    client.invoker(Describe).await.unwrap();
    assert_eq!(state().state, BreakerState::Closed);
    client.invoker(Describe).await.unwrap();
    assert_eq!(counts([&primary, &backup]), [11, 3]);
    let url = primary.url();
    let told = ["closed open 1", "open half_open 2", "half_open closed 3"];
    assert_eq!(*log.0.lock().unwrap(), told.map(|change| format!("tencent {url} {change}")));
}

#[tokio::test]
async fn a_call_that_is_dropped_while_half_open_leaves_its_place() {
    let half = http(200, "", OK)[..60].to_vec();
    let primary = Server::start(move |n, _| match n {
        0..5 => Reply::close(),
        5..25 if n % 2 == 0 => Reply::stall(),
        5..25 => Reply::RawThenStall(half.clone()),
        _ => Reply::json(OK),
    })
    .await;
    let backup = Server::replies([Reply::json(OK)]).await;
    let time = FakeTime::at(1);
    let client = builder(&primary, options(&backup).half_open_trials(2_u32), &time).build().unwrap();
    for _ in 0..5 {
        let _ = client.invoker(Describe).await;
    }
    time.advance(Duration::from_secs(60));
    for round in 0..10 {
        let calls = [0, 1].map(|_| tokio::spawn(client.invoker(Describe).into_future()));
        while primary.requests().len() < 5 + 2 * (round + 1) {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        let response = client.invoker(Describe).await.unwrap();
        assert_eq!(response.endpoint(), backup.url().trim_start_matches("http://"), "both places are taken");
        tokio::time::sleep(Duration::from_millis(5)).await;
        for call in calls {
            call.abort();
            assert!(call.await.unwrap_err().is_cancelled());
        }
        assert!(client.breaker_states().iter().all(|(_, status)| status.trials == 0));
    }
    for _ in 0..2 {
        client.invoker(Describe).await.unwrap();
    }
    assert!(client.breaker_states().iter().all(|(_, status)| status.state == BreakerState::Closed));
    assert_eq!(counts([&primary, &backup]), [27, 10]);
}

/// Waits so often that a test can stop a call at any point.
#[derive(Debug, Clone, Default)]
struct Halting(Arc<Mutex<Vec<String>>>);

/// Is pending three times.
fn halt() -> impl Future<Output = ()> {
    let mut left = 3;
    std::future::poll_fn(move |task| {
        if left == 0 {
            return Poll::Ready(());
        }
        left -= 1;
        task.waker().wake_by_ref();
        Poll::Pending
    })
}

#[cloudcall::async_trait]
impl HttpSend for Halting {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        halt().await;
        let host = request.uri().host().unwrap_or_default().to_owned();
        let fails = {
            let mut hosts = self.0.lock().unwrap();
            hosts.push(host);
            hosts.len() <= 5
        };
        halt().await;
        if fails {
            return Err(TransportError::new(ErrorKind::Io, SendState::Maybe, "reset"));
        }
        Ok(HttpResponse::new(ResponseBody::whole(OK)))
    }
}

#[tokio::test]
async fn a_call_dropped_after_any_poll_leaves_its_place() {
    let (time, halting) = (FakeTime::at(1), Halting::default());
    let options = BreakerOptions::builder().backup_endpoint("b.example").half_open_trials(1_u32);
    let client = Client::<Tencent>::builder()
        .endpoint("a.example")
        .breaker(options.build().unwrap())
        .retry(RetryPolicy::none())
        .credentials(StaticCredentials::new(Credential::new("AKID", "SECRET").unwrap()))
        .transport(halting.clone())
        .context(time.context())
        .build()
        .unwrap();
    for _ in 0..5 {
        assert_eq!(client.invoker(Describe).await.unwrap_err().kind(), ErrorKind::Io);
    }
    time.advance(Duration::from_secs(60));
    for polls in 0.. {
        let mut call = client.invoker(Describe).into_future();
        let mut done = false;
        for _ in 0..polls {
            done = std::future::poll_fn(|task| Poll::Ready(call.as_mut().poll(task).is_ready())).await;
        }
        if done {
            assert!(polls > 6, "{polls}");
            break;
        }
        drop(call);
        assert!(client.breaker_states().iter().all(|(_, status)| status.trials == 0), "after {polls} polls");
    }
    assert!(client.breaker_states().iter().all(|(_, status)| status.state == BreakerState::Closed));
    let hosts = halting.0.lock().unwrap();
    assert!(hosts.iter().all(|host| host == "a.example"), "each got the one place: {hosts:?}");
}

#[tokio::test]
async fn when_all_hosts_are_open_the_backup_is_called() {
    let primary = Server::start(|n, _| if n < 5 { Reply::close() } else { Reply::json(OK) }).await;
    let backup = Server::start(|n, _| if n < 5 { Reply::close() } else { Reply::json(OK) }).await;
    let time = FakeTime::at(1);
    let client = client(&primary, &backup, &time);
    for _ in 0..10 {
        assert_eq!(client.invoker(Describe).await.unwrap_err().kind(), ErrorKind::Io);
    }
    let state = |server: &Server| {
        let states = client.breaker_states();
        states.into_iter().find(|(endpoint, _)| endpoint.to_string() == server.url()).unwrap().1
    };
    let open = (state(&primary), state(&backup));
    assert_eq!((open.0.state, open.1.state), (BreakerState::Open, BreakerState::Open));
    for _ in 0..20 {
        let response = client.invoker(Describe).await.unwrap();
        assert_eq!(response.endpoint(), backup.url().trim_start_matches("http://"));
    }
    assert_eq!(counts([&primary, &backup]), [5, 25]);
    assert_eq!((state(&primary), state(&backup)), open, "such calls count for nothing");
    // After the time-out the first host is tried, with as many trials as ever.
    time.advance(Duration::from_secs(60));
    for _ in 0..5 {
        client.invoker(Describe).await.unwrap();
    }
    assert_eq!(state(&primary).state, BreakerState::Closed);
    assert_eq!(counts([&primary, &backup]), [10, 25]);
}

#[tokio::test]
async fn while_the_only_trial_is_under_way_an_open_backup_is_called() {
    let half = http(200, "", OK)[..60].to_vec();
    let primary = Server::start(move |n, _| match n {
        0..5 => Reply::close(),
        _ => Reply::RawThenStall(half.clone()),
    })
    .await;
    let backup = Server::start(|n, _| if n < 5 { Reply::close() } else { Reply::json(OK) }).await;
    let time = FakeTime::at(1);
    let client = builder(&primary, options(&backup).half_open_trials(1_u32), &time).build().unwrap();
    for _ in 0..5 {
        let _ = client.invoker(Describe).await;
    }
    time.advance(Duration::from_secs(30));
    for _ in 0..5 {
        let _ = client.invoker(Describe).await;
    }
    time.advance(Duration::from_secs(30));
    let trial = tokio::spawn(client.invoker(Describe).into_future());
    while primary.requests().len() < 6 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    for _ in 0..3 {
        client.invoker(Describe).await.unwrap();
    }
    assert_eq!(counts([&primary, &backup]), [6, 8]);
    trial.abort();
    assert!(trial.await.unwrap_err().is_cancelled());
    assert!(client.breaker_states().iter().all(|(_, status)| status.trials == 0));
}

#[tokio::test]
async fn a_retry_goes_to_the_backup_and_a_call_never_loses_its_own_error() {
    let (primary, backup) =
        (Server::replies([Reply::close()]).await, Server::replies([Reply::json(OK)]).await);
    let client = builder(&primary, options(&backup).max_fail_num(1_u32), &FakeTime::at(1)).build().unwrap();
    let response = client.invoker(Describe).with_retry(RetryPolicy::standard()).await.unwrap();
    assert_eq!(response.attempts(), 2);
    assert_eq!(counts([&primary, &backup]), [1, 1]);

    let (primary, backup) =
        (Server::replies([Reply::close()]).await, Server::replies([Reply::reset()]).await);
    let client = builder(&primary, options(&backup).max_fail_num(1_u32), &FakeTime::at(1)).build().unwrap();
    let error =
        client.invoker(Describe).with_retry(RetryPolicy::standard().max_attempts(9)).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Io, 9), "the backup is called to the end");
    assert_eq!(counts([&primary, &backup]), [1, 8]);
    assert_eq!(error.endpoint(), Some(backup.url().trim_start_matches("http://")));
}

#[tokio::test]
async fn without_a_second_host_there_is_no_breaker() {
    let server = Server::replies([Reply::close()]).await;
    let time = FakeTime::at(1);
    let off = builder(&server, BreakerOptions::builder(), &time).build().unwrap();
    let same = builder(&server, options(&server), &time).build().unwrap();
    let elsewhere = Server::replies([Reply::json(OK)]).await;
    let named = client(&elsewhere, &elsewhere, &time);
    for _ in 0..8 {
        for invoker in [off.invoker(Describe), same.invoker(Describe)] {
            assert_eq!(invoker.await.unwrap_err().kind(), ErrorKind::Io);
        }
        let here = named.invoker(Describe).with_endpoint(server.url());
        assert_eq!(here.await.unwrap_err().kind(), ErrorKind::Io, "a call that names its host means it");
    }
    assert_eq!(counts([&server, &elsewhere]), [24, 0]);
    assert_eq!(off.breaker_states(), []);
}

struct ListVpcs;

impl Action for ListVpcs {
    type Provider = Huawei;
    type Output = Value;
    const INFO: &'static ActionInfo = &ActionInfo::new("vpc", "v3", "ListVpcs").with_path("/v3/vpcs");

    fn fields(&self, _: &mut Fields) -> Result<(), Error> {
        Ok(())
    }
}

/// Huawei Cloud with these endpoints in the environment.
fn huawei(endpoints: &str, time: &FakeTime) -> Client<Huawei> {
    let variable = ("HUAWEICLOUD_SDK_REGION_VPC_CN_NORTH_4".to_owned(), endpoints.to_owned());
    let vars = Vars(HashMap::from([variable]));
    Client::<Huawei>::builder()
        .region("cn-north-4")
        .credentials(StaticCredentials::new(Credential::new("AK", "SK").unwrap().with_project_id("p")))
        .http(HttpOptions::builder().proxies(Proxies::None).build().unwrap())
        .context(time.context().with_env(vars).with_files(OneFile("", None)))
        .build()
        .unwrap()
}

#[tokio::test]
async fn endpoints_that_a_cloud_lists_stand_in_for_each_other() {
    let broken = Server::replies([Reply::status(503, "", "")]).await;
    let good = Server::replies([Reply::json(r#"{"vpcs":[]}"#)]).await;
    let client = huawei(&format!("{},{}", broken.url(), good.url()), &FakeTime::at(1));
    for _ in 0..5 {
        let once = client.invoker(ListVpcs).with_retry(RetryPolicy::none());
        assert_eq!(once.await.unwrap_err().kind(), ErrorKind::Service);
    }
    let response = client.invoker(ListVpcs).await.unwrap();
    assert_eq!((response.endpoint(), response.attempts()), (good.url().trim_start_matches("http://"), 1));
    assert_eq!(good.requests()[0].header("host"), Some(good.url().trim_start_matches("http://")));
    assert_eq!(counts([&broken, &good]), [5, 1]);
}

#[tokio::test]
async fn a_call_that_cannot_connect_goes_on_at_the_next_listed_endpoint() {
    let gone = Server::replies([Reply::close()]).await;
    let url = gone.url();
    drop(gone);
    let good = Server::replies([Reply::json(r#"{"vpcs":[]}"#)]).await;
    tokio::time::sleep(Duration::from_millis(50)).await;
    let client = huawei(&format!("{url},{}", good.url()), &FakeTime::at(1));
    let response = client.invoker(ListVpcs).await.unwrap();
    assert_eq!((response.endpoint(), response.attempts()), (good.url().trim_start_matches("http://"), 2));
    let counted: Vec<_> = client.breaker_states().iter().map(|(_, status)| status.failures).collect();
    assert_eq!(counted.iter().sum::<u64>(), 1, "the failure counts for the host that failed");
}

#[tokio::test]
async fn a_backup_can_hold_the_product_with_any_cloud() {
    let primary = Server::replies([Reply::close()]).await;
    let options = BreakerOptions::builder().backup_endpoint("{product}.cn-shanghai.aliyuncs.com").build();
    let client = Client::<Alibaba>::builder()
        .region("cn-hangzhou")
        .endpoint(primary.url())
        .breaker(options.unwrap())
        .retry(RetryPolicy::none())
        .credentials(StaticCredentials::new(Credential::new("AK", "SK").unwrap()))
        .http(HttpOptions::builder().proxies(Proxies::None).build().unwrap())
        .build()
        .unwrap();
    let call = || client.raw("Ecs", "2014-05-26", "DescribeRegions");
    for _ in 0..5 {
        assert_eq!(call().invoke().await.unwrap_err().kind(), ErrorKind::Io);
    }
    let request = call().sign_only().await.unwrap();
    assert_eq!(request.uri().host(), Some("ecs.cn-shanghai.aliyuncs.com"));
}

#[tokio::test]
async fn the_region_breaker_has_the_vendor_s_backup() {
    let primary = Server::replies([Reply::close()]).await;
    let client = Client::<Tencent>::builder()
        .region("ap-shanghai")
        .endpoint(primary.url())
        .region_breaker()
        .retry(RetryPolicy::none())
        .credentials(StaticCredentials::new(Credential::new("AKID", "SECRET").unwrap()))
        .http(HttpOptions::builder().proxies(Proxies::None).build().unwrap())
        .build()
        .unwrap();
    let host = async || client.invoker(Describe).sign_only().await.unwrap().uri().host().unwrap().to_owned();
    assert_eq!(host().await, "127.0.0.1");
    for _ in 0..5 {
        assert_eq!(client.invoker(Describe).await.unwrap_err().kind(), ErrorKind::Io);
    }
    assert_eq!(host().await, "cvm.ap-guangzhou.tencentcloudapi.com");
}

#[tokio::test]
async fn many_calls_at_once_make_exactly_the_trials_there_are() {
    let primary = Server::start(|n, _| {
        if n < 5 {
            Reply::close()
        } else {
            Reply::Slowly(vec![Vec::new(), http(200, "", OK)], Duration::from_millis(500))
        }
    })
    .await;
    let backup = Server::replies([Reply::json(OK)]).await;
    let time = FakeTime::at(1);
    let client = client(&primary, &backup, &time);
    for _ in 0..5 {
        let _ = client.invoker(Describe).await;
    }
    time.advance(Duration::from_secs(60));
    let calls: Vec<_> = (0..200).map(|_| tokio::spawn(client.invoker(Describe).into_future())).collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(counts([&primary, &backup]), [10, 195]);
    assert!(client.breaker_states().iter().all(|(_, status)| status.state == BreakerState::Closed));
}

#[test]
fn options_are_checked_when_the_client_is_built() {
    let mut options = BreakerOptions::default();
    options.failure_ratio = 7.0;
    let error = Client::<Tencent>::builder().breaker(options).build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    assert!(error.message().contains("failure_ratio is 7"), "{error}");
}
