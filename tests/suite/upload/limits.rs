//! Time limits of uploads, in real time with short limits.

use std::io::{self, Read};
use std::time::Duration;

use cloudcall::client::TimeoutOptions;
use cloudcall::context::Context;
use cloudcall::error::SendState;
use cloudcall::transport::{HttpRequest, HttpResponse, HttpSend, HttpUpload, ResponseBody, TransportError};
use cloudcall::{ErrorKind, async_trait};
use cloudcall_tests::server::{Reply, Server, http};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::*;

const READ: Duration = Duration::from_millis(700);

fn client(url: &str, limits: TimeoutOptions) -> Client<Tencent> {
    tencent(url).unsigned_payload(true).context(Context::system()).timeouts(limits).build().unwrap()
}

/// Reads `pieces` times, waiting before each, then the rest without a wait, and responds; never responds if there is no rest.
async fn slow(total: usize, pieces: usize, wait: Duration, rest: bool) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let (mut head, mut byte) = (Vec::new(), [0]);
        while !head.ends_with(b"\r\n\r\n") {
            stream.read_exact(&mut byte).await.unwrap();
            head.push(byte[0]);
        }
        let mut piece = vec![0; total / pieces / 2];
        for _ in 0..pieces {
            tokio::time::sleep(wait).await;
            stream.read_exact(&mut piece).await.unwrap();
        }
        if !rest {
            return std::future::pending().await;
        }
        let left = total - pieces * piece.len();
        tokio::io::copy(&mut (&mut stream).take(left as u64), &mut tokio::io::sink()).await.unwrap();
        stream.write_all(&http(200, "", OK)).await.unwrap();
    });
    url
}

fn large(len: u64) -> FilePart {
    FilePart::reader(len, move || Ok(io::repeat(b'x').take(len)))
}

/// More than the buffers of a connection take.
const LEN: usize = 32 * 1024 * 1024;

#[tokio::test]
async fn an_upload_may_last_longer_than_the_read_limit_as_long_as_it_goes_on() {
    let limits = TimeoutOptions::builder().read(READ).build().unwrap();
    let url = slow(LEN, 16, READ / 7, true).await;
    let clock = Context::system().clock;
    upload(&client(&url, limits), large(LEN as u64)).invoke().await.unwrap();
    assert!(clock.uptime() > 2 * READ);
}

#[tokio::test]
async fn an_upload_that_nobody_takes_is_given_up() {
    let limits = TimeoutOptions::builder().read(READ).build().unwrap();
    // More than the system's own buffers ever hold.
    let length = 8 * LEN;
    let url = slow(length, 16, Duration::ZERO, false).await;
    let clock = Context::system().clock;
    let error = upload(&client(&url, limits), large(length as u64)).invoke().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
    assert!(error.may_have_been_sent());
    let took = clock.uptime();
    assert!(took >= READ && took < Duration::from_secs(45), "long before the limit of the attempt: {took:?}");
}

#[tokio::test]
async fn the_limit_of_an_attempt_holds_for_uploads_too() {
    let limits = TimeoutOptions::builder().read(READ).attempt(2 * READ).build().unwrap();
    let url = slow(LEN, 100, READ / 7, true).await;
    let error = upload(&client(&url, limits), large(LEN as u64)).invoke().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
}

#[tokio::test]
async fn the_first_pass_is_under_the_limit_of_the_call() {
    let part = FilePart::stream(None, futures_util::stream::pending::<io::Result<Bytes>>);
    let limits = TimeoutOptions::builder().total(READ).build().unwrap();
    let error = upload(&client("http://127.0.0.1:1", limits), part).invoke().await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 0), "{error}");
    assert!(!error.may_have_been_sent());
}

/// Needs a while for its connection, and then takes the whole body.
#[derive(Debug)]
struct LateConnection(Duration);

#[async_trait]
impl HttpSend for LateConnection {
    async fn send(&self, _: HttpRequest) -> Result<HttpResponse, TransportError> {
        Err(TransportError::new(ErrorKind::Io, SendState::No, "only uploads"))
    }

    async fn upload(&self, request: HttpUpload) -> Result<HttpResponse, TransportError> {
        tokio::time::sleep(self.0).await;
        assert_eq!(request.into_body().collect().await?.len(), 1_000);
        Ok(HttpResponse::new(ResponseBody::whole(OK)))
    }
}

#[tokio::test]
async fn the_time_for_the_connection_is_not_that_of_a_server_which_takes_nothing() {
    let limits = TimeoutOptions::builder().read(READ / 10).build().unwrap();
    let builder = tencent("http://127.0.0.1:1").unsigned_payload(true).context(Context::system());
    let client = builder.timeouts(limits).transport(LateConnection(READ / 2)).build().unwrap();
    upload(&client, large(1_000)).invoke().await.unwrap();
}

#[tokio::test]
async fn a_source_without_bytes_is_an_error_of_the_body_and_not_of_the_server() {
    let server = Server::replies([Reply::json(OK)]).await;
    let part = FilePart::stream(Some(5), futures_util::stream::pending::<io::Result<Bytes>>);
    let limits = TimeoutOptions::builder().read(READ / 10).build().unwrap();
    let error = upload(&client(&server.url(), limits), part).invoke().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::RequestBody, "{error}");
    assert!(error.message().contains("the source of the request body gave no more bytes"), "{error}");
}

/// The whole body was taken: from then on a service may work as long as the attempt may last.
#[tokio::test]
async fn the_wait_for_the_head_after_an_upload_is_limited_by_the_attempt_alone() {
    let short = Duration::from_millis(100);
    let late = Reply::Slowly(vec![Vec::new(), Vec::new(), Vec::new(), http(200, "", OK)], short);
    let server = Server::replies([late]).await;
    let limits = TimeoutOptions::builder().read(short).build().unwrap();
    upload(&client(&server.url(), limits), large(200_000)).invoke().await.unwrap();
    let server = Server::replies([Reply::stall()]).await;
    let limits = TimeoutOptions::builder().read(short / 2).attempt(short).build().unwrap();
    let call = upload(&client(&server.url(), limits), large(200_000)).with_retry(RetryPolicy::none());
    let error = call.invoke().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
    assert!(error.message().contains("no response head within the attempt time limit of 100ms"), "{error}");
}
