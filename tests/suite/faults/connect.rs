//! Rows 1 to 8, 38 and 39: connections that are not made, or break before the response.

use std::sync::Mutex;

use cloudcall_tests::server::{Door, End, Reply, Server};
use tokio::net::{TcpListener, TcpSocket};

use super::*;

/// An address where nothing listens.
async fn nowhere() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

#[tokio::test]
async fn row_01_refused() {
    let time = FakeTime::at(NOW);
    let url = nowhere().await;
    let client = builder_of::<Tencent>(&url).context(time.context()).build().unwrap();
    let error = call(&client, Write).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connect, 3), "{error}");
    assert!(!error.may_have_been_sent(), "so even a write is sent again");
    assert_eq!(error.endpoint(), Some(url.trim_start_matches("http://")));
    assert_eq!(time.waits().len(), 2);
}

/// A listener whose queue is full: on Linux its host then drops who knocks.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn row_02_blackhole() {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(1).unwrap();
    let address = listener.local_addr().unwrap();
    let mut queue = Vec::new();
    let knock = || tokio::time::timeout(milliseconds(50), tokio::net::TcpStream::connect(address));
    // Twice in a row: once may be a busy machine.
    let mut unheard = 0;
    while unheard < 2 {
        match knock().await {
            Ok(stream) => queue.push(stream.unwrap()),
            Err(_) => unheard += 1,
        }
        assert!(queue.len() < 16, "the queue is never full");
    }
    let limit = milliseconds(300);
    kept(limit, || async {
        let http = http().connect_timeout(limit).build().unwrap();
        let client = builder_of::<Tencent>(&format!("http://{address}")).http(http);
        let client = client.retry(RetryPolicy::none()).build().unwrap();
        let start = Instant::now();
        let error = call(&client, Write).await.unwrap_err();
        assert!(!error.may_have_been_sent(), "{error}");
        let wanted = "no connection within the connect time limit of 300ms (`HttpOptions::connect_timeout`)";
        assert!(error.message().starts_with(wanted), "{error}");
        (error, start.elapsed())
    })
    .await;
    drop(listener);
}

#[tokio::test]
async fn row_03_reset_on_accept_twice_then_fine() {
    let door = |n| if n < 2 { Door::Reset } else { Door::Open };
    let server = Server::behind(door, [Reply::json(OK)]).await;
    let time = FakeTime::at(NOW);
    let response = call(&client(&server, &time), Read).await.unwrap();
    assert_eq!((response.attempts(), response.request_id()), (3, Some("r-ok")));
    assert_eq!((server.connections(), server.requests().len(), time.waits().len()), (3, 1, 2));
}

/// The connection was there, so it cannot be told whether the request was read: the kind is `Io`, not `Connect`, and
/// a write is not sent again.
#[tokio::test]
async fn row_04_close_on_accept() {
    let server = Server::behind(|_| Door::Close, [Reply::json(OK)]).await;
    let (error, requests) = failure(&server, Read).await;
    assert_eq!((error.kind(), error.attempts(), requests), (ErrorKind::Io, 3, 0), "{error}");
    assert_eq!(server.connections(), 3);
    let (error, _) = failure(&server, Write).await;
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Io, 1), "{error}");
    assert!(error.may_have_been_sent());
}

#[tokio::test]
async fn row_05_silent() {
    let server = Server::behind(|_| Door::Silent, [Reply::json(OK)]).await;
    kept(milliseconds(200), || timed(&server, limits(50, 200, 5_000))).await;
}

