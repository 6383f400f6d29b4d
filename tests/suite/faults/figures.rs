//! The figures beside the rows: load, outage, trials.

use std::future::IntoFuture;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use cloudcall::async_trait;
use cloudcall::breaker::{BreakerOptions, BreakerState};
use cloudcall::error::SendState;
use cloudcall::retry::RetryOptions;
use cloudcall::transport::{HttpRequest, HttpResponse, HttpSend, ResponseBody, TransportError};
use cloudcall_tests::server::{Reply, Server};
use tokio::sync::Semaphore;

use super::*;

/// The response of a host to its request number `n`.
type Respond = dyn Fn(usize) -> (u16, &'static str) + Send + Sync;

/// A service in the same process.
#[derive(Clone)]
struct Within {
    requests: Arc<AtomicUsize>,
    response: Arc<Respond>,
    takes: Duration,
}

impl std::fmt::Debug for Within {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Within")
    }
}

impl Within {
    fn new(response: impl Fn(usize) -> (u16, &'static str) + Send + Sync + 'static) -> Self {
        Self { requests: Arc::default(), response: Arc::new(response), takes: Duration::ZERO }
    }

    fn taking(self, takes: Duration) -> Self {
        Self { takes, ..self }
    }

    fn requests(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }
}

#[async_trait]
impl HttpSend for Within {
    async fn send(&self, _: HttpRequest) -> Result<HttpResponse, TransportError> {
        let (status, body) = (self.response)(self.requests.fetch_add(1, Ordering::SeqCst));
        if !self.takes.is_zero() {
            tokio::time::sleep(self.takes).await;
        }
        Ok(cloudcall::http::Response::builder().status(status).body(ResponseBody::whole(body)).unwrap())
    }
}

/// Every tenth request but seven fails.
fn thirty_percent(n: usize) -> (u16, &'static str) {
    if n % 10 < 3 { (503, "busy") } else { (200, OK) }
}

/// So many calls, of which so many are under way: how many succeeded and failed, how many requests they say they made,
/// and the longest but one percent.
async fn load(client: &Client<Tencent>, calls: usize, in_flight: usize) -> (usize, usize, usize, Duration) {
    let gate = Arc::new(Semaphore::new(in_flight));
    let tasks: Vec<_> = (0..calls)
        .map(|_| {
            let (gate, client) = (gate.clone(), client.clone());
            tokio::spawn(async move {
                let _permit = gate.acquire().await.unwrap();
                let start = Instant::now();
                let outcome = client.invoker(Read).invoke().await;
                (outcome.map(|response| response.attempts()), start.elapsed())
            })
        })
        .collect();
    let (mut good, mut bad, mut attempts, mut times) = (0, 0, 0, Vec::new());
    for task in tasks {
        let (outcome, took) = tokio::time::timeout(Duration::from_secs(60), task).await.unwrap().unwrap();
        times.push(took);
        attempts += match outcome {
            Ok(attempts) => {
                good += 1;
                attempts as usize
            }
            Err(error) => {
                bad += 1;
                assert_eq!(error.kind(), ErrorKind::Service, "{error}");
                error.attempts() as usize
            }
        };
    }
    times.sort();
    (good, bad, attempts, times[calls * 99 / 100])
}

fn patient() -> RetryPolicy {
    let options = RetryOptions::builder().max_attempts(20).quota(1_000_000).build().unwrap();
    RetryPolicy::from(options).base_delay(milliseconds(1))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn ten_thousand_calls_of_which_a_thousand_are_under_way_and_none_is_lost() {
    let service = Within::new(thirty_percent).taking(milliseconds(5));
    let client = builder_of::<Tencent>("http://a.example").transport(service.clone()).retry(patient());
    let (good, bad, attempts, slow) = load(&client.build().unwrap(), 10_000, 1_000).await;
    assert_eq!((good, bad), (10_000, 0));
    assert_eq!(attempts, service.requests(), "no request is lost or made twice");
    assert!(slow < TimeoutOptions::default().total, "{slow:?}");

    // With the standard policy some calls end with the service's error, but every one of them ends.
    let service = Within::new(thirty_percent).taking(milliseconds(5));
    let client = builder_of::<Tencent>("http://a.example").transport(service.clone()).build().unwrap();
    let (good, bad, attempts, _) = load(&client, 3_000, 1_000).await;
    assert_eq!((good + bad, attempts), (3_000, service.requests()));
    assert!(good >= 2_100, "{good}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_thousand_calls_over_two_hundred_connections_and_none_is_lost() {
    let server = Server::start(|n, _| match thirty_percent(n) {
        (200, body) => Reply::json(body),
        (status, body) => Reply::status(status, "", body),
    })
    .await;
    let client = builder(&server).retry(patient()).build().unwrap();
    let (good, bad, attempts, slow) = load(&client, 2_000, 200).await;
    assert_eq!((good, bad, attempts), (2_000, 0, server.requests().len()));
    assert!(slow < TimeoutOptions::default().total && server.connections() <= 400, "{slow:?}");
}

/// The quota lets a hundred retries through, and no more while nothing succeeds.
#[tokio::test]
async fn when_everything_fails_the_load_grows_by_a_tenth_at_most() {
    const CALLS: usize = 1_000;
    let server = Server::replies([Reply::status(503, "", "busy")]).await;
    let time = FakeTime::at(NOW);
    let client = client(&server, &time);
    for _ in 0..CALLS {
        assert_eq!(call(&client, Read).await.unwrap_err().kind(), ErrorKind::Service);
        time.advance(Duration::from_secs(60) / CALLS as u32);
    }
    let requests = server.requests().len();
    assert!((CALLS + 1..=CALLS * 11 / 10).contains(&requests), "{requests}");
}

/// A hundred calls a second for a minute, of which half a minute fails.
#[tokio::test]
async fn after_an_outage_calls_succeed_at_once_and_nobody_is_flooded() {
    const RATE: usize = 100;
    let time = FakeTime::at(NOW);
    let second = {
        let time = time.clone();
        move || cloudcall::context::Clock::uptime(&time).as_secs() as usize
    };
    let seconds = Arc::new(Mutex::new(vec![0_usize; 200]));
    let (log, now) = (seconds.clone(), second.clone());
    let service = Within::new(move |_| {
        log.lock().unwrap()[now()] += 1;
        if (10..40).contains(&now()) { (503, "busy") } else { (200, OK) }
    });
    let client = builder_of::<Tencent>("http://a.example").transport(service).context(time.context());
    let client = client.build().unwrap();
    let (mut made, mut good) = (vec![0_usize; 200], vec![0_usize; 200]);
    while second() < 60 {
        let begun = second();
        made[begun] += 1;
        good[begun] += usize::from(client.invoker(Read).invoke().await.is_ok());
        time.advance(Duration::from_secs(1) / RATE as u32);
    }
    for second in 41..46 {
        assert!(
            good[second] * 100 >= made[second] * 99,
            "second {second}: {} of {}",
            good[second],
            made[second]
        );
    }
    let requests = seconds.lock().unwrap();
    let most = requests.iter().max().unwrap();
    assert!(*most <= RATE * 3 / 2, "{most} requests in a second");
    let (calls, outage): (usize, usize) = (made[10..40].iter().sum(), requests[10..40].iter().sum());
    assert!(calls > 2_000 && outage * 10 <= calls * 11, "{outage} requests for {calls} calls");
}

/// Full jitter: the first waits of a thousand calls are drawn evenly from none to 100 ms (Kolmogorov-Smirnov test, p over
/// 0.01).
#[tokio::test]
async fn waits_are_drawn_evenly() {
    const CALLS: usize = 1_000;
    let service = Within::new(|n| if n % 2 == 0 { (503, "busy") } else { (200, OK) });
    let time = FakeTime::at(NOW);
    let client = builder_of::<Tencent>("http://a.example").transport(service).context(time.context());
    let client = client.build().unwrap();
    for _ in 0..CALLS {
        assert_eq!(client.invoker(Read).invoke().await.unwrap().attempts(), 2);
    }
    let mut waits: Vec<_> = time.waits().iter().map(|wait| wait.as_secs_f64() / 0.1).collect();
    waits.sort_by(f64::total_cmp);
    assert_eq!(waits.len(), CALLS);
    let mean = waits.iter().sum::<f64>() / CALLS as f64;
    assert!((0.475..=0.525).contains(&mean), "{mean}");
    let off = waits.iter().enumerate().map(|(n, wait)| (wait - n as f64 / CALLS as f64).abs());
    let furthest = off.fold(0.0, f64::max);
    assert!(furthest < 1.628 / (CALLS as f64).sqrt(), "{furthest}");
}

/// Two hosts: the first fails five times, and then responds when the gate allows it.
#[derive(Debug, Clone)]
struct TwoHosts {
    first: Arc<AtomicUsize>,
    second: Arc<AtomicUsize>,
    gate: Arc<Semaphore>,
}

#[async_trait]
impl HttpSend for TwoHosts {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        if request.uri().host() == Some("a.example") {
            if self.first.fetch_add(1, Ordering::SeqCst) < 5 {
                return Err(TransportError::new(ErrorKind::Io, SendState::Maybe, "reset"));
            }
            self.gate.acquire().await.unwrap().forget();
        } else {
            self.second.fetch_add(1, Ordering::SeqCst);
        }
        Ok(HttpResponse::new(ResponseBody::whole(OK)))
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_tasks_make_exactly_the_trials_that_were_set() {
    for trials in [1_u32, 5, 50] {
        let hosts =
            TwoHosts { first: Arc::default(), second: Arc::default(), gate: Arc::new(Semaphore::new(0)) };
        let breaker = BreakerOptions::builder().backup_endpoint("b.example").half_open_trials(trials);
        let time = FakeTime::at(NOW);
        let client = builder_of::<Tencent>("http://a.example")
            .breaker(breaker.build().unwrap())
            .retry(RetryPolicy::none())
            .transport(hosts.clone())
            .context(time.context())
            .build()
            .unwrap();
        for _ in 0..5 {
            assert_eq!(call(&client, Read).await.unwrap_err().kind(), ErrorKind::Io);
        }
        time.advance(Duration::from_secs(60));
        let tasks: Vec<_> = (0..1_000).map(|_| tokio::spawn(client.invoker(Read).into_future())).collect();
        soon("all are under way", || {
            hosts.first.load(Ordering::SeqCst) - 5 + hosts.second.load(Ordering::SeqCst) == 1_000
        })
        .await;
        assert_eq!(hosts.first.load(Ordering::SeqCst) - 5, trials as usize);
        hosts.gate.add_permits(1_000);
        for task in tasks {
            task.await.unwrap().unwrap();
        }
        assert!(client.breaker_states().iter().all(|(_, status)| status.state == BreakerState::Closed));
    }
}
