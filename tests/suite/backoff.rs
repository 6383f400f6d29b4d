//! The vendors' own strategies, row by row, and what calls of one client share when they are repeated.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use cloudcall::action::{ActionInfo, Idempotency};
use cloudcall::client::TimeoutOptions;
use cloudcall::credential::{Credential, StaticCredentials};
use cloudcall::error::SendState;
use cloudcall::json::{Value, from_str, json};
use cloudcall::limiter::{Limit, LimiterOptions};
use cloudcall::retry::{Backoff, Failure, RetryOptions, RetryPolicy};
use cloudcall::testing::{MockResponse, MockRule, MockTransport};
use cloudcall::transport::{HttpRequest, HttpResponse, HttpSend, ResponseBody, TransportError};
use cloudcall::{Alibaba, Client, Error, ErrorKind, async_trait, http};
use cloudcall_tests::time::FakeTime;

fn milliseconds(value: &Value) -> Duration {
    Duration::from_millis(value.as_u64().unwrap())
}

fn huawei(class: &str) -> Backoff {
    match class {
        "NoBackoffStrategy" => Backoff::huawei_none(),
        "ExponentialBackoffStrategy" => Backoff::huawei_exponential(),
        "EqualJitterBackoffStrategy" => Backoff::huawei_equal_jitter(),
        "RandomJitterBackoffStrategy" => Backoff::huawei_random_jitter(),
        "DecorRelatedJitterBackoffStrategy" => Backoff::huawei_decorrelated_jitter(),
        other => panic!("a strategy without a name here: {other}"),
    }
}

#[test]
fn huawei_strategies_are_those_of_its_client() {
    let document: Value = from_str(include_str!("../vectors/huawei_backoff.json")).unwrap();
    let mut rows = 0;
    for (class, strategy) in document["strategies"].as_object().unwrap() {
        for row in strategy["delays"].as_array().unwrap() {
            let range = huawei(class).range(row["retries"].as_u64().unwrap() as u32);
            let wanted = milliseconds(&row["min_ms"])..=milliseconds(&row["max_ms"]);
            assert_eq!(range, wanted, "{class} {row}");
            rows += 1;
        }
    }
    assert_eq!(rows, 70);
}

/// Fails every request in the same way, and counts them.
#[derive(Debug, Clone)]
struct Failing {
    /// None breaks the connection.
    response: Option<(u16, String, Option<String>)>,
    sent: Arc<Mutex<u32>>,
}

impl Failing {
    fn new(status: Option<u16>, code: &str, retry_after: Option<u64>) -> Self {
        let body = json!({ "RequestId": "r", "Code": code, "Message": "m" }).to_string();
        let response = status.map(|status| (status, body, retry_after.map(|wait| wait.to_string())));
        Self { response, sent: Arc::default() }
    }

    fn sent(&self) -> u32 {
        *self.sent.lock().unwrap()
    }
}

#[async_trait]
impl HttpSend for Failing {
    async fn send(&self, _: HttpRequest) -> Result<HttpResponse, TransportError> {
        *self.sent.lock().unwrap() += 1;
        let Some((status, body, retry_after)) = &self.response else {
            return Err(TransportError::new(cloudcall::ErrorKind::Io, SendState::Maybe, "broken"));
        };
        let mut response = http::Response::builder().status(*status);
        if let Some(wait) = retry_after {
            response = response.header("x-acs-retry-after", wait);
        }
        Ok(response.body(ResponseBody::whole(body.clone())).unwrap())
    }
}

/// Calls until the policy gives up; the waits.
async fn waits(failing: &Failing, policy: RetryPolicy, action: &str) -> Vec<Duration> {
    let time = FakeTime::at(1);
    let long = TimeoutOptions::builder().total(Duration::from_secs(1_000_000)).build().unwrap();
    let client = Client::<Alibaba>::builder()
        .region("cn-hangzhou")
        .credentials(StaticCredentials::new(Credential::new("id", "secret").unwrap()))
        .context(time.context())
        .timeouts(long)
        .retry(policy)
        .transport(failing.clone())
        .build()
        .unwrap();
    client.raw_action(ActionInfo::dynamic("ecs", "2014-05-26", action)).invoke().await.unwrap_err();
    time.waits()
}

