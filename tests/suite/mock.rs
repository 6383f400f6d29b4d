//! Test support for users: the mock transport, and time that stands still.

use std::time::{Duration, SystemTime};

use cloudcall::action::{ActionInfo, CallStyle};
use cloudcall::context::{Clock, Random, ReadFile, Sleep};
use cloudcall::error::SendState;
use cloudcall::http::Method;
use cloudcall::json::json;
use cloudcall::provider::Provider;
use cloudcall::testing::{FakeEnv, FakeFiles, FakeTime, MockResponse, MockRule, MockTransport, context};
use cloudcall::{Alibaba, Client, Error, ErrorKind, Huawei, Qcloud, Tencent};

const ZONES: &str = "DescribeZones";

fn client<P: Provider + Default>(mock: &MockTransport) -> Client<P> {
    mock.client::<P>().region("cn-north-4").build().unwrap()
}

fn mock(rules: impl IntoIterator<Item = MockRule>) -> MockTransport {
    rules.into_iter().fold(MockTransport::builder(), |builder, rule| builder.rule(rule)).build().unwrap()
}

async fn zones(mock: &MockTransport) -> Result<cloudcall::Value, Error> {
    let call = client::<Tencent>(mock).raw("cvm", "2017-03-12", ZONES).json(json!({ "Limit": 5 }));
    call.invoke().await.map(cloudcall::Response::into_inner)
}

fn vpcs() -> ActionInfo {
    ActionInfo::new("vpc", "v3", "ListVpcs").with_method(Method::GET).with_path("/v3/{project_id}/vpc/vpcs")
}

/// One response for all clouds: each gets it in its own envelope, also an error.
#[tokio::test]
async fn every_cloud_gets_its_own_envelope() {
    let mock = mock([
        MockRule::any().respond(MockResponse::ok(json!({ "n": 1 }))),
        MockRule::action("Fails").respond(MockResponse::error("Odd.Code", "it is odd")),
    ]);
    let (tencent, qcloud) = (client::<Tencent>(&mock), client::<Qcloud>(&mock));
    let (huawei, alibaba) = (client::<Huawei>(&mock), client::<Alibaba>(&mock));
    let rest = |name: &'static str| {
        huawei.raw_action(
            ActionInfo::new("vpc", "v3", name).with_method(Method::GET).with_path("/v3/{project_id}/vpcs"),
        )
    };
    let roa = |name: &'static str| {
        let info = ActionInfo::new("cs", "2015-12-15", name).with_style(CallStyle::Roa);
        alibaba.raw_action(info.with_method(Method::GET).with_path("/clusters"))
    };
    for (good, bad) in [
        (
            tencent.raw("cvm", "2017-03-12", "Works").send().await,
            tencent.raw("cvm", "2017-03-12", "Fails").send().await,
        ),
        (qcloud.raw("cvm", "", "Works").send().await, qcloud.raw("cvm", "", "Fails").send().await),
        (rest("Works").send().await, rest("Fails").send().await),
        (
            alibaba.raw("ecs", "2014-05-26", "Works").send().await,
            alibaba.raw("ecs", "2014-05-26", "Fails").send().await,
        ),
        (roa("Works").send().await, roa("Fails").send().await),
    ] {
        let good = good.unwrap();
        assert_eq!(good["n"], 1);
        let bad = bad.unwrap_err();
        let cloud = bad.provider().unwrap().to_owned();
        assert_eq!(
            (bad.code(), bad.message(), bad.attempts()),
            (Some("Odd.Code"), "it is odd", 1),
            "{cloud}"
        );
        assert!(cloud == "qcloud" || bad.request_id().is_some(), "{cloud}");
        assert!(cloud == "qcloud" || good.request_id().is_some(), "{cloud}");
    }
    let names: Vec<_> = mock.requests().iter().map(|request| request.action.clone()).collect();
    assert_eq!(names, ["Works", "Fails"].repeat(5), "by name, in REST APIs too");
}

