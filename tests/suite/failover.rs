//! The endpoints of a region of Huawei Cloud: a call moves on if it cannot reach one, whatever the retry policy says.

use cloudcall::action::ActionInfo;
use cloudcall::client::{HttpOptions, Proxies};
use cloudcall::credential::{Credential, StaticCredentials};
use cloudcall::http::Method;
use cloudcall::retry::RetryPolicy;
use cloudcall::{Client, ErrorKind, Huawei};
use cloudcall_tests::server::{Reply, Server};

/// Nothing listens there.
async fn closed_port() -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

fn client(endpoints: &[&str], retry: RetryPolicy) -> Client<Huawei> {
    let keys = Credential::new("AK", "SK").unwrap().with_project_id("p");
    let builder = Client::<Huawei>::builder()
        .region("r-1")
        .credentials(StaticCredentials::new(keys))
        .http(HttpOptions::builder().proxies(Proxies::None).build().unwrap())
        .retry(retry);
    let add = |builder: cloudcall::client::ClientBuilder<Huawei>, endpoint: &&str| {
        builder.endpoint_of("r-1", "vpc", *endpoint)
    };
    endpoints.iter().fold(builder, add).build().unwrap()
}

fn read() -> ActionInfo {
    ActionInfo::new("vpc", "v1", "ListVpcs").with_method(Method::GET).with_path("/v1/{project_id}/vpcs")
}

/// Sent twice it would do its work twice.
fn write() -> ActionInfo {
    ActionInfo::new("vpc", "v1", "CreateVpc").with_method(Method::POST).with_path("/v1/{project_id}/vpcs")
}

async fn server() -> Server {
    Server::start(|_, _| Reply::json("{}")).await
}

#[tokio::test]
async fn a_call_moves_on_without_retries_and_later_ones_stay_where_it_worked() {
    let (gone, works) = (closed_port().await, server().await);
    for info in [read, write] {
        let client = client(&[&gone, &works.url()], RetryPolicy::none());
        let attempts = async || client.raw_action(info()).send().await.unwrap().attempts();
        assert_eq!([attempts().await, attempts().await, attempts().await], [2, 1, 1]);
    }
    assert_eq!(works.requests().len(), 6);
}

#[tokio::test]
async fn an_endpoint_without_tls_is_passed_over_too() {
    let (plain, works) = (server().await, server().await);
    let secure = plain.url().replace("http://", "https://");
    let client = client(&[&secure, &works.url()], RetryPolicy::none());
    let response = client.raw_action(write()).send().await.unwrap();
    assert_eq!((response.attempts(), works.requests().len()), (2, 1));
}

#[tokio::test]
async fn each_endpoint_is_tried_once_and_the_next_call_begins_anew() {
    let gone = [closed_port().await, closed_port().await, closed_port().await];
    let all = client(&gone.each_ref().map(String::as_str), RetryPolicy::none());
    for _ in 0..2 {
        let error = all.raw_action(read()).invoke().await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connect, 3), "{error}");
    }
    // Retries come after the other endpoints, and wait as ever.
    let policy = RetryPolicy::standard().max_attempts(3).base_delay(std::time::Duration::from_millis(1));
    let error = client(&[&gone[0], &gone[1]], policy).raw_action(read()).invoke().await.unwrap_err();
    assert_eq!(error.attempts(), 3, "{error}");
}

#[tokio::test]
async fn what_may_have_arrived_goes_nowhere_else() {
    let (closes, other) = (Server::start(|_, _| Reply::close()).await, server().await);
    let client = client(&[&closes.url(), &other.url()], RetryPolicy::none());
    for info in [read, write] {
        let error = client.raw_action(info()).invoke().await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Io, 1), "{error}");
    }
    let busy = Server::start(|_, _| Reply::status(503, "", "{}")).await;
    let client = self::client(&[&busy.url(), &other.url()], RetryPolicy::none());
    assert_eq!(client.raw_action(read()).invoke().await.unwrap_err().attempts(), 1);
    assert_eq!(other.requests().len(), 0);
}

#[tokio::test]
async fn calls_at_once_skip_no_endpoint() {
    let (gone, works) = (closed_port().await, server().await);
    let client = client(&[&gone, &works.url()], RetryPolicy::none());
    let calls: Vec<_> = (0..20).map(|_| tokio::spawn(client.raw_action(write()).invoke())).collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(works.requests().len(), 20);
}
