//! Row 55: the caller goes away while the call waits for something.

use std::future::IntoFuture;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Poll;

use cloudcall::async_trait;
use cloudcall::breaker::{BreakerOptions, BreakerState};
use cloudcall::context::{Context, Sleep, SleepFuture};
use cloudcall::credential::{CredentialError, ProvideCredential};
use cloudcall::error::SendState;
use cloudcall::transport::{HttpRequest, HttpResponse, HttpSend, ResponseBody, TransportError};
use cloudcall_tests::server::{Reply, Server, http as response};

use super::*;

/// Is pending a few times.
fn halt() -> impl Future<Output = ()> + Send {
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

/// A world where everything takes its time: keys, waits and two hosts, of which one fails at first.
#[derive(Debug, Clone, Default)]
struct Halting {
    sent: Arc<AtomicUsize>,
    failures: usize,
}

#[async_trait]
impl HttpSend for Halting {
    async fn send(&self, _: HttpRequest) -> Result<HttpResponse, TransportError> {
        halt().await;
        if self.sent.fetch_add(1, Ordering::SeqCst) < self.failures {
            return Err(TransportError::new(ErrorKind::Io, SendState::Maybe, "reset"));
        }
        halt().await;
        Ok(HttpResponse::new(ResponseBody::whole(OK)))
    }
}

#[async_trait]
impl ProvideCredential for Halting {
    fn name(&self) -> &'static str {
        "halting"
    }

    async fn provide(&self, _: &Context) -> Result<Credential, CredentialError> {
        halt().await;
        Ok(Credential::new("AKIDfaults", "planted-secret")?)
    }
}

impl Sleep for Halting {
    fn sleep(&self, time: Duration) -> SleepFuture {
        if time > Duration::from_secs(1) { Box::pin(std::future::pending()) } else { Box::pin(halt()) }
    }
}

/// A client of two hosts, whose breaker opens at the first failure and lets one trial through at a time.
fn two_hosts(transport: Halting, time: &FakeTime) -> Client<Tencent> {
    let breaker =
        BreakerOptions::builder().backup_endpoint("b.example").max_fail_num(1_u32).half_open_trials(1_u32);
    builder_of::<Tencent>("http://a.example")
        .breaker(breaker.build().unwrap())
        .credentials(Halting::default())
        .transport(transport)
        .context(time.context().with_sleep(Halting::default()))
        .build()
        .unwrap()
}

/// Polls a call so often, then drops it. True if it ended before. Between polls the runtime goes on with its other tasks, such as the
/// fetch of a credential.
async fn polled(client: &Client<Tencent>, polls: usize) -> bool {
    let mut call = client.invoker(Read).into_future();
    for _ in 0..polls {
        if std::future::poll_fn(|task| Poll::Ready(call.as_mut().poll(task).is_ready())).await {
            return true;
        }
        tokio::task::yield_now().await;
    }
    false
}

#[tokio::test]
async fn row_55_dropped_at_every_await_point() {
    // From the keys through two failures, with their waits, to the response.
    for polls in 0.. {
        let time = FakeTime::at(NOW);
        let client = two_hosts(Halting { failures: 2, ..Halting::default() }, &time);
        let ended = polled(&client, polls).await;
        let trials: u64 = client.breaker_states().iter().map(|(_, status)| status.trials).sum();
        assert_eq!(trials, 0, "after {polls} polls");
        // Whatever was cut off, the client is as good as new once the hosts are.
        for _ in 0..2 {
            time.advance(Duration::from_secs(60));
            let _ = call(&client, Read).await;
        }
        time.advance(Duration::from_secs(60));
        call(&client, Read).await.unwrap();
        // Nobody asks the second host as long as the first is well.
        let states = client.breaker_states();
        let first = states.iter().find(|(host, _)| host.to_string().contains("a.example")).unwrap();
        assert_eq!(first.1.state, BreakerState::Closed, "after {polls} polls");
        if ended {
            assert!(polls > 15, "keys, two failures, two waits, a response: {polls}");
            break;
        }
    }
}

/// The same over connections: what is dropped is closed, and the breaker closes when the host is well again.
#[tokio::test]
async fn row_55_dropped_calls_leave_no_connection() {
    let piece = response(200, "", OK);
    let primary = Server::start(move |n, _| match n {
        0..5 => Reply::close(),
        _ => {
            let parts = [&piece[..0], &piece[..10], &piece[10..50], &piece[50..]];
            Reply::Slowly(parts.map(<[u8]>::to_vec).into(), milliseconds(4))
        }
    })
    .await;
    let backup = Server::replies([Reply::json(OK)]).await;
    let time = FakeTime::at(NOW);
    let breaker =
        BreakerOptions::builder().backup_endpoint(backup.url()).half_open_trials(2_u32).build().unwrap();
    let context = Context::system().with_clock(time.clone());
    let client =
        builder(&primary).breaker(breaker).retry(RetryPolicy::none()).context(context).build().unwrap();
    for _ in 0..5 {
        assert_eq!(call(&client, Read).await.unwrap_err().kind(), ErrorKind::Io);
    }
    time.advance(Duration::from_secs(60));
    let mut dropped = 0;
    for wait in 0..12 {
        let ended = tokio::time::timeout(milliseconds(wait), client.invoker(Write).invoke()).await;
        dropped += usize::from(ended.is_err());
        assert!(client.breaker_states().iter().all(|(_, status)| status.trials == 0), "after {wait} ms");
    }
    assert!(dropped >= 8, "{dropped}");
    soon("what was dropped is closed", || primary.open() <= 1).await;
    for _ in 0..2 {
        call(&client, Write).await.unwrap();
    }
    assert!(client.breaker_states().iter().all(|(_, status)| status.state == BreakerState::Closed));
    drop(client);
    soon("nothing stays open", || primary.open() + backup.open() == 0).await;
}
