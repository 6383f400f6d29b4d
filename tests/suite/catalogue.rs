//! The example `actions`, and that emitted code is what the macro makes.

use std::process::Command;

use cloudcall::action::{Action, Fields, Idempotency, ParamLocation};
use cloudcall::credential::{Credential, StaticCredentials};
use cloudcall::http::Method;
use cloudcall::local::{LocalCloud, LocalResponse};
use cloudcall::testing::{MockResponse, MockRule, MockTransport};
use cloudcall::upload::FilePart;
use cloudcall::{Alibaba, Client, Huawei, Tencent};
use cloudcall_tests::programs;

/// What `cloudcall emit` wrote, as it is. A test of the command compares it with what the command writes today.
#[rustfmt::skip]
#[path = "../emitted/huawei_vpc.rs"]
mod emitted_vpc;
#[rustfmt::skip]
#[path = "../emitted/alibaba_cdn.rs"]
mod emitted_cdn;

cloudcall_models::actions! {
    huawei vpc "v3": ListVpcs, CreateVpc;
    alibaba cdn "2018-05-10": DescribeCdnService, AddCdnDomain;
    huawei drs "v3": DownloadCompareResultFile;
    huawei iotedge "v2": InvokeGetProxy;
    alibaba fc "2023-03-30": InvokeFunction;
    alibaba ros "2019-09-10": StartChat;
    tencent cls "2020-10-16": UploadLog;
    huawei sis "v1": ShowVocabularies;
    tencent cvm "2017-03-12":
        DescribeZones { readonly = false },
        DescribeRegions { idempotent },
        StartInstances { idempotent },
        RunInstances { idempotency_token = false },
        ModifyInstancesAttribute { idempotency_token = instance_name },
        RebootInstances,
        DescribeInstances { paginate = false };
    tencent cbs "2017-03-12": DescribeDisks, DescribeSnapshots;
}

mod with_json {
    cloudcall_models::actions! {
        json;
        tencent cvm "2017-03-12": RunInstances, DescribeInstances;
        huawei vpc "v3": CreateVpc;
    }
}

#[test]
fn actions_and_types_with_json_go_round() {
    use cloudcall::action::{FromJson, ToJson};
    use with_json::huawei::vpc::CreateVpc;
    use with_json::tencent::cvm::{Instance, RunInstances};

    let text = r#"{"Placement":{"Zone":"ap-guangzhou-3"},"ImageId":"img-1","SystemDisk":{"DiskSiez":50}}"#;
    let error = RunInstances::from_json_string(text).unwrap_err();
    assert!(
        error.to_string().contains("`SystemDisk.DiskSiez` is not known, did you mean `DiskSize`?"),
        "{error}"
    );
    let text = text.replace("DiskSiez", "DiskSize");
    let request = RunInstances::from_json_string(&text).unwrap();
    assert_eq!(request.system_disk.as_ref().and_then(|disk| disk.disk_size), Some(50));
    // In the order of the structure.
    let written: cloudcall::json::Value =
        cloudcall::json::from_str(&request.to_json_string().unwrap()).unwrap();
    assert_eq!(written, cloudcall::json::from_str::<cloudcall::json::Value>(&text).unwrap());

    let text = r#"{"InstanceId":"ins-1","CPU":2,"Unknown":1}"#;
    let instance = Instance::from_json_string(text).unwrap();
    let written: cloudcall::Value =
        cloudcall::response::from_json(&instance.to_json_string().unwrap()).unwrap();
    assert_eq!((written["InstanceId"].as_str(), written["CPU"].as_i64()), (Some("ins-1"), Some(2)));
    assert!(written.get("Unknown").is_none());

    let text = r#"{"body":{"vpc":{"name":"n","cidr":"10.0.0.0/8"}}}"#;
    assert_eq!(CreateVpc::from_json_string(text).unwrap().to_json_string().unwrap(), text);
}

#[test]
fn the_example_with_actions_of_three_clouds_runs() {
    let output = Command::new(programs::example("actions")).env_clear().output().unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{out}{}", String::from_utf8_lossy(&output.stderr));
    for line in [
        "tencent zones: ap-guangzhou-3, ap-guangzhou-6",
        "tencent started: ins-in-ap-guangzhou-3",
        "huawei vpc: a",
        "huawei vpc: c",
        "alibaba regions: cn-hangzhou, cn-beijing",
    ] {
        assert!(out.lines().any(|found| found == line), "{line:?} is not in\n{out}");
    }
}

/// All that an action says of itself and sends.
fn seen<A: Action + std::fmt::Debug>(action: &A) -> String {
    let mut fields = Fields::default();
    action.fields(&mut fields).unwrap();
    format!("{:?}\n{fields:?}\n{action:?}", A::INFO)
}

