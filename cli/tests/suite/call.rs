//! `call`: any action, with an option for everything.

use std::process::Output;

use cloudcall::http::Method;
use cloudcall::json::json;
use cloudcall::local::{LocalCloud, LocalResponse};

use crate::command::{bare, failure, json as answer, run, text};

async fn cloud() -> LocalCloud {
    LocalCloud::builder()
        .account_with_token("AKIDcommand", "command-secret", "command-token")
        .on("DescribeZones", |request| {
            LocalResponse::ok(json!({
                "Params": request.params, "Region": request.region, "Language": request.header("x-tc-language"),
                "Canary": request.header("x-tc-canary"), "Method": request.method.as_str(),
                "Big": 18_446_744_073_709_551_615_u64,
            }))
        })
        .on_each("Flaky", [LocalResponse::raw(503, "text/html", "<html>"), LocalResponse::ok(json!({ "A": 1 }))])
        .on("DescribeDown", |_| LocalResponse::raw(502, "text/html", "<html>bad gateway</html>"))
        .on("DescribePage", |_| LocalResponse::raw(200, "text/html", "<html>\nlogin</html>"))
        .on("DescribeOrder", |_| {
            LocalResponse::raw(200, "application/json", r#"{"Response": {"b": 1.50, "a": 2}}"#)
        })
        .on("DescribeGone", |_| LocalResponse::error("ResourceNotFound.Vpc", "no such\nvpc"))
        .start()
        .await
        .unwrap()
}

async fn call(arguments: &[&str]) -> Output {
    run(&[&["call"][..], arguments].concat()).await
}

async fn tencent(cloud: &LocalCloud, action: &str, more: &[&str]) -> Output {
    let url = cloud.url();
    let base = ["--cloud", "tencent", "--product", "cvm", "--version", "2017-03-12", "--endpoint", &url];
    call(&[&base[..], &["--action", action, "--region", "ap-guangzhou"], more].concat()).await
}

#[tokio::test]
async fn an_answer_is_printed_without_its_envelope() {
    let cloud = cloud().await;
    let more = ["--params", r#"{"Filters":[{"Name":"x"}]}"#, "--header", "X-TC-Canary=1"];
    let answer_ = answer(&tencent(&cloud, "DescribeZones", &more).await);
    assert_eq!(answer_["Params"], json!({ "Filters": [{ "Name": "x" }] }));
    assert_eq!((&answer_["Region"], &answer_["Canary"]), (&json!("ap-guangzhou"), &json!("1")));
    assert_eq!(answer_["Big"], json!(18_446_744_073_709_551_615_u64));
    assert!(answer_["RequestId"].is_string());
    let order = tencent(&cloud, "DescribeOrder", &[]).await;
    assert_eq!(text(&order.stdout), "{\"b\": 1.50, \"a\": 2}\n");
}

#[tokio::test]
async fn methods_and_signatures_are_chosen() {
    let cloud = cloud().await;
    for signature in ["TC3-HMAC-SHA256", "HmacSHA256", "HmacSHA1"] {
        for method in ["GET", "POST"] {
            let more = ["--sign-method", signature, "--method", method, "--query", "Limit=1"];
            let answer = answer(&tencent(&cloud, "DescribeZones", &more).await);
            assert_eq!((&answer["Method"], &answer["Params"]["Limit"]), (&json!(method), &json!("1")));
        }
    }
    let body = answer(&tencent(&cloud, "DescribeZones", &["--body", r#"{"Limit":2}"#]).await);
    assert_eq!(body["Params"]["Limit"], 2);
}

#[tokio::test]
async fn api_2_is_called_too() {
    let cloud = cloud().await;
    let url = cloud.url();
    let base = ["--cloud", "qcloud", "--product", "cvm", "--action", "DescribeZones", "--endpoint", &url];
    for signature in ["HmacSHA256", "HmacSHA1"] {
        for method in ["GET", "POST"] {
            let more = ["--sign-method", signature, "--method", method, "--params", r#"{"ids":["a"]}"#];
            let answer = answer(&call(&[&base[..], &more].concat()).await);
            assert_eq!((&answer["code"], &answer["Params"]), (&json!(0), &json!({ "ids": ["a"] })));
        }
    }
}

#[tokio::test]
async fn huawei_is_called() {
    let cloud = LocalCloud::builder()
        .account("AKIDcommand", "command-secret")
        .on_path(Method::PUT, "/v1/{project_id}/vpcs/{vpc_id}", |request| {
            LocalResponse::ok(json!({
                "Body": { "vpc": request.params["vpc"] }, "Path": request.path, "Query": request.query,
                "Project": request.header("x-project-id"),
            }))
        })
        .on_path(Method::DELETE, "/v1/{project_id}/vpcs/{vpc_id}", |_| LocalResponse::ok(()))
        .start()
        .await
        .unwrap();
    let url = cloud.url();
    let base = ["--cloud", "huawei", "--product", "vpc", "--version", "v1", "--endpoint", &url];
    let path = ["--path", "/v1/{project_id}/vpcs/{vpc_id}", "--region", "cn-north-4"];
    for signature in ["SDK-HMAC-SHA256", "V11-HMAC-SHA256"] {
        let put = ["--action", "UpdateVpc", "--method", "PUT", "--sign-method", signature];
        for document in [
            &["--params", r#"{"vpc_id":"a b","vpc":{"name":"n"}}"#][..],
            &["--params", r#"{"vpc_id":"a b"}"#, "--body", r#"{"vpc":{"name":"n"}}"#],
        ] {
            let query = ["--query", "dry_run=true", "--query", "tag=x y"];
            let answer = answer(&call(&[&base[..], &path, &put, document, &query].concat()).await);
            assert_eq!(answer["Body"], json!({ "vpc": { "name": "n" } }));
            assert_eq!((&answer["Path"], &answer["Project"]), (&json!("/v1/p1/vpcs/a%20b"), &json!("p1")));
            assert_eq!(answer["Query"], json!([["dry_run", "true"], ["tag", "x y"]]));
        }
    }
    let delete = ["--action", "DeleteVpc", "--method", "DELETE", "--params", r#"{"vpc_id":"v"}"#];
    let gone = call(&[&base[..], &path, &delete].concat()).await;
    assert_eq!(answer(&gone), json!({}));
    let unknown = ["--action", "X", "--method", "GET", "--path", "/v9/x"];
    let error = failure(&call(&[&base[..], &unknown].concat()).await, 1);
    assert!(error.contains("status 404: APIGW.0101") && error.contains("request id "), "{error}");
    assert!(cloud.requests().iter().all(|record| record.verdict.is_accepted()), "{:?}", cloud.requests());
}

#[tokio::test]
async fn alibaba_is_called_in_both_styles() {
    let cloud = LocalCloud::builder()
        .account_with_token("AKIDcommand", "command-secret", "command-token")
        .on("DescribeVpcs", |request| LocalResponse::ok(json!({ "Params": request.params })))
        .on("CreateCluster", |request| {
            LocalResponse::ok(json!({
                "Params": request.params, "Path": request.path, "Query": request.query, "Extra": request.header("x-extra"),
            }))
        })
        .start()
        .await
        .unwrap();
    let url = cloud.url();
    let base = ["--cloud", "alibaba", "--version", "2016-04-28", "--endpoint", &url, "--product", "vpc"];
    for signature in ["ACS3-HMAC-SHA256", "HMAC-SHA1"] {
        for method in ["GET", "POST"] {
            let more = [
                "--action",
                "DescribeVpcs",
                "--sign-method",
                signature,
                "--method",
                method,
                "--style",
                "rpc",
            ];
            let params = ["--params", r#"{"Tag":[{"Key":"a b"}]}"#, "--query", "PageSize=1"];
            let region = ["--region", "cn-hangzhou"];
            let answer = answer(&call(&[&base[..], &more, &params, &region].concat()).await);
            assert_eq!(
                answer["Params"],
                json!({ "Tag": [{ "Key": "a b" }], "PageSize": "1", "RegionId": "cn-hangzhou" }),
                "{signature} {method}"
            );
        }
        let more =
            ["--action", "CreateCluster", "--sign-method", signature, "--method", "POST", "--style", "roa"];
        let rest = [
            "--path",
            "/clusters/{id}/nodes",
            "--params",
            r#"{"id":"a b/c","count":2}"#,
            "--query",
            "dry=1",
            "--header",
            "x-extra=e",
        ];
        let answer_ = answer(&call(&[&base[..], &more, &rest].concat()).await);
        assert_eq!(answer_["Params"], json!({ "count": 2, "dry": "1" }));
        assert_eq!(answer_["Path"], "/clusters/a%20b%2Fc/nodes");
        assert_eq!((&answer_["Query"], &answer_["Extra"]), (&json!([["dry", "1"]]), &json!("e")));
        let whole = ["--path", "/clusters", "--body", r#"{"name":"n"}"#];
        let answer_ = answer(&call(&[&base[..], &more, &whole].concat()).await);
        assert_eq!(answer_["Params"], json!({ "name": "n" }));
    }
    let gone = call(&[&base[..], &["--action", "NoSuchAction"]].concat()).await;
    assert!(failure(&gone, 1).contains("status 404: InvalidAction.NotFound"), "{gone:?}");
    assert!(cloud.requests().iter().all(|record| record.verdict.is_accepted()));
}

#[tokio::test]
async fn an_error_of_the_service_is_one_line_and_exit_1() {
    let cloud = cloud().await;
    let gone = failure(&tencent(&cloud, "DescribeGone", &[]).await, 1);
    let start = "not found: tencent DescribeGone: status 200: ResourceNotFound.Vpc: no such vpc (request id ";
    assert!(gone.starts_with(start) && gone.ends_with(", 1 attempt)\n"), "{gone}");
    let down = failure(&tencent(&cloud, "DescribeDown", &["--retries", "1"]).await, 1);
    assert!(down.contains("status 502") && down.ends_with(", 2 attempts)\n"), "{down}");
    assert_eq!(cloud.count("DescribeDown"), 2);
    let unknown = failure(&tencent(&cloud, "NoSuchAction", &[]).await, 1);
    assert!(unknown.contains("InvalidAction"), "{unknown}");
}

#[tokio::test]
async fn retries_are_as_many_as_asked() {
    let cloud = cloud().await;
    failure(&tencent(&cloud, "Flaky", &["--retries", "0"]).await, 1);
    assert_eq!(cloud.count("Flaky"), 1);
}

#[tokio::test]
async fn what_cannot_be_used_is_exit_3() {
    let cloud = cloud().await;
    let page = tencent(&cloud, "DescribePage", &[]).await;
    assert_eq!(page.status.code(), Some(3));
    let error = text(&page.stderr);
    assert!(error.starts_with("decode: tencent DescribePage: status 200"), "{error}");
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let closed = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let base =
        ["--cloud", "tencent", "--product", "cvm", "--version", "2017-03-12", "--action", "DescribeZones"];
    let refused = call(&[&base[..], &["--endpoint", &closed, "--retries", "0"]].concat()).await;
    assert!(failure(&refused, 3).starts_with("connect: tencent DescribeZones"), "{refused:?}");
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", silent.local_addr().unwrap());
    let late = call(&[&base[..], &["--endpoint", &url, "--timeout", "0.3"]].concat()).await;
    assert!(failure(&late, 3).starts_with("timeout: tencent DescribeZones"), "{late:?}");
}

#[tokio::test]
async fn a_wrong_command_line_is_exit_2() {
    let cloud = cloud().await;
    for (more, wanted) in [
        (&["--nonsense"][..], "--nonsense"),
        (&["--cloud", "mars"], "mars"),
        (&["--sign-method", "MD5"], "MD5"),
        (&["--method", "DELETE"], "DELETE"),
        (&["--params", "[]"], "--params"),
        (&["--region", "a/b"], "a/b"),
        (&["--header", "Host=x"], "host"),
        (&["--style", "roa"], "--style"),
        (&["--path", "/v1/x"], "--path"),
        (&["--timeout", "never"], "--timeout"),
    ] {
        let error = failure(&tencent(&cloud, "DescribeZones", more).await, 2);
        assert!(error.contains(wanted), "{error}");
    }
    assert!(cloud.requests().is_empty());
    let base =
        ["--cloud", "tencent", "--product", "cvm", "--version", "2017-03-12", "--action", "DescribeZones"];
    let output = bare().arg("call").args(base).args(["--endpoint", &cloud.url()]).output().await.unwrap();
    assert!(failure(&output, 2).contains("TENCENTCLOUD_SECRET_ID"), "{output:?}");
    let help = call(&["--help"]).await;
    assert!(help.status.success() && text(&help.stdout).contains("--dry-run"), "{help:?}");
}

#[tokio::test]
async fn a_dry_run_masks_and_sends_nothing() {
    let cloud = cloud().await;
    let params = r#"{"LoginSettings":{"Password":"planted-password"},"Limit":1.50}"#;
    for method in ["TC3-HMAC-SHA256", "HmacSHA1"] {
        for verb in ["GET", "POST"] {
            let more = ["--dry-run", "--params", params, "--sign-method", method, "--method", verb];
            let output = tencent(&cloud, "DescribeZones", &more).await;
            assert!(output.status.success(), "{output:?}");
            let shown = text(&output.stdout);
            assert!(shown.starts_with(&format!("{verb} {}/", cloud.url())), "{shown}");
            assert!(shown.contains("\nhost: 127.0.0.1:") && shown.contains("****"), "{shown}");
            for secret in ["AKIDcommand", "command-secret", "command-token", "planted-password"] {
                assert!(!shown.contains(secret), "{shown}");
            }
            if (method, verb) == ("TC3-HMAC-SHA256", "POST") {
                assert!(
                    shown.ends_with("\n\n{\"LoginSettings\":{\"Password\":\"****\"},\"Limit\":1.50}\n"),
                    "{shown}"
                );
                let signed = "authorization: TC3-HMAC-SHA256 Credential=****, SignedHeaders=content-type;host, \
                              Signature=****\n";
                assert!(shown.contains(signed), "{shown}");
            }
        }
    }
    assert!(cloud.requests().is_empty());
}
