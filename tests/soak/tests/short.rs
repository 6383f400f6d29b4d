//! A soak of seconds: every kind of call ends as it should, over both transports.

use std::time::Duration;

use cloudcall_soak::{Options, run};

#[test]
fn a_short_soak_passes() {
    let report = run(&Options { time: Duration::from_secs(3), rate: 300.0 }).unwrap();
    assert!(report.passed(), "{report}");
    // Every kind of call with every provider over both transports, three times.
    assert!(report.calls() > 1_000, "{report}");
}
