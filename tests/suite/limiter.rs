//! The client's limiter: rate and number at once, by product and action, in fake time.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use cloudcall::client::ClientBuilder;
use cloudcall::credential::{Credential, StaticCredentials};
use cloudcall::limiter::{Limit, LimiterOptions};
use cloudcall::retry::RetryPolicy;
use cloudcall::transport::{HttpRequest, HttpResponse, HttpSend, ResponseBody, TransportError};
use cloudcall::{Client, Error, ErrorKind, Tencent, async_trait};
use cloudcall_tests::time::FakeTime;
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;

/// Responds when the test allows it, and records the requests in flight.
#[derive(Debug, Clone)]
struct Doors {
    open: Arc<Semaphore>,
    /// The actions that came, in order.
    came: Arc<Mutex<Vec<String>>>,
}

impl Doors {
    fn open() -> Self {
        Self { open: Arc::new(Semaphore::new(1_000)), came: Arc::default() }
    }

    fn shut() -> Self {
        Self { open: Arc::new(Semaphore::new(0)), came: Arc::default() }
    }

    fn came(&self) -> Vec<String> {
        self.came.lock().unwrap().clone()
    }

    fn let_one_go(&self) {
        self.open.add_permits(1);
    }
}

#[async_trait]
impl HttpSend for Doors {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let action = request.headers()["x-tc-action"].to_str().unwrap().to_owned();
        self.came.lock().unwrap().push(action.clone());
        self.open.acquire().await.unwrap().forget();
        let body = match action.as_str() {
            "DescribeBroken" => r#"{"Response":{"Error":{"Code":"InternalError","Message":"m"}}}"#,
            _ => r#"{"Response":{"RequestId":"r"}}"#,
        };
        Ok(HttpResponse::new(ResponseBody::whole(body)))
    }
}

fn builder(doors: &Doors, time: &FakeTime, limits: LimiterOptions) -> ClientBuilder<Tencent> {
    Client::<Tencent>::builder()
        .region("ap-guangzhou")
        .credentials(StaticCredentials::new(Credential::new("id", "secret").unwrap()))
        .context(time.context())
        .transport(doors.clone())
        .limiter(limits)
}

fn client(doors: &Doors, time: &FakeTime, limits: LimiterOptions) -> Client<Tencent> {
    builder(doors, time, limits).build().unwrap()
}

async fn call(client: &Client<Tencent>, product: &str, action: &str) -> Result<cloudcall::Value, Error> {
    client.raw(product, "2017-03-12", action).invoke().await.map(cloudcall::Response::into_inner)
}

fn start(client: &Client<Tencent>, action: &'static str) -> JoinHandle<Result<cloudcall::Value, Error>> {
    let client = client.clone();
    tokio::spawn(async move { call(&client, "cvm", action).await })
}

/// Lets every task go as far as it can.
async fn settle() {
    for _ in 0..50 {
        tokio::task::yield_now().await;
    }
}

fn sum(waits: &[Duration]) -> Duration {
    waits.iter().sum()
}

fn near(waits: &[Duration], wanted: Duration) -> bool {
    sum(waits).abs_diff(wanted) < Duration::from_micros(1)
}

#[tokio::test]
async fn a_rate_spreads_calls_and_a_rest_allows_a_burst() {
    let (doors, time) = (Doors::open(), FakeTime::at(1));
    let limits = LimiterOptions::new().action("cvm", "DescribeA", Limit::rate(5.0).burst(3));
    let client = client(&doors, &time, limits);
    for _ in 0..3 {
        call(&client, "cvm", "DescribeA").await.unwrap();
    }
    assert!(time.waits().is_empty(), "the burst");
    for _ in 0..10 {
        call(&client, "cvm", "DescribeA").await.unwrap();
    }
    assert!(near(&time.waits(), Duration::from_secs(2)), "10 more at 5 a second: {:?}", time.waits());
    call(&client, "cvm", "DescribeB").await.unwrap();
    call(&client, "vpc", "DescribeA").await.unwrap();
    assert!(near(&time.waits(), Duration::from_secs(2)), "neither is limited");
    time.advance(Duration::from_secs(3_600));
    for _ in 0..4 {
        call(&client, "cvm", "DescribeA").await.unwrap();
    }
    let all = time.waits();
    assert!(near(&all, Duration::from_millis(2_200)), "a long rest is a burst of 3 and no more: {all:?}");
}

