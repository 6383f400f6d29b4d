//! The cost of a call, compared with bare HTTP clients, another SDK, and the vendors' Python packages.
//!
//! `tests/bench/run` prints ratios to a bare reqwest program, and `tests/bench/others` compares other SDKs. Each
//! contender is a process of its own, and so is the server. Rounds of all contenders take turns. No time is
//! asserted.

mod contender;
mod hosts;
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

/// What the process allocated. In a program that does not count, all is 0.
#[derive(Clone, Copy, Default)]
pub struct Heap {
    /// How often it allocated so far.
    pub allocations: usize,
    /// What it has now, in bytes.
    pub bytes: usize,
}

/// Reads what the process allocated.
pub type ReadHeap = fn() -> Heap;

/// Runs the program with the arguments of the process.
///
/// # Errors
///
/// Wrong arguments, and everything that a contender or the server can fail with.
pub fn main(heap: ReadHeap) -> Result<(), Box<dyn Error + Send + Sync>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let texts: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    match texts.as_slice() {
        ["--serve", ports] => Ok(runtime.enable_all().build()?.block_on(server::serve(ports.parse()?))?),
        ["--many-hosts", transport, urls] => {
            runtime.enable_all().build()?.block_on(hosts::run(transport, urls, heap))
        }
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
            let figures = runtime.enable_all().build()?.block_on(client(name, url, work, heap))?;
            println!("{}", serde_json::to_string(&figures)?);
            Ok(())
        }
        ["--others", python] => table::print(Some(python)),
        ["--others"] => table::print(None),
        [] => ratios::print(1),
        ["--rounds", factor] => ratios::print(factor.parse()?),
        ["--hosts"] => hosts::print(),
        _ => Err("arguments: none, --rounds FACTOR, --hosts, or --others [PYTHON]".into()),
    }
}

async fn client(
    name: &str,
    url: &str,
    work: Work,
    heap: ReadHeap,
) -> Result<Figures, Box<dyn Error + Send + Sync>> {
    match name {
        "cloudcall" => run::<Tencent>(url, work, heap).await,
        "cloudcall-hyper" => run::<TencentHyper>(url, work, heap).await,
        "cloudcall-huawei" => run::<Huawei>(url, work, heap).await,
        "cloudcall-alibaba" => run::<Alibaba>(url, work, heap).await,
        "reqwest" => run::<Reqwest>(url, work, heap).await,
        "hyper" => run::<Hyper>(url, work, heap).await,
        #[cfg(feature = "aws")]
        "aws-sdk-sts" => run::<Aws>(url, work, heap).await,
        _ => Err(format!("there is no contender {name}").into()),
    }
}
