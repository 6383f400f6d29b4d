use std::pin::Pin;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Poll;

use futures_util::StreamExt as _;
use tokio::time::Instant;

use super::*;
use crate::options::Proxies;
use crate::transport::tests::Loopback;

const RESPONSE: &str = "HTTP/1.1 200 X\r\nContent-Length: 5\r\n\r\nhello";

fn options() -> HttpOptions {
    HttpOptions { proxies: Proxies::None, ..HttpOptions::default() }
}

fn transport(options: &HttpOptions) -> HyperTransport {
    HyperTransport::new(options).unwrap()
}

#[tokio::test]
async fn a_connection_is_used_again_after_its_body_was_read() {
    let (server, transport) = (Loopback::start(RESPONSE, usize::MAX).await, transport(&options()));
    for _ in 0..3 {
        assert_eq!(server.body(&transport).await, b"hello");
    }
    assert_eq!(server.accepted(), 1);
}

#[tokio::test]
async fn a_body_in_chunks_gives_the_connection_back_too() {
    let chunked =
        "HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\nX-T: 1\r\n\r\n";
    let (server, transport) = (Loopback::start(chunked, usize::MAX).await, transport(&options()));
    for _ in 0..3 {
        assert_eq!(server.body(&transport).await, b"hello");
    }
    assert_eq!(server.accepted(), 1);
}

#[tokio::test]
async fn a_connection_is_closed_if_its_body_is_dropped() {
    let partial = "HTTP/1.1 200 X\r\nContent-Length: 5\r\n\r\nhel";
    let (server, transport) = (Loopback::start(partial, usize::MAX).await, transport(&options()));
    let mut response = server.get(&transport).await;
    assert!(response.body_mut().next().await.unwrap().is_ok());
    drop(response);
    server.until_open(0).await;
    drop(server.get(&transport).await);
    assert_eq!(server.accepted(), 2);
}

#[tokio::test]
async fn an_idle_connection_that_the_server_closed_is_replaced() {
    let (server, transport) = (Loopback::start(RESPONSE, 1).await, transport(&options()));
    for count in 1..4 {
        assert_eq!(server.body(&transport).await, b"hello");
        server.until_open(0).await;
        // The driver of the runtime has to see the end of the connection.
        tokio::time::sleep(Duration::from_millis(1)).await;
        assert_eq!(server.accepted(), count);
    }
}

#[tokio::test]
async fn the_number_of_idle_connections_is_limited() {
    let server = Loopback::start(RESPONSE, usize::MAX).await;
    let transport = transport(&HttpOptions { pool_max_idle: 1, ..options() });
    let responses =
        [server.get(&transport).await, server.get(&transport).await, server.get(&transport).await];
    assert_eq!(server.accepted(), 3);
    for response in responses {
        assert_eq!(response.into_body().next().await.unwrap().unwrap(), "hello");
    }
    server.until_open(1).await;
    assert_eq!(server.body(&transport).await, b"hello");
    assert_eq!(server.accepted(), 3);
}

#[tokio::test]
async fn idle_connections_are_closed_after_a_time() {
    let server = Loopback::start(RESPONSE, usize::MAX).await;
    let transport = transport(&HttpOptions { pool_idle_timeout: Duration::from_millis(20), ..options() });
    for count in 1..3 {
        assert_eq!(server.body(&transport).await, b"hello");
        server.until_open(0).await;
        assert_eq!((server.accepted(), transport.0.pool.hosts()), (count, 0));
    }
}

#[test]
fn a_runtime_that_does_not_run_keeps_its_connections_to_itself() {
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (home, first, second) = (runtime(), runtime(), runtime());
    let transport = transport(&options());
    let server = home.block_on(Loopback::start(RESPONSE, usize::MAX));
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    std::thread::scope(|scope| {
        scope.spawn(|| home.block_on(stopped));
        for _ in 0..2 {
            assert_eq!(first.block_on(server.body(&transport)), b"hello");
            assert_eq!(second.block_on(server.body(&transport)), b"hello");
        }
        assert_eq!((server.accepted(), transport.0.pool.hosts()), (2, 2));
        drop(first);
        assert_eq!(transport.0.pool.hosts(), 1, "idle connections end with their runtime");
        assert_eq!(second.block_on(server.body(&transport)), b"hello");
        assert_eq!(server.accepted(), 2);
        drop(stop);
    });
}

