//! `why`, `whoami` and `configure`.

use cloudcall::action::ActionInfo;
use cloudcall::client::ClientBuilder;
use cloudcall::credential::{Credential, StaticCredentials};
use cloudcall::json::json;
use cloudcall::local::{LocalCloud, LocalResponse};
use cloudcall::provider::Provider;
use cloudcall::{Alibaba, Client, Huawei, Tencent, Volcengine};

use crate::command::{ID, SECRET, TOKEN, bare, command, failure, json as printed, run_with_stdin, text};

fn keys(token: bool) -> StaticCredentials {
    let keys = Credential::new(ID, SECRET).unwrap().with_project_id("p1");
    StaticCredentials::new(if token { keys.with_token(TOKEN) } else { keys })
}

/// A signed request as a proxy would write it.
async fn captured<P: Provider>(
    builder: ClientBuilder<P>,
    product: &'static str,
    version: &'static str,
    token: bool,
) -> String {
    let client = builder.credentials(keys(token)).build().unwrap();
    let action = ActionInfo::new(product, version, "DescribeZones").with_path("/");
    let call = client.raw_action(action).json(json!({ "Limit": 1, "Name": "a b" }));
    let request = call.sign_only().await.unwrap();
    let mut out = format!("{} {}\n", request.method(), request.uri());
    for (name, value) in request.headers() {
        out.push_str(&format!("{name}: {}\n", value.to_str().unwrap()));
    }
    format!("{out}\n{}\n", String::from_utf8(request.body().to_vec()).unwrap())
}

#[tokio::test]
async fn a_good_signature_of_each_cloud_fits() {
    let tencent =
        captured(Client::<Tencent>::builder().region("ap-guangzhou"), "cvm", "2017-03-12", true).await;
    let alibaba =
        captured(Client::<Alibaba>::builder().region("cn-hangzhou"), "ecs", "2014-05-26", true).await;
    let huawei = captured(Client::<Huawei>::builder().region("cn-north-4"), "vpc", "v3", false).await;
    let volcengine =
        captured(Client::<Volcengine>::builder().region("cn-beijing"), "ecs", "2020-04-01", true).await;
    for request in [tencent, alibaba, huawei, volcengine] {
        let output = run_with_stdin(&["why"], &request).await;
        assert_eq!(
            output.status.code(),
            Some(0),
            "{request}\n{}{}",
            text(&output.stdout),
            text(&output.stderr)
        );
        let shown = text(&output.stdout);
        assert!(shown.contains("signature: it fits") && shown.contains("which is fine"), "{shown}");
    }
}

#[tokio::test]
async fn the_part_that_differs_is_named() {
    let request =
        captured(Client::<Tencent>::builder().region("ap-guangzhou"), "cvm", "2017-03-12", true).await;
    for (from, to, wanted) in [
        ("application/json", "application/json; charset=utf-8", "differs: header content-type"),
        ("host: cvm.tencentcloudapi.com", "host: cvm.tencentcloudapi.com:8443", "differs: header host"),
        ("\"Limit\":1,", "\"Limit\": 1,", "differs: body"),
        ("{\"Limit\":1", "{\"Limit\":2", "differs: no single change"),
        ("POST ", "PUT ", "differs: method"),
    ] {
        assert!(request.contains(from), "{from} is not in {request}");
        let output = run_with_stdin(&["why"], &request.replacen(from, to, 1)).await;
        let shown = text(&output.stdout);
        assert_eq!(output.status.code(), Some(1), "{shown}");
        assert!(shown.contains(wanted), "{from}: {shown}");
        assert!(!shown.contains(SECRET), "{shown}");
    }
    let old = request.replacen("x-tc-timestamp: 1", "x-tc-timestamp: 0", 1);
    assert!(text(&run_with_stdin(&["why"], &old).await.stdout).contains("check the clock"));
    assert!(failure(&run_with_stdin(&["why"], "nonsense").await, 2).contains("METHOD URL"));
    assert!(failure(&run_with_stdin(&["why"], "GET /x\nhost: h\n").await, 2).contains("add --cloud"));
}