#[tokio::test]
async fn responses_are_used_in_order_and_the_last_one_repeats() {
    let rule = MockRule::action(ZONES)
        .respond(MockResponse::bare(503))
        .respond(MockResponse::ok(json!({ "TotalCount": 1 })))
        .respond_with(|request| MockResponse::ok(json!({ "TotalCount": request.earlier })))
        .times(4);
    let mock = mock([rule]);
    for wanted in [1, 2, 3] {
        assert_eq!(zones(&mock).await.unwrap()["TotalCount"], wanted);
    }
    assert_eq!((mock.count(ZONES), mock.time().waits().len()), (4, 1));
    mock.verify().unwrap();
}

#[tokio::test]
async fn typed_responses_status_and_headers_can_be_set() {
    #[cloudcall::cloud_model(provider = "tencent")]
    struct Zones {
        total_count: Option<i64>,
    }
    let mock = mock([MockRule::action(ZONES)
        .respond(MockResponse::error("ResourceNotFound", "none").status(404).header("Retry-After", "7"))
        .respond(MockResponse::ok(Zones { total_count: Some(4) }))]);
    let error = zones(&mock).await.unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::NotFound, 404));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    assert_eq!(zones(&mock).await.unwrap()["TotalCount"], 4);
}

type Refine = fn(MockRule) -> MockRule;

#[tokio::test]
async fn every_condition_holds_or_says_why_not() {
    let wide = || MockRule::any().respond(MockResponse::ok(json!({ "wide": true })));
    let rules: [(Refine, Refine, &str); 9] = [
        (|r| r.cloud("tencent"), |r| r.cloud("huawei"), "the cloud is `tencent`, not `huawei`"),
        (|r| r.product("cvm"), |r| r.product("cbs"), "the product is `cvm`, not `cbs`"),
        (|r| r.method(Method::POST), |r| r.method(Method::GET), "the method is `POST`, not `GET`"),
        (
            |r| r.host("cvm.tencentcloudapi.com"),
            |r| r.host("cbs.tencentcloudapi.com"),
            "the host is `cvm.tencentcloudapi.com`, not `cbs.tencentcloudapi.com`",
        ),
        (|r| r.param("Limit", 5), |r| r.param("Limit", 6), "the parameter `Limit` is `5`, not `6`"),
        (
            |r| r.header("X-TC-Version", "2017-03-12"),
            |r| r.header("X-Other", "1"),
            "there is no header `X-Other`",
        ),
        (
            |r| r.body(|body| body["Limit"] == 5),
            |r| r.body(|_| false),
            "the function of `body` returned false",
        ),
        (
            |r| r.when(|request| request.path == "/"),
            |r| r.when(|_| false),
            "the function of `when` returned false",
        ),
        (|r| r, |r| r.query("a", "b"), "there is no query parameter `a`"),
    ];
    for (fits, misses, why) in rules {
        let special = || MockRule::action(ZONES).respond(MockResponse::ok(json!({ "special": true })));
        let mock = mock([wide(), fits(special())]);
        assert_eq!(zones(&mock).await.unwrap()["special"], true, "{why}");
        let mock = self::mock([wide(), misses(special())]);
        assert_eq!(zones(&mock).await.unwrap()["wide"], true, "{why}");
        let mock = self::mock([misses(special())]);
        let error = zones(&mock).await.unwrap_err().to_string();
        assert!(error.contains(why), "{why}: {error}");
    }
}

