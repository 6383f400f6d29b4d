//! Waiting for a state, with a time that tests hold in their hands.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use cloudcall::client::{HttpOptions, Proxies};
use cloudcall::credential::{Credential, StaticCredentials};
use cloudcall::json::json;
use cloudcall::local::{LocalCloud, LocalResponse};
use cloudcall::retry::{Backoff, RetryPolicy};
use cloudcall::wait::Wait;
use cloudcall::{Client, ErrorKind, Tencent, cloud_action, cloud_model};
use cloudcall_tests::time::FakeTime;

#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12", response = State)]
struct DescribeState {
    id: String,
}

#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12", response = State, idempotency_token = client_token)]
struct StartInstance {
    client_token: Option<String>,
}

#[cloud_model(provider = "tencent", response)]
struct State {
    state: Option<String>,
}

const KEYS: (&str, &str) = ("AKIDwait", "planted-wait-secret");

fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

async fn cloud(time: &FakeTime, states: &[&str]) -> LocalCloud {
    let response = |state: &&str| match state.strip_prefix('!') {
        Some(code) => LocalResponse::error(code, "no such instance"),
        None => LocalResponse::ok(json!({ "State": state })),
    };
    let responses: Vec<LocalResponse> = states.iter().map(response).collect();
    let cloud = LocalCloud::builder().account(KEYS.0, KEYS.1).context(time.context());
    cloud.on_each("DescribeState", responses).start().await.unwrap()
}

fn client(cloud: &LocalCloud, time: &FakeTime) -> Client<Tencent> {
    Client::<Tencent>::builder()
        .region("ap-guangzhou")
        .endpoint(cloud.endpoint())
        .credentials(StaticCredentials::new(Credential::new(KEYS.0, KEYS.1).unwrap()))
        .http(HttpOptions::builder().proxies(Proxies::None).build().unwrap())
        .retry(RetryPolicy::none())
        .context(time.context())
        .build()
        .unwrap()
}

fn judge(state: &State) -> Wait {
    match state.state.as_deref() {
        Some("RUNNING") => Wait::Ready,
        Some("LAUNCH_FAILED") => Wait::failed("LAUNCH_FAILED"),
        Some(other) => Wait::pending_in(other.to_owned()),
        None => Wait::Pending,
    }
}

#[tokio::test]
async fn it_looks_until_the_state_is_there_and_waits_longer_each_time() {
    let time = FakeTime::at(1_700_000_000);
    let cloud = cloud(&time, &["PENDING", "PENDING", "STARTING", "STARTING", "STARTING", "RUNNING"]).await;
    let seen = Mutex::new(Vec::new());
    let response = client(&cloud, &time)
        .describe_state()
        .id("ins-1")
        .wait_until(|response| judge(response))
        .initial_delay(secs(3))
        .delay(secs(1))
        .max_delay(secs(6))
        .on_progress(|look| {
            let state = look.response.and_then(|response| response.state.clone());
            assert_eq!(state.as_deref(), look.state);
            seen.lock().unwrap().push((look.attempt, look.elapsed, look.state.map(str::to_owned), look.next));
        })
        .await
        .unwrap();
    assert_eq!((response.state.as_deref(), response.attempts()), (Some("RUNNING"), 1));
    assert_eq!(time.waits(), [3, 1, 2, 4, 6, 6].map(secs));
    let seen = seen.into_inner().unwrap();
    assert_eq!(seen.len(), 5);
    assert_eq!(seen[0], (1, secs(3), Some("PENDING".to_owned()), secs(1)));
    assert_eq!(seen[4], (5, secs(16), Some("STARTING".to_owned()), secs(6)));
    assert_eq!(cloud.count("DescribeState"), 6);
}

#[tokio::test]
async fn a_bool_will_do_and_a_back_off_of_ones_own() {
    let time = FakeTime::at(1_700_000_000);
    let cloud = cloud(&time, &["A", "A", "B"]).await;
    let wait = client(&cloud, &time)
        .describe_state()
        .id("x")
        .invoker()
        .add_header("X-TC-Canary", "1")
        .wait_until(|response| response.state.as_deref() == Some("B"))
        .backoff(Backoff::fixed(secs(7)));
    // It may be sent to another task.
    tokio::spawn(async move { wait.await }).await.unwrap().unwrap();
    assert_eq!(time.waits(), [secs(7), secs(7)]);
    assert!(cloud.requests().iter().all(|request| request.header("x-tc-canary") == Some("1")));
}

