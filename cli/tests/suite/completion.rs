//! Completion, as the scripts of the shells ask for it, and by the shells themselves where they are
//! installed.

use std::path::PathBuf;

use crate::command::{failure, run, text};

/// The candidates as zsh, fish and PowerShell ask: the current word with its mark, then the words before it.
async fn candidates(before: &str, current: &str) -> Vec<String> {
    let current = format!("={current}");
    let mut words = vec!["complete", "zsh", &current];
    words.extend(before.split_whitespace());
    let output = run(&words).await;
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
    text(&output.stdout).lines().map(|line| line.split('\t').next().unwrap().to_owned()).collect()
}

/// The candidates as bash asks: with the whole line, and the part of the word that bash replaces.
async fn in_bash(line: &str, fragment: &str) -> Vec<String> {
    let point = line.len().to_string();
    let output = run(&["complete", "bash", &point, line, fragment]).await;
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
    text(&output.stdout).lines().map(str::to_owned).collect()
}

const CVM: &str = "cloudcall tencent cvm DescribeInstances";

#[tokio::test]
async fn every_kind_of_word_is_completed() {
    for (before, current, wanted) in [
        ("cloudcall", "sea", &["search"][..]),
        ("cloudcall", "ten", &["tencent"]),
        ("cloudcall tencent", "cv", &["cvm"]),
        ("cloudcall tencent", "CV", &["cvm"]),
        ("cloudcall tencent cvm", "DescribeZones", &["DescribeZones"]),
        ("cloudcall tencent cvm", "DescribeZ", &["DescribeZoneInstanceConfigInfos", "DescribeZones"]),
        ("cloudcall tencent cvm", "describezones", &["DescribeZones"]),
        ("cloudcall tencent CVM describe-zones", "--reg", &["--region"]),
        (CVM, "--inst", &["--instance-ids"]),
        (CVM, "--wait-d", &["--wait-delay"]),
        ("cloudcall rust tencent cvm DescribeInstances", "--inst", &["--instance-ids"]),
        (&format!("{CVM} --limit 1"), "--lim", &[]),
        (&format!("{CVM} --instance-ids i"), "--inst", &["--instance-ids"]),
        (&format!("{CVM} --filters.0.name"), "", &[]),
        (CVM, "--filters.", &["--filters.0"]),
        (CVM, "--filters.0.n", &["--filters.0.name"]),
        (&format!("{CVM} --output"), "t", &["table", "tsv"]),
        (CVM, "--output=t", &["--output=table", "--output=tsv"]),
        (&format!("{CVM} --wait"), "", &["running", "stopped", "terminated"]),
        (&format!("{CVM} --region"), "ap-guang", &["ap-guangzhou"]),
        (&format!("{CVM} --version"), "", &["2017-03-12"]),
        (&format!("{CVM} --sign-method"), "tc", &["TC3-HMAC-SHA256"]),
        ("cloudcall alibaba ecs DescribeDisks --status", "In", &["In_use"]),
        (
            "cloudcall tencent cvm RunInstances --system-disk.disk-type",
            "CLOUD_B",
            &["CLOUD_BASIC", "CLOUD_BSSD"],
        ),
        ("cloudcall show", "hua", &["huawei"]),
        ("cloudcall show tencent", "cv", &["cvm"]),
        ("cloudcall show tencent cvm", "", &["2017-03-12"]),
        ("cloudcall emit tencent cvm 2017-03-12 DescribeZones", "DescribeReg", &["DescribeRegions"]),
        ("cloudcall skeleton tencent cvm", "DescribeZones", &["DescribeZones"]),
        ("cloudcall call --cloud", "q", &["qcloud"]),
        ("cloudcall call", "--cl", &["--cloud"]),
        ("cloudcall whoami", "vol", &["volcengine"]),
        ("cloudcall completion", "", &["bash", "zsh", "fish", "powershell"]),
        ("cloudcall tencent nothing", "x", &[]),
        ("cloudcall nothing", "x", &[]),
    ] {
        assert_eq!(candidates(before, current).await, wanted, "{before} | {current}");
    }
}

#[tokio::test]
async fn a_first_word_can_be_anything_but_what_is_hidden() {
    let all = candidates("cloudcall", "").await;
    for name in ["tencent", "huawei", "alibaba", "volcengine", "call", "search", "completion", "local"] {
        assert!(all.iter().any(|found| found == name), "{name}: {all:?}");
    }
    assert!(!all.iter().any(|found| found == "complete"), "{all:?}");
    assert_eq!(candidates("cloudcall rust", "").await.len(), 4);
    let helped = text(
        &run(&["complete", "fish", "=--limit", "cloudcall", "tencent", "cvm", "DescribeInstances"])
            .await
            .stdout,
    );
    assert!(helped.starts_with("--limit\t") || helped == "--limit\n", "{helped}");
}