#[tokio::test]
async fn queries_and_paths_of_rest_apis_are_conditions() {
    let mock = mock([
        MockRule::path(Method::GET, "/v3/{project}/vpc/vpcs")
            .respond(MockResponse::ok(json!({ "vpcs": [] }))),
        MockRule::action("ListVpcs")
            .query("limit", "2")
            .param("limit", 2)
            .respond(MockResponse::ok(json!({ "vpcs": [1, 2] })))
            .times(1),
    ]);
    let client = client::<Huawei>(&mock);
    let few = client.raw_action(vpcs()).json(json!({ "limit": 2 })).invoke().await.unwrap();
    assert_eq!(few["vpcs"], json!([1, 2]));
    assert_eq!(client.raw_action(vpcs()).invoke().await.unwrap()["vpcs"], json!([]));
    let sent = &mock.requests()[0];
    assert_eq!((sent.provider, sent.path.as_str()), ("huawei", "/v3/test-project/vpc/vpcs"));
    assert_eq!(sent.query, [("limit".to_owned(), "2".to_owned())]);
    assert_eq!(sent.param("limit").as_deref(), Some("2"), "a query parameter is a parameter, too");
    mock.verify().unwrap();
}

#[tokio::test]
async fn a_request_that_no_rule_fits_is_told_and_not_retried() {
    let mock = mock([
        MockRule::action("DescribeZone").respond(MockResponse::ok(json!({}))),
        MockRule::action("DescribeRegions").product("cbs").respond(MockResponse::ok(json!({}))),
    ]);
    let error = zones(&mock).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts(), error.may_have_been_sent()), (ErrorKind::Config, 1, false));
    assert_eq!(
        error.message(),
        "mock: no rule matches tencent DescribeZones (POST cvm.tencentcloudapi.com/); the nearest, for action DescribeZone, \
         does not match because the action is `DescribeZones`, not `DescribeZone`; the rules are: 1. action DescribeZone; \
         2. action DescribeRegions, product cbs"
    );
    assert_eq!(mock.requests().len(), 1);
    let unmet = mock.verify().unwrap_err().to_string();
    assert!(unmet.contains("- no rule matches tencent DescribeZones"), "{unmet}");
    let error = zones(&self::mock([])).await.unwrap_err();
    assert!(error.message().ends_with("the mock has no rules"), "{error}");
}

#[tokio::test]
async fn expectations_that_are_not_met_read_well() {
    let ok = || MockResponse::ok(json!({}));
    let mock = mock([
        MockRule::action(ZONES).param("Limit", 5).respond(ok()).times(2),
        MockRule::action("DescribeRegions").respond(ok()).at_least(1),
        MockRule::action("RunInstances").respond(ok()),
    ]);
    zones(&mock).await.unwrap();
    let unmet = mock.verify().unwrap_err();
    let wanted = "expectations were not met:\
        \n  - action DescribeZones, parameter Limit = 5: expected 2 requests, 1 came\
        \n  - action DescribeRegions: expected at least 1 request, none came\
        \nreceived:\
        \n  1. tencent DescribeZones (POST cvm.tencentcloudapi.com/)";
    assert_eq!(unmet.to_string(), wanted);
    assert_eq!(format!("{unmet:?}"), wanted, "what `?` in a test prints");
    let none = self::mock([MockRule::action(ZONES).respond(ok()).times(1)]);
    assert!(none.verify().unwrap_err().to_string().ends_with("no request was received"));
}

#[tokio::test]
async fn never_means_never() {
    let mock = mock([MockRule::any().respond(MockResponse::ok(json!({}))), MockRule::action(ZONES).never()]);
    mock.verify().unwrap();
    let error = zones(&mock).await.unwrap_err();
    assert!(error.message().contains("the rule for action DescribeZones expects no request"), "{error}");
    let unmet = mock.verify().unwrap_err().to_string();
    assert!(unmet.contains("expected no request, 1 came"), "{unmet}");
}

