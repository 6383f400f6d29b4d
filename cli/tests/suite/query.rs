//! `--query` and `--wait`: what is printed of a response, and until when a call is repeated.

use cloudcall::http::Method;
use cloudcall::json::{Value, json};
use cloudcall::local::{LocalCloud, LocalResponse};

use crate::command::{ID, SECRET, TOKEN, failure, incomplete, json as printed, run, text};

fn state(state: &str) -> LocalResponse {
    LocalResponse::ok(
        json!({ "TotalCount": 1, "InstanceSet": [{ "InstanceId": "ins-1", "InstanceState": state }] }),
    )
}

async fn cloud(responses: Vec<LocalResponse>) -> LocalCloud {
    LocalCloud::builder()
        .account_with_token(ID, SECRET, TOKEN)
        .on_each("DescribeInstances", responses)
        .on("RunInstances", |_| LocalResponse::ok(json!({ "InstanceIdSet": ["ins-1"] })))
        .start()
        .await
        .unwrap()
}

async fn call(cloud: &LocalCloud, more: &[&str]) -> std::process::Output {
    let url = cloud.url();
    let base = ["tencent", "cvm", "DescribeInstances", "--region", "r", "--endpoint", &url, "--retries", "0"];
    run(&[&base[..], more].concat()).await
}

async fn wait(cloud: &LocalCloud, until: &str) -> std::process::Output {
    call(cloud, &["--wait", until, "--wait-delay", "0.001"]).await
}

#[tokio::test]
async fn a_query_selects_what_is_printed() {
    let body = r#"{"Response": {"InstanceSet": [{"Zone": "b", "Cpu": 12345678901234567890123, "Id": "i-1"}, {"Zone": "a", "Cpu": 2, "Id": "i-2"}], "TotalCount": 2, "RequestId": "r"}}"#;
    for (query, format, wanted) in [
        ("InstanceSet[0].Cpu", "json", "12345678901234567890123\n"),
        ("InstanceSet[].{Zone: Zone, Cpu: Cpu}", "csv", "Zone,Cpu\nb,12345678901234567890123\na,2\n"),
        ("sort_by(InstanceSet, &Zone)[].Id", "tsv", "i-2\ni-1\n"),
        ("InstanceSet[?Zone == 'a'] | [0].Id", "yaml", "i-2\n"),
        ("length(InstanceSet)", "table", "2"),
        ("Missing", "json", "null\n"),
    ] {
        let cloud = cloud(vec![LocalResponse::raw(200, "application/json", body)]).await;
        let output = call(&cloud, &["--query", query, "--output", format]).await;
        assert!(output.status.success(), "{output:?}");
        let shown = text(&output.stdout);
        assert!(if format == "table" { shown.contains(wanted) } else { shown == wanted }, "{query}: {shown}");
    }
    let cloud = cloud(vec![LocalResponse::raw(200, "application/json", body)]).await;
    let all = printed(&call(&cloud, &["--all", "--query", "[].Id"]).await);
    assert_eq!(all, json!(["i-1", "i-2"]));
}

#[tokio::test]
async fn a_wait_ends_with_a_named_state_or_a_true_expression() {
    for until in ["running", "InstanceSet[0].InstanceState == 'RUNNING'"] {
        let cloud = cloud(vec![state("PENDING"), state("STARTING"), state("RUNNING")]).await;
        let shown = printed(&wait(&cloud, until).await);
        assert_eq!(shown["InstanceSet"][0]["InstanceState"], "RUNNING");
        assert_eq!(cloud.count("DescribeInstances"), 3, "{until}");
    }
    let cloud =
        cloud(vec![state("STOPPED"), LocalResponse::ok(json!({ "TotalCount": 0, "InstanceSet": [] }))]).await;
    assert_eq!(printed(&wait(&cloud, "terminated").await)["TotalCount"], 0);
}

/// Waits until a volume is deleted. It is being deleted, and then the service responds with `last`.
async fn wait_for_deletion(last: LocalResponse) -> std::process::Output {
    let deleting = LocalResponse::ok(json!({ "volume": { "status": "deleting" } }));
    let responses = [deleting, last];
    let cloud = LocalCloud::builder()
        .account(ID, SECRET)
        .on_path(Method::GET, "/v2/{project_id}/cloudvolumes/{volume_id}", move |request| {
            responses[request.earlier.min(1)].clone()
        })
        .start()
        .await
        .unwrap();
    let url = cloud.url();
    let words =
        ["huawei", "evs", "ShowVolume", "--region", "r", "--volume-id", "v", "--endpoint", &url, "--wait"];
    run(&[&words[..], &["deleted", "--wait-delay", "0.001"]].concat()).await
}

#[tokio::test]
async fn a_resource_that_is_gone_ends_a_wait_for_its_deletion() {
    let output = wait_for_deletion(LocalResponse::error("EVS.0020", "gone").status(404)).await;
    assert_eq!(printed(&output), Value::Null);
}