/// A response as it was read.
fn read<A: Action>(text: &str) -> String
where
    A::Output: std::fmt::Debug,
{
    format!("{:?}", cloudcall::json::from_str::<A::Output>(text).unwrap())
}

#[test]
fn emitted_code_is_what_the_macro_makes() {
    macro_rules! create {
        ($module:path) => {{
            use $module as vpc;
            let option = vpc::CreateVpcOption::new("v", "10.0.0.0/8");
            let body = vpc::CreateVpcRequestBody::new(option);
            seen(&vpc::CreateVpc::builder().body(body).build())
        }};
    }
    let made = create!(huawei::vpc);
    assert_eq!(made, create!(emitted_vpc));
    assert!(made.contains("/v3/{project_id}/vpc/vpcs"), "{made}");
    let response = r#"{"vpcs":[{"id":"1","name":"a","tags":[{"key":"k","value":"v"}]}],"page_info":{"next_marker":"m"}}"#;
    let made = read::<huawei::vpc::ListVpcs>(response);
    assert_eq!(made, read::<emitted_vpc::ListVpcs>(response));
    assert!(made.contains("next_marker: Some(\"m\")"), "{made}");
    macro_rules! describe {
        ($module:path) => {{
            use $module as cdn;
            seen(
                &cdn::AddCdnDomain::builder()
                    .cdn_type(cdn::AddCdnDomain::CDN_TYPE_WEB)
                    .domain_name("a.example.com")
                    .sources("[]")
                    .build(),
            )
        }};
    }
    let made = describe!(alibaba::cdn);
    assert_eq!(made, describe!(emitted_cdn));
    assert!(made.contains("cdn.ap-southeast-1.aliyuncs.com"), "{made}");
}

#[tokio::test]
async fn the_code_of_an_error_is_compared_with_a_constant() {
    use tencent::cvm::{RebootInstancesExt as _, error_codes};

    let cloud = LocalCloud::builder()
        .account("AKcatalogue", "secret")
        .on("RebootInstances", |request| match request.params["InstanceIds"][0].as_str() {
            Some("ins-gone") => {
                LocalResponse::error("InvalidInstanceId.NotFound", "there is no such instance")
            }
            _ => LocalResponse::error("UnsupportedOperation.InstanceStateRebooting", "it is rebooting"),
        })
        .start()
        .await
        .unwrap();
    let client = Client::<Tencent>::builder()
        .region("ap-guangzhou")
        .endpoint(cloud.endpoint())
        .credentials(StaticCredentials::new(Credential::new("AKcatalogue", "secret").unwrap()))
        .build()
        .unwrap();
    for (id, wanted) in [("ins-gone", "gone"), ("ins-1", "busy")] {
        let error = client.reboot_instances().instance_ids([id]).send().await.unwrap_err();
        let found = match error.code() {
            Some(error_codes::INVALID_INSTANCE_ID_NOT_FOUND) => "gone",
            Some(error_codes::UNSUPPORTED_OPERATION_INSTANCE_STATE_REBOOTING) => "busy",
            _ => "unknown",
        };
        assert_eq!(found, wanted, "{error}");
    }
    assert_eq!(alibaba::cdn::error_codes::INVALID_CDN_TYPE_MALFORMED, "InvalidCdnType.Malformed");
}

#[test]
fn what_is_inferred_can_be_said_otherwise() {
    use tencent::cvm::*;
    for (info, repeat, token) in [
        (DescribeZones::INFO, Idempotency::Unsafe, None),
        (DescribeRegions::INFO, Idempotency::Idempotent, None),
        (StartInstances::INFO, Idempotency::Idempotent, None),
        (RunInstances::INFO, Idempotency::Unsafe, None),
        (
            ModifyInstancesAttribute::INFO,
            Idempotency::Idempotent,
            Some((ParamLocation::Auto, "InstanceName")),
        ),
        (RebootInstances::INFO, Idempotency::Unsafe, None),
        (DescribeInstances::INFO, Idempotency::ReadOnly, None),
    ] {
        assert_eq!((info.idempotency(), info.idempotency_token()), (repeat, token), "{}", info.name());
    }
    // Without a word it has one.
    let inferred = cloudcall_generator::find("tencent", "cvm", "2017-03-12").unwrap().open().unwrap();
    let code = cloudcall_generator::Emitter::new(&inferred, "::cloudcall").code(&["RunInstances"]).unwrap();
    assert!(code.contains("idempotency_token = client_token"), "{code}");
}

