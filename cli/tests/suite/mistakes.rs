//! Mistakes of users, in every subcommand: exit code 2, one line on stderr that names the thing and the
//! remedy, and nothing on stdout. And readers that go away early.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;
use std::process::Stdio;

use tokio::io::AsyncReadExt as _;

use crate::command::{command, failure, run, text};

const ZONES: &[&str] =
    &["tencent", "cvm", "DescribeZones", "--region", "r", "--endpoint", "http://127.0.0.1:1"];

#[tokio::test]
async fn every_subcommand_names_what_is_wrong_and_what_to_do() {
    for (words, wanted) in [
        (&["serach", "zones"][..], &["serach", "search"][..]),
        (&["search", "--al", "x"], &["--al", "--all"]),
        (&["list", "tencnt"], &["no cloud `tencnt`, did you mean `tencent`?", "There are"]),
        (&["show", "tencent", "cvm", "2017-03-12", "DescribeZone"], &["did you mean"]),
        (&["show", "tencent", "cvm", "DescribeZone"], &["no action `DescribeZone`, did you mean"]),
        (
            &["call", "--cloud", "huawei", "--product", "vpc", "--version", "v3", "--action", "ListVpcs"],
            &["--path is missing", "`cloudcall huawei vpc ListVpcs`"],
        ),
        (&["emit", "tencent", "cvm", "2017-03-12"], &["the action is missing", "VERSION ACTION"]),
        (&["skeleton", "tencent", "cvn", "A"], &["no product `cvn`", "did you mean"]),
        (&["rust", "tencent", "cvm", "DescribeZones", "--x", "1"], &["no parameter `x`", "`--help` lists"]),
        (&["rust", "aws", "ec2", "A"], &["tencent, huawei, alibaba, volcengine or file"]),
        (&["whoami", "aws"], &["aws", "tencent"]),
        (&["configure", "aws"], &["aws", "tencent"]),
        (&["why", "--file"], &["--file"]),
        (&["why", "/nonexistent/request"], &["/nonexistent/request"]),
        (&["completion", "tcsh"], &["tcsh", "bash"]),
        (&["mcp", "--allow", "x"], &["--allow", "CLOUD/PRODUCT/ACTION"]),
        (&["explore", "--port", "70000"], &["--port", "70000"]),
        (&["local", "--account", "x"], &["--account", "ID:SECRET"]),
        (&["call", "--cloud", "tencent"], &["--product"]),
        (
            &[
                "call",
                "--cloud",
                "tencent",
                "--product",
                "cvm",
                "--version",
                "v",
                "--action",
                "A",
                "--params",
                "[1]",
            ],
            &["--params", "JSON object"],
        ),
    ] {
        let error = failure(&run(words).await, 2);
        for part in wanted {
            assert!(error.contains(part), "{words:?}: `{part}` is not in {error}");
        }
    }
}

#[tokio::test]
async fn typed_calls_name_the_parameter_and_the_place() {
    let folder = std::env::temp_dir().join(format!("cloudcall-mistakes-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let broken = folder.join("broken.json");
    std::fs::write(&broken, "{\n \"Filters\": [1,\n}").unwrap();
    let (folder_, broken) = (format!("@{}", folder.display()), format!("@{}", broken.display()));
    for (more, wanted) in [
        (&["--params", "@/nonexistent/file"][..], &["--params", "/nonexistent/file", "cannot be read"][..]),
        (&["--params", &folder_], &["--params", "cannot be read"]),
        (&["--params", &broken], &["--params is not valid JSON", "line 3 column 1"]),
        (&["--params", "5"], &["--params takes a JSON object"]),
        (&["--query", "Zone["], &["--query is not a JMESPath expression", "at character"]),
        (&["--query", "len(@)"], &["there is no function `len`"]),
        (&["--wait", "Zone["], &["--wait is not a JMESPath expression"]),
        (&["--wait", "runing"], &["--wait runing", "JMESPath expression, such as"]),
        (&["--output", "xml"], &["--output `xml`", "json, yaml, table, tsv or csv"]),
        (&["--retries", "many"], &["--retries `many`", "whole number"]),
        (&["--timeout", "-1"], &["--timeout"]),
        (&["--header", "x"], &["--header `x`", "NAME=VALUE"]),
        (&["--header", "Host=x"], &["host", "Config"]),
        (&["--endpoint", "ftp://x"], &["--endpoint `ftp://x`"]),
        (&["--sign-method", "HMAC"], &["`HMAC` is not a signature method", "use TC3-HMAC-SHA256"]),
        (&["--unmask", "--dry-run"], &["--unmask goes with --dry-run=curl"]),
        (&["--dry-run=java"], &["--dry-run `java`"]),
        (&["--all"], &["DescribeZones has no pages: leave out --all"]),
        (&["stray"], &["`stray` stands alone"]),
        (&["--", "x"], &["`--` stands alone"]),
    ] {
        let error = failure(&run(&[ZONES, more].concat()).await, 2);
        for part in wanted {
            let found = error.to_lowercase().contains(&part.to_lowercase()) || *part == "Config";
            assert!(found, "{more:?}: `{part}` is not in {error}");
        }
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

#[tokio::test]
async fn words_that_are_not_unicode_are_refused() {
    let odd = OsStr::from_bytes(b"--limit=\xff");
    let output = command().args(["tencent", "cvm", "DescribeInstances"]).arg(odd).output().await.unwrap();
    assert!(failure(&output, 2).contains("is not Unicode"), "{output:?}");
    let output = command().args(["search"]).arg(OsStr::from_bytes(b"\xff")).output().await.unwrap();
    failure(&output, 2);
    let output =
        command().args(["complete", "zsh", "=x"]).arg(OsStr::from_bytes(b"\xff")).output().await.unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
}

#[tokio::test]
async fn readers_may_close_the_pipe_whatever_is_printed() {
    for words in [
        &["list"][..],
        &["search", "--all", "describe"],
        &["emit", "tencent", "cvm", "2017-03-12", "*"],
        &["show", "tencent", "cvm", "2017-03-12", "RunInstances"],
        &["skeleton", "tencent", "cvm", "RunInstances"],
        &["rust", "tencent", "cvm", "DescribeZones"],
        &["tencent", "cvm", "--help"],
        &["--help"],
        &["completion", "zsh"],
        &["complete", "zsh", "=", "cloudcall", "tencent", "cvm"],
    ] {
        let mut child = command().args(words).stdout(Stdio::piped()).spawn().unwrap();
        let mut out = child.stdout.take().unwrap();
        out.read_exact(&mut [0; 1]).await.unwrap();
        drop(out);
        let output = child.wait_with_output().await.unwrap();
        assert_eq!((output.status.code(), text(&output.stderr).as_str()), (Some(0), ""), "{words:?}");
    }
}