#[tokio::test]
async fn transports_fail_as_the_test_wants() {
    type Case = (MockResponse, ErrorKind, bool);
    let whole = || MockResponse::ok(json!({ "TotalCount": 1 }));
    let odd = MockResponse::failure(ErrorKind::Tls, SendState::No, "a wrong certificate");
    let cases: [Case; 6] = [
        (MockResponse::refused(), ErrorKind::Connect, false),
        (MockResponse::hang_up(), ErrorKind::Io, true),
        (MockResponse::silence(), ErrorKind::Timeout, true),
        (whole().cut_off(), ErrorKind::Io, true),
        (whole().stuck(), ErrorKind::Timeout, true),
        (odd, ErrorKind::Tls, false),
    ];
    for (response, kind, sent) in cases {
        let shown = format!("{response:?}");
        let mock = mock([MockRule::action(ZONES).respond(response)]);
        let call = client::<Tencent>(&mock)
            .raw("cvm", "2017-03-12", ZONES)
            .with_retry(cloudcall::retry::RetryPolicy::none());
        let error = call.invoke().await.unwrap_err();
        assert_eq!((error.kind(), error.may_have_been_sent()), (kind, sent), "{shown}: {error}");
    }
}

#[tokio::test]
async fn late_responses_take_only_fake_time() {
    let late = |seconds| MockResponse::ok(json!({})).after(Duration::from_secs(seconds));
    let mock = mock([MockRule::action(ZONES).respond(late(20)).respond(late(90)).respond(late(1))]);
    let start = mock.time().uptime();
    zones(&mock).await.unwrap();
    assert_eq!(mock.time().uptime() - start, Duration::from_secs(20));
    assert!(mock.time().waits().is_empty(), "the world's time is no wait of the program");
    zones(&mock).await.unwrap();
    assert_eq!(mock.count(ZONES), 3, "the second one comes after the 60 s of an attempt, and is asked again");
    let passed = mock.time().uptime() - start;
    assert!((81..83).contains(&passed.as_secs()), "{passed:?}");
}

#[tokio::test]
async fn bodies_come_in_pieces() {
    let pieces = ["{\"Response\":{\"Total", "Count\":9,\"RequestId\":\"r\"}}"];
    let mock = mock([MockRule::action(ZONES).respond(MockResponse::pieces(200, "application/json", pieces))]);
    assert_eq!(zones(&mock).await.unwrap()["TotalCount"], 9);
}

#[test]
fn mistakes_of_the_test_are_found_when_it_is_built() {
    let odd_value: std::collections::BTreeMap<Vec<u8>, u8> = [(vec![1], 1)].into();
    for (rule, what) in [
        (MockRule::action("A"), "the rule for action A has no response"),
        (MockRule::action("A").respond(MockResponse::bare(99)), "99 is not an HTTP status"),
        (MockRule::action("A").respond(MockResponse::ok(json!({})).header("a b", "")), "is not a header"),
        (MockRule::action("A").respond(MockResponse::ok(odd_value)), "cannot be written as JSON"),
        (MockRule::action("A").respond(MockResponse::refused().status(200)), "a failure has no status"),
    ] {
        let error = MockTransport::builder().rule(rule).build().unwrap_err();
        assert!(error.kind() == ErrorKind::Config && error.message().contains(what), "{what}: {error}");
    }
    let error = MockTransport::builder().otherwise(MockResponse::bare(1000)).build().unwrap_err();
    assert!(error.message().contains("1000 is not an HTTP status"), "{error}");
}

#[tokio::test]
async fn what_was_sent_can_be_read_and_shows_no_secret() {
    let mock = mock([MockRule::any().respond(MockResponse::ok(json!({})))]);
    let keys = cloudcall::credential::Credential::new("AKIDown", "planted-mock-secret")
        .unwrap()
        .with_token("planted-mock-token");
    let client = mock.client::<Tencent>().region("ap-guangzhou");
    let client = client.credentials(cloudcall::credential::StaticCredentials::new(keys)).build().unwrap();
    let params = json!({ "Filters": [{ "Name": "zone", "Values": ["a"] }] });
    client.raw("cvm", "2017-03-12", ZONES).json(params.clone()).invoke().await.unwrap();
    let sent = &mock.requests()[0];
    assert_eq!((sent.product.as_str(), sent.version.as_str()), ("cvm", "2017-03-12"));
    assert_eq!(sent.region.as_deref(), Some("ap-guangzhou"));
    assert_eq!((sent.json(), &sent.params), (Some(params.clone()), &params));
    assert_eq!(sent.param("Filters.0.Values.0").as_deref(), Some("a"));
    assert_eq!(sent.header("x-tc-token"), Some("planted-mock-token"), "the test may look");
    let shown = format!("{mock:?} {sent:?}");
    assert!(!shown.contains("planted") && !shown.contains("Signature="), "{shown}");
}