#[tokio::test]
async fn a_get_with_a_body_is_sent_with_it() {
    let keys = Credential::new("AKID", "secret").unwrap().with_project_id("p").with_domain_id("d");
    let client = Client::<Huawei>::builder()
        .region("cn-north-4")
        .credentials(StaticCredentials::new(keys))
        .build()
        .unwrap();
    let json = || cloudcall::json::json!({ "a": 1 });
    let request =
        huawei::iotedge::InvokeGetProxy::builder().node_id("n").ia_id("i").ia_uri("u").body(json()).build();
    let sent = client.invoker(request).sign_only().await.unwrap();
    assert_eq!((sent.method().as_str(), &sent.body()[..]), ("GET", &br#"{"a":1}"#[..]));
    let body = huawei::drs::ExportCompareResultReq::new("object");
    let request = huawei::drs::DownloadCompareResultFile::builder().job_id("j").body(body).build();
    let sent = client.invoker(request).sign_only().await.unwrap();
    assert_eq!((sent.method().as_str(), &sent.body()[..]), ("GET", &br#"{"compare_type":"object"}"#[..]));
    assert_eq!(sent.headers()["content-type"], "application/json");
}

#[tokio::test]
async fn responses_that_are_bytes_or_text_are_had_as_they_came() {
    use cloudcall::Bytes;
    let rule = |body: &'static [u8]| {
        MockRule::any().respond(MockResponse::raw(200, "application/octet-stream", body))
    };
    let mock = |body| MockTransport::builder().rule(rule(body)).build().unwrap();
    let function = mock(b"\x00\xff not JSON");
    let client = function.client::<Alibaba>().region("cn-hangzhou").build().unwrap();
    let call = alibaba::fc::InvokeFunction::builder().function_name("f").build();
    let returned: Bytes = client.invoker(call).invoke().await.unwrap().into_inner();
    assert_eq!(&returned[..], b"\x00\xff not JSON");
    let chat = mock("data: 你好".as_bytes());
    let client = chat.client::<Alibaba>().region("cn-hangzhou").build().unwrap();
    let said = client.invoker(alibaba::ros::StartChat::builder().query("q").build()).invoke().await.unwrap();
    assert_eq!(said.into_inner(), "data: 你好");
    let sheet = mock(b"PK\x03\x04");
    let client = sheet.client::<Huawei>().region("cn-north-4").build().unwrap();
    let body = huawei::drs::ExportCompareResultReq::new("object");
    let call = huawei::drs::DownloadCompareResultFile::builder().job_id("j").body(body).build();
    let file: Bytes = client.invoker(call).invoke().await.unwrap().into_inner();
    assert_eq!(&file[..], b"PK\x03\x04");
}

#[tokio::test]
async fn a_log_is_uploaded_as_it_is_with_its_parameters_as_headers() {
    use tencent::cls::UploadLogExt as _;
    let rule = MockRule::action("UploadLog").respond(MockResponse::ok(cloudcall::json::json!({})));
    let mock = MockTransport::builder().rule(rule).build().unwrap();
    let client = mock.client::<Tencent>().region("ap-guangzhou").build().unwrap();
    let call = client.upload_log().topic_id("topic-1").hash_key("h").compress_type("lz4");
    call.body(FilePart::new(&b"\x0a\x00"[..])).await.unwrap();
    let [request] = mock.requests().try_into().unwrap();
    assert_eq!(&request.body[..], b"\x0a\x00");
    for (name, value) in [
        ("content-type", "application/octet-stream"),
        ("x-cls-topicid", "topic-1"),
        ("x-cls-hashkey", "h"),
        ("x-cls-compresstype", "lz4"),
    ] {
        assert_eq!(request.headers[name], value);
    }
}

/// A response that is a file: typed parameters, and the bytes as they come.
#[tokio::test]
async fn a_response_of_bytes_is_downloaded() {
    let sheet: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    let sent = sheet.clone();
    let path = "/v3/{project_id}/jobs/{job_id}/compare/result/file";
    let cloud = LocalCloud::builder()
        .account("AKcatalogue", "secret")
        .on_path(Method::GET, path, move |request| {
            assert!(request.path.contains("/jobs/j-1/"), "{}", request.path);
            assert_eq!(request.params["compare_type"], "object");
            LocalResponse::raw(200, "application/octet-stream", sent.clone())
        })
        .start()
        .await
        .unwrap();
    let keys = Credential::new("AKcatalogue", "secret").unwrap().with_project_id("p");
    let client = Client::<Huawei>::builder()
        .region("cn-north-4")
        .endpoint(cloud.endpoint())
        .credentials(StaticCredentials::new(keys))
        .build()
        .unwrap();
    let body = || huawei::drs::ExportCompareResultReq::new("object");
    use huawei::drs::DownloadCompareResultFileExt as _;
    let call = || client.download_compare_result_file().job_id("j-1").body(body()).invoker();
    let mut bytes = Vec::new();
    let download = call().download().await.unwrap();
    assert_eq!((download.len(), download.status().as_u16()), (Some(100_000), 200));
    assert_eq!(download.to_writer(&mut bytes).await.unwrap(), 100_000);
    assert_eq!(bytes, sheet);
    assert_eq!(call().invoke().await.unwrap().into_inner(), sheet);
}
