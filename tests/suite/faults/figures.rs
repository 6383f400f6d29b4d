//! The figures beside the rows: load, outage, trials.

use std::future::IntoFuture;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use cloudcall::{
    BreakerOptions, BreakerState, HttpRequest, HttpResponse, HttpSend, ResponseBody, RetryOptions, Sent,
    TransportError, async_trait,
};
use cloudcall_tests::server::{Reply, Server};
use tokio::sync::Semaphore;

use super::*;

/// What a host answers to its request number `n`.
type Answer = dyn Fn(usize) -> (u16, &'static str) + Send + Sync;

/// A service in the same process.
#[derive(Clone)]
struct Within {
    requests: Arc<AtomicUsize>,
    answer: Arc<Answer>,
}

impl std::fmt::Debug for Within {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Within")
    }
}

impl Within {
    fn new(answer: impl Fn(usize) -> (u16, &'static str) + Send + Sync + 'static) -> Self {
        Self { requests: Arc::default(), answer: Arc::new(answer) }
    }

    fn requests(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }
}

#[async_trait]
impl HttpSend for Within {
    async fn send(&self, _: HttpRequest) -> Result<HttpResponse, TransportError> {
        let (status, body) = (self.answer)(self.requests.fetch_add(1, Ordering::SeqCst));
        tokio::time::sleep(milliseconds(5)).await;
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
    let options = RetryOptions::builder().max_attempts(20).quota(1_000_000).base_delay(milliseconds(1));
    options.build().unwrap().into()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn ten_thousand_calls_of_which_a_thousand_are_under_way_and_none_is_lost() {
    let service = Within::new(thirty_percent);
    let client = builder_of::<Tencent>("http://a.example").transport(service.clone()).retry(patient());
    let (good, bad, attempts, slow) = load(&client.build().unwrap(), 10_000, 1_000).await;
    assert_eq!((good, bad), (10_000, 0));
    assert_eq!(attempts, service.requests(), "no request is lost or made twice");
    assert!(slow < TimeoutOptions::default().total, "{slow:?}");

    // With the standard policy some calls end with the service's error, but every one of them ends.
    let service = Within::new(thirty_percent);
    let client = builder_of::<Tencent>("http://a.example").transport(service.clone()).build().unwrap();
    let (good, bad, attempts, _) = load(&client, 10_000, 1_000).await;
    assert_eq!((good + bad, attempts), (10_000, service.requests()));
    assert!(good >= 8_500, "{good}");
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

/// Two hosts: the first fails five times, and answers from then on when the gate lets it.
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
                return Err(TransportError::new(ErrorKind::Io, Sent::Maybe, "reset"));
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
        let breaker = BreakerOptions::builder().backup_endpoint("b.example").max_requests(trials);
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
