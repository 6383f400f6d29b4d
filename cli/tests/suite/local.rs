//! `local`: the local cloud as a server of its own.

use std::process::Stdio;

use tokio::io::{AsyncBufReadExt as _, BufReader};

use crate::command::{ID, SECRET, TOKEN, command, failure, json, run};

#[tokio::test]
async fn it_serves_until_stdin_ends_and_lists_requests() {
    let account = format!("{ID}:{SECRET}:{TOKEN}");
    let mut server = command()
        .args(["local", "--account", &account, "--answer", r#"DescribeZones={"TotalCount": 7}"#])
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(server.stdout.take().unwrap()).lines();
    let url = lines.next_line().await.unwrap().unwrap();
    assert!(url.starts_with("http://127.0.0.1:"), "{url}");
    let base = ["--product", "cvm", "--version", "2017-03-12", "--action", "DescribeZones", "--region", "r"];
    let call = [&["call", "--cloud", "tencent", "--endpoint", &url][..], &base].concat();
    assert_eq!(json(&run(&call).await)["TotalCount"], 7);
    assert_eq!(lines.next_line().await.unwrap().unwrap(), "tencent DescribeZones 200 Accepted");
    drop(server.stdin.take());
    assert!(server.wait().await.unwrap().success());
}

#[tokio::test]
async fn mistakes_are_named_without_secrets() {
    for (arguments, wanted) in [
        (&["local", "--account", SECRET][..], "ID:SECRET"),
        (&["local", "--answer", "A={"], "--answer A: not JSON"),
        (&["local", "--answer", "G;T /v1/x"], "not an HTTP method"),
        (&["local", "--port", "1"], "--port"),
    ] {
        let error = failure(&run(arguments).await, 2);
        assert!(error.contains(wanted), "{error}");
    }
}