#[tokio::test]
async fn each_action_has_a_line_of_its_own_and_a_product_one_for_all() {
    let (doors, time) = (Doors::open(), FakeTime::at(1));
    let each = client(&doors, &time, LimiterOptions::new().each_action(Limit::rate(1.0)));
    for action in ["DescribeA", "DescribeB", "DescribeC"] {
        call(&each, "cvm", action).await.unwrap();
    }
    assert!(time.waits().is_empty());
    let product = client(&doors, &time, LimiterOptions::new().product("cvm", Limit::rate(1.0)));
    for action in ["DescribeA", "DescribeB", "DescribeC"] {
        call(&product.clone(), "cvm", action).await.unwrap();
    }
    assert!(near(&time.waits(), Duration::from_secs(2)), "{:?}", time.waits());
}

#[tokio::test]
async fn retries_wait_their_turn_too() {
    let (doors, time) = (Doors::open(), FakeTime::at(1));
    let limits = LimiterOptions::new().each_action(Limit::rate(0.5));
    let client = builder(&doors, &time, limits)
        .retry(RetryPolicy::standard().backoff(cloudcall::retry::Backoff::none()))
        .build()
        .unwrap();
    let error = call(&client, "cvm", "DescribeBroken").await.unwrap_err();
    assert_eq!((error.code(), error.attempts()), (Some("InternalError"), 3));
    assert!(near(&time.waits(), Duration::from_secs(4)), "{:?}", time.waits());
}

#[tokio::test]
async fn a_wait_that_the_deadline_does_not_allow_fails_at_once() {
    let (doors, time) = (Doors::open(), FakeTime::at(1));
    let client = client(&doors, &time, LimiterOptions::new().each_action(Limit::rate(0.01)));
    let call = || client.raw("cvm", "2017-03-12", "DescribeA").with_timeout(Duration::from_secs(60)).invoke();
    call().await.unwrap();
    let error = call().await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Throttled, 0), "{error}");
    assert!(error.is_throttled() && !error.may_have_been_sent());
    assert!(error.to_string().contains("limiter"), "{error}");
    assert_eq!((doors.came().len(), time.waits()), (1, Vec::<Duration>::new()));
    time.advance(Duration::from_secs(100));
    call().await.unwrap();
}

#[tokio::test]
async fn a_call_behind_others_whose_token_comes_too_late_fails_at_once() {
    // The clock stands, so a call that waits for its deadline never ends.
    let (doors, time) = (Doors::open(), FakeTime::at(1).by_hand());
    let client = client(&doors, &time, LimiterOptions::new().each_action(Limit::rate(0.1)));
    let call = || client.raw("cvm", "2017-03-12", "DescribeA").with_timeout(Duration::from_secs(15)).invoke();
    call().await.unwrap();
    let waiting = tokio::spawn(call());
    settle().await;
    let late = tokio::spawn(call());
    settle().await;
    assert!(late.is_finished() && !waiting.is_finished());
    assert_eq!(late.await.unwrap().unwrap_err().kind(), ErrorKind::Throttled);
    time.advance(Duration::from_secs(11));
    waiting.await.unwrap().unwrap();
}

