//! Access logs in files that roll over, as Huawei Cloud's `with_file_log` has them.
//!
//! ```text
//! cargo run --example rolling_logs -- FOLDER
//! ```
//!
//! `with_file_log(path, log_level, max_bytes, backup_count)` rolls by size; `tracing-appender` rolls by time (each minute, hour or day)
//! and keeps so many files. So `backup_count` becomes `max_log_files`, `log_level` the level of the subscriber, and for `max_bytes`
//! there is a period: choose it so that a file stays below that size. `with_stream_log` is a subscriber that writes to stdout.

use std::io::Read as _;
use std::path::PathBuf;

use cloudcall::json::json;
use cloudcall::local::{LocalAnswer, LocalCloud};
use cloudcall::{AccessLog, Client, Credential, HttpOptions, Proxies, StaticCredentials, Tencent};
use cloudcall_examples::usage;
use tracing::Level;
use tracing_appender::rolling::{RollingFileAppender, Rotation};

const USAGE: &str = "usage: rolling_logs FOLDER

Calls a local cloud, writes access logs into FOLDER, which is made if it is not there, and prints them.";

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    usage::on_request(USAGE);
    let folder = match std::env::args_os().nth(1).map(PathBuf::from) {
        None => usage::wrong("a folder is missing", USAGE),
        Some(option) if option.to_string_lossy().starts_with('-') => {
            usage::wrong(&format!("there is no option {}", option.display()), USAGE)
        }
        Some(folder) => folder,
    };
    std::fs::create_dir_all(&folder)?;
    let files = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("cloudcall")
        .filename_suffix("log")
        .max_log_files(5)
        .build(&folder)?;
    // A thread writes, so that no call waits for the disk. When the guard is dropped, all is written.
    let (writer, guard) = tracing_appender::non_blocking(files);
    tracing_subscriber::fmt().with_writer(writer).with_ansi(false).with_max_level(Level::INFO).init();

    let cloud = LocalCloud::builder().account("AKIDexample", "example-secret").on_each(
        "DescribeZones",
        [
            LocalAnswer::error("RequestLimitExceeded", "slow down"),
            LocalAnswer::ok(json!({ "TotalCount": 1 })),
        ],
    );
    let cloud = cloud.start().await?;
    let client = Client::<Tencent>::builder()
        .region("ap-guangzhou")
        .endpoint(cloud.endpoint())
        .credentials(StaticCredentials::new(Credential::new("AKIDexample", "example-secret")?))
        .http(HttpOptions::builder().proxies(Proxies::None).build()?)
        .interceptor(AccessLog::new())
        .build()?;
    client.raw("cvm", "2017-03-12", "DescribeZones").invoke().await?;
    drop(guard);
    for file in std::fs::read_dir(&folder)? {
        let path = file?.path();
        let mut text = String::new();
        std::fs::File::open(&path)?.read_to_string(&mut text)?;
        println!("{}:\n{text}", path.display());
    }
    Ok(())
}
