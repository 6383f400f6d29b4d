//! Typed calls: parameters are found in any spelling, checked, and put in their places.

use std::process::Stdio;

use cloudcall::http::Method;
use cloudcall::json::json;
use cloudcall::local::{LocalCloud, LocalRequest, LocalResponse};
use tokio::io::AsyncReadExt as _;

use crate::command::{ID, SECRET, TOKEN, command, failure, json as printed, ran, run, run_with_stdin};

fn received(request: &LocalRequest) -> LocalResponse {
    LocalResponse::ok(json!({
        "Params": request.params, "Method": request.method.as_str(), "Path": request.path, "Query": request.query,
        "Region": request.region,
    }))
}

async fn cloud() -> LocalCloud {
    LocalCloud::builder()
        .account_with_token(ID, SECRET, TOKEN)
        .on("DescribeInstances", received)
        .on("RunInstances", received)
        .on("DescribeCluster", received)
        .on("DescribeClusterDetail", received)
        .start()
        .await
        .unwrap()
}

/// The words of a line, and `--endpoint` of a local cloud.
async fn call(cloud: &LocalCloud, line: &str) -> std::process::Output {
    let url = cloud.url();
    let mut words: Vec<&str> = line.split_whitespace().collect();
    words.extend(["--endpoint", &url]);
    run(&words).await
}

#[tokio::test]
async fn parameters_are_found_in_any_spelling_and_have_their_types() {
    let cloud = cloud().await;
    for line in [
        r#"--limit 5 --instance-ids ins-1 --instance-ids ins-2 --filters [{"Name":"zone","Values":["z"]}]"#,
        r#"--Limit=5 --InstanceIds ["ins-1","ins-2"] --filters.0.name zone --filters.0.values z"#,
        r#"--LIMIT 5 --instance_ids ins-1 --instanceids ins-2 --Filters.0.Name zone --Filters.0.Values ["z"]"#,
        r#"--params {"Limit":5,"InstanceIds":["ins-1","ins-2"],"Filters":[{"Name":"zone","Values":["z"]}]}"#,
    ] {
        let call = call(&cloud, &format!("tencent cvm DescribeInstances --region ap-guangzhou {line}")).await;
        let found = printed(&call);
        let wanted = json!({
            "Limit": 5, "InstanceIds": ["ins-1", "ins-2"], "Filters": [{ "Name": "zone", "Values": ["z"] }],
        });
        assert_eq!(found["Params"], wanted, "{line}");
        assert_eq!((&found["Region"], &found["Method"]), (&json!("ap-guangzhou"), &json!("POST")));
    }
}

