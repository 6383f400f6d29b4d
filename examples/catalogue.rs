//! Looks into the catalogue of actions, and writes the code that `cloudcall_models::actions!` makes.
//!
//! ```text
//! cargo run --example catalogue -- search describe zones
//! cargo run --example catalogue -- list tencent cvm
//! cargo run --example catalogue -- show tencent cvm 2017-03-12 DescribeZones
//! cargo run --example catalogue -- emit tencent cvm 2017-03-12 DescribeZones RunInstances > src/cvm.rs
//! ```
//!
//! Exit code 0: done; 1: nothing was found; 2: wrong usage, or a name that is not in the catalogue.

use std::io::{Write as _, stdout};
use std::process::ExitCode;

use cloudcall_examples::catalogue::{Done, run};

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let mut out = Vec::new();
    let code = match run(&args, &mut out) {
        Ok(Done::Found) => ExitCode::SUCCESS,
        Ok(Done::Nothing) => {
            eprintln!(
                "nothing found: names are English words, such as `describe instances`; try fewer of them"
            );
            ExitCode::from(1)
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    };
    // A reader that has seen enough, such as `head`, is no mistake.
    let _ = stdout().write_all(&out);
    code
}
