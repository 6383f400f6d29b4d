//! What is printed of a response, lists in pages, waits, and dry runs.

use cloudcall::json::json;
use cloudcall::local::{LocalCloud, LocalRequest, LocalResponse};

use crate::command::{ID, SECRET, TOKEN, command, failure, incomplete, json as printed, run, text};

const ITEMS: u64 = 45;

async fn cloud() -> LocalCloud {
    LocalCloud::builder()
        .account_with_token(ID, SECRET, TOKEN)
        .on("DescribeInstances", |request| {
            let number = |name: &str, usual| request.params[name].as_u64().unwrap_or(usual);
            let (offset, limit) = (number("Offset", 0), number("Limit", 20));
            let items: Vec<_> = (offset..(offset + limit).min(ITEMS))
                .map(|item| json!({ "InstanceId": format!("ins-{item}"), "CPU": item, "Price": 1.5 }))
                .collect();
            LocalResponse::ok(json!({ "TotalCount": ITEMS, "InstanceSet": items }))
        })
        .on("DescribeZones", |_| {
            let body = r#"{"Response": {"TotalCount": 1, "ZoneSet": [{"Zone": "z-1", "ZoneId": 12345678901234567890123, "Rate": 1.50}], "RequestId": "r"}}"#;
            LocalResponse::raw(200, "application/json", body)
        })
        .start()
        .await
        .unwrap()
}

async fn zones(cloud: &LocalCloud, more: &[&str]) -> std::process::Output {
    let url = cloud.url();
    let base = ["tencent", "cvm", "DescribeZones", "--region", "ap-guangzhou", "--endpoint", &url];
    run(&[&base[..], more].concat()).await
}

#[tokio::test]
async fn a_response_is_printed_in_every_format_with_all_digits() {
    let cloud = cloud().await;
    for (format, wanted) in [
        ("json", "\"ZoneId\": 12345678901234567890123,"),
        ("yaml", "  - Zone: z-1\n    ZoneId: 12345678901234567890123\n    Rate: 1.50\n"),
        ("csv", "Zone,ZoneId,Rate\nz-1,12345678901234567890123,1.50\n"),
        ("tsv", "z-1\t12345678901234567890123\t1.50\n"),
        ("table", "12345678901234567890123"),
    ] {
        let output = zones(&cloud, &["--output", format]).await;
        assert!(output.status.success(), "{output:?}");
        let shown = text(&output.stdout);
        assert!(shown.contains(wanted), "{format}: {shown}");
    }
}

#[tokio::test]
async fn all_pages_are_fetched() {
    let cloud = cloud().await;
    let url = cloud.url();
    let base = ["tencent", "cvm", "DescribeInstances", "--region", "r", "--endpoint", &url, "--all"];
    let all = printed(&run(&[&base[..], &["--limit", "10"]].concat()).await);
    let ids: Vec<&str> =
        all.as_array().unwrap().iter().map(|item| item["InstanceId"].as_str().unwrap()).collect();
    assert_eq!((ids.len() as u64, ids[0], ids[44]), (ITEMS, "ins-0", "ins-44"));
    assert_eq!(cloud.count("DescribeInstances"), 5);
    let some = printed(&run(&[&base[..], &["--offset", "40"]].concat()).await);
    assert_eq!((some.as_array().unwrap().len(), &some[0]["InstanceId"]), (5, &json!("ins-40")));
}

#[tokio::test]
async fn a_response_gives_no_orders_to_a_terminal() {
    let hostile = r#"{"Response": {"ZoneSet": [{"Zo\u001bne": "\u001b[2J\u009b31m\u007f云", "Last": "z"}], "RequestId": "r\u001b[1m"}}"#;
    let c1 = hostile.replace("\\u009b", "\u{9b}").replace("\\u007f", "\u{7f}");
    let cloud = LocalCloud::builder()
        .account_with_token(ID, SECRET, TOKEN)
        .on("DescribeZones", move |_| LocalResponse::raw(200, "application/json", c1.clone()))
        .on("DescribeRegions", |_| LocalResponse::error("Bad\u{1b}]0;x\u{7}", "no\u{9b}31m"))
        .on("DescribeImages", |_| LocalResponse::raw(200, "text/html", "<html>\u{1b}[2J\n</html>"));
    let cloud = cloud.start().await.unwrap();
    let url = cloud.url();
    for action in ["DescribeZones", "DescribeRegions", "DescribeImages"] {
        for format in ["json", "yaml", "table", "tsv", "csv"] {
            let words =
                ["tencent", "cvm", action, "--region", "r", "--endpoint", &url, "-v", "--output", format];
            let output = run(&words).await;
            for shown in [text(&output.stdout), text(&output.stderr)] {
                assert!(
                    !shown.contains(|c: char| c.is_control() && !"\n\t".contains(c)),
                    "{format}: {shown:?}"
                );
            }
            if (action, format) == ("DescribeZones", "json") {
                assert_eq!(printed(&output)["ZoneSet"][0]["Zo\u{1b}ne"], "\u{1b}[2J\u{9b}31m\u{7f}云");
            }
        }
    }
    let untyped = ["call", "--cloud", "tencent", "--product", "cvm", "--version", "2017-03-12", "--action"];
    let output = run(&[&untyped[..], &["DescribeZones", "--region", "r", "--endpoint", &url]].concat()).await;
    assert_eq!(printed(&output)["ZoneSet"][0]["Last"], "z");
    assert!(!text(&output.stdout).contains(['\u{1b}', '\u{9b}', '\u{7f}']), "{output:?}");
}

