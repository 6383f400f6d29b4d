//! Simulates how retry policies affect an endpoint during an outage and afterwards. `--help` lists the
//! options.
//!
//! ```text
//! cargo run -p cloudcall-examples --example simulation -- --clients 1000 --svg outage.svg
//! ```

use std::process::ExitCode;

fn main() -> ExitCode {
    cloudcall_examples::simulation::run(std::env::args_os().skip(1))
}
