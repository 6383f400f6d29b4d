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

fn main() -> std::io::Result<ExitCode> {
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