#[tokio::test]
async fn two_runs_are_the_same() {
    let mut runs = Vec::new();
    for seed in [1, 1, 2] {
        let time = FakeTime::new().seed(seed);
        let rule = MockRule::any().respond(MockResponse::bare(503)).respond(MockResponse::ok(json!({})));
        let mock = MockTransport::builder().time(time).rule(rule).build().unwrap();
        let client = client::<Alibaba>(&mock);
        client.raw("ecs", "2014-05-26", "DescribeRegions").invoke().await.unwrap();
        let requests: Vec<_> = mock.requests().iter().map(|request| request.headers.clone()).collect();
        runs.push((requests, mock.time().waits()));
    }
    assert_eq!(runs[0], runs[1]);
    assert_ne!(runs[0], runs[2]);
}

#[tokio::test]
async fn waits_end_in_their_order_and_limits_stand() {
    let time = FakeTime::at(1_000);
    let long = tokio::spawn(time.sleep(Duration::from_secs(9)));
    let limit = tokio::spawn(time.tick(Duration::from_secs(1)));
    time.sleep(Duration::from_secs(3)).await;
    long.await.unwrap();
    assert_eq!(time.waits(), [Duration::from_secs(3), Duration::from_secs(9)]);
    assert_eq!(time.uptime(), Duration::from_secs(9), "both at once, not one after the other");
    assert_eq!(time.now(), SystemTime::UNIX_EPOCH + Duration::from_secs(1_009));
    limit.await.unwrap();
    let limit = time.tick(Duration::from_secs(1));
    let limit = tokio::spawn(limit);
    tokio::task::yield_now().await;
    assert!(!limit.is_finished(), "no response is delayed");
    time.advance(Duration::from_secs(1));
    limit.await.unwrap();
    assert_eq!(time.waits().len(), 2, "a limit is no wait");
}

#[tokio::test]
async fn time_by_hand_passes_by_hand() {
    let time = FakeTime::new().by_hand();
    let task = tokio::spawn(time.sleep(Duration::from_secs(5)));
    assert_eq!(time.asleep().await, Duration::from_secs(5));
    time.advance(Duration::from_secs(4));
    tokio::task::yield_now().await;
    assert!(!task.is_finished());
    assert_eq!(time.asleep().await, Duration::from_secs(1));
    time.advance(Duration::from_secs(1));
    task.await.unwrap();
    time.advance(Duration::MAX);
    assert!(time.now() >= SystemTime::UNIX_EPOCH, "too far is no panic");
}

#[test]
fn a_context_has_nothing_of_the_process() {
    let bare = context();
    assert_eq!((bare.env.var("PATH"), bare.env.home()), (None, None));
    assert!(bare.files.read("Cargo.toml".as_ref()).is_err());
    let (mut one, mut other) = ([0; 16], [0; 16]);
    bare.random.fill(&mut one);
    context().random.fill(&mut other);
    assert_eq!(one, other, "the same chance in every run");
    FakeTime::new().seed(0).fill(&mut one);
    assert_ne!(one, [0; 16]);
    let env = FakeEnv::new().set("KEY", "planted-env");
    let at = SystemTime::UNIX_EPOCH + Duration::from_secs(5);
    let files = FakeFiles::new().file("/a", "planted-file").file_of("/b", "b", at);
    assert!(!format!("{env:?} {files:?}").contains("planted"));
    assert_eq!(files.modified("/b".as_ref()).unwrap(), at);
    assert_eq!(files.read("/none".as_ref()).unwrap_err().kind(), std::io::ErrorKind::NotFound);
}
