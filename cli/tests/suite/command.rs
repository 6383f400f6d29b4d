//! Runs the command with credentials in the environment, and nothing else there that could change it.

use std::process::{Output, Stdio};

use cloudcall::json::Value;
use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;

/// Credentials that every local cloud of these tests knows.
pub(crate) const ID: &str = "AKIDcommand";
pub(crate) const SECRET: &str = "command-secret";
pub(crate) const TOKEN: &str = "command-token";

/// The command without an environment.
#[allow(clippy::disallowed_methods, reason = "tests run the program that cargo built for them")]
pub(crate) fn bare() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cloudcall"));
    command.env_clear().env("HOME", "/nonexistent").kill_on_drop(true);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// The command with the credentials of all clouds.
pub(crate) fn command() -> Command {
    let mut command = bare();
    command
        .env("TENCENTCLOUD_SECRET_ID", ID)
        .env("TENCENTCLOUD_SECRET_KEY", SECRET)
        .env("TENCENTCLOUD_TOKEN", TOKEN)
        .env("HUAWEICLOUD_SDK_AK", ID)
        .env("HUAWEICLOUD_SDK_SK", SECRET)
        .env("HUAWEICLOUD_SDK_PROJECT_ID", "p1")
        .env("ALIBABA_CLOUD_ACCESS_KEY_ID", ID)
        .env("ALIBABA_CLOUD_ACCESS_KEY_SECRET", SECRET)
        .env("ALIBABA_CLOUD_SECURITY_TOKEN", TOKEN)
        .env("VOLCENGINE_ACCESS_KEY", ID)
        .env("VOLCENGINE_SECRET_KEY", SECRET)
        .env("VOLCENGINE_SESSION_TOKEN", TOKEN);
    command
}

/// Runs the command with these arguments.
pub(crate) async fn run(arguments: &[&str]) -> Output {
    command().args(arguments).output().await.unwrap()
}

/// Runs the command with this text on stdin.
pub(crate) async fn run_with_stdin(arguments: &[&str], text: &str) -> Output {
    let mut child = command().args(arguments).stdin(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let text = text.to_owned();
    let writer = tokio::spawn(async move {
        // A command that refuses its arguments does not read.
        let _ = stdin.write_all(text.as_bytes()).await;
    });
    let output = child.wait_with_output().await.unwrap();
    writer.await.unwrap();
    output
}

/// Runs the command with the words of `line`: status, output, errors.
pub(crate) async fn ran(line: &str) -> (Option<i32>, String, String) {
    let output = run(&line.split_whitespace().collect::<Vec<_>>()).await;
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// The JSON on stdout of a command that succeeded.
pub(crate) fn json(output: &Output) -> Value {
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    cloudcall::json::from_slice(&output.stdout).unwrap()
}

/// One line on stderr, nothing on stdout, and this exit code.
pub(crate) fn failure(output: &Output, code: i32) -> String {
    assert!(output.stdout.is_empty(), "{output:?}");
    line(output, code)
}

/// One line on stderr, this exit code, and the JSON on stdout that was received before the failure.
pub(crate) fn incomplete(output: &Output, code: i32) -> (String, Value) {
    (line(output, code), cloudcall::json::from_slice(&output.stdout).unwrap())
}

fn line(output: &Output, code: i32) -> String {
    let error = text(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{error}");
    assert_eq!(error.lines().count(), 1, "{error}");
    for secret in [SECRET, TOKEN] {
        assert!(!error.contains(secret), "{error}");
    }
    error
}