#[tokio::test]
async fn a_404_that_says_nothing_of_the_resource_fails_a_wait_for_its_deletion() {
    for (gone, wanted) in [
        (
            LocalResponse::error("APIGW.0101", "The API does not exist or has not been published")
                .status(404),
            "APIGW.0101",
        ),
        (LocalResponse::raw(404, "text/html", "<html>no route</html>"), "no route"),
        (LocalResponse::raw(404, "application/json", r#"{"message":"no route"}"#), "no route"),
        (LocalResponse::raw(404, "text/plain", ""), "404"),
    ] {
        let output = wait_for_deletion(gone).await;
        let (error, last) = incomplete(&output, 1);
        assert!(error.contains(wanted), "{error}");
        assert_eq!(last["volume"]["status"], "deleting");
    }
}

#[tokio::test]
async fn a_wait_that_fails_says_why() {
    let cloud_ = cloud(vec![state("PENDING"), state("LAUNCH_FAILED")]).await;
    let (error, last) = incomplete(&wait(&cloud_, "running").await, 1);
    assert_eq!(last["InstanceSet"][0]["InstanceState"], "LAUNCH_FAILED");
    assert!(error.contains("LAUNCH_FAILED, from which running is not reached"), "{error}");
    let cloud_ = cloud(vec![state("PENDING")]).await;
    let (error, last) = incomplete(
        &call(&cloud_, &["--wait", "running", "--wait-timeout", "1", "--wait-delay", "100"]).await,
        3,
    );
    assert_eq!(last["InstanceSet"][0]["InstanceState"], "PENDING");
    assert!(error.contains("was not reached within 1s") && error.contains("PENDING"), "{error}");
}

#[tokio::test]
async fn mistakes_are_found_before_anything_is_sent() {
    let cloud = cloud(vec![state("RUNNING")]).await;
    for (more, wanted) in [
        (&["--query", "a["][..], "--query is not a JMESPath expression"),
        (&["--query", "lenght(a)"], "did you mean `length`?"),
        (&["--query", ""], "--query is not a JMESPath expression"),
        (&["--query"], "--query needs a value"),
        (&["--wait", "a["], "--wait is not a JMESPath expression"),
        (
            &["--wait", "runing"],
            "--wait runing: DescribeInstances of tencent cvm has no state `runing`, did you mean `running`?",
        ),
        (&["--wait", "ready"], "has the states `running`, `stopped` and `terminated`"),
        (&["--wait", "running", "--all"], "--all does not go with --wait"),
        (&["--wait", "running", "--wait-delay", "x"], "--wait-delay `x`"),
        (&["--wait-timeout", "5"], "--wait-timeout goes with --wait"),
        (&["--ignore-total"], "--ignore-total goes with --all"),
        (&["--max-empty-pages", "5"], "--max-empty-pages goes with --all"),
    ] {
        let error = failure(&call(&cloud, more).await, 2);
        assert!(error.contains(wanted), "{more:?}: {error}");
    }
    let url = cloud.url();
    let words =
        ["tencent", "cvm", "RunInstances", "--region", "r", "--endpoint", &url, "--no-check", "--wait", "@"];
    assert!(failure(&run(&words).await, 2).contains("RunInstances changes something"));
    let words = ["tencent", "cvm", "DescribeZones", "--region", "r", "--endpoint", &url, "--wait", "ready"];
    assert!(failure(&run(&words).await, 2).contains("DescribeZones of tencent cvm has no named states"));
    assert!(cloud.requests().is_empty());
}

#[tokio::test]
async fn an_expression_that_does_not_fit_costs_nothing_of_the_response() {
    let misfit = "does not fit the response: argument 1 of length()";
    let cloud = cloud(vec![state("PENDING")]).await;
    let url = cloud.url();
    let write = ["tencent", "cvm", "RunInstances", "--region", "r", "--endpoint", &url, "--no-check"];
    let query = ["--query", "length(Missing)", "--output", "json"];
    let (error, response) = incomplete(&run(&[&write[..], &query[..]].concat()).await, 3);
    assert!(error.contains(misfit), "{error}");
    assert_eq!((&response["InstanceIdSet"], cloud.count("RunInstances")), (&json!(["ins-1"]), 1));
    let (error, last) = incomplete(&wait(&cloud, "length(TotalCount) == `1`").await, 3);
    assert!(error.contains("--wait") && error.contains(misfit), "{error}");
    assert_eq!(last["InstanceSet"][0]["InstanceState"], "PENDING");
    let (error, all) =
        incomplete(&call(&cloud, &["--all", "--query", "length([0].InstanceState[0])"]).await, 3);
    assert!(error.contains(misfit), "{error}");
    assert_eq!(all[0]["InstanceId"], "ins-1");
}

#[tokio::test]
async fn a_response_that_cannot_be_read_is_printed_as_it_is() {
    let body = r#"{"Response": {"InstanceSet": [{"InstanceId": "ins-1"}"#;
    let cloud = cloud(vec![LocalResponse::raw(200, "application/json", body)]).await;
    let url = cloud.url();
    let untyped = ["call", "--cloud", "tencent", "--product", "cvm", "--version", "2017-03-12", "--action"];
    let untyped =
        [&untyped[..], &["DescribeInstances", "--region", "r", "--endpoint", &url, "--retries", "0"]];
    for output in [call(&cloud, &[]).await, run(&untyped.concat()).await] {
        assert_eq!((output.status.code(), text(&output.stdout)), (Some(3), format!("{body}\n")));
        assert!(text(&output.stderr).starts_with("decode"), "{output:?}");
    }
}