/// The connection breaks: a read and a marked write are sent again, another write is not.
async fn broken(reply: Reply) {
    let replies = || [reply.clone(), reply.clone(), Reply::json(OK)];
    let server = Server::replies(replies()).await;
    let response = call(&client(&server, &FakeTime::at(NOW)), Read).await.unwrap();
    assert_eq!((response.attempts(), server.requests().len()), (3, 3));

    let server = Server::replies(replies()).await;
    let (error, requests) = failure(&server, Write).await;
    assert_eq!((error.kind(), error.attempts(), requests), (ErrorKind::Io, 1, 1), "{error}");
    assert!(error.may_have_been_sent(), "the caller is told that it may have been carried out");

    let server = Server::replies(replies()).await;
    let response = call(&client(&server, &FakeTime::at(NOW)), Marked).await.unwrap();
    assert_eq!((response.attempts(), server.requests().len()), (3, 3));

    let server = Server::replies([reply]).await;
    let (error, requests) = failure(&server, Read).await;
    assert_eq!((error.kind(), error.attempts(), requests), (ErrorKind::Io, 3, 3), "{error}");
}

#[tokio::test]
async fn row_06_reset_before_headers() {
    broken(Reply::reset()).await;
}

#[tokio::test]
async fn row_07_close_before_headers() {
    broken(Reply::close()).await;
}

#[tokio::test]
async fn row_08_reset_after_headers() {
    broken(Reply::RawThenReset(b"HTTP/1.1 200 OK\r\nContent-Length: 44\r\n\r\n".to_vec())).await;
}

/// The server ends a connection that the client keeps for the next call.
#[tokio::test]
async fn row_38_keepalive_then_close_or_reset() {
    for end in [End::Close, End::Reset] {
        let response = cloudcall_tests::server::http(200, "Connection: keep-alive\r\n", OK);
        let server = Server::replies([Reply::Later(response, milliseconds(10), end)]).await;
        let client = client(&server, &FakeTime::at(NOW));
        for calls in 1..=3 {
            assert_eq!(call(&client, Write).await.unwrap().attempts(), 1, "{end:?}");
            assert_eq!((server.connections(), server.requests().len()), (calls, calls));
            soon("the server ends the connection", || server.open() == 0).await;
            // The client's side hears of it a moment later.
            tokio::time::sleep(milliseconds(20)).await;
        }
    }
}

/// The second request on a connection gets the end of the connection in place of a response.
#[tokio::test]
async fn row_39_drop_next_on_this_connection() {
    for broken in [Reply::close(), Reply::reset()] {
        let dropping = || {
            let (last, broken) = (Mutex::new(None), broken.clone());
            Server::start(move |_, request| {
                let before = last.lock().unwrap().replace(request.connection);
                if before == Some(request.connection) { broken.clone() } else { Reply::json(OK) }
            })
        };
        let server = dropping().await;
        let client_ = client(&server, &FakeTime::at(NOW));
        call(&client_, Read).await.unwrap();
        let response = call(&client_, Read).await.unwrap();
        assert_eq!((response.attempts(), server.requests().len(), server.connections()), (2, 3, 2));

        let server = dropping().await;
        let client_ = client(&server, &FakeTime::at(NOW));
        call(&client_, Write).await.unwrap();
        let error = call(&client_, Write).await.unwrap_err();
        assert_eq!(
            (error.kind(), error.attempts(), server.requests().len()),
            (ErrorKind::Io, 1, 2),
            "{error}"
        );
        assert!(error.may_have_been_sent());

        let server = dropping().await;
        let client_ = client(&server, &FakeTime::at(NOW));
        call(&client_, Marked).await.unwrap();
        assert_eq!(call(&client_, Marked).await.unwrap().attempts(), 2);
        let bodies: Vec<_> = server.requests().into_iter().map(|request| request.body).collect();
        assert_eq!((bodies.len(), &bodies[1]), (3, &bodies[2]), "the repeated write has the same token");

        // A byte came back: the server was at it, so nothing but a read or a marked write is sent again.
        let begun = Reply::RawThenClose(b"HTTP/1.1 200 OK\r\n".to_vec());
        let server = Server::replies([Reply::json(OK), begun, Reply::json(OK)]).await;
        let client_ = client(&server, &FakeTime::at(NOW));
        call(&client_, Write).await.unwrap();
        let error = call(&client_, Write).await.unwrap_err();
        assert_eq!((error.attempts(), server.requests().len()), (1, 2), "{error}");
    }
}
