//! What people read when something went wrong: the host, the keys, the local cloud, a response in a log.

use cloudcall::action::ActionInfo;
use cloudcall::client::{ClientBuilder, HttpOptions, Proxies};
use cloudcall::credential::{Credential, StaticCredentials};
use cloudcall::error::SendState;
use cloudcall::http::Method;
use cloudcall::json::json;
use cloudcall::local::{LocalCloud, LocalResponse};
use cloudcall::provider::Provider;
use cloudcall::retry::RetryPolicy;
use cloudcall::transport::{HttpRequest, HttpResponse, HttpSend, TransportError};
use cloudcall::{Alibaba, Client, ErrorKind, Huawei, Qcloud, Tencent, Volcengine};
use cloudcall_tests::transport::Transport;

fn builder<P: Provider + Default>(region: &str, secret: &str) -> ClientBuilder<P> {
    let keys = Credential::new("AKIDmessages", secret).unwrap().with_project_id("p1");
    Client::<P>::builder()
        .region(region)
        .credentials(StaticCredentials::new(keys))
        .retry(RetryPolicy::none())
        .http(HttpOptions::builder().proxies(Proxies::None).build().unwrap())
}

/// A network without the host that is called.
#[derive(Debug)]
struct NoSuchHost;

#[cloudcall::async_trait]
impl HttpSend for NoSuchHost {
    async fn send(&self, _: HttpRequest) -> Result<HttpResponse, TransportError> {
        let error = TransportError::new(ErrorKind::Connect, SendState::No, "no connection");
        Err(error.with_source("dns error"))
    }
}

async fn unknown<P: Provider + Default>(product: &str, region: &str) -> String {
    let path = if P::default().name() == "volcengine" { "/" } else { "/v1/list" };
    let client = builder::<P>(region, "secret").transport(NoSuchHost).build().unwrap();
    let action = ActionInfo::dynamic(product, "2020-01-01", "List").with_path(path);
    let call = client.raw_action(action);
    call.send().await.unwrap_err().message().to_owned()
}

#[tokio::test]
async fn a_misspelt_region_gets_a_similar_one() {
    for (message, wanted) in [
        (
            unknown::<Huawei>("ecs", "cn-nort-4").await,
            "the host `ecs.cn-nort-4.myhuaweicloud.com` was not found: the region `cn-nort-4` is not known for `ecs`, did \
             you mean `cn-north-4`?",
        ),
        (
            unknown::<Huawei>("ecs", "mars-1").await,
            "the host `ecs.mars-1.myhuaweicloud.com` was not found: the region `mars-1` is not known for `ecs`",
        ),
        (
            unknown::<Huawei>("ecs", "cn-north-4").await,
            "the host `ecs.cn-north-4.myhuaweicloud.com` was not found",
        ),
        (
            unknown::<Alibaba>("ecs", "cn-hangzhuo").await,
            "the host `ecs.cn-hangzhuo.aliyuncs.com` was not found: the region `cn-hangzhuo` is not known for `ecs`, did \
             you mean `cn-hangzhou`?",
        ),
        // The host of Tencent Cloud does not depend on the region.
        (unknown::<Tencent>("cvm", "ap-gz").await, "the host `cvm.tencentcloudapi.com` was not found"),
    ] {
        assert_eq!(message, wanted);
    }
    let volcengine = unknown::<Volcengine>("ecs", "cn-bejing").await;
    assert!(volcengine.contains("did you mean `cn-beijing`?"), "{volcengine}");
}

#[tokio::test]
async fn both_transports_report_an_unknown_host_in_the_same_way() {
    // No resolver asks the network for a name of more than 255 characters.
    let url = format!("http://{}internal/", "a-very-long-name.".repeat(20));
    let request = cloudcall::http::Request::get(url).body(cloudcall::Bytes::new()).unwrap();
    let options = HttpOptions::builder().proxies(Proxies::None).build().unwrap();
    let error = Transport::new(&options).unwrap().send(request).await.unwrap_err();
    assert_eq!((error.kind, error.sent), (ErrorKind::Connect, SendState::No), "{error:?}");
    let first = std::error::Error::source(&error);
    let mut causes = std::iter::successors(first, |&cause| cause.source());
    assert!(causes.any(|cause| cause.to_string() == "dns error"), "{error:?}");
}

async fn cloud() -> LocalCloud {
    let cloud = LocalCloud::builder().account("AKIDmessages", "right-secret");
    let cloud = cloud.on("DescribeZones", |_| LocalResponse::ok(json!({ "ZoneSet": [] })));
    let path = "/v1/{project_id}/vpcs";
    cloud.on_path(Method::GET, path, |_| LocalResponse::ok(json!({ "vpcs": [] }))).start().await.unwrap()
}

#[tokio::test]
async fn a_wrong_secret_gets_advice() {
    let cloud = cloud().await;
    let tencent =
        builder::<Tencent>("ap-guangzhou", "wrong-secret").endpoint(cloud.endpoint()).build().unwrap();
    let error = tencent.raw("cvm", "2017-03-12", "DescribeZones").send().await.unwrap_err();
    assert!(error.is_auth(), "{error}");
    let advice = "(check that the SecretKey belongs to this SecretId and has no blanks around it; the signature covered \
                  the headers `content-type;host`, which no proxy may change)";
    assert!(error.message().ends_with(advice), "{error}");

    let huawei = builder::<Huawei>("cn-north-4", "wrong-secret").endpoint(cloud.endpoint()).build().unwrap();
    let action = ActionInfo::dynamic("vpc", "v1", "ListVpcs")
        .with_method(Method::GET)
        .with_path("/v1/{project_id}/vpcs");
    let error = huawei.raw_action(action).send().await.unwrap_err();
    assert!(error.is_auth(), "{error}");
    let message = error.message();
    assert!(message.contains("(check that the SK belongs to this AK and has no blanks around it"), "{error}");
    assert!(message.contains("x-sdk-date"), "{error}");
    for error in [format!("{error:?}"), error.to_string()] {
        assert!(!error.contains("wrong-secret"), "{error}");
    }
}