#[tokio::test]
async fn a_call_that_nobody_polls_keeps_no_permit_from_the_others() {
    let (doors, time) = (Doors::shut(), FakeTime::at(1).by_hand());
    let client = client(&doors, &time, LimiterOptions::new().product("cvm", Limit::at_once(1)));
    let first = start(&client, "DescribeA");
    settle().await;
    let mut lost = Box::pin(call(&client, "cvm", "DescribeB"));
    assert!(futures_util::poll!(&mut lost).is_pending());
    let last = start(&client, "DescribeC");
    settle().await;
    doors.let_one_go();
    first.await.unwrap().unwrap();
    for _ in 0..2 {
        assert_eq!(doors.came(), ["DescribeA"]);
        time.advance(Duration::from_secs(1));
        settle().await;
    }
    assert_eq!(doors.came(), ["DescribeA", "DescribeC"]);
    (0..2).for_each(|_| doors.let_one_go());
    last.await.unwrap().unwrap();
    lost.await.unwrap();
}

#[tokio::test]
async fn so_many_at_once_and_first_come_first_served() {
    let (doors, time) = (Doors::shut(), FakeTime::at(1));
    let client = client(&doors, &time, LimiterOptions::new().product("cvm", Limit::at_once(2)));
    let names = ["DescribeA", "DescribeB", "DescribeC", "DescribeD", "DescribeE"];
    let mut tasks = Vec::new();
    for name in names {
        tasks.push(start(&client, name));
        settle().await;
    }
    assert_eq!(doors.came(), names[..2]);
    for more in 3..=5 {
        doors.let_one_go();
        settle().await;
        assert_eq!(doors.came(), names[..more]);
    }
    (0..2).for_each(|_| doors.let_one_go());
    for task in tasks {
        task.await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn a_call_that_is_dropped_leaves_its_place_in_line_and_at_the_server() {
    let (doors, time) = (Doors::shut(), FakeTime::at(1));
    let client = client(&doors, &time, LimiterOptions::new().product("cvm", Limit::at_once(1)));
    let here = start(&client, "DescribeA");
    settle().await;
    let waiting = start(&client, "DescribeB");
    settle().await;
    let last = start(&client, "DescribeC");
    settle().await;
    assert_eq!(doors.came(), ["DescribeA"]);
    waiting.abort();
    settle().await;
    assert_eq!(doors.came(), ["DescribeA"]);
    here.abort();
    settle().await;
    assert_eq!(doors.came(), ["DescribeA", "DescribeC"]);
    doors.let_one_go();
    last.await.unwrap().unwrap();
    doors.let_one_go();
    call(&client, "cvm", "DescribeD").await.unwrap();
}

#[tokio::test]
async fn a_call_that_is_dropped_while_it_waits_for_the_rate_takes_no_token() {
    // The clock stands: the second call waits until it is dropped.
    let (doors, time) = (Doors::open(), FakeTime::at(1).by_hand());
    let client = client(&doors, &time, LimiterOptions::new().each_action(Limit::rate(1.0 / 30.0)));
    call(&client, "cvm", "DescribeA").await.unwrap();
    for _ in 0..20 {
        let waiting = start(&client, "DescribeA");
        settle().await;
        waiting.abort();
        settle().await;
    }
    assert_eq!(doors.came().len(), 1);
    time.advance(Duration::from_secs(30));
    call(&client, "cvm", "DescribeA").await.unwrap();
    assert_eq!(doors.came().len(), 2);
}

#[test]
fn limits_that_let_nothing_through_are_refused() {
    for (limit, what) in [
        (Limit::rate(0.0), "rate"),
        (Limit::rate(-1.0), "rate"),
        (Limit::rate(f64::NAN), "rate"),
        (Limit::rate(f64::INFINITY), "rate"),
        (Limit::rate(1.0).burst(0), "0 requests"),
        (Limit::at_once(0), "0 requests"),
    ] {
        for options in [
            LimiterOptions::new().each_action(limit),
            LimiterOptions::new().action("cvm", "A", limit),
            LimiterOptions::new().product("cvm", limit),
        ] {
            let error = builder(&Doors::open(), &FakeTime::at(1), options).build().unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Config);
            assert!(error.to_string().contains(what), "{error}");
        }
    }
}
