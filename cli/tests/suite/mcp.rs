//! `mcp`: a public client library calls the tools against the local cloud.

use std::process::Stdio;

use cloudcall::json::{Value, json};
use cloudcall::local::{LocalCloud, LocalResponse};
use rmcp::model::{CallToolRequestParams, CallToolResult, JsonObject};
use rmcp::service::{RoleClient, RunningService};
use rmcp::{ServiceError, ServiceExt as _};
use tokio::process::Child;

use crate::command::{ID, SECRET, TOKEN, bare, command, failure, run};

/// A client, and the server that it speaks with.
struct Session {
    client: RunningService<RoleClient, ()>,
    server: Child,
}

impl Session {
    async fn start(arguments: &[&str]) -> Self {
        let mut server = command().arg("mcp").args(arguments).stdin(Stdio::piped()).spawn().unwrap();
        let pipes = (server.stdout.take().unwrap(), server.stdin.take().unwrap());
        Self { client: ().serve(pipes).await.unwrap(), server }
    }

    async fn call(&self, tool: &'static str, arguments: Value) -> Result<CallToolResult, ServiceError> {
        let arguments: JsonObject = serde_json::from_str(&arguments.to_string()).unwrap();
        self.client.call_tool(CallToolRequestParams::new(tool).with_arguments(arguments)).await
    }

    /// The text of a result, and whether it is an error.
    async fn text(&self, tool: &'static str, arguments: Value) -> (String, bool) {
        let result = self.call(tool, arguments).await.unwrap();
        let texts = result.content.iter().filter_map(|content| content.as_text());
        let text = texts.map(|content| content.text.as_str()).collect::<Vec<_>>().join("\n");
        for secret in [SECRET, TOKEN] {
            assert!(!text.contains(secret), "{text}");
        }
        (text, result.is_error == Some(true))
    }

    async fn json(&self, tool: &'static str, arguments: Value) -> Value {
        let (text, is_error) = self.text(tool, arguments).await;
        assert!(!is_error, "{text}");
        text.parse().unwrap()
    }

    async fn stop(mut self) {
        self.client.cancel().await.unwrap();
        assert!(self.server.wait().await.unwrap().success());
    }
}

