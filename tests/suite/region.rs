//! The region of a call: where it is sent, and that no kind of call loses or invents one.

use std::time::Duration;

use cloudcall::action::{ActionInfo, BodyFormat, CallStyle, Param, ParamLocation};
use cloudcall::client::{ClientBuilder, HttpOptions, Proxies};
use cloudcall::credential::{Credential, StaticCredentials};
use cloudcall::http::Method;
use cloudcall::json::{Value, json};
use cloudcall::local::{LocalCloud, LocalResponse};
use cloudcall::provider::alibaba::SignMethod;
use cloudcall::retry::RetryPolicy;
use cloudcall::{Alibaba, Client, Error, ErrorKind, Tencent, blocking, cloud_action, cloud_model};
use futures_util::TryStreamExt as _;

fn direct() -> HttpOptions {
    HttpOptions::builder().proxies(Proxies::None).build().unwrap()
}

fn keys() -> StaticCredentials {
    StaticCredentials::new(Credential::new("AKID", "secret").unwrap())
}

fn alibaba() -> ClientBuilder<Alibaba> {
    Client::<Alibaba>::builder().region("us-west-1").credentials(keys())
}

async fn query(client: &Client<Alibaba>, info: ActionInfo, params: Value) -> String {
    let request = client.raw_action(info).json(params).sign_only().await.unwrap();
    request.uri().query().unwrap_or_default().to_owned()
}

fn rpc(name: &'static str) -> ActionInfo {
    ActionInfo::new("ecs", "2014-05-26", name)
}

#[tokio::test]
async fn an_rpc_call_names_the_region_of_its_host() {
    for method in [SignMethod::Acs3HmacSha256, SignMethod::HmacSha1] {
        let client = alibaba().sign_method(method).build().unwrap();
        let call = || client.raw("Ecs", "2014-05-26", "DescribeInstances");
        for (region, call) in [("us-west-1", call()), ("eu-central-1", call().with_region("eu-central-1"))] {
            let request = call.sign_only().await.unwrap();
            assert_eq!(request.uri().host().unwrap(), format!("ecs.{region}.aliyuncs.com"));
            let query = request.uri().query().unwrap();
            assert_eq!(query.matches("RegionId").count(), 1, "{query}");
            assert!(query.contains(&format!("RegionId={region}")), "{query}");
        }
        // No region is assumed: neither for the host nor for the parameter.
        for client in [alibaba().region(""), alibaba().region("us-west-1")] {
            let client = client.sign_method(method).build().unwrap();
            let call = client.raw("ecs", "2014-05-26", "DescribeInstances").with_region("");
            let error = call.sign_only().await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Config);
            assert!(error.message().contains("`ecs` needs a region"), "{error}");
            let own = client.raw("ecs", "2014-05-26", "X").with_region("").with_endpoint("ecs.example.com");
            assert!(!own.sign_only().await.unwrap().uri().to_string().contains("RegionId"));
        }
    }
}

#[tokio::test]
async fn what_the_caller_said_of_the_region_holds() {
    let client = alibaba().build().unwrap();
    let named = |query: &str| query.matches("RegionId=").count();
    let own = query(&client, rpc("A"), json!({ "RegionId": "cn-beijing" })).await;
    assert_eq!(own, "RegionId=cn-beijing");
    assert_eq!(query(&client, rpc("A"), json!({ "RegionId": null })).await, "RegionId=us-west-1");
    // In the body, as a form and as JSON.
    for content in [BodyFormat::Form, BodyFormat::Json] {
        let call = |name: &'static str| {
            let param = Param::new(name).place(ParamLocation::Body);
            client.raw_action(rpc("A").with_body_format(content)).param(param, "cn-beijing").sign_only()
        };
        assert_eq!(call("RegionId").await.unwrap().uri().query(), None, "{content:?}");
        let other = call("Region").await.unwrap();
        assert_eq!(other.uri().query(), Some("RegionId=us-west-1"), "{content:?}");
    }
    // The action takes none, the style sends none, or the client shall not.
    assert_eq!(query(&client, rpc("A").regionless(), json!({})).await, "");
    let roa = ActionInfo::new("cs", "2015-12-15", "A")
        .with_path("/x")
        .with_style(CallStyle::Roa)
        .with_method(Method::GET);
    assert_eq!(query(&client, roa, json!({})).await, "");
    let silent = alibaba().omit_region_id().build().unwrap();
    assert_eq!(query(&silent, rpc("A"), json!({})).await, "");
    // A parameter called `Signature` is the action's own under ACS3.
    let signature = query(&client, rpc("A"), json!({ "Signature": "x" })).await;
    assert_eq!((named(&signature), signature.contains("Signature=x")), (1, true), "{signature}");
}

#[cloud_action(provider = "alibaba", product = "ecs", version = "2014-05-26", response = Disks,
               paginate(page_number = page_number, page_size = page_size, total = total_count, items = disk))]
struct DescribeDisks {
    page_number: Option<i64>,
    page_size: Option<i64>,
}

#[cloud_model(provider = "alibaba", response)]
struct Disks {
    total_count: Option<i64>,
    disk: Option<Vec<i64>>,
}

#[cloud_action(provider = "alibaba", product = "ecs", version = "2014-05-26", response = Value, regionless)]
struct StopInstance {
    instance_id: String,
}

cloudcall_models::actions! {
    alibaba ecs "2014-05-26": StartInstance;
    alibaba slb "2014-05-15": DeleteLoadBalancer;
}