#[test]
fn a_connection_belongs_to_the_runtime_that_polls_the_call() {
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (home, makes, polls) = (runtime(), runtime(), runtime());
    let transport = transport(&options());
    let server = home.block_on(Loopback::start(RESPONSE, usize::MAX));
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    std::thread::scope(|scope| {
        scope.spawn(|| home.block_on(stopped));
        for _ in 0..2 {
            let entered = makes.enter();
            let made = server.sending(&transport);
            drop(entered);
            let body = async { made.await.unwrap().into_body().next().await.unwrap().unwrap() };
            assert_eq!(polls.block_on(body), "hello");
        }
        assert_eq!((server.accepted(), transport.0.pool.hosts()), (1, 1));
        // Nothing that the other runtime holds is needed.
        drop(makes);
        assert_eq!(polls.block_on(server.body(&transport)), b"hello");
        drop(polls);
        assert_eq!((server.accepted(), transport.0.pool.hosts()), (1, 0));
        drop(stop);
    });
}

/// A connection whose peer is silent until it closes. It notes that it was polled, and that the pool was
/// not locked.
struct Probe {
    name: usize,
    pool: Arc<Pool>,
    polled: Arc<Mutex<Vec<usize>>>,
    closed: Arc<AtomicBool>,
}

impl hyper::rt::Read for Probe {
    fn poll_read(
        self: Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
        _: hyper::rt::ReadBufCursor<'_>,
    ) -> Poll<std::io::Result<()>> {
        assert!(!self.pool.is_locked());
        self.polled.lock().unwrap().push(self.name);
        if self.closed.load(Ordering::SeqCst) { Poll::Ready(Ok(())) } else { Poll::Pending }
    }
}

impl hyper::rt::Write for Probe {
    fn poll_write(
        self: Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
        bytes: &[u8],
    ) -> Poll<std::io::Result<usize>> {
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut std::task::Context<'_>) -> Poll<std::io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut std::task::Context<'_>) -> Poll<std::io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

#[tokio::test]
async fn connections_are_swept_without_the_lock_and_stay_in_order() {
    let (pool, polled) = (Arc::new(Pool::new(None, 3)), Arc::<Mutex<Vec<usize>>>::default());
    let closed = Arc::<AtomicBool>::default();
    let authority = Authority::from_static("a.test");
    let host = Host { secure: false, authority, runtime: runtime::here().unwrap() };
    let put = |session| Place { pool: pool.clone(), host: host.clone() }.put(session);
    let order = || {
        let mut order = std::mem::take(&mut *polled.lock().unwrap());
        order.dedup();
        order
    };
    for name in 0..3 {
        let (pool, polled, closed) = (pool.clone(), polled.clone(), closed.clone());
        let probe = Probe { name, pool, polled, closed };
        let mut session = Session::over(Box::new(probe), &Builder::new()).await.unwrap();
        assert!(!session.is_closed());
        put(session);
    }
    assert_eq!(order(), [0, 1, 2]);
    let sweep = |after| pool.sweep(host.runtime, Instant::now() + Duration::from_secs(after));
    assert!(sweep(0) && order().is_empty(), "they were used a moment ago");
    assert!(sweep(6));
    assert_eq!(order(), [0, 1, 2]);
    let mut taken: Vec<_> = std::iter::from_fn(|| pool.take(&host)).map(|(session, _)| session).collect();
    assert!(taken.iter_mut().all(|session| !session.is_closed()));
    assert_eq!(order(), [2, 1, 0], "the last one is used first");
    taken.into_iter().for_each(put);
    closed.store(true, Ordering::SeqCst);
    assert!(sweep(0) && pool.hosts() == 1);
    assert!(!sweep(6) && pool.hosts() == 0);
}

mod signal {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::task::{Context, Poll, Wake, Waker};

    use super::super::signal::Signal;

    #[derive(Default)]
    struct Count(AtomicUsize);

    impl Wake for Count {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Ordering::SeqCst);
        }
    }

    #[test]
    fn a_wake_up_during_a_poll_repeats_it_and_a_later_one_reaches_the_task() {
        let (signal, count) = (Arc::<Signal>::default(), Arc::<Count>::default());
        let (waker, own) = (Waker::from(count.clone()), Waker::from(signal.clone()));
        let (mut polls, mut inner) = (0, None);
        let poll = signal.poll(&mut Context::from_waker(&waker), &own, |task| {
            polls += 1;
            inner = Some(task.waker().clone());
            if polls < 3 {
                task.waker().wake_by_ref();
            }
            Poll::<()>::Pending
        });
        assert!(poll.is_pending());
        assert_eq!((polls, count.0.load(Ordering::SeqCst)), (3, 0));
        inner.unwrap().wake();
        assert_eq!(count.0.load(Ordering::SeqCst), 1);
    }

    #[test]
    fn a_poll_that_never_rests_yields_to_other_tasks() {
        let (signal, count) = (Arc::<Signal>::default(), Arc::<Count>::default());
        let (waker, own) = (Waker::from(count.clone()), Waker::from(signal.clone()));
        let poll = signal.poll(&mut Context::from_waker(&waker), &own, |task| {
            task.waker().wake_by_ref();
            Poll::<()>::Pending
        });
        assert!(poll.is_pending());
        assert_eq!(count.0.load(Ordering::SeqCst), 1);
    }
}