#[tokio::test]
async fn a_failure_state_ends_the_wait_with_its_name() {
    let time = FakeTime::at(1_700_000_000);
    let cloud = cloud(&time, &["PENDING", "LAUNCH_FAILED"]).await;
    let error = client(&cloud, &time).describe_state().id("x").wait_until(|a| judge(a)).await.unwrap_err();
    assert_eq!((error.kind(), error.action()), (ErrorKind::WaitFailed, Some("DescribeState")));
    let wait = error.wait().unwrap();
    assert_eq!((wait.state(), wait.attempts(), wait.elapsed()), (Some("LAUNCH_FAILED"), 2, secs(2)));
    assert!(!error.is_retryable());
    assert_eq!(
        error.to_string(),
        "wait failed: tencent DescribeState: the wait ended: LAUNCH_FAILED: 2 calls in 2s, last state LAUNCH_FAILED"
    );
}

#[tokio::test]
async fn the_last_look_is_shortly_before_the_deadline_and_its_state_is_said() {
    let time = FakeTime::at(1_700_000_000);
    let cloud = cloud(&time, &["PENDING", "PENDING", "PENDING", "STARTING", "RUNNING"]).await;
    let wait = || client(&cloud, &time).describe_state().id("x").wait_until(|response| judge(response));
    let error = wait().backoff(Backoff::fixed(secs(10))).deadline(secs(30)).await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
    let how = error.wait().unwrap();
    assert_eq!((how.state(), how.attempts(), how.elapsed()), (Some("STARTING"), 4, secs(27)));
    assert_eq!(time.waits(), [10, 10, 7].map(secs));
    assert!(error.to_string().contains("last state STARTING"), "{error}");
    // Not even a first look is taken where there is no time for it.
    let error = wait().initial_delay(secs(5)).deadline(secs(5)).await.unwrap_err();
    assert_eq!((error.kind(), error.wait().unwrap().attempts()), (ErrorKind::Timeout, 0));
    assert_eq!(cloud.count("DescribeState"), 4);
}

#[tokio::test]
async fn a_delay_that_does_not_fit_does_not_end_the_wait_early() {
    let time = FakeTime::at(1_700_000_000);
    // By the usual delays, 2, 4, 8 and 16 s, the sixth look would be after 60 s, and the fifth is after 30.
    let cloud = cloud(&time, &["PENDING", "PENDING", "PENDING", "PENDING", "PENDING", "RUNNING"]).await;
    let wait = client(&cloud, &time).describe_state().id("x").wait_until(|response| judge(response));
    wait.deadline(secs(60)).await.unwrap();
    assert_eq!(time.waits(), [2, 4, 8, 16, 25].map(secs));
}

#[tokio::test]
async fn a_look_that_takes_longer_than_the_deadline_is_given_up() {
    let slow = |_: &cloudcall::local::LocalRequest| LocalResponse::ok(json!({})).after(secs(20));
    let cloud =
        LocalCloud::builder().account(KEYS.0, KEYS.1).on("DescribeState", slow).start().await.unwrap();
    let client = Client::<Tencent>::builder()
        .region("ap-guangzhou")
        .endpoint(cloud.endpoint())
        .credentials(StaticCredentials::new(Credential::new(KEYS.0, KEYS.1).unwrap()))
        .http(HttpOptions::builder().proxies(Proxies::None).build().unwrap())
        .build()
        .unwrap();
    let wait = client.describe_state().id("x").wait_until(|_| false).deadline(Duration::from_millis(50));
    let error = tokio::time::timeout(secs(5), wait.into_future()).await.unwrap().unwrap_err();
    assert!(error.is_timeout() && error.wait().is_some(), "{error}");
}

#[tokio::test]
async fn attempts_are_limited() {
    let time = FakeTime::at(1_700_000_000);
    let cloud = cloud(&time, &["PENDING"]).await;
    let wait =
        client(&cloud, &time).describe_state().id("x").wait_until(|response| judge(response)).max_attempts(3);
    let error = wait.await.unwrap_err();
    assert!(error.is_timeout() && error.message().contains("max_attempts"), "{error}");
    assert_eq!((cloud.count("DescribeState"), time.waits().len()), (3, 2));
}

