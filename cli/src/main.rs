//! The command `cloudcall`.

use std::process::ExitCode;

fn main() -> ExitCode {
    cloudcall_cli::run(std::env::args_os().collect())
}
