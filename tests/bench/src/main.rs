//! What a call costs, against bare HTTP clients, another SDK, and the vendors' Python packages.
//!
//! `tests/bench/run` builds it and prints the tables. Each contender is a process of its own, and so is the server; rounds of
//! all contenders take turns, and each figure is the median of its rounds. Nothing is asserted.

mod contender;
mod measure;
mod server;
mod table;

use std::alloc::System;
use std::error::Error;

use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};

use crate::contender::{Alibaba, Answer, Aws, Huawei, Hyper, Reqwest, Tencent};
use crate::measure::{Figures, Work, run};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let texts: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    match texts.as_slice() {
        ["--serve"] => Ok(runtime.block_on(server::serve())?),
        ["--client", name, url, answer, in_flight, calls, hold] => {
            let work = Work {
                answer: if *answer == "large" { Answer::Large } else { Answer::Small },
                in_flight: in_flight.parse()?,
                calls: calls.parse()?,
                hold: *hold == "hold",
            };
            let figures = runtime.block_on(client(name, url, work))?;
            println!("{}", serde_json::to_string(&figures)?);
            Ok(())
        }
        ["--python", python] => table::print(Some(python)),
        [] => table::print(None),
        _ => Err("arguments: none, or --python PROGRAM for the Python packages too".into()),
    }
}

async fn client(name: &str, url: &str, work: Work) -> Result<Figures, Box<dyn Error + Send + Sync>> {
    match name {
        "cloudcall" => run::<Tencent>(url, work, ALLOCATOR).await,
        "cloudcall-huawei" => run::<Huawei>(url, work, ALLOCATOR).await,
        "cloudcall-alibaba" => run::<Alibaba>(url, work, ALLOCATOR).await,
        "reqwest" => run::<Reqwest>(url, work, ALLOCATOR).await,
        "hyper" => run::<Hyper>(url, work, ALLOCATOR).await,
        "aws-sdk-sts" => run::<Aws>(url, work, ALLOCATOR).await,
        _ => Err(format!("there is no contender {name}").into()),
    }
}
