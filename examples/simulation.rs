//! Shows what retry policies do to an endpoint that is down, and to its return; `--help` tells how.
//!
//! ```text
//! cargo run --example simulation -- --clients 1000 --svg outage.svg
//! ```

use std::process::ExitCode;

fn main() -> ExitCode {
    cloudcall_examples::simulation::run(std::env::args_os().skip(1))
}