#[tokio::test]
async fn whoami_names_source_and_owner() {
    let cloud = LocalCloud::builder()
        .account_with_token(ID, SECRET, TOKEN)
        .on("GetCallerIdentity", |_| LocalResponse::ok(json!({ "AccountId": "1000" })))
        .start()
        .await
        .unwrap();
    for cloud_name in ["tencent", "alibaba", "volcengine"] {
        let output =
            command().args(["whoami", cloud_name, "--endpoint", &cloud.url()]).output().await.unwrap();
        let found = printed(&output);
        assert_eq!(
            (&found["identity"]["account"], &found["source"]),
            (&json!("1000"), &json!("environment"))
        );
        assert_eq!((&found["key_id"], &found["temporary"]), (&json!("AKID****nd"), &json!(true)));
        assert!(!text(&output.stdout).contains(ID), "{output:?}");
    }
    let huawei = LocalCloud::builder()
        .account(ID, SECRET)
        .on_path(cloudcall::http::Method::GET, "/v5/caller-identity", |_| {
            LocalResponse::ok(json!({ "account_id": "d1", "principal_urn": "iam::d1:user:carol" }))
        })
        .start()
        .await
        .unwrap();
    let found =
        printed(&command().args(["whoami", "huawei", "--endpoint", &huawei.url()]).output().await.unwrap());
    assert_eq!((&found["identity"]["user"], &found["expires"]), (&json!("carol"), &json!(null)));
    assert_eq!(found["skipped"][0]["source"], "OIDC agency", "{found}");
    let offline = printed(&command().args(["whoami", "huawei", "--offline"]).output().await.unwrap());
    assert_eq!((&offline["project_id"], &offline["temporary"]), (&json!("p1"), &json!(false)));
}

#[tokio::test]
async fn configured_credentials_are_those_of_calls() {
    let home = std::env::temp_dir().join(format!("cloudcall-configure-{}", std::process::id()));
    std::fs::create_dir_all(&home).unwrap();
    for (cloud, file) in [
        ("tencent", ".tencentcloud/credentials"),
        ("huawei", ".huaweicloud/credentials"),
        ("alibaba", ".alibabacloud/credentials.ini"),
        ("volcengine", ".volcengine/config.json"),
    ] {
        for (profile, id) in [(None, "AKIDdefault00"), (Some("work"), "AKIDsecond000")] {
            let named: Vec<&str> = profile.iter().flat_map(|name| ["--profile", name]).collect();
            let mut child = bare();
            child
                .env("HOME", &home)
                .arg("configure")
                .arg(cloud)
                .args(&named)
                .stdin(std::process::Stdio::piped());
            let mut child = child.spawn().unwrap();
            let mut stdin = child.stdin.take().unwrap();
            tokio::io::AsyncWriteExt::write_all(&mut stdin, format!("{id}\nsecret-of-it\n").as_bytes())
                .await
                .unwrap();
            drop(stdin);
            let output = child.wait_with_output().await.unwrap();
            assert!(output.status.success(), "{output:?}");
            assert!(!text(&output.stdout).contains("secret-of-it") && output.stderr.is_empty(), "{output:?}");
            let mut whoami = bare();
            whoami.env("HOME", &home).args(["whoami", cloud, "--offline"]).args(&named);
            let found = printed(&whoami.output().await.unwrap());
            let shown = format!("AKID****{}", &id[id.len() - 2..]);
            assert_eq!(found["key_id"], shown.as_str(), "{cloud} {profile:?}");
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = std::fs::metadata(home.join(file)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{file}");
        }
    }
    let missing = run_with_stdin(&["configure", "tencent"], "only-an-id\n").await;
    assert!(failure(&missing, 2).contains("secret is missing"));
    std::fs::remove_dir_all(&home).unwrap();
}
