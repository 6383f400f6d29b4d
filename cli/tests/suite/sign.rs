//! `sign`: every step of a signature, from cases on stdin.

use crate::command::{failure, run, run_with_stdin, text};

const CASES: &str = include_str!("../../../tests/vectors/tencent.jsonl");

#[tokio::test]
async fn every_case_is_computed() {
    let output = run_with_stdin(&["sign"], CASES).await;
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(output.stdout.iter().filter(|byte| **byte == b'\n').count(), CASES.lines().count());
}

#[tokio::test]
async fn a_case_that_cannot_be_computed_has_an_error_and_exit_1() {
    let output = run_with_stdin(&["sign"], "{\"id\": \"x\", \"input\": {}}\n\nnot JSON\n").await;
    assert_eq!(output.status.code(), Some(1));
    let shown = text(&output.stdout);
    assert_eq!(shown.lines().count(), 2, "{shown}");
    assert!(shown.lines().all(|line| line.contains("\"error\":")), "{shown}");
    assert!(text(&output.stderr).contains("2 cases could not be computed"), "{output:?}");
}

#[tokio::test]
async fn it_takes_no_arguments() {
    assert!(failure(&run(&["sign", "case.jsonl"]).await, 2).contains("case.jsonl"));
}