#[tokio::test]
async fn texts_come_from_files_and_stdin() {
    let cloud = cloud().await;
    let folder = std::env::temp_dir().join(format!("cloudcall-typed-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("params.json");
    std::fs::write(&file, r#"{"Limit": 7}"#).unwrap();
    let line = format!("tencent cvm describeinstances --region r --params @{}", file.display());
    assert_eq!(printed(&call(&cloud, &line).await)["Params"], json!({ "Limit": 7 }));
    let url = cloud.url();
    let words = ["tencent", "cvm", "DescribeInstances", "--region", "r", "--params", "-", "--endpoint", &url];
    assert_eq!(printed(&run_with_stdin(&words, r#"{"Offset": 1}"#).await)["Params"], json!({ "Offset": 1 }));
    let line = "tencent cvm DescribeInstances --region r --instance-ids @@ins";
    assert_eq!(printed(&call(&cloud, line).await)["Params"], json!({ "InstanceIds": ["@ins"] }));
    std::fs::remove_dir_all(&folder).unwrap();
}

#[tokio::test]
async fn every_cloud_is_called_by_its_facts() {
    let cloud = LocalCloud::builder()
        .account(ID, SECRET)
        .account_with_token("unused", SECRET, TOKEN)
        .on_path(Method::PUT, "/v3/{project_id}/vpc/vpcs/{vpc_id}", received)
        .start()
        .await
        .unwrap();
    let line = "huawei vpc UpdateVpc --region cn-north-4 --version v3 --vpc-id v-1 --vpc.name n";
    let found = printed(&call(&cloud, line).await);
    assert_eq!(found["Path"], "/v3/p1/vpc/vpcs/v-1");
    assert_eq!((&found["Method"], &found["Params"]["vpc"]), (&json!("PUT"), &json!({ "name": "n" })));
    let cloud = self::cloud().await;
    let line = r#"alibaba ecs DescribeInstances --region-id cn-hangzhou --tag [{"Key":"k","Value":"v"}] --page-size 10"#;
    let found = printed(&call(&cloud, line).await);
    assert_eq!(found["Params"]["Tag"], json!([{ "Key": "k", "Value": "v" }]));
    assert_eq!(found["Params"]["PageSize"], "10");
    let line = "alibaba cs DescribeClusterDetail --region cn-hangzhou --ClusterId c-1";
    assert_eq!(printed(&call(&cloud, line).await)["Path"], "/clusters/c-1");
    let line = "volcengine ecs DescribeInstances --region cn-beijing --instance-ids i-1 --max-results 3";
    let found = printed(&call(&cloud, line).await);
    assert_eq!((&found["Method"], &found["Params"]["MaxResults"]), (&json!("GET"), &json!("3")));
    assert!(cloud.requests().iter().all(|request| request.verdict.is_accepted()), "{:?}", cloud.requests());
}

#[tokio::test]
async fn a_region_that_is_not_known_is_noted_and_used() {
    let zones = "tencent cvm DescribeZones --dry-run --region";
    let (status, out, errors) = ran(&format!("{zones} ap-gangzhou")).await;
    assert_eq!(status, Some(0), "{errors}");
    assert!(out.contains("x-tc-region: ap-gangzhou"), "{out}");
    assert!(
        errors.starts_with("note: the region `ap-gangzhou` is not among")
            && errors.contains("`ap-guangzhou`"),
        "{errors}"
    );
    assert_eq!(ran(&format!("{zones} ap-guangzhou")).await.2, "");
    assert_eq!(ran(&format!("{zones} r --endpoint http://127.0.0.1:1")).await.2, "", "a private cloud");
}

#[tokio::test]
async fn help_has_no_empty_descriptions_and_says_what_a_list_is() {
    let (status, out, _) = ran("tencent cvm DescribeInstances --help").await;
    assert_eq!(status, Some(0));
    assert!(out.contains("A LIST is JSON, or the option is repeated."), "{out}");
    let lines: Vec<&str> = out.lines().collect();
    for pair in lines.windows(2).filter(|pair| pair[0].trim_start().starts_with("--")) {
        assert!(!pair[1].trim().is_empty(), "{} has no description in\n{out}", pair[0]);
    }
}

#[tokio::test]
async fn bad_input_is_one_line_and_nothing_is_sent() {
    let cloud = cloud().await;
    let base = "tencent cvm DescribeInstances --region r";
    for (line, wanted) in [
        ("tencent", "PRODUCT ACTION"),
        ("tencent cvm", "PRODUCT ACTION"),
        ("tencent cvn DescribeInstances", "tencent has no product `cvn`, did you mean"),
        ("tencent cvm DescribeInstance", "no action `DescribeInstance`, did you mean"),
        ("tencent cvm DescribeInstances --version 2016-01-01", "no version `2016-01-01`"),
        ("qcloud cvm DescribeInstances", "cloudcall call --cloud qcloud"),
        ("huawei obs ListBuckets", "`ListBuckets` of huawei obs v1 cannot be called"),
        (&format!("{base} --limt 5"), "no parameter `limt`; did you mean `--"),
        (&format!("{base} --limit x"), "--limit takes a whole number, not `x`"),
        (&format!("{base} --limit 1.5"), "--limit takes a whole number, not `1.5`"),
        (&format!("{base} --limit"), "--limit needs a value"),
        (&format!("{base} --limit 1 --Limit 2"), "--Limit is given twice"),
        (&format!("{base} --filters [{{"), "not valid JSON: EOF while parsing an object at line 1 column 2"),
        (
            &format!(r#"{base} --filters [{{"Nam":"x"}}]"#),
            "`Filters[0]` has no member `Nam`; did you mean `Name`",
        ),
        (&format!(r#"{base} --filters [{{"Name":1}}]"#), "`Filters[0].Name` takes a text, not a number"),
        (&format!(r#"{base} --filters [3]"#), "`Filters[0]` takes an object"),
        (&format!("{base} --filters.name x"), "write the number of the element"),
        (&format!("{base} --filters.0.nam x"), "there is no member `nam`"),
        (&format!("{base} --params [1]"), "--params takes a JSON object"),
        (&format!("{base} --params @/nonexistent/file"), "`/nonexistent/file` cannot be read"),
        (&format!("{base} --instance-ids @/nonexistent/file"), "`/nonexistent/file` cannot be read"),
        (&format!("{base} --output xml"), "json, yaml, table, tsv or csv"),
        (&format!("{base} stray"), "`stray` stands alone"),
        ("tencent cvm RunInstances --region r --all --placement.zone z", "RunInstances has no pages"),
        ("tencent vpc CreateSubnet --region r --zone z", "needs --VpcId, --SubnetName"),
        ("alibaba ecs StartInstance", "needs --InstanceId; `cloudcall skeleton alibaba ecs StartInstance`"),
        (&format!("{base} --sign-method MD5"), "MD5"),
    ] {
        let error = failure(&call(&cloud, line).await, 2);
        assert!(error.contains(wanted), "{line}: {error}");
    }
    assert!(cloud.requests().is_empty());
}

#[tokio::test]
async fn without_checks_what_was_given_is_sent() {
    let cloud = cloud().await;
    let line = "tencent cvm DescribeInstances --region r --no-check --brand-new 5 --Limit 1";
    assert_eq!(printed(&call(&cloud, line).await)["Params"], json!({ "Limit": 1, "brand-new": 5 }));
}

#[tokio::test]
async fn a_parameter_with_the_name_of_an_option_has_a_way_in() {
    let cloud = cloud().await;
    let line = "tencent cvm DescribeInstances --region r --param Limit=4";
    assert_eq!(printed(&call(&cloud, line).await)["Params"], json!({ "Limit": 4 }));
}

#[tokio::test]
async fn a_pipe_that_closes_early_is_not_an_error() {
    let mut child = command().args(["list", "tencent"]).stdout(Stdio::piped()).spawn().unwrap();
    let mut out = child.stdout.take().unwrap();
    let mut first = [0; 1];
    out.read_exact(&mut first).await.unwrap();
    drop(out);
    let output = child.wait_with_output().await.unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
}

#[tokio::test]
async fn help_is_made_from_facts() {
    for (line, wanted) in [
        ("tencent --help", &["cvm", "actions of 2017-03-12"][..]),
        ("tencent cvm --help", &["DescribeInstances", "RunInstances"]),
        (
            "tencent cvm describe-instances --help",
            &["--instance-ids <LIST>", "--limit <NUMBER>", "--region <REGION>"],
        ),
        ("huawei vpc UpdateVpc --version v3 -h", &["--vpc-id", "Required parameters", "--vpc <JSON>"]),
        ("--help", &["tencent", "volcengine", "whoami"]),
    ] {
        let (status, out, errors) = crate::command::ran(line).await;
        assert_eq!((status, errors.as_str()), (Some(0), ""), "{line}");
        for part in wanted {
            assert!(out.contains(part), "{line}: {part} is not in\n{out}");
        }
    }
    assert!(failure(&run(&["tencent", "cvn", "--help"]).await, 2).contains("cloudcall search cvn"));
}