async fn cloud() -> LocalCloud {
    LocalCloud::builder()
        .account_with_token(ID, SECRET, TOKEN)
        .on("DescribeInstances", |request| {
            LocalResponse::ok(json!({
                "TotalCount": 2, "Params": request.params, "Region": request.region,
                "InstanceSet": [{ "InstanceId": "ins-1", "Login": { "Password": "planted" } }, { "InstanceId": "ins-2" }],
            }))
        })
        .on("DescribeZones", |_| LocalResponse::ok(json!({ "ZoneSet": [{ "Zone": "z".repeat(2000) }] })))
        .on("DescribeImages", |_| LocalResponse::error("InvalidParameter", "no such image"))
        .on("DescribeRegions", |_| {
            LocalResponse::raw(200, "application/json", r#"{"Response": {"Password": "planted", "RegionSet": ["#)
        })
        .on("StartInstances", |_| LocalResponse::ok(json!({})))
        .start()
        .await
        .unwrap()
}

fn cvm(action: &str) -> Value {
    json!({ "cloud": "tencent", "product": "cvm", "action": action, "region": "ap-guangzhou" })
}

#[tokio::test]
async fn a_client_library_calls_all_tools() {
    let cloud = cloud().await;
    let url = cloud.url();
    let session = Session::start(&["--endpoint", &url]).await;
    let info = session.client.peer_info().unwrap();
    assert_eq!(info.server_info.as_ref().unwrap().name, "cloudcall");
    let tools = session.client.list_all_tools().await.unwrap();
    let names: Vec<&str> = tools.iter().map(|tool| tool.name.as_ref()).collect();
    assert_eq!(names, ["search", "describe", "dry_run", "call"]);

    let found = session.json("search", json!({ "words": "cvm describe zones", "limit": 1 })).await;
    assert_eq!(found["found"][0]["action"], "DescribeZones");
    assert!(found["all"].as_u64().unwrap() > 1 && found["found"].as_array().unwrap().len() == 1, "{found}");

    let names = json!({ "cloud": "tencent", "product": "cvm", "action": "describeinstances" });
    let facts = session.json("describe", names).await;
    assert_eq!((&facts["action"], &facts["readonly"]), (&json!("DescribeInstances"), &json!(true)));
    let parameters = facts["parameters"].as_array().unwrap();
    let filters = parameters.iter().find(|parameter| parameter["name"] == "Filters").unwrap();
    assert_eq!(
        (&filters["type"], &filters["members"][0]["name"]),
        (&json!("list of object"), &json!("Name"))
    );
    assert!(
        facts["response"].as_array().unwrap().iter().any(|member| member["name"] == "InstanceSet"),
        "{facts}"
    );

    let shown = session.json("dry_run", cvm("RunInstances")).await;
    let request = shown["request"].as_str().unwrap();
    assert!(request.contains("Signature=****") && shown["readonly"] == false, "{request}");
    assert!(shown["rust"].as_str().unwrap().contains(".run_instances()"), "{shown}");
    assert!(cloud.requests().is_empty());

    let call = json!({
        "cloud": "tencent", "product": "cvm", "action": "DescribeInstances", "region": "ap-beijing", "params": { "Limit": 2 },
    });
    let response = session.json("call", call).await;
    assert_eq!((&response["Params"]["Limit"], &response["Region"]), (&json!(2), &json!("ap-beijing")));
    assert_eq!(response["InstanceSet"][0]["Login"]["Password"], "****");
    let selected = json!({
        "cloud": "tencent", "product": "cvm", "action": "DescribeInstances", "region": "r",
        "query": "InstanceSet[].[InstanceId, Login.Password]",
    });
    assert_eq!(session.json("call", selected).await, json!([["ins-1", "****"], ["ins-2", null]]));
    session.stop().await;
}

#[tokio::test]
async fn what_changes_something_must_be_allowed_and_can_be_denied() {
    let cloud = cloud().await;
    let url = cloud.url();
    let start = || json!({ "cloud": "tencent", "product": "cvm", "action": "StartInstances", "region": "r", "params": { "InstanceIds": ["i"] } });
    let session = Session::start(&["--endpoint", &url]).await;
    let (error, is_error) = session.text("call", start()).await;
    assert!(is_error && error.contains("--allow tencent/cvm/StartInstances"), "{error}");
    session.stop().await;
    let more = ["--endpoint", &url, "--allow", "tencent/cvm/Start*", "--deny", "tencent/cvm/DescribeInst*"];
    let session = Session::start(&more).await;
    let started = session.json("call", start()).await;
    assert!(started["RequestId"].is_string(), "{started}");
    let (error, is_error) = session.text("call", cvm("DescribeInstances")).await;
    assert!(is_error && error.contains("denied by --deny tencent/cvm/DescribeInst*"), "{error}");
    assert_eq!((cloud.count("StartInstances"), cloud.count("DescribeInstances")), (1, 0));
    session.stop().await;
}

#[tokio::test]
async fn results_are_cut_off_and_mistakes_are_results() {
    let cloud = cloud().await;
    let url = cloud.url();
    let session = Session::start(&["--endpoint", &url, "--max-bytes", "500"]).await;
    let (text, is_error) = session.text("call", cvm("DescribeZones")).await;
    assert!(!is_error && text.contains("Cut off after 500 of 2"), "{text}");
    for (tool, arguments, wanted) in [
        ("call", cvm("DescribeImages"), "no such image"),
        ("call", cvm("DescribeImage"), "did you mean"),
        ("call", json!({ "cloud": "aws", "product": "ec2", "action": "A" }), "`cloud` is `tencent`"),
        ("call", json!({ "cloud": "tencent" }), "missing field `product`"),
        (
            "call",
            json!({ "cloud": "tencent", "product": "cvm", "action": "DescribeZones", "params": [1] }),
            "`params` is an object",
        ),
        (
            "call",
            json!({ "cloud": "tencent", "product": "cvm", "action": "DescribeInstances", "params": { "Limt": 1 } }),
            "did you mean",
        ),
        (
            "call",
            json!({ "cloud": "tencent", "product": "cvm", "action": "DescribeZones", "query": "a[" }),
            "JMESPath",
        ),
        ("describe", json!({ "cloud": "tencent", "product": "cvn", "action": "A" }), "did you mean"),
        ("search", json!({ "word": "x" }), "unknown field `word`"),
        (
            "dry_run",
            json!({ "cloud": "tencent", "product": "vpc", "action": "CreateSubnet" }),
            "needs --VpcId",
        ),
    ] {
        let (error, is_error) = session.text(tool, arguments).await;
        assert!(is_error && error.contains(wanted), "{tool}: {error}");
    }
    assert!(session.call("delete", json!({})).await.unwrap_err().to_string().contains("no tool `delete`"));
    session.stop().await;
}

#[tokio::test]
async fn a_call_that_was_made_is_no_error() {
    let cloud = cloud().await;
    let url = cloud.url();
    let session = Session::start(&["--endpoint", &url]).await;
    let mut call = cvm("DescribeInstances");
    call["query"] = json!("length(TotalCount)");
    let (text, is_error) = session.text("call", call).await;
    let (response, note) = text.split_once('\n').unwrap();
    let response: Value = response.parse().unwrap();
    assert!(!is_error && response["InstanceSet"][0]["Login"]["Password"] == "****", "{text}");
    assert!(note.starts_with("The call was made. query: --query does not fit the response"), "{note}");
    let (text, is_error) = session.text("call", cvm("DescribeRegions")).await;
    assert!(!is_error && text.contains("RegionSet") && !text.contains("planted"), "{text}");
    assert!(text.contains("The call was made. decode"), "{text}");
    session.stop().await;
}

#[tokio::test]
async fn wrong_options_are_one_line_and_a_client_that_goes_is_no_error() {
    for (words, wanted) in [
        (&["mcp", "--allow", "cvm"][..], "CLOUD/PRODUCT/ACTION"),
        (&["mcp", "--deny", "aws/x/y"], "is not tencent"),
        (&["mcp", "--max-bytes", "x"], "--max-bytes"),
        (&["mcp", "--endpoint", "ftp://x"], "scheme"),
    ] {
        let error = failure(&run(words).await, 2);
        assert!(error.contains(wanted), "{error}");
    }
    let output = bare().arg("mcp").output().await.unwrap();
    assert!(output.status.success() && output.stdout.is_empty() && output.stderr.is_empty(), "{output:?}");
}