#[tokio::test]
async fn the_catalogue_says_which_actions_take_a_region() {
    let client = alibaba().build().unwrap();
    let started = alibaba::ecs::StartInstance::builder().instance_id("i-1").build();
    let started = client.invoker(started).sign_only().await.unwrap();
    assert_eq!(started.uri().query(), Some("InstanceId=i-1"));
    let stopped = client.invoker(StopInstance { instance_id: "i-1".to_owned() }).sign_only().await.unwrap();
    assert_eq!(stopped.uri().query(), Some("InstanceId=i-1"));
    let deleted = alibaba::slb::DeleteLoadBalancer::builder().load_balancer_id("lb-1").build();
    let deleted = client.invoker(deleted).sign_only().await.unwrap();
    assert_eq!(deleted.uri().query(), Some("LoadBalancerId=lb-1&RegionId=us-west-1"));
}

/// ECS in a process: it refuses what names no region, in the service's words.
async fn ecs() -> LocalCloud {
    let page = |request: &cloudcall::local::LocalRequest| {
        let number: i64 = request.param("PageNumber").map_or(1, |number| number.parse().unwrap());
        LocalResponse::ok(json!({ "TotalCount": 3, "Disk": [number], "Region": request.param("RegionId") }))
    };
    let cloud = LocalCloud::builder().account("AKID", "secret").on("DescribeDisks", page);
    let cloud = cloud.on("StopInstance", |_| LocalResponse::ok(json!({})));
    cloud.on("Chat", |_| LocalResponse::events(["{}"])).start().await.unwrap()
}

#[tokio::test]
async fn every_kind_of_call_takes_the_clients_region() {
    let cloud = ecs().await;
    let client = alibaba().endpoint(cloud.endpoint()).http(direct()).build().unwrap();
    let raw = || client.raw("ecs", "2014-05-26", "DescribeDisks");
    let document = raw().invoke().await.unwrap();
    assert_eq!(document["Region"], "us-west-1");
    let typed = client.describe_disks().send().await.unwrap();
    assert_eq!(typed.disk.as_deref(), Some(&[1][..]));
    let items: Vec<i64> = client.describe_disks().page_size(1).items().try_collect().await.unwrap();
    assert_eq!(items, [1, 2, 3]);
    let ready = client.describe_disks().wait_until(|disks| disks.disk.is_some());
    let ready = ready.delay(Duration::from_millis(1)).await.unwrap();
    assert!(ready.disk.is_some());
    let events = client.raw("ecs", "2014-05-26", "Chat").stream().await.unwrap();
    let events: Vec<_> = events.try_collect().await.unwrap();
    assert_eq!(events.len(), 1);
    let download = raw().download().await.unwrap();
    assert_eq!(download.status().as_u16(), 200);
    let endpoint = cloud.endpoint();
    let thread = std::thread::spawn(move || -> Result<(), Error> {
        let client = blocking::Client::<Alibaba>::builder().region("us-west-1").credentials(keys());
        let client = client.endpoint(endpoint).http(direct()).build()?;
        client.raw("ecs", "2014-05-26", "DescribeDisks").invoke()?;
        assert_eq!(client.describe_disks().page_size(1).items().collect::<Result<Vec<_>, _>>()?, [1, 2, 3]);
        Ok(())
    });
    tokio::task::spawn_blocking(|| thread.join()).await.unwrap().unwrap().unwrap();
    let requests = cloud.requests();
    assert!(requests.len() >= 12, "{}", requests.len());
    for record in requests {
        assert!(record.target.contains("RegionId=us-west-1"), "{} {}", record.action, record.target);
    }
}

#[tokio::test]
async fn the_local_cloud_insists_on_the_region_where_the_service_does() {
    let cloud = ecs().await;
    let silent = alibaba().endpoint(cloud.endpoint()).http(direct()).retry(RetryPolicy::none());
    let silent = silent.omit_region_id().build().unwrap();
    let error = silent.raw("ecs", "2014-05-26", "DescribeDisks").invoke().await.unwrap_err();
    assert_eq!(
        (error.code(), error.status().map(|status| status.as_u16())),
        (Some("MissingParameter"), Some(400))
    );
    assert!(error.message().contains("\"RegionId\" that is mandatory"), "{error}");
    silent.raw("ecs", "2014-05-26", "StopInstance").invoke().await.unwrap();
    // An action that the local cloud does not have is unknown before it lacks something.
    let error = silent.raw("ecs", "2014-05-26", "DescribeNothing").invoke().await.unwrap_err();
    assert_eq!(error.code(), Some("InvalidAction.NotFound"));
}

#[tokio::test]
async fn an_empty_region_is_no_region() {
    let region = |client: &Client<Tencent>, of_call: Option<&'static str>| {
        let call = client.raw("cvm", "2017-03-12", "DescribeZones");
        let call = of_call.into_iter().fold(call, |call, region| call.with_region(region));
        async move {
            let request = call.sign_only().await.unwrap();
            request.headers().get("x-tc-region").map(|region| region.to_str().unwrap().to_owned())
        }
    };
    let builder = || Client::<Tencent>::builder().credentials(keys());
    let none = builder().region("").build().unwrap();
    assert_eq!((none.region(), region(&none, None).await), (None, None));
    assert_eq!(region(&none, Some("ap-shanghai")).await.as_deref(), Some("ap-shanghai"));
    let set = builder().region("ap-guangzhou").build().unwrap();
    assert_eq!(region(&set, None).await.as_deref(), Some("ap-guangzhou"));
    assert_eq!(region(&set, Some("")).await, None);
    assert_eq!(builder().region("ap-guangzhou").region("").build().unwrap().region(), None);
    for wrong in [" ", "ap guangzhou", "a/b"] {
        assert_eq!(builder().region(wrong).build().unwrap_err().kind(), ErrorKind::Config, "{wrong:?}");
    }
}
