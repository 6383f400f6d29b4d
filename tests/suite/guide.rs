//! The programs of the migration guide, run as they are written: with the vendors' hosts, through a proxy that leads every
//! host to the local cloud.

use std::path::PathBuf;
use std::process::Output;

use cloudcall::json::json;
use cloudcall::local::{LocalCloud, LocalResponse};
use cloudcall_tests::certificates::Authority;
use cloudcall_tests::proxy::Detour;

const ID: &str = "AKIDguide";
const SECRET: &str = "guide-secret";

/// The vendors' hosts.
const HOSTS: [&str; 8] = [
    "cvm.ap-shanghai.tencentcloudapi.com",
    "csec.api.qcloud.com",
    "vpc.cn-north-4.myhuaweicloud.com",
    "ecs.cn-hangzhou.aliyuncs.com",
    "iam.cn-north-4.myhuaweicloud.com",
    "ecs.internal.example.com",
    "billing.volcengine-api.com",
    "sts.cn-beijing.volcengine-api.com",
];

/// The file of the authority; it goes with the test.
struct File(PathBuf);

impl Drop for File {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

async fn cloud() -> LocalCloud {
    LocalCloud::builder()
        .account(ID, SECRET)
        // What the guide has in place of keys.
        .account("SecretId", "SecretKey")
        .account("<access-key-id>", "<access-key-secret>")
        .on("DescribeInstances", |request| {
            LocalResponse::ok(json!({ "TotalCount": 1, "Asked": request.params }))
        })
        .on("DescribeZones", |_| LocalResponse::ok(json!({ "TotalCount": 0 })))
        .on("CaptchaQuery", |request| LocalResponse::ok(json!({ "region": request.region })))
        .on("StopInstance", |_| LocalResponse::ok(json!({})))
        .on("DescribeRegions", |request| LocalResponse::ok(json!({ "Asked": request.params })))
        .on("ListBill", |request| LocalResponse::ok(json!({ "Asked": request.params })))
        .on("GetCallerIdentity", |_| LocalResponse::ok(json!({ "AccountId": 1 })))
        .on_path(cloudcall::http::Method::GET, "/v1/{project}/vpcs", |_| {
            LocalResponse::ok(json!({ "vpcs": [{ "id": "vpc-1" }] }))
        })
        .start()
        .await
        .unwrap()
}

/// A private key that opens nothing: that of the signing vectors.
fn private_key() -> String {
    let rows = include_str!("../vectors/alibaba.jsonl").lines();
    let key = |row: &str| -> Option<String> {
        let row: cloudcall::json::Value = cloudcall::json::from_str(row).unwrap();
        row["input"]["credential"]["private_key"].as_str().map(str::to_owned)
    };
    rows.filter_map(key).next().unwrap()
}

/// Runs one program; its standard output.
async fn run(name: &str, cloud: &LocalCloud) -> String {
    let authority = Authority::new();
    let file = File(std::env::temp_dir().join(format!("cloudcall-guide-{}-{name}.pem", std::process::id())));
    std::fs::write(&file.0, authority.pem()).unwrap();
    let detour = Detour::start(authority.acceptor_of(&HOSTS), cloud.address()).await;
    let proxy = detour.url();
    let path = file.0.to_str().unwrap();
    let output: Output = tokio::process::Command::new(env!("CARGO_BIN_EXE_guide"))
        .arg(name)
        .env_clear()
        .envs([
            ("TENCENTCLOUD_SECRET_ID", ID),
            ("TENCENTCLOUD_SECRET_KEY", SECRET),
            ("HUAWEICLOUD_SDK_AK", ID),
            ("HUAWEICLOUD_SDK_SK", SECRET),
            ("VOLCENGINE_ACCESS_KEY", ID),
            ("VOLCENGINE_SECRET_KEY", SECRET),
            ("PROXY_URL", &proxy),
            ("PROXY_USERNAME", "user"),
            ("PROXY_PASSWORD", "pass@word"),
            ("CA_FILE", path),
            ("PRIVATE_KEY", &private_key()),
            ("HTTPS_PROXY", &proxy),
            ("SSL_CERT_FILE", path),
        ])
        .output()
        .await
        .unwrap();
    let (out, errors) =
        (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert!(output.status.success() && errors.is_empty(), "{name}: {errors}\n{out}");
    out
}

#[tokio::test]
async fn the_programs_of_the_guide_run_as_they_are_written() {
    let cloud = cloud().await;
    let out = run("tencent", &cloud).await;
    assert!(out.contains("Some(1)") && out.contains("\"TotalCount\":0"), "{out}");
    let out = run("qcloud", &cloud).await;
    assert!(
        out.starts_with("https://csec.api.qcloud.com/v2/index.php?") && out.contains(r#""region":"sh""#),
        "{out}"
    );
    let out = run("huawei", &cloud).await;
    assert_eq!(out.lines().filter(|line| *line == r#"[{"id":"vpc-1"}]"#).count(), 2, "{out}");
    let out = run("alibaba", &cloud).await;
    assert!(out.contains(r#""PageSize":"10""#) && out.contains(r#""RegionId":"cn-hangzhou""#), "{out}");
    for record in cloud.requests() {
        assert!(record.verdict.is_accepted(), "{record:?}");
        assert_eq!(record.status.map(|status| status.as_u16()), Some(200), "{record:?}");
    }
    let actions: Vec<_> = cloud.requests().iter().map(|record| record.action.clone()).collect();
    let wanted = [
        "DescribeInstances",
        "DescribeZones",
        "CaptchaQuery",
        "GET /v1/%7Byour%20projectId%20string%7D/vpcs",
        "GET /v1/%7Byour%20projectId%20string%7D/vpcs",
        "DescribeInstances",
        "StopInstance",
    ];
    assert_eq!(actions, wanted);
}

#[tokio::test]
async fn the_program_for_volcengine_runs_as_it_is_written() {
    let cloud = cloud().await;
    let out = run("volcengine", &cloud).await;
    assert!(out.contains(r#""BillPeriod":"2026-02""#) && out.contains(r#""AccountId":1"#), "{out}");
    assert!(out.contains("https://ecs.internal.example.com/?Action=DescribeRegions&"), "{out}");
    let actions: Vec<_> = cloud.requests().iter().map(|record| record.action.clone()).collect();
    assert_eq!(actions, ["DescribeRegions", "ListBill", "GetCallerIdentity"]);
}

#[tokio::test]
async fn the_programs_about_keys_send_nothing() {
    let cloud = cloud().await;
    let out = run("tencent_keys", &cloud).await;
    assert!(out.starts_with("from environment") && out.ends_with("temporary: false\n"), "{out}");
    assert_eq!(run("huawei_keys", &cloud).await, "");
    assert_eq!(cloud.requests().len(), 0);
}
