//! Rows 17 to 21: responses that arrive too slowly, or stop.

use cloudcall_tests::server::{Reply, Server};

use super::*;

const HEAD: &str = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n";

/// Something always comes, so only the limit of the whole call ends it.
#[tokio::test]
async fn row_17_slow_headers() {
    let server =
        Server::replies([Reply::endless("HTTP/1.1 200 OK\r\n", "X-A: b\r\n", milliseconds(20))]).await;
    kept(milliseconds(300), || timed(&server, limits(10_000, 10_000, 300))).await;
}

#[tokio::test]
async fn row_18_slow_body() {
    let server = Server::replies([Reply::endless(HEAD, " ", milliseconds(300))]).await;
    kept(milliseconds(500), || timed(&server, limits(10_000, 10_000, 500))).await;
}

/// The server stops after these bytes: the call ends, and so does the connection.
async fn stalls_after(bytes: &str, within: TimeoutOptions) {
    let server = Server::replies([Reply::RawThenStall(bytes.into())]).await;
    kept(milliseconds(200), || timed(&server, within)).await;
    let requests = server.requests().len();
    assert_eq!(server.connections(), requests);
    soon("every connection is given up", || server.gone() == requests).await;
}

#[tokio::test]
async fn row_19_stall_before_headers() {
    stalls_after("", limits(50, 200, 5_000)).await;
}

#[tokio::test]
async fn row_20_stall_mid_headers() {
    stalls_after("HTTP/1.1 200 OK\r\nContent-Type: appl", limits(50, 200, 5_000)).await;
}

#[tokio::test]
async fn row_21_stall_mid_body() {
    stalls_after(&format!("{HEAD}{{\"Response\":"), limits(200, 5_000, 5_000)).await;
}
