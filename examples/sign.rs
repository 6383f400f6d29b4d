//! Computes signatures: the tool for "why does my signature not match".
//!
//! Reads cases on stdin, one JSON object a line, in the schema of the test vectors; writes for each line one JSON object
//! with every computed step (canonical request, string to sign, signature, headers …).
//!
//! ```text
//! cargo run --release --example sign < tests/vectors/tencent.jsonl
//! ```

use std::io::{BufRead, BufWriter, Write, stdin, stdout};
use std::process::ExitCode;

use cloudcall_examples::usage;

const USAGE: &str = "usage: sign < CASES

Reads cases on stdin, one JSON object a line, such as those of tests/vectors/tencent.jsonl; writes for each line one JSON
object with every step of the signature. Ends with 0 if every line could be computed, else with 1.";

fn main() -> std::io::Result<ExitCode> {
    usage::on_request(USAGE);
    if let Some(other) = std::env::args().nth(1) {
        usage::wrong(&format!("unknown argument {other:?}"), USAGE);
    }
    let mut out = BufWriter::new(stdout().lock());
    let mut all = true;
    for line in stdin().lock().lines() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let (result, computed) = cloudcall_examples::sign::line(&line);
        all &= computed;
        writeln!(out, "{result}")?;
    }
    out.flush()?;
    Ok(if all { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