/// Decisions of Alibaba Cloud's core client that the library does not copy, by the row's facts.
fn core_deviation(input: &Value) -> Option<&'static str> {
    let (action, code) = (input["action"].as_str()?, input["error_code"].as_str()?);
    let ecs = input["product"] == "Ecs" && input["version"] == "2014-05-26";
    let is_read = action.starts_with("Describe") || action.starts_with("describe");
    if code == "Throttling.User" {
        return Some("throttled by user is throttled, too");
    }
    if code.starts_with("Throttling") && !matches!(action, "CreateInstance") && (!is_read || !ecs) {
        return Some("what was throttled was not done: any action may be repeated");
    }
    if is_read && (!ecs || action == "describeinstances") {
        return Some("the list of one product's actions is replaced by what the action is: a read");
    }
    if matches!(action, "CreateDisk" | "RunInstances") && !code.starts_with("Throttling") {
        return Some("the client repeats a write without its ClientToken: here only one with a token is");
    }
    None
}

#[tokio::test]
async fn alibabas_core_client_waits_as_long_and_stops_as_soon() {
    let (mut equal, mut different, mut refused) = (0, 0, 0);
    for line in include_str!("../vectors/alibaba_retry.jsonl").lines() {
        let case: Value = from_str(line).unwrap();
        let (input, expected) = (&case["input"], &case["expected"]);
        if case["flavor"] != "core" {
            continue;
        }
        if expected["constructor_error"].is_string() {
            // There a count of retries, of which 0 is none; here one of attempts.
            RetryOptions::builder().max_attempts(0_u32).build().unwrap_err();
            refused += 1;
            continue;
        }
        if input["error_code"] == "SDK.InvalidParams" {
            // A mistake of the caller ends the call before there is anything to fail.
            assert_eq!(expected["retry"], false);
            equal += 1;
            continue;
        }
        let (done, most) = (input["retries_attempted"].as_u64().unwrap(), input["max_retry_times"].as_u64());
        if input["error_kind"] == "none" {
            // A success: no failure that could be repeated.
            assert_eq!(expected["retry"], false);
            equal += 1;
            continue;
        }
        let policy = match input["auto_retry"] == false {
            true => RetryPolicy::none(),
            false => RetryPolicy::standard().max_attempts(most.unwrap_or(3) as u32 + 1),
        };
        let policy =
            policy.backoff(Backoff::alibaba_exponential()).throttled_backoff(Backoff::alibaba_throttling());
        let status = input["http_status"].as_u64().map(|status| status as u16);
        let failing = Failing::new(status, input["error_code"].as_str().unwrap(), None);
        let waits = waits(&failing, policy, input["action"].as_str().unwrap()).await;
        assert_eq!(failing.sent() as usize, waits.len() + 1);
        let (least, most) = (&expected["backoff"]["min_ms"], &expected["backoff"]["max_ms"]);
        let same = match waits.get(done as usize) {
            None => expected["retry"] == false,
            Some(_) if expected["retry"] == false => false,
            Some(wait) => (milliseconds(least)..=milliseconds(most)).contains(wait),
        };
        match core_deviation(input).filter(|_| !same) {
            Some(_) => different += 1,
            None => {
                assert!(same, "{line}: {waits:?}");
                equal += 1;
            }
        }
    }
    assert_eq!((equal, different, refused), (47, 12, 2));
}

