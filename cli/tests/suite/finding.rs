//! `skeleton` and `rust`: from an action to its input, and to a program.

use cloudcall::json::json;
use cloudcall::local::{LocalCloud, LocalResponse};

use crate::command::{ID, SECRET, TOKEN, failure, json as printed, ran, run, run_with_stdin, text};

#[tokio::test]
async fn a_skeleton_has_required_parameters_first_and_is_valid_input() {
    let (status, out, errors) = ran("skeleton tencent vpc CreateSubnet").await;
    assert_eq!((status, errors.as_str()), (Some(0), ""));
    assert!(out.starts_with("{\n  \"VpcId\": \"\","), "{out}");
    let cloud = LocalCloud::builder()
        .account_with_token(ID, SECRET, TOKEN)
        .on("CreateSubnet", |request| LocalResponse::ok(json!({ "Params": request.params })))
        .start()
        .await
        .unwrap();
    let url = cloud.url();
    let words = ["tencent", "vpc", "CreateSubnet", "--region", "r", "--endpoint", &url, "--params", "-"];
    let found = printed(&run_with_stdin(&words, &out).await);
    assert!(found["Params"]["VpcId"].is_string(), "{found}");
    let (_, short, _) = ran("skeleton tencent vpc CreateSubnet --required").await;
    assert_eq!(short.lines().count(), 5, "{short}");
}

#[tokio::test]
async fn skeletons_of_all_clouds_are_json() {
    for line in [
        "huawei vpc CreateVpc --version v3",
        "alibaba ecs RunInstances",
        "volcengine ecs RunInstances",
        "tencent cvm DescribeZones",
    ] {
        let output = run(&[&["skeleton"][..], &line.split(' ').collect::<Vec<_>>()].concat()).await;
        assert!(printed(&output).is_object(), "{line}");
    }
    assert!(failure(&run(&["skeleton", "tencent", "cvm", "RunInstance"]).await, 2).contains("did you mean"));
}

#[tokio::test]
async fn programs_are_as_the_command_writes_them() {
    for (name, words, text_) in [
        (
            "describe_instances",
            &[
                "tencent",
                "cvm",
                "DescribeInstances",
                "--region",
                "ap-guangzhou",
                "--limit",
                "20",
                "--instance-ids",
                "ins-1",
                "--filters",
                r#"[{"Name":"zone","Values":["ap-guangzhou-3"]}]"#,
            ][..],
            include_str!("../../../tests/emitted/describe_instances.rs"),
        ),
        (
            "create_vpc",
            &[
                "huawei",
                "vpc",
                "CreateVpc",
                "--version",
                "v3",
                "--region",
                "cn-north-4",
                "--vpc",
                r#"{"name":"v","cidr":"10.0.0.0/16","tags":[{"key":"k","value":"v"}]}"#,
            ],
            include_str!("../../../tests/emitted/create_vpc.rs"),
        ),
    ] {
        let output = run(&[&["rust"], words].concat()).await;
        assert!(output.status.success(), "{output:?}");
        let shown = text(&output.stdout);
        let command = format!("cargo run -p cloudcall-cli -- rust ... > tests/emitted/{name}.rs");
        assert!(shown == text_, "write it anew: {command}\n{shown}");
    }
}