#[tokio::test]
async fn a_call_that_names_no_request_of_its_cloud_is_refused_before_it_is_signed() {
    let endpoint = "http://127.0.0.1:9";
    let huawei = builder::<Huawei>("cn-north-4", "secret").endpoint(endpoint).build().unwrap();
    let error = huawei.raw("vpc", "v3", "ListVpcs").sign_only().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    assert!(error.message().contains("`ListVpcs` of Huawei Cloud needs a method and a path"), "{error}");
    let root = ActionInfo::new("vpc", "v3", "ListVersions").with_method(Method::GET).with_path("/");
    assert_eq!(huawei.raw_action(root).sign_only().await.unwrap().uri().path(), "/");

    let tencent = builder::<Tencent>("ap-guangzhou", "secret").endpoint(endpoint).build().unwrap();
    for (product, version, wanted) in [
        ("cvm", "v20170312", "did you mean `2017-03-12`?"),
        ("cvm", "20170312", "did you mean `2017-03-12`?"),
        ("cvm", "", "the version is empty"),
        ("Cvm", "2017-03-12", "there is no product `Cvm`: did you mean `cvm`?"),
        ("cvm.evil.org/", "2017-03-12", "is not a product"),
    ] {
        let error = tencent.raw(product, version, "DescribeZones").sign_only().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(error.message().contains(wanted), "{error}");
    }
    let upper =
        tencent.raw("cvm", "2017-03-12", "DescribeZones").with_region("AP-Guangzhou").sign_only().await;
    assert!(upper.unwrap_err().message().contains("did you mean `ap-guangzhou`?"));

    let alibaba = builder::<Alibaba>("cn-hangzhou", "secret").endpoint(endpoint).build().unwrap();
    assert!(alibaba.raw("aicontent", "20240611", "DescribeIt").sign_only().await.is_ok());
    assert!(alibaba.raw("ecs", "v20140526", "DescribeIt").sign_only().await.is_err());
    let volcengine = builder::<Volcengine>("cn-beijing", "secret").endpoint(endpoint).build().unwrap();
    assert!(volcengine.raw("ecs", "20200401", "DescribeIt").sign_only().await.is_err());
    assert!(volcengine.raw("e c s", "2020-04-01", "DescribeIt").sign_only().await.is_err());

    let nameless = tencent.raw("cvm", "2017-03-12", " ").sign_only().await.unwrap_err().to_string();
    assert!(nameless.starts_with("config: tencent: the action has no name"), "{nameless}");
}

#[tokio::test]
async fn the_legacy_api_says_what_to_check() {
    let cloud = cloud().await;
    let qcloud = builder::<Qcloud>("gz", "wrong-secret").endpoint(cloud.endpoint()).build().unwrap();
    let error = qcloud.raw("cvm", "", "DescribeZones").send().await.unwrap_err();
    assert_eq!((error.code(), error.kind()), (Some("4100"), ErrorKind::Auth));
    assert!(
        error.message().contains("(check that the SecretId exists, that the SecretKey belongs to it"),
        "{error}"
    );
}

#[tokio::test]
async fn the_local_cloud_says_that_it_has_no_rule() {
    let cloud = cloud().await;
    let tencent =
        builder::<Tencent>("ap-guangzhou", "right-secret").endpoint(cloud.endpoint()).build().unwrap();
    let error = tencent.raw("cvm", "2017-03-12", "DescribeZone").send().await.unwrap_err();
    let advice = "(the local cloud has no rule for it: add `.on(\"DescribeZone\", …)`, or `--answer DescribeZone` of \
                  the command; its rules are: DescribeZones, GET /v1/{project_id}/vpcs)";
    assert!(error.message().ends_with(advice), "{error}");
    let huawei = builder::<Huawei>("cn-north-4", "right-secret").endpoint(cloud.endpoint()).build().unwrap();
    let action =
        ActionInfo::dynamic("vpc", "v1", "ListSubnets").with_method(Method::GET).with_path("/v1/subnets");
    let error = huawei.raw_action(action).send().await.unwrap_err();
    assert!(
        error
            .message()
            .contains("add `.on_path(Method::GET, \"/v1/subnets\", …)`, or `--answer 'GET /v1/subnets'`"),
        "{error}"
    );
}

#[tokio::test]
async fn a_response_in_a_log_is_short() {
    let cloud = cloud().await;
    let client =
        builder::<Tencent>("ap-guangzhou", "right-secret").endpoint(cloud.endpoint()).build().unwrap();
    let response = client.raw("cvm", "2017-03-12", "DescribeZones").send().await.unwrap();
    let id = response.request_id().unwrap();
    let wanted = format!("status: 200, request_id: {id:?}, .. }}");
    let shown = format!("{response:?}");
    assert!(shown.starts_with("Response { value: ") && shown.ends_with(&wanted), "{shown}");
    assert!(shown.len() < 200, "{shown}");
}
