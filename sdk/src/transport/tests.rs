//! What both transports do, and a server for their tests.
#![cfg(feature = "__http")]

use std::io::{Read as _, Write as _};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use futures_util::StreamExt as _;
use futures_util::future::BoxFuture;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::*;
use crate::options::{HttpOptions, Proxies};

/// A server that sends the same bytes after each read, and counts connections.
pub(super) struct Loopback {
    pub(super) address: SocketAddr,
    accepted: Arc<AtomicUsize>,
    open: Arc<AtomicUsize>,
}

impl Loopback {
    /// `requests` is how many requests a connection takes before the server closes it.
    pub(super) async fn start(response: &'static str, requests: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (accepted, open) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let counts = (accepted.clone(), open.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                counts.0.fetch_add(1, Ordering::SeqCst);
                counts.1.fetch_add(1, Ordering::SeqCst);
                let open = counts.1.clone();
                tokio::spawn(async move {
                    let _ = Self::serve(stream, response, requests).await;
                    open.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        Self { address, accepted, open }
    }

    async fn serve(mut stream: TcpStream, response: &str, requests: usize) -> std::io::Result<()> {
        for _ in 0..requests {
            if stream.read(&mut [0; 4_096]).await? == 0 {
                return Ok(());
            }
            stream.write_all(response.as_bytes()).await?;
        }
        Ok(())
    }

    /// The number of connections so far.
    pub(super) fn accepted(&self) -> usize {
        self.accepted.load(Ordering::SeqCst)
    }

    /// Waits until so many connections are open.
    pub(super) async fn until_open(&self, count: usize) {
        while self.open.load(Ordering::SeqCst) != count {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }

    /// A request without a body that is not yet polled.
    pub(super) fn sending<'a>(
        &self,
        transport: &'a dyn HttpSend,
    ) -> BoxFuture<'a, Result<HttpResponse, TransportError>> {
        transport.send(http::Request::get(format!("http://{}/", self.address)).body(Bytes::new()).unwrap())
    }

    /// Sends a request without a body.
    pub(super) async fn get(&self, transport: &dyn HttpSend) -> HttpResponse {
        self.sending(transport).await.unwrap()
    }

    /// The body of the response to a request.
    pub(super) async fn body(&self, transport: &dyn HttpSend) -> Vec<u8> {
        let pieces: Vec<_> = self.get(transport).await.into_body().collect().await;
        pieces.into_iter().map(Result::unwrap).collect::<Vec<_>>().concat()
    }
}

fn transports(options: &HttpOptions) -> Vec<Arc<dyn HttpSend>> {
    vec![
        #[cfg(feature = "reqwest")]
        Arc::new(ReqwestTransport::new(options).unwrap()),
        #[cfg(feature = "hyper")]
        Arc::new(HyperTransport::new(options).unwrap()),
    ]
}

/// The runtime of the client runs only within `block_on`, so nothing sees the end of a connection before
/// the next call.
#[test]
fn a_connection_that_ended_while_its_runtime_did_not_run_is_replaced() {
    let client = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    for transport in transports(&HttpOptions { proxies: Proxies::None, ..HttpOptions::default() }) {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        let (close, told) = std::sync::mpsc::channel::<()>();
        let (done, closed) = std::sync::mpsc::channel();
        // Closes each connection after its first response, when told to.
        let server = std::thread::spawn(move || {
            for () in std::iter::once(()).chain(told.iter()) {
                let (mut stream, _) = listener.accept().unwrap();
                let _ = stream.read(&mut [0; 4_096]).unwrap();
                stream.write_all(b"HTTP/1.1 200 X\r\nContent-Length: 5\r\n\r\nhello").unwrap();
                told.recv().unwrap();
                drop(stream);
                done.send(()).unwrap();
            }
        });
        for last in [false, false, true] {
            let response = client.block_on(async {
                let request = http::Request::get(&url).body(Bytes::new()).unwrap();
                transport.send(request).await?.into_body().next().await.unwrap()
            });
            assert_eq!(response.unwrap(), "hello", "{transport:?}");
            close.send(()).unwrap();
            closed.recv().unwrap();
            // For longer than a runtime that runs can be without the events of its sockets.
            std::thread::sleep(runtime::LAG * 2);
            if !last {
                close.send(()).unwrap();
            }
        }
        drop(close);
        server.join().unwrap();
    }
}

#[tokio::test]
async fn time_limits_of_a_connection_may_be_endless() {
    let options = HttpOptions {
        pool_idle_timeout: Duration::MAX,
        connect_timeout: Duration::MAX,
        proxies: Proxies::None,
        ..HttpOptions::default()
    };
    for transport in transports(&options) {
        let server = Loopback::start("HTTP/1.1 200 X\r\nContent-Length: 0\r\n\r\n", 2).await;
        for _ in 0..2 {
            assert!(server.body(&*transport).await.is_empty());
            tokio::task::yield_now().await;
        }
        assert_eq!(server.accepted(), 1, "{transport:?}");
    }
}
