//! The first program to run: typed calls to every cloud, a typed response and an error of each.
//!
//! ```text
//! cargo run --example quickstart              # with a local cloud: needs no account and no network
//! cargo run --example quickstart -- --real    # calls the vendors for which you have credentials
//! ```
//!
//! The local cloud is an HTTP server in this process. It verifies the signature of every request as a vendor
//! does, so a call that works here also works with the vendor. The calls are in the modules with the names of the
//! providers.

mod alibaba;
mod huawei;
mod qcloud;
mod responses;
mod tencent;
mod volcengine;

use std::fmt::Debug;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use cloudcall::{Error, ErrorKind};
use cloudcall_quickstart::target::Target;

/// The program that the last lines of the output show.
const NEXT: &str = include_str!("next.rs");

/// Prints a call.
fn call(text: &str) {
    println!("  client.{text}");
}

/// Prints the error of a call that the service refuses. Other errors are returned: they concern the next calls, too.
fn refused<T: Debug>(outcome: Result<T, Error>) -> Result<(), Error> {
    match outcome {
        Ok(response) => println!("      {response:?}"),
        Err(error) if error.code().is_some() => {
            println!("      Error: {error}");
            println!(
                "      error.kind(): {:?}, error.is_retryable(): {}",
                error.kind(),
                error.is_retryable()
            );
        }
        Err(error) => return Err(error),
    }
    Ok(())
}

async fn run() -> Result<ExitCode, Error> {
    let target = Target::from_args(responses::of).await?;
    let mut failed = false;
    for name in ["tencent", "qcloud", "huawei", "alibaba", "volcengine"] {
        println!("\n{name}");
        let outcome = match name {
            "tencent" => tencent::run(&target).await,
            "qcloud" => qcloud::run(&target).await,
            "huawei" => huawei::run(&target).await,
            "alibaba" => alibaba::run(&target).await,
            _ => volcengine::run(&target).await,
        };
        match outcome {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::Credentials => println!("  skipped: {error}"),
            Err(error) => {
                failed = true;
                println!("  {error}");
            }
        }
    }
    if let Target::Local(cloud) = &target {
        let requests = cloud.requests();
        let accepted = requests.iter().filter(|request| request.verdict.is_accepted()).count();
        println!("\nThe local cloud received {} requests; {accepted} had a valid signature.", requests.len());
    }
    println!(
        "\nNext: a program of yours. Before the first release, add the clone:\n\n    \
         cargo add cloudcall --path {:?}\n    cargo add tokio -F macros,rt-multi-thread\n\n\
         Later, `cargo add cloudcall` is enough. Then:\n",
        clone().join("sdk")
    );
    for line in NEXT.lines().filter(|line| !line.starts_with("//!")) {
        println!("    {line}");
    }
    println!(
        "\nREADME.md shows more calls; `cargo install --path cli --profile command` gives you the command `cloudcall`, which finds actions."
    );
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// The clone that this program was built from.
fn clone() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.ancestors().nth(2).unwrap_or(package).to_path_buf()
}

#[tokio::main]
async fn main() -> ExitCode {
    run().await.unwrap_or_else(|error| {
        eprintln!("{error}");
        ExitCode::FAILURE
    })
}