#[tokio::test]
async fn files_follow_an_at_sign() {
    let folder = std::env::temp_dir().join(format!("cloudcall-complete-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("inner")).unwrap();
    std::fs::write(folder.join("params.json"), "{}").unwrap();
    let shown = folder.display();
    let before = format!("{CVM} --params");
    assert_eq!(candidates(&before, &format!("@{shown}/p")).await, [format!("@{shown}/params.json")]);
    assert_eq!(candidates(&before, &format!("@{shown}/in")).await, [format!("@{shown}/inner/")]);
    std::fs::remove_dir_all(&folder).unwrap();
}

#[tokio::test]
async fn bash_replaces_the_part_after_its_word_breaks() {
    assert_eq!(in_bash("cloudcall tencent cvm DescribeZones", "DescribeZones").await, ["DescribeZones"]);
    assert_eq!(in_bash(&format!("{CVM} --output=t"), "t").await, ["table", "tsv"]);
    assert_eq!(in_bash(&format!("{CVM} --output="), "").await.len(), 5);
    assert_eq!(in_bash(&format!("{CVM} --output \"ta"), "\"ta").await, ["table"]);
    assert_eq!(in_bash("X=1 cloudcall sea", "sea").await, ["search"]);
}

#[tokio::test]
async fn scripts_are_printed_and_wrong_uses_are_one_line() {
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let output = run(&["completion", shell]).await;
        let shown = text(&output.stdout);
        assert!(
            output.status.success() && shown.contains(&format!("cloudcall complete {shell} ")),
            "{shown}"
        );
    }
    for words in
        [&["complete"][..], &["complete", "tcsh"], &["complete", "bash", "1"], &["complete", "fish", "x"]]
    {
        assert!(failure(&run(words).await, 2).contains("cloudcall completion"), "{words:?}");
    }
    assert!(failure(&run(&["completion", "tcsh"]).await, 2).contains("tcsh"));
}

/// Runs a program of a shell in which the command is on the path. None, with a line about it, if the shell is
/// not here.
async fn shell(name: &str, arguments: &[&str]) -> Option<String> {
    let folder = PathBuf::from(env!("CARGO_BIN_EXE_cloudcall")).parent().unwrap().to_owned();
    let path = format!("{}:{}", folder.display(), env!("PATH"));
    let mut command = tokio::process::Command::new(name);
    // fish makes its folders in the home directory.
    let home = env!("CARGO_TARGET_TMPDIR");
    command.env_clear().env("PATH", &path).env("HOME", home).env("TERM", "dumb").args(arguments);
    match command.output().await {
        Ok(output) => {
            assert!(output.status.success(), "{name}: {output:?}");
            Some(text(&output.stdout))
        }
        Err(error) => {
            println!("not run: {name} is not installed ({error})");
            None
        }
    }
}

#[tokio::test]
async fn bash_itself_completes() {
    let program = r#"
        source <(cloudcall completion bash)
        COMP_LINE='cloudcall tencent cvm DescribeInstances --output=t'
        COMP_POINT=${#COMP_LINE}
        COMP_WORDS=(cloudcall tencent cvm DescribeInstances --output = t)
        COMP_CWORD=6
        _cloudcall cloudcall t =
        printf '%s\n' "${COMPREPLY[@]}"
        complete -p cloudcall"#;
    if let Some(shown) = shell("bash", &["--norc", "-c", program]).await {
        assert_eq!(shown, "table\ntsv\ncomplete -F _cloudcall cloudcall\n");
    }
}

#[tokio::test]
async fn fish_itself_completes() {
    let program =
        "cloudcall completion fish | source; complete -C 'cloudcall tencent cvm DescribeInstances --inst'";
    if let Some(shown) = shell("fish", &["--no-config", "-c", program]).await {
        assert!(shown.starts_with("--instance-ids"), "{shown}");
    }
}

#[tokio::test]
async fn zsh_itself_completes() {
    // What the script gives to the completion system, which needs a terminal.
    let program = r#"
        compdef() { registered=$*; }
        compadd() { print -l -- "${closed[@]}" "${open[@]}"; }
        source <(cloudcall completion zsh)
        words=(cloudcall tencent cvm DescribeInstances --inst) CURRENT=5 PREFIX=--inst
        _cloudcall
        print -- $registered"#;
    if let Some(shown) = shell("zsh", &["-f", "-c", program]).await {
        assert_eq!(shown, "--instance-ids\n_cloudcall cloudcall\n");
    }
}
