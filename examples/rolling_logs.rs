//! Access logs in files that rotate: by size, as in the vendors' Python SDKs, or by day.
//!
//! ```text
//! cargo run -p cloudcall-examples --example rolling_logs -- FOLDER
//! cargo run -p cloudcall-examples --example rolling_logs -- FOLDER daily
//! ```
//!
//! Huawei Cloud's `with_file_log(path)` is `FileLog::huawei(path)`; Tencent Cloud's `set_file_logger(path)` is
//! `FileLog::tencent(path)`. `with_stream_log` and `set_stream_logger` are `AccessLog` and a subscriber that
//! writes to a stream.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::PathBuf;
use std::time::Duration;

use cloudcall::client::{HttpOptions, Proxies};
use cloudcall::credential::{Credential, StaticCredentials};
use cloudcall::json::json;
use cloudcall::local::{LocalCloud, LocalResponse};
use cloudcall::observe::{FileLog, Rotation};
use cloudcall::{Client, Tencent};
use cloudcall_quickstart::usage;

const USAGE: &str = "usage: rolling_logs FOLDER [daily]

Calls a local cloud, writes access logs into FOLDER, which is made if it is not there, and prints them. A file rolls over by
its size, or with `daily` each day.";

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    usage::on_request(USAGE);
    let mut args = std::env::args_os().skip(1);
    let folder = match args.next().map(PathBuf::from) {
        None => usage::wrong("a folder is missing", USAGE),
        Some(option) if option.to_string_lossy().starts_with('-') => {
            usage::wrong(&format!("there is no option {}", option.display()), USAGE)
        }
        Some(folder) => folder,
    };
    let path = folder.join("cloudcall.log");
    let log = match args.next() {
        Some(mode) if mode != "daily" => usage::wrong("the second argument is `daily`, or none", USAGE),
        // In the time zone of China.
        Some(_) => FileLog::tencent(path).rotation(Rotation::by_day(5)).utc_offset_minutes(8 * 60),
        // Small, so that a few calls show the rotation.
        None => FileLog::huawei(path).rotation(Rotation::by_size(500, 2)),
    };
    let log = log.build()?;

    let cloud = LocalCloud::builder().account("AKIDexample", "example-secret").on_each(
        "DescribeZones",
        [
            LocalResponse::error("RequestLimitExceeded", "slow down"),
            LocalResponse::ok(json!({ "TotalCount": 1 })),
        ],
    );
    let cloud = cloud.start().await?;
    let client = Client::<Tencent>::builder()
        .region("ap-guangzhou")
        .endpoint(cloud.endpoint())
        .credentials(StaticCredentials::new(Credential::new("AKIDexample", "example-secret")?))
        .http(HttpOptions::builder().proxies(Proxies::None).build()?)
        .observer(log.clone())
        .build()?;
    for _ in 0..8 {
        client.raw("cvm", "2017-03-12", "DescribeZones").invoke().await?;
    }
    // A thread writes, so that no call waits for the disk.
    log.flush(Duration::from_secs(5));

    let mut paths = fs::read_dir(&folder)?.map(|file| Ok(file?.path())).collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    for path in paths {
        let mut text = String::new();
        File::open(&path)?.read_to_string(&mut text)?;
        println!("{}: {} bytes\n{text}", path.display(), text.len());
    }
    Ok(())
}
