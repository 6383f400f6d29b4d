//! `cargo run --release -p cloudcall-soak -- --minutes 60` runs the soak and prints its table.
//!
//! The exit code is 1 if something grew, or if a request was lost or executed twice.

use std::process::ExitCode;
use std::time::Duration;

use cloudcall_soak::{Failure, Options, run};

const USAGE: &str = "usage: cloudcall-soak [--minutes N] [--rate CALLS_PER_SECOND]";

fn options() -> Result<Options, Failure> {
    let mut options = Options::default();
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let number = words.next().and_then(|text| text.parse::<f64>().ok()).filter(|number| *number > 0.0);
        match (word.as_str(), number) {
            ("--minutes", Some(minutes)) => options.time = Duration::from_secs_f64(60.0 * minutes),
            ("--rate", Some(rate)) => options.rate = rate,
            _ => return Err(USAGE.into()),
        }
    }
    Ok(options)
}

fn main() -> ExitCode {
    match options().and_then(|options| run(&options)) {
        Ok(report) => {
            println!("{report}");
            if report.passed() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}
