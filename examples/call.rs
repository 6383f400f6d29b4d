//! Calls any action of any cloud from the command line; `--help` tells how.
//!
//! ```text
//! cargo run --example call -- --cloud tencent --product cvm --version 2017-03-12 --action DescribeZones \
//!     --region ap-guangzhou
//! ```

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    cloudcall_examples::call::run(std::env::args_os().skip(1)).await
}