#[tokio::test]
async fn errors_end_the_wait_unless_they_are_tolerated() {
    let states = ["!InvalidInstanceId.NotFound", "PENDING", "!UnsupportedOperation.Busy", "RUNNING"];
    let time = FakeTime::at(1_700_000_000);
    let first = cloud(&time, &states).await;
    let error = client(&first, &time).describe_state().id("x").wait_until(|a| judge(a)).await.unwrap_err();
    assert_eq!((error.kind(), error.wait(), first.count("DescribeState")), (ErrorKind::NotFound, None, 1));
    let second = cloud(&time, &states).await;
    let wait = || client(&second, &time).describe_state().id("x").wait_until(|response| judge(response));
    let told = Arc::new(Mutex::new(Vec::new()));
    let note = told.clone();
    let error = wait()
        .tolerate(ErrorKind::NotFound)
        .on_progress(move |look| note.lock().unwrap().push(look.error.is_some()))
        .await
        .unwrap_err();
    assert_eq!(error.code(), Some("UnsupportedOperation.Busy"));
    assert_eq!(*told.lock().unwrap(), [true, false]);
    let third = cloud(&time, &states).await;
    let wait = client(&third, &time).describe_state().id("x").wait_until(|response| judge(response));
    let wait = wait.tolerate(ErrorKind::NotFound);
    wait.tolerate_if(|error| error.code().is_some_and(|code| code.ends_with(".Busy"))).await.unwrap();
    // What was tolerated to the end is told.
    let fourth = cloud(&time, &states[..1]).await;
    let wait = client(&fourth, &time).describe_state().id("x").wait_until(|response| judge(response));
    let error = wait.tolerate(ErrorKind::NotFound).max_attempts(2).await.unwrap_err();
    assert!(error.wait().unwrap().last_error().unwrap().contains("InvalidInstanceId.NotFound"), "{error}");
}

#[tokio::test]
async fn an_action_that_changes_something_is_not_called_again_and_again() {
    let time = FakeTime::at(1_700_000_000);
    let cloud = cloud(&time, &["RUNNING"]).await;
    let error = client(&cloud, &time).start_instance().wait_until(|_| true).await.unwrap_err();
    assert_eq!((error.kind(), error.action()), (ErrorKind::Config, Some("StartInstance")));
    assert!(cloud.requests().is_empty());
}

#[tokio::test]
async fn dropping_it_ends_it() {
    let time = FakeTime::at(1_700_000_000).by_hand();
    let cloud = cloud(&time, &["PENDING"]).await;
    let wait = client(&cloud, &time)
        .describe_state()
        .id("x")
        .wait_until(|_| false)
        .backoff(Backoff::fixed(secs(30)));
    let waited = tokio::time::timeout(Duration::from_millis(100), wait.into_future()).await;
    assert!(waited.is_err());
    assert_eq!(cloud.count("DescribeState"), 1);
}

#[tokio::test]
async fn an_untyped_call_waits_with_the_same_rules() {
    let time = FakeTime::at(1_700_000_000);
    let cloud = cloud(&time, &["!ResourceNotFound", "PENDING", "RUNNING"]).await;
    let client = client(&cloud, &time);
    let mut states = Vec::new();
    let running = client
        .raw("cvm", "2017-03-12", "DescribeState")
        .json(json!({ "Id": "ins-1" }))
        .wait_until(|response| match response["State"].as_str() {
            Some("RUNNING") => Wait::Ready,
            other => Wait::pending_in(other.unwrap_or("none").to_owned()),
        })
        .tolerate(ErrorKind::NotFound)
        .delay(secs(1))
        .on_progress(|poll| states.push(poll.state.map(str::to_owned)))
        .await
        .unwrap();
    assert_eq!(running["State"], "RUNNING");
    assert_eq!(states, [None, Some("PENDING".to_owned())]);
    // Each poll sends the parameters.
    assert!(cloud.requests().iter().all(|request| request.body_len == r#"{"Id":"ins-1"}"#.len()));
    let error = client.raw("cvm", "2017-03-12", "StartInstance").wait_until(|_| true).await.unwrap_err();
    assert_eq!((error.kind(), error.action()), (ErrorKind::Config, Some("StartInstance")));
    assert!(error.to_string().contains("not read-only"), "{error}");
}
