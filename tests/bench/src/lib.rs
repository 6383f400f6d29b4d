//! The cost of a call, compared with bare HTTP clients, another SDK, and the vendors' Python packages.
//!
//! `tests/bench/run` prints ratios to a bare reqwest program, and `tests/bench/others` compares other SDKs. Each
//! contender is a process of its own, and so is the server. Rounds of all contenders take turns. No time is
//! asserted.

mod contender;
mod measure;
mod ratios;
mod rounds;
mod server;
mod table;

use std::error::Error;

#[cfg(feature = "aws")]
use crate::contender::Aws;
use crate::contender::{Alibaba, Answer, Huawei, Hyper, Reqwest, Tencent, TencentHyper};
use crate::measure::{Figures, Work, run};

/// The number of allocations that the process made so far. A program that does not count them returns 0.
pub type Allocations = fn() -> usize;

/// Runs the program with the arguments of the process.
///
/// # Errors
///
/// Wrong arguments, and everything that a contender or the server can fail with.
pub fn main(allocations: Allocations) -> Result<(), Box<dyn Error + Send + Sync>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let texts: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    match texts.as_slice() {
        ["--serve"] => Ok(runtime.enable_all().build()?.block_on(server::serve())?),
        ["--client", name, url, answer, in_flight, calls, mode] => {
            let work = Work {
                answer: if *answer == "large" { Answer::Large } else { Answer::Small },
                in_flight: in_flight.parse()?,
                calls: calls.parse()?,
                hold: *mode == "hold",
            };
            if *mode == "threads" {
                runtime = tokio::runtime::Builder::new_multi_thread();
            }
            let figures = runtime.enable_all().build()?.block_on(client(name, url, work, allocations))?;
            println!("{}", serde_json::to_string(&figures)?);
            Ok(())
        }
        ["--others", python] => table::print(Some(python)),
        ["--others"] => table::print(None),
        [] => ratios::print(1),
        ["--rounds", factor] => ratios::print(factor.parse()?),
        _ => Err("arguments: none, --rounds FACTOR, or --others [PYTHON]".into()),
    }
}

async fn client(
    name: &str,
    url: &str,
    work: Work,
    allocations: Allocations,
) -> Result<Figures, Box<dyn Error + Send + Sync>> {
    match name {
        "cloudcall" => run::<Tencent>(url, work, allocations).await,
        "cloudcall-hyper" => run::<TencentHyper>(url, work, allocations).await,
        "cloudcall-huawei" => run::<Huawei>(url, work, allocations).await,
        "cloudcall-alibaba" => run::<Alibaba>(url, work, allocations).await,
        "reqwest" => run::<Reqwest>(url, work, allocations).await,
        "hyper" => run::<Hyper>(url, work, allocations).await,
        #[cfg(feature = "aws")]
        "aws-sdk-sts" => run::<Aws>(url, work, allocations).await,
        _ => Err(format!("there is no contender {name}").into()),
    }
}