fn tea_backoff(of: &Value) -> Backoff {
    let (first, cap) = (
        milliseconds(&of["period"]) * 2,
        of["cap"].as_u64().map_or(Duration::from_secs(20), Duration::from_millis),
    );
    match of["policy"].as_str().unwrap() {
        "Fixed" => Backoff::fixed(milliseconds(&of["period"])),
        "Exponential" => Backoff::exponential(first, cap),
        "EqualJitter" => Backoff::equal_jitter(first, cap),
        "FullJitter" => Backoff::full_jitter(first, cap),
        "Random" => Backoff::random(cap),
        other => panic!("{other}"),
    }
}

fn names(list: &Value, name: &Value) -> bool {
    list.as_array().is_some_and(|list| list.contains(name))
}

/// The policy that says what the first matching condition says; none if no condition matches.
fn tea_policy(options: &Value, exception: &Value, code: &Value) -> RetryPolicy {
    let matches = |condition: &&Value| {
        names(&condition["exception"], exception) || names(&condition["errorCode"], code)
    };
    let conditions = |name: &str| options[name].as_array().cloned().unwrap_or_default();
    let (yes, no) = (conditions("retryCondition"), conditions("noRetryCondition"));
    let retryable = options["retryable"] == true && !no.iter().any(|condition| matches(&condition));
    let Some(condition) = yes.iter().find(matches).filter(|_| retryable) else {
        return RetryPolicy::standard().when(|_: &Failure<'_>| Some(false));
    };
    let backoff = condition.get("backoff").map_or(Backoff::fixed(Duration::from_millis(100)), tea_backoff);
    RetryPolicy::standard()
        .max_attempts(condition["maxAttempts"].as_u64().unwrap() as u32)
        .backoff(backoff)
        .max_retry_after(
            condition["maxDelay"].as_u64().map_or(Duration::from_secs(120), Duration::from_millis),
        )
        .when(|_: &Failure<'_>| Some(true))
}

#[tokio::test]
async fn alibabas_newer_client_is_a_policy_with_a_condition() {
    let (mut rows, mut headers) = (0, 0);
    for line in include_str!("../vectors/alibaba_retry.jsonl").lines() {
        let case: Value = from_str(line).unwrap();
        let (input, expected) = (&case["input"], &case["expected"]);
        if case["flavor"] != "tea" {
            continue;
        }
        if let Some(sent) = input.get("response_headers") {
            let mut response = http::Response::builder().status(400);
            if let Some(wait) = sent["x-acs-retry-after"].as_str() {
                response = response.header("x-acs-retry-after", wait);
            }
            let response = response.body(()).unwrap();
            let found = cloudcall::provider::Provider::retry_after(&Alibaba::default(), response.headers());
            assert_eq!(found, expected["retry_after"].as_u64().map(Duration::from_millis), "{line}");
            headers += 1;
            continue;
        }
        // Attempt 0 is the call itself, which every client makes.
        let calls = input["retries_attempted"].as_u64().unwrap() as usize;
        let policy = tea_policy(&input["retry_options"], &input["exception_name"], &input["error_code"]);
        let (status, code) = match (input["exception_name"].as_str(), input["error_code"].as_str()) {
            (Some("RetryError"), _) => (None, ""),
            (Some("ServerException"), code) => (Some(500), code.unwrap_or_default()),
            (_, code) => (Some(400), code.unwrap_or_default()),
        };
        let failing = Failing::new(status, code, input["retry_after_ms"].as_u64());
        let waits = waits(&failing, policy, "DescribeInstances").await;
        if calls > 0 {
            let wait = waits.get(calls - 1);
            assert_eq!(wait.is_some(), expected["retry"] == true, "{line}: {waits:?}");
            if let Some(wait) = wait {
                let (least, most) = (&expected["backoff"]["min_ms"], &expected["backoff"]["max_ms"]);
                assert!((milliseconds(least)..=milliseconds(most)).contains(wait), "{line}: {waits:?}");
            }
        }
        assert!(failing.sent() >= 1);
        rows += 1;
    }
    assert_eq!((rows, headers), (21, 7));
}

/// A call that the client repeats for ever if the quota lets it.
async fn call(client: &Client<Alibaba>) -> Error {
    let info =
        ActionInfo::dynamic("ecs", "2014-05-26", "DescribeZones").with_idempotency(Idempotency::ReadOnly);
    client.raw_action(info).invoke().await.unwrap_err()
}

#[tokio::test]
async fn the_quota_is_one_for_all_clones_of_a_client_and_each_client_has_its_own() {
    let client = |failing: &Failing| {
        Client::<Alibaba>::builder()
            .region("cn-hangzhou")
            .credentials(StaticCredentials::new(Credential::new("id", "secret").unwrap()))
            .context(FakeTime::at(1).context())
            .transport(failing.clone())
            .build()
            .unwrap()
    };
    let (one, two) = (Failing::new(Some(503), "X", None), Failing::new(Some(503), "X", None));
    let (first, second) = (client(&one), client(&two));
    let tasks: Vec<_> = (0..200)
        .map(|_| {
            let clone = first.clone();
            tokio::spawn(async move { call(&clone).await })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(one.sent(), 200 + 500 / 5, "500 tokens, 5 for each retry");
    assert_eq!(call(&first).await.attempts(), 1);
    assert_eq!(call(&second).await.attempts(), 3, "another client's quota is whole");
}

/// Is pending for this number of responses, then done.
#[derive(Debug, Clone)]
struct Pending(Arc<Mutex<u32>>);

#[async_trait]
impl HttpSend for Pending {
    async fn send(&self, _: HttpRequest) -> Result<HttpResponse, TransportError> {
        let mut left = self.0.lock().unwrap();
        let state = if *left == 0 { "Done" } else { "Pending" };
        *left = left.saturating_sub(1);
        Ok(HttpResponse::new(ResponseBody::whole(json!({ "RequestId": "r", "State": state }).to_string())))
    }
}

#[tokio::test]
async fn a_good_response_may_be_asked_for_again() {
    let is_pending = |response: &cloudcall::provider::RawResponse<'_>| {
        from_str::<Value>(std::str::from_utf8(response.body).unwrap()).unwrap()["State"] == "Pending"
    };
    let policy = RetryPolicy::standard()
        .max_attempts(4)
        .backoff(Backoff::fixed(Duration::from_secs(2)))
        .while_unfinished(is_pending);
    for (pending, action, timeout, state, waits) in [
        (0, "DescribeState", 100, "Done", 0),
        (2, "DescribeState", 100, "Done", 2),
        (9, "DescribeState", 100, "Pending", 3),
        (9, "DescribeState", 5, "Pending", 2),
        (2, "CreateState", 100, "Pending", 0),
    ] {
        let time = FakeTime::at(1);
        let client = Client::<Alibaba>::builder()
            .region("cn-hangzhou")
            .credentials(StaticCredentials::new(Credential::new("id", "secret").unwrap()))
            .context(time.context())
            .retry(policy.clone())
            .transport(Pending(Arc::new(Mutex::new(pending))))
            .build()
            .unwrap();
        let call = client.raw_action(ActionInfo::dynamic("ecs", "2014-05-26", action));
        let found = call.with_timeout(Duration::from_secs(timeout)).invoke().await.unwrap();
        assert_eq!(found["State"], state, "{pending} {action}");
        assert_eq!(time.waits(), vec![Duration::from_secs(2); waits], "{pending} {action}");
    }
}

#[tokio::test]
async fn what_may_be_repeated_is_said_at_the_call() {
    for (action, said, sent) in [
        ("DescribeZones", None, 3),
        ("DescribeZones", Some(Idempotency::Unsafe), 1),
        ("DeleteKeyPairs", None, 1),
        ("DeleteKeyPairs", Some(Idempotency::Idempotent), 3),
    ] {
        let failing = Failing::new(None, "", None);
        let client = Client::<Alibaba>::builder()
            .region("cn-hangzhou")
            .credentials(StaticCredentials::new(Credential::new("id", "secret").unwrap()))
            .context(FakeTime::at(1).context())
            .transport(failing.clone())
            .build()
            .unwrap();
        let call = client.raw("ecs", "2014-05-26", action);
        let call = match said {
            Some(repeat) => call.with_idempotency(repeat),
            None => call,
        };
        assert_eq!(call.invoke().await.unwrap_err().attempts(), sent, "{action} {said:?}");
        assert_eq!(failing.sent(), sent, "{action} {said:?}");
    }
}

/// What is learned after an unfinished response is the call's; what teaches nothing leaves that response.
#[tokio::test]
async fn what_follows_an_unfinished_response_counts_if_it_says_something() {
    let unfinished = || MockResponse::ok(json!({ "State": "Pending" }));
    let done = || MockResponse::ok(json!({ "State": "Done" }));
    let gone = || MockResponse::error("ResourceNotFound", "gone");
    let policy = RetryPolicy::standard()
        .max_attempts(4)
        .backoff(Backoff::fixed(Duration::from_secs(2)))
        .while_unfinished(|response| String::from_utf8_lossy(response.body).contains("Pending"));
    for (name, responses, limit, wanted) in [
        ("the error is newer", vec![unfinished(), gone()], None, Err((ErrorKind::NotFound, 2))),
        (
            "it breaks off for good",
            vec![unfinished(), MockResponse::hang_up()],
            None,
            Err((ErrorKind::Io, 4)),
        ),
        ("a retry mends it", vec![unfinished(), MockResponse::bare(503), done()], None, Ok(("Done", 3))),
        ("time is up while asking", vec![unfinished(), MockResponse::silence()], None, Ok(("Pending", 2))),
        (
            "time is up after an error",
            vec![unfinished(), MockResponse::bare(503), MockResponse::silence()],
            None,
            Err((ErrorKind::Timeout, 3)),
        ),
        ("no turn to ask again", vec![unfinished(), gone()], Some(0.01), Ok(("Pending", 1))),
    ] {
        let rule = responses.into_iter().fold(MockRule::any(), MockRule::respond);
        let mock = MockTransport::builder().rule(rule).build().unwrap();
        let mut builder = mock.client::<Alibaba>().region("cn-hangzhou").retry(policy.clone());
        if let Some(rate) = limit {
            builder = builder.limiter(LimiterOptions::new().each_action(Limit::rate(rate).burst(1)));
        }
        let call = builder.build().unwrap().raw("ecs", "2014-05-26", "DescribeState");
        let found = call.with_timeout(Duration::from_secs(20)).send().await;
        let found = match &found {
            Ok(response) => Ok((response["State"].as_str().unwrap(), response.attempts())),
            Err(error) => Err((error.kind(), error.attempts())),
        };
        assert_eq!(found, wanted, "{name}");
    }
}

#[tokio::test]
async fn a_backoff_of_the_crate_backon_gives_the_delays() {
    let delays = backon::FibonacciBuilder::new().with_min_delay(Duration::from_millis(100)).with_max_times(4);
    // More attempts than delays: the fifth failure ends the call.
    let policy = RetryPolicy::standard().max_attempts(9).backoff_builder(delays);
    let time = FakeTime::at(0);
    let rule = MockRule::any().respond(MockResponse::bare(503));
    let mock = MockTransport::builder().rule(rule).build().unwrap();
    let client =
        mock.client::<Alibaba>().region("cn-hangzhou").context(time.context()).retry(policy).build().unwrap();
    for _ in 0..2 {
        let error = client.raw("ecs", "2014-05-26", "DescribeZones").await.unwrap_err();
        assert_eq!(error.attempts(), 5);
    }
    let millis: Vec<_> = time.waits().iter().map(Duration::as_millis).collect();
    assert_eq!(millis, [100, 100, 200, 300, 100, 100, 200, 300], "each call builds the backoff anew");
}
