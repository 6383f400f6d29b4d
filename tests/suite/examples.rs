//! The programs that show one cloud and style each: they run alone, without an account.

use std::process::{Command, Stdio};

use cloudcall_tests::programs;

#[test]
fn lists_are_read_to_their_end_and_states_waited_for() {
    for (name, parts) in [
        ("pages", ["3 pages, 250 instances", "300 items, as in one go"]),
        ("wait", ["ins-1 is RUNNING after 4 calls", "ins-2 will not run: LAUNCH_FAILED"]),
        ("actions", ["huawei vpc: c", "cn-hangzhou, cn-beijing"]),
    ] {
        let output = Command::new(programs::example(name)).env_clear().output().unwrap();
        let out = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success(), "{name}: {out}{}", String::from_utf8_lossy(&output.stderr));
        for part in parts {
            assert!(out.contains(part), "{name}: {part:?} is not in\n{out}");
        }
    }
}

#[test]
fn each_runs_against_a_local_cloud() {
    for (name, parts) in [
        ("tencent_cvm_run_instances", ["ins-1a2b3c4d", "after 2 attempts"]),
        ("qcloud_cvm_describe_instances", ["by GET:  {\"code\":0", "by POST: {\"code\":0"]),
        (
            "tencent_cls_upload_log",
            ["all 458890 bytes are sent", "got 458890 bytes for Some(\"f0e1d2c3-topic\")"],
        ),
        (
            "huawei_image_watermark",
            ["Some(\"image/jpeg\") for Some(\"test_watermark\")", "3000000 bytes in result.jpg"],
        ),
        ("huawei_vpc_update_vpc", ["Some(\"front\") now", "trace Some(\"t-1\")"]),
        ("alibaba_ecs_describe_instances", ["ACS3-HMAC-SHA256: Some(2)", "HMAC-SHA1:        Some(2)"]),
        ("chat_stream", ["Air scatters blue light most.", "(stop, Some(17) tokens)"]),
        ("download", ["16777216 bytes in", "peak memory"]),
        (
            "blocking",
            [
                "in pages of three: disk-1, disk-2, disk-3, disk-4, disk-5, disk-6, disk-7",
                "[Some(1), Some(2), Some(3), Some(4), Some(5), Some(6)",
            ],
        ),
        ("listeners", ["\"adminPass\":\"****\"", "= CreateServers after 2 attempts: ok"]),
        ("trace_context", ["DescribeZones attempt 2: Some(", "0 zones after 2 attempts"]),
        ("opentelemetry", ["cloudcall.retries 1 action=DescribeZones", "outcome=throttled"]),
        (
            "accounts",
            [
                "1003 cn-hangzhou: 13 instances",
                "role audit (session inventory) of account 1002\n3 exchanges for 3 accounts",
            ],
        ),
        ("alibaba_cs_describe_cluster", ["would name another resource", "changed, status 200"]),
    ] {
        let output = Command::new(programs::example(name)).env_clear().output().unwrap();
        let out = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success(), "{name}: {out}{}", String::from_utf8_lossy(&output.stderr));
        for part in parts {
            assert!(out.contains(part), "{name}: {part:?} is not in\n{out}");
        }
    }
}

#[test]
fn each_says_how_it_is_called() {
    let folder = std::env::temp_dir();
    for name in crate::documents::programs() {
        let run = |argument: &str| {
            let mut program = Command::new(programs::example(&name));
            program.arg(argument).env_clear().current_dir(&folder).stdin(Stdio::null()).output().unwrap()
        };
        let asked = run("--help");
        let told = String::from_utf8(asked.stdout).unwrap();
        assert_eq!(asked.status.code(), Some(0), "{name}: {}", String::from_utf8_lossy(&asked.stderr));
        assert!(told.to_lowercase().contains("usage: "), "{name}: {told}");

        let wrong = run("--nonsense");
        let told = String::from_utf8(wrong.stderr).unwrap();
        assert_eq!(wrong.status.code(), Some(2), "{name}: {told}");
        assert!(told.contains("usage: ") || told.contains("--help"), "{name}: {told}");
        assert!(wrong.stdout.is_empty(), "{name}: {}", String::from_utf8_lossy(&wrong.stdout));
    }
}

/// Runs `rolling_logs` in a folder of its own: the files by name, and the lines of the access log in them.
fn rolling_logs(mode: &[&str]) -> Vec<(String, String)> {
    let name = format!("cloudcall-rolling-logs-{}-{}", std::process::id(), mode.len());
    let folder = std::env::temp_dir().join(name);
    let mut command = Command::new(programs::example("rolling_logs"));
    let output = command.arg(&folder).args(mode).env_clear().output().unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    assert!(output.status.success(), "{out}{}", String::from_utf8_lossy(&output.stderr));
    assert!(!out.contains("example-secret"), "{out}");
    let before = format!("{}/", folder.display());
    let files = out.split(&before).skip(1).map(|file| {
        let (head, text) = file.split_once('\n').unwrap();
        (head.to_owned(), text.to_owned())
    });
    files.collect()
}

#[test]
fn access_logs_roll_by_day() {
    let files = rolling_logs(&["daily"]);
    assert_eq!(files.len(), 1, "{files:?}");
    let (name, text) = &files[0];
    assert!(name.starts_with("cloudcall.log: "), "{name}");
    let calls = |line: &&str| line.contains(" INFO cvm DescribeZones \"POST http://127.0.0.1:");
    let lines: Vec<_> = text.lines().filter(calls).collect();
    assert_eq!(lines.len(), 9, "{text}");
    assert!(lines[0].ends_with(" RequestLimitExceeded") && lines[1].ends_with(" ok"), "{text}");
}

#[test]
fn access_logs_roll_by_size_and_keep_so_many_files() {
    let files = rolling_logs(&[]);
    let names: Vec<_> = files.iter().map(|(head, _)| head.split(':').next().unwrap()).collect();
    assert_eq!(names, ["cloudcall.log", "cloudcall.log.1", "cloudcall.log.2"]);
    for (head, text) in &files {
        let size = text.trim_end().len();
        assert!(size < 500 && text.contains(" HuaweiCloud-SDK "), "{head}\n{text}");
    }
}
