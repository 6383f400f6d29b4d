//! Responses that arrive too slowly or are too large, in real time with short limits, and the end of their connections.

use std::time::Duration;

use cloudcall::client::{HttpOptions, Proxies, TimeoutOptions};
use cloudcall::context::Context;
use cloudcall::credential::{Credential, StaticCredentials};
use cloudcall::retry::RetryPolicy;
use cloudcall::{Client, Error, ErrorKind, Tencent};
use cloudcall_tests::server::{Reply, Server, http};

const OK: &str = r#"{"Response":{"RequestId":"r"}}"#;
const GRACE: Duration = Duration::from_millis(250);

fn limits(stall: Duration) -> TimeoutOptions {
    TimeoutOptions::builder().stall(stall).read(Duration::from_millis(900)).build().unwrap()
}

fn client(server: &Server, limits: TimeoutOptions) -> Client<Tencent> {
    Client::<Tencent>::builder()
        .region("ap-guangzhou")
        .endpoint(server.url().as_str())
        .credentials(StaticCredentials::new(Credential::new("id", "secret").unwrap()))
        .http(HttpOptions::builder().proxies(Proxies::None).build().unwrap())
        .timeouts(limits)
        .retry(RetryPolicy::none())
        .build()
        .unwrap()
}

async fn call(client: &Client<Tencent>) -> Result<(), Error> {
    client.raw("cvm", "2017-03-12", "DescribeZones").invoke().await.map(drop)
}

/// A good response, in as many pieces as `cuts` and one.
fn cut(cuts: usize) -> Vec<Vec<u8>> {
    let whole = http(200, "", OK);
    let (head, body) = whole.split_at(whole.len() - OK.len());
    let mut pieces = vec![head.to_vec()];
    pieces.extend(body.chunks(body.len().div_ceil(cuts)).map(<[u8]>::to_vec));
    pieces
}

#[tokio::test]
async fn a_body_that_stalls_is_given_up_long_before_the_read_limit() {
    let half = http(200, "", OK)[..40].to_vec();
    let server = Server::replies([Reply::RawThenStall(half), Reply::json(OK)]).await;
    let client = client(&server, limits(GRACE));
    let clock = Context::system().clock;
    let error = call(&client).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(error.message().contains("stalled"), "{error}");
    assert!(error.may_have_been_sent());
    let took = clock.uptime();
    assert!(took >= GRACE, "{took:?}");
    call(&client).await.unwrap();
    let connections: Vec<_> = server.requests().iter().map(|request| request.connection).collect();
    assert_eq!(connections, [0, 1], "a connection that failed is not used again");
}

#[tokio::test]
async fn a_slow_body_that_goes_on_is_read_to_its_end() {
    let server = Server::replies([Reply::Slowly(cut(6), GRACE / 2)]).await;
    let client = client(&server, limits(GRACE));
    call(&client).await.unwrap();
}

#[tokio::test]
async fn the_watch_can_be_off() {
    let server = Server::replies([Reply::Slowly(cut(2), GRACE * 2)]).await;
    call(&client(&server, limits(Duration::MAX))).await.unwrap();
    let error = call(&client(&server, limits(GRACE))).await.unwrap_err();
    assert!(error.message().contains("stalled"), "{error}");
}

#[tokio::test]
async fn a_head_over_the_limit_is_refused() {
    let long = |length: usize| Reply::status(200, &format!("X-Long: {}\r\n", "x".repeat(length)), OK);
    let server = Server::replies([long(60_000), long(66_000), long(600_000), Reply::json(OK)]).await;
    let client = client(&server, TimeoutOptions::default());
    call(&client).await.unwrap();
    for _ in 0..2 {
        let error = call(&client).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TooLarge, "{error}");
    }
    call(&client).await.unwrap();
}

#[tokio::test]
async fn json_may_nest_so_deep_and_no_deeper() {
    let nested = |depth: usize| {
        Reply::json(&format!(r#"{{"Response":{{"A":{}{}}}}}"#, "[".repeat(depth), "]".repeat(depth)))
    };
    for (depth, fine) in [(100, true), (200, false), (100_000, false)] {
        let server = Server::replies([nested(depth)]).await;
        let outcome = call(&client(&server, TimeoutOptions::default())).await;
        assert_eq!(outcome.is_ok(), fine, "{depth}");
        if let Err(error) = outcome {
            assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
        }
    }
}

#[tokio::test]
async fn idle_connections_end_before_the_server_ends_them() {
    assert!(HttpOptions::default().pool_idle_timeout < Duration::from_secs(10), "the strictest server known");
    let server = Server::replies([Reply::json(OK)]).await;
    let http = HttpOptions::builder()
        .pool_idle_timeout(Duration::from_millis(60))
        .proxies(Proxies::None)
        .build()
        .unwrap();
    let client = Client::<Tencent>::builder()
        .region("ap-guangzhou")
        .endpoint(server.url().as_str())
        .credentials(StaticCredentials::new(Credential::new("id", "secret").unwrap()))
        .http(http)
        .build()
        .unwrap();
    for wait in [0, 0, 150] {
        tokio::time::sleep(Duration::from_millis(wait)).await;
        call(&client).await.unwrap();
    }
    let connections: Vec<_> = server.requests().iter().map(|request| request.connection).collect();
    assert_eq!(connections, [0, 0, 1]);
}

/// A head that comes after the read limit: a service may work for a long time before it responds.
#[tokio::test]
async fn the_head_may_take_longer_than_the_read_limit() {
    let pieces = vec![Vec::new(), Vec::new(), http(200, "", OK)];
    let server = Server::replies([Reply::Slowly(pieces, GRACE / 2)]).await;
    let limits = TimeoutOptions::builder().read(GRACE / 5).stall(GRACE / 5).build().unwrap();
    call(&client(&server, limits)).await.unwrap();
}

#[tokio::test]
async fn the_error_names_the_limit_that_passed() {
    let short = Duration::from_millis(150);
    let whole = http(200, "", OK);
    let (head, half) = (whole[..whole.len() - OK.len()].to_vec(), whole[..whole.len() - 5].to_vec());
    let limits = TimeoutOptions::builder;
    for (reply, limits, wanted) in [
        (
            Reply::stall(),
            limits().attempt(short),
            "no response head within the attempt time limit of 150ms (`TimeoutOptions::attempt`)",
        ),
        (
            Reply::stall(),
            limits().total(short),
            "no response head within the total time limit of 150ms (`TimeoutOptions::total`)",
        ),
        (
            Reply::RawThenStall(head.clone()),
            limits().read(short),
            "no more bytes of the response body arrived within the read time limit of 150ms (`TimeoutOptions::read`)",
        ),
        (
            Reply::RawThenStall(half.clone()),
            limits().stall(short),
            "less than one byte per second within the stall time limit of 150ms (`TimeoutOptions::stall`)",
        ),
        (
            Reply::RawThenStall(half),
            limits().attempt(short),
            "the response body did not end within the attempt time limit of 150ms (`TimeoutOptions::attempt`)",
        ),
        (
            Reply::RawThenStall(head),
            limits().total(short),
            "the response body did not end within the total time limit of 150ms (`TimeoutOptions::total`)",
        ),
    ] {
        let server = Server::replies([reply]).await;
        let error = call(&client(&server, limits.build().unwrap())).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
        assert!(error.message().contains(wanted), "{error}");
    }
}
