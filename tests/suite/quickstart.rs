//! The program `quickstart`, as people run it first.

use std::process::Command;

use cloudcall_tests::programs;

fn run(arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(programs::example("quickstart"));
    // Half a key pair ends each chain with an error, before it would ask a metadata service.
    let halves = [
        "TENCENTCLOUD_SECRET_ID",
        "HUAWEICLOUD_SDK_AK",
        "ALIBABA_CLOUD_ACCESS_KEY_ID",
        "VOLCENGINE_ACCESS_KEY",
    ]
    .map(|name| (name, "half"));
    let output =
        command.args(arguments).env_clear().env("HOME", "/nonexistent").envs(halves).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn it_calls_every_cloud_and_shows_an_error() {
    let (code, out, err) = run(&[]);
    assert_eq!((code, err.as_str()), (Some(0), ""), "{out}");
    for part in [
        "A local cloud listens on http://127.0.0.1:",
        "\ntencent\n",
        "ap-guangzhou-3",
        "not found: tencent DescribeInstances: status 200: InvalidInstanceId.NotFound",
        "\nqcloud\n",
        "Shanghai",
        "\nhuawei\n",
        "10.0.0.0/8",
        "\nalibaba\n",
        "not found: alibaba DescribeClusterDetail: status 404: ErrorClusterNotFound",
        "\nvolcengine\n",
        "volcengine ListBill: status 400: InvalidParameter",
        "\nNext: a program of yours.",
        "client.describe_zones().send().await?.zone_set",
    ] {
        assert!(out.contains(part), "{part:?} is not in\n{out}");
    }
    // The folder that the program names is the package, so that the line can be pasted.
    let (_, line) = out.split_once("cargo add cloudcall --path \"").unwrap();
    let (sdk, _) = line.split_once('"').unwrap();
    let sdk = std::path::Path::new(sdk);
    assert!(sdk.ends_with("sdk") && sdk.join("Cargo.toml").is_file(), "{sdk:?}");
    let (_, seen) = out.split_once("The local cloud received ").unwrap();
    let (all, rest) = seen.split_once(" requests; ").unwrap();
    assert!(rest.starts_with(&format!("{all} had a valid signature")), "{out}");
}

#[test]
fn without_whole_keys_the_vendors_are_not_called() {
    let (code, out, _) = run(&["--real"]);
    assert_eq!(code, Some(0), "{out}");
    assert!(out.contains("skipped: credentials: tencent"), "{out}");
    assert_eq!(run(&["--nonsense"]).0, Some(2));
}
