//! `retry(...)` and `header(...)` of an action: what the call says comes before what the client says, and that before these.

use std::time::Duration;

use cloudcall::action::{Action, ActionInfo};
use cloudcall::client::{ClientBuilder, HttpOptions, Proxies};
use cloudcall::credential::{Credential, StaticCredentials};
use cloudcall::json::json;
use cloudcall::local::{LocalCloud, LocalResponse};
use cloudcall::prelude::*;
use cloudcall::retry::RetryDefaults;

#[cloud_action(
    provider = "tencent", product = "cvm", version = "2017-03-12", readonly,
    retry(max_attempts = 5, base_delay = "1ms", max_delay = 0.002),
    header("X-TC-Canary" = "action", "X-Team" = "action")
)]
struct DescribeDown {}

#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12", header("X-TC-Canary" = "action", "X-Team" = "action"))]
struct DescribeHeaders {}

async fn cloud() -> LocalCloud {
    LocalCloud::builder()
        .account("AKIDlong", "long-secret")
        .on("DescribeDown", |_| LocalResponse::raw(503, "text/html", "<html>"))
        .on("DescribeHeaders", |request| {
            LocalResponse::ok(
                json!({ "Canary": request.header("x-tc-canary"), "Team": request.header("x-team") }),
            )
        })
        .start()
        .await
        .unwrap()
}

fn client(cloud: &LocalCloud) -> ClientBuilder<Tencent> {
    Client::<Tencent>::builder()
        .region("ap-guangzhou")
        .endpoint(cloud.endpoint())
        .credentials(StaticCredentials::new(Credential::new("AKIDlong", "long-secret").unwrap()))
        .http(HttpOptions::builder().proxies(Proxies::None).build().unwrap())
}

fn attempts(number: u32) -> RetryPolicy {
    RetryPolicy::standard().max_attempts(number).base_delay(Duration::from_millis(1))
}

#[tokio::test]
async fn a_policy_of_the_call_comes_before_the_clients_and_that_before_the_actions() {
    let cloud = cloud().await;
    let (plain, own) = (client(&cloud).build().unwrap(), client(&cloud).retry(attempts(2)).build().unwrap());
    let standard = client(&cloud).retry(RetryPolicy::standard()).build().unwrap();
    let raw = DescribeDown::INFO.clone();
    assert_eq!(plain.describe_down().send().await.unwrap_err().attempts(), 5);
    assert_eq!(plain.invoker(DescribeDown {}).send().await.unwrap_err().attempts(), 5);
    assert_eq!(plain.raw_action(raw.clone()).send().await.unwrap_err().attempts(), 5);
    assert_eq!(own.describe_down().send().await.unwrap_err().attempts(), 2);
    assert_eq!(standard.describe_down().send().await.unwrap_err().attempts(), 3, "the client says so");
    for client in [&plain, &own] {
        assert_eq!(client.describe_down().with_retry(attempts(4)).send().await.unwrap_err().attempts(), 4);
        let invoker = client.invoker(DescribeDown {}).with_retry(attempts(4));
        assert_eq!(invoker.send().await.unwrap_err().attempts(), 4);
        let call = client.raw_action(raw.clone()).with_retry(attempts(4));
        assert_eq!(call.send().await.unwrap_err().attempts(), 4);
    }
}

#[tokio::test]
async fn a_header_of_the_call_comes_before_the_clients_and_that_before_the_actions() {
    let cloud = cloud().await;
    let (plain, own) =
        (client(&cloud).build().unwrap(), client(&cloud).header("x-team", "client").build().unwrap());
    let seen = |response: Result<Response<Value>, Error>| {
        let response = response.unwrap();
        ["Canary", "Team"].map(|name| response[name].as_str().map(str::to_owned).unwrap_or_default())
    };
    assert_eq!(seen(plain.describe_headers().send().await), ["action", "action"]);
    assert_eq!(seen(own.describe_headers().send().await), ["action", "client"]);
    for client in [&plain, &own] {
        let builder = client.describe_headers().add_header("X-Team", "call");
        assert_eq!(seen(builder.send().await), ["action", "call"]);
        let invoker = client.invoker(DescribeHeaders {}).add_header("X-Team", "call");
        assert_eq!(seen(invoker.send().await), ["action", "call"]);
    }
}

#[test]
fn defaults_are_facts_of_the_action() {
    let wanted = RetryDefaults::new()
        .max_attempts(5)
        .base_delay(Duration::from_millis(1))
        .max_delay(Duration::from_millis(2));
    assert_eq!(DescribeDown::INFO.retry(), Some(wanted));
    assert_eq!(DescribeHeaders::INFO.retry(), None);
    assert_eq!(DescribeHeaders::INFO.headers(), [("X-TC-Canary", "action"), ("X-Team", "action")]);
    assert!(ActionInfo::new("cvm", "2017-03-12", "DescribeZones").headers().is_empty());
}