#[tokio::test]
async fn an_error_after_some_pages_costs_none_of_their_items() {
    let page = |request: &LocalRequest| {
        let offset = request.params["Offset"].as_u64().unwrap_or(0);
        let item = |id: u64| json!({ "InstanceId": format!("ins-{id}") });
        match (offset, request.params["InstanceIds"].is_null()) {
            (20.., true) => LocalResponse::error("InternalError", "try again"),
            (20.., false) => LocalResponse::ok(json!({ "TotalCount": 45, "InstanceSet": [] })),
            _ => LocalResponse::ok(
                json!({ "TotalCount": 45, "InstanceSet": (0..20).map(item).collect::<Vec<_>>() }),
            ),
        }
    };
    let cloud = LocalCloud::builder().account_with_token(ID, SECRET, TOKEN).on("DescribeInstances", page);
    let cloud = cloud.start().await.unwrap();
    let url = cloud.url();
    let base = [
        "tencent",
        "cvm",
        "DescribeInstances",
        "--region",
        "r",
        "--endpoint",
        &url,
        "--retries",
        "0",
        "--all",
    ];
    let (error, items) = incomplete(&run(&base).await, 3);
    assert!(error.contains("try again") && error.contains("stdout has the 20 items before"), "{error}");
    assert_eq!((items.as_array().unwrap().len(), &items[19]["InstanceId"]), (20, &json!("ins-19")));
    let short = [&base[..], &["--instance-ids", "ins-1"]].concat();
    let (error, items) = incomplete(&run(&[&short[..], &["--query", "length(@)"]].concat()).await, 3);
    assert!(error.contains("20 of 45 items") && error.contains("`--ignore-total`"), "{error}");
    assert_eq!(items, 20);
    let items = printed(&run(&[&short[..], &["--ignore-total"]].concat()).await);
    assert_eq!(items.as_array().unwrap().len(), 20);
}

#[tokio::test]
async fn a_dry_run_shows_the_request_in_three_forms() {
    let cloud = cloud().await;
    let shown = |output: std::process::Output| {
        assert!(output.status.success(), "{output:?}");
        text(&output.stdout)
    };
    let plain = shown(zones(&cloud, &["--dry-run"]).await);
    assert!(
        plain.starts_with(&format!("POST {}/\n", cloud.url())) && plain.contains("Signature=****"),
        "{plain}"
    );
    let curl = shown(zones(&cloud, &["--dry-run=curl"]).await);
    assert!(curl.starts_with("curl -X POST '") && curl.contains("-H 'x-tc-action: DescribeZones'"), "{curl}");
    for masked in [&plain, &curl] {
        assert!(!masked.contains(ID) && !masked.contains(TOKEN), "{masked}");
    }
    let rust = shown(zones(&cloud, &["--dry-run=rust"]).await);
    assert!(
        rust.contains("tencent cvm \"2017-03-12\": DescribeZones;") && rust.contains(".describe_zones()"),
        "{rust}"
    );
    let whole = shown(zones(&cloud, &["--dry-run=curl", "--unmask"]).await);
    assert!(whole.contains(TOKEN) && !whole.contains(SECRET), "{whole}");
    assert!(cloud.requests().is_empty());
    // The command is one that a shell runs.
    let program = format!("curl() {{ printf '%s\\n' \"$#\"; }}; {whole}");
    let shell = tokio::process::Command::new("sh").args(["-c", &program]).output().await.unwrap();
    assert!(text(&shell.stdout).trim().parse::<u32>().unwrap() > 10, "{shell:?}");
}

#[tokio::test]
async fn verbose_calls_print_attempts_and_no_secret() {
    let cloud = cloud().await;
    let output = zones(&cloud, &["-v"]).await;
    let (out, errors) = (text(&output.stdout), text(&output.stderr));
    assert!(out.starts_with('{') && errors.contains("> attempt 1: POST"), "{errors}");
    assert!(errors.contains("< attempt 1: 200 OK") && errors.contains(" ms"), "{errors}");
    for secret in [SECRET, TOKEN] {
        assert!(!errors.contains(secret), "{errors}");
    }
}

#[tokio::test]
async fn a_profile_of_the_vendors_file_is_taken() {
    let cloud = cloud().await;
    let home = std::env::temp_dir().join(format!("cloudcall-profile-{}", std::process::id()));
    std::fs::create_dir_all(home.join(".tencentcloud")).unwrap();
    let keys = format!("[work]\nsecret_id = {ID}\nsecret_key = {SECRET}\ntoken = {TOKEN}\n");
    std::fs::write(home.join(".tencentcloud/credentials"), keys).unwrap();
    let base = ["tencent", "cvm", "DescribeZones", "--region", "r", "--endpoint"];
    let with = |profile: &'static str| {
        let mut command = command();
        command.env("HOME", &home).env("TENCENTCLOUD_SECRET_ID", "other").args(base).arg(cloud.url());
        command.args(["--profile", profile]);
        command
    };
    assert_eq!(printed(&with("work").output().await.unwrap())["TotalCount"], 1);
    assert!(failure(&with("none").output().await.unwrap(), 2).contains("none"));
    std::fs::remove_dir_all(&home).unwrap();
}
