//! The legacy API 2.0, through the local cloud; and the signing cases of both of Tencent's APIs.

use std::time::Duration;

use cloudcall::action::{Action, ActionInfo, Fields, Param};
use cloudcall::client::{ClientBuilder, HttpOptions, Proxies};
use cloudcall::credential::{Credential, StaticCredentials};
use cloudcall::json::{Value, json};
use cloudcall::local::{LocalCloud, LocalCloudBuilder, LocalResponse};
use cloudcall::provider::qcloud::{Method, SignMethod};
use cloudcall::retry::RetryPolicy;
use cloudcall::{Client, Error, ErrorKind, Qcloud, cloud_action, cloud_model};
use cloudcall_tests::time::FakeTime;

const CASES: &str = include_str!("../vectors/tencent.jsonl");
const NOW: u64 = 1_700_000_000;

/// Header names have no case.
fn comparable(key: &str, value: &Value) -> Value {
    match (key, value) {
        ("headers", Value::Object(headers)) => {
            headers.iter().map(|(name, value)| (name.to_ascii_lowercase(), value.clone())).collect()
        }
        _ => value.clone(),
    }
}

#[test]
fn every_value_of_every_signing_case_is_computed() {
    let mut wrong = Vec::new();
    for text in CASES.lines() {
        let case: Value = cloudcall::json::from_str(text).unwrap();
        let (computed, _) = cloudcall_cli::sign::line(text);
        for (key, wanted) in case["expected"].as_object().unwrap() {
            let found = comparable(key, &computed[key]);
            if found != comparable(key, wanted) {
                wrong.push(format!("{} {key}: {found}, not {wanted} ({})", case["id"], computed["error"]));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

struct DescribeInstances;

impl Action for DescribeInstances {
    type Provider = Qcloud;
    type Output = Value;
    const INFO: &'static ActionInfo = &ActionInfo::new("cvm", "", "DescribeInstances");

    fn fields(&self, fields: &mut Fields) -> Result<(), Error> {
        fields.put(&Param::new("instance_ids"), &["ins-1", "ins-2"])?;
        fields.put(&Param::new("name"), "未命名 & more")
    }
}

fn cloud(time: &FakeTime) -> LocalCloudBuilder {
    LocalCloud::builder()
        .account_with_token("AKIDlegacy", "legacy-secret", "legacy+token/=")
        .account("AKIDother", "other-secret")
        .on("DescribeInstances", |request| {
            LocalResponse::ok(json!({
                "ids": request.params["instance_ids"], "name": request.params["name"],
                "region": request.region, "account": request.account, "method": request.method.as_str(),
            }))
        })
        .context(time.context())
}

fn client(cloud: &LocalCloud, time: &FakeTime) -> ClientBuilder<Qcloud> {
    let keys = Credential::new("AKIDlegacy", "legacy-secret").unwrap().with_token("legacy+token/=");
    Client::<Qcloud>::builder()
        .region("ap-guangzhou")
        .endpoint(cloud.endpoint())
        .credentials(StaticCredentials::new(keys))
        .http(HttpOptions::builder().proxies(Proxies::None).build().unwrap())
        .context(time.context())
}

#[tokio::test]
async fn every_method_and_signature_is_accepted() {
    let time = FakeTime::at(NOW);
    let cloud = cloud(&time).start().await.unwrap();
    for method in [Method::Get, Method::Post] {
        for signature in [SignMethod::HmacSha256, SignMethod::HmacSha1] {
            let client = client(&cloud, &time).method(method).sign_method(signature).build().unwrap();
            let response = client.invoker(DescribeInstances).await.unwrap();
            assert_eq!(response["ids"], json!(["ins-1", "ins-2"]), "{method:?} {signature:?}");
            assert_eq!(response["name"], "未命名 & more");
            assert_eq!(response["region"], "ap-guangzhou");
            assert_eq!(response["method"], if method == Method::Get { "GET" } else { "POST" });
        }
    }
    let record = &cloud.requests()[0];
    assert_eq!((record.provider, record.action.as_str()), ("qcloud", "DescribeInstances"));
    assert!(record.verdict.is_accepted() && record.target.contains("Signature=****"), "{record:?}");
    assert!(!format!("{record:?}").contains("legacy+token"), "{record:?}");
}

#[tokio::test]
async fn one_call_changes_key_region_and_method() {
    let time = FakeTime::at(NOW);
    let cloud = cloud(&time).start().await.unwrap();
    let client = client(&cloud, &time).build().unwrap();
    let call = client
        .invoker(DescribeInstances)
        .with_credential(Credential::new("AKIDother", "other-secret").unwrap())
        .with_region("gz")
        .with_cloud(|cloud| cloud.method = Method::Post);
    let response = call.await.unwrap();
    assert_eq!(response["account"], "AKIDother");
    assert_eq!(response["region"], "gz");
    assert_eq!(response["method"], "POST");
    let response = client.invoker(DescribeInstances).await.unwrap();
    assert_eq!((&response["account"], &response["method"]), (&json!("AKIDlegacy"), &json!("GET")));
}

#[tokio::test]
async fn the_callers_own_envelope_is_kept_and_a_nonce_counts_once() {
    let time = FakeTime::at(NOW);
    let cloud = cloud(&time).start().await.unwrap();
    let client = client(&cloud, &time).build().unwrap();
    let call = || {
        let params = json!({ "Nonce": 7, "Timestamp": NOW - 10, "Region": "bj", "instance_ids": [] });
        client.raw("cvm", "", "DescribeInstances").json(params).invoke()
    };
    assert_eq!(call().await.unwrap()["region"], "bj");
    assert!(cloud.requests()[0].target.contains("Nonce=7&Region=bj&Timestamp="), "{:?}", cloud.requests()[0]);
    let replayed = call().await.unwrap_err();
    assert_eq!((replayed.code(), replayed.is_auth()), (Some("4500"), true));
}

#[tokio::test]
async fn a_wrong_clock_is_corrected_once() {
    for (behind, code) in [(301, "4200"), (7_201, "4500")] {
        let server_time = FakeTime::at(NOW);
        let cloud = cloud(&server_time).start().await.unwrap();
        let client = client(&cloud, &FakeTime::at(NOW - behind)).build().unwrap();
        assert_eq!(client.invoker(DescribeInstances).await.unwrap().attempts(), 2);
        assert_eq!(cloud.requests()[0].verdict.code(), Some(code));
    }
}

#[tokio::test]
async fn refusals_have_the_codes_of_the_api() {
    let time = FakeTime::at(NOW);
    let cloud = cloud(&time).start().await.unwrap();
    let client = client(&cloud, &time).build().unwrap();
    let with = |id: &str, secret: &str| {
        client.invoker(DescribeInstances).with_credential(Credential::new(id, secret).unwrap())
    };
    for (call, part) in [
        (with("AKIDnobody", "x"), "SecretId"),
        (with("AKIDother", "wrong"), "signature"),
        (with("AKIDlegacy", "legacy-secret"), "token"),
    ] {
        let error = call.await.unwrap_err();
        assert_eq!((error.code(), error.kind()), (Some("4100"), ErrorKind::Auth), "{error}");
        assert!(error.message().contains(part), "{error}");
    }
    let error = client.raw("cvm", "", "NoSuchAction").invoke().await.unwrap_err();
    assert_eq!((error.code(), error.kind()), (Some("4000"), ErrorKind::Service), "{error}");
    let error = client
        .raw_action(ActionInfo::new("cvm", "", "X").with_method(cloudcall::http::Method::PUT))
        .invoke()
        .await;
    assert_eq!(error.unwrap_err().kind(), ErrorKind::Config);
}

#[tokio::test]
async fn responses_are_trusted_only_with_a_code_of_zero() {
    let time = FakeTime::at(NOW);
    let json = |text: &'static str| LocalResponse::raw(200, "text/html", text);
    let busy = LocalResponse::error("4400", "slow down");
    let cloud = LocalCloud::builder()
        .account_with_token("AKIDlegacy", "legacy-secret", "legacy+token/=")
        .on_each("Text", [json(r#"{"code":"0","codeDesc":"Success","data":1}"#)])
        .on_each("Busy", [busy.clone(), busy, LocalResponse::ok(json!({ "done": true }))])
        .on_each("Newer", [json(r#"{"Response":{"Error":{"Code":"InternalError","Message":"m"}}}"#)])
        .on_each("NewerOk", [json(r#"{"Response":{"A":1}}"#)])
        .on_each("Nothing", [json("{}")])
        .on_each("Gone", [LocalResponse::error("5000", "no such instance")])
        .context(time.context())
        .start()
        .await
        .unwrap();
    let client = client(&cloud, &time)
        .retry(RetryPolicy::standard().base_delay(Duration::from_millis(1)))
        .build()
        .unwrap();
    let call = |action: &str| client.raw("cvm", "", action).invoke();
    assert_eq!(call("Text").await.unwrap()["data"], 1);
    assert_eq!(call("Busy").await.unwrap()["done"], true);
    assert_eq!(cloud.count("Busy"), 3);
    assert_eq!(call("Newer").await.unwrap_err().code(), Some("InternalError"));
    assert_eq!(call("NewerOk").await.unwrap_err().kind(), ErrorKind::Service);
    assert_eq!(call("Nothing").await.unwrap_err().kind(), ErrorKind::Service);
    let gone = call("Gone").await.unwrap_err();
    assert_eq!((gone.kind(), gone.message()), (ErrorKind::NotFound, "ResourceNotFound: no such instance"));
}

#[tokio::test]
async fn addresses_can_be_made_without_a_call() {
    let time = FakeTime::at(NOW);
    let cloud = cloud(&time).start().await.unwrap();
    let client = client(&cloud, &time).build().unwrap();
    let url =
        client.raw("sec", "", "captchaQuery").json(json!({ "a_b": "@x" })).generate_url().await.unwrap();
    assert!(url.starts_with(&format!("{}/v2/index.php?a_b=%40x&Action=CaptchaQuery&", cloud.url())), "{url}");
    let call = client.invoker(DescribeInstances).with_cloud(|cloud| cloud.method = Method::Post);
    assert_eq!(call.generate_url().await.unwrap(), format!("{}/v2/index.php", cloud.url()));
    assert!(cloud.requests().is_empty());
}

/// Parameters of the legacy API begin in lower case, but those that belong to the API itself.
#[cloud_action(provider = "qcloud", product = "cvm", response = Images)]
struct DescribeImages {
    image_ids: Option<Vec<String>>,
    filters: Option<Vec<Filter>>,
    region: Option<String>,
    #[param(name = "ImageType")]
    kind: Option<i64>,
}

#[cloud_action(provider = cloudcall::provider::qcloud::Cloud, product = "cvm", case = "PascalCase", response = Images)]
struct DescribeSnapshots {
    disk_id: Option<String>,
}

#[cloud_model(provider = "qcloud")]
struct Filter {
    filter_name: String,
    region: String,
}

#[cloud_model(provider = "qcloud", response)]
struct Images {
    total_count: Option<i64>,
    image_set: Option<Vec<Image>>,
}

#[cloud_model(provider = "qcloud", response)]
struct Image {
    image_id: String,
    region: String,
}

#[tokio::test]
async fn typed_actions_have_the_legacy_api_s_names() {
    let time = FakeTime::at(NOW);
    let cloud = cloud(&time)
        .on("DescribeImages", |request| {
            assert_eq!(request.region.as_deref(), Some("sh"));
            let params = json!({
                "imageIds": ["img-1"], "ImageType": "2", "filters": [{ "filterName": "n", "region": "gz" }],
            });
            for (name, value) in params.as_object().unwrap() {
                assert_eq!(&request.params[name], value, "{name}");
            }
            LocalResponse::ok(
                json!({ "totalCount": 1, "imageSet": [{ "imageId": "img-1", "region": "gz" }] }),
            )
        })
        .on("DescribeSnapshots", |request| {
            assert_eq!(request.param("DiskId").as_deref(), Some("d"));
            LocalResponse::ok(json!({ "totalCount": 0 }))
        });
    let cloud = cloud.start().await.unwrap();
    let client = client(&cloud, &time).build().unwrap();
    let filter = Filter { filter_name: "n".to_owned(), region: "gz".to_owned() };
    let call = client.describe_images().image_ids(["img-1"]).filters([filter]).region("sh").kind(2);
    let images = call.send().await.unwrap();
    assert_eq!(images.total_count, Some(1));
    let image = &images.image_set.as_deref().unwrap()[0];
    assert_eq!((image.image_id.as_str(), image.region.as_str()), ("img-1", "gz"));
    assert_eq!(client.describe_snapshots().disk_id("d").send().await.unwrap().total_count, Some(0));
}
