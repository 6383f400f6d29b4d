//! Access logs in files that rotate: by size, as in the vendors' Python SDKs, or by time.
//!
//! ```text
//! cargo run -p cloudcall-examples --example rolling_logs -- FOLDER
//! cargo run -p cloudcall-examples --example rolling_logs -- FOLDER daily
//! ```
//!
//! Huawei Cloud's `with_file_log(path, log_level, max_bytes, backup_count)` is
//! `BySize::new(path, max_bytes, backup_count)` with the level of the subscriber; Tencent Cloud's
//! `set_file_logger(file_path, …)` is `BySize::new(path, 512 << 20, 10)`. `tracing-appender` rotates only by
//! time. `with_stream_log` and `set_stream_logger` are a subscriber that writes to a stream.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write};
use std::path::{Path, PathBuf};

use cloudcall::client::{HttpOptions, Proxies};
use cloudcall::credential::{Credential, StaticCredentials};
use cloudcall::json::json;
use cloudcall::local::{LocalCloud, LocalResponse};
use cloudcall::observe::AccessLog;
use cloudcall::{Client, Tencent};
use cloudcall_quickstart::usage;
use tracing::Level;
use tracing_appender::rolling::{RollingFileAppender, Rotation};

const USAGE: &str = "usage: rolling_logs FOLDER [daily]

Calls a local cloud, writes access logs into FOLDER, which is made if it is not there, and prints them. A file rolls over by
its size, or with `daily` each day.";

/// A log file of at most `max_bytes`, and up to `backups` older files, of which `path.1` is the newest.
struct BySize {
    path: PathBuf,
    max_bytes: u64,
    backups: u32,
    file: File,
    written: u64,
}

impl BySize {
    fn new(path: impl Into<PathBuf>, max_bytes: u64, backups: u32) -> io::Result<Self> {
        let path = path.into();
        let file = OpenOptions::new().append(true).create(true).open(&path)?;
        let written = file.metadata()?.len();
        Ok(Self { path, max_bytes, backups, file, written })
    }

    fn older(&self, number: u32) -> PathBuf {
        match number {
            0 => self.path.clone(),
            _ => PathBuf::from(format!("{}.{number}", self.path.display())),
        }
    }

    fn roll(&mut self) -> io::Result<()> {
        for number in (0..self.backups).rev().filter(|number| self.older(*number).exists()) {
            fs::rename(self.older(number), self.older(number + 1))?;
        }
        // Without backups the file is started again.
        self.file = OpenOptions::new().write(true).create(true).truncate(true).open(&self.path)?;
        self.written = 0;
        Ok(())
    }
}

impl Write for BySize {
    /// Writes one whole line: `tracing` writes a line at a time.
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let length = line.len() as u64;
        if self.written > 0 && self.written + length > self.max_bytes {
            self.roll()?;
        }
        self.file.write_all(line)?;
        self.written += length;
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// A new file each day, at most five files.
fn by_day(folder: &Path) -> Result<RollingFileAppender, Box<dyn std::error::Error>> {
    let builder = RollingFileAppender::builder().rotation(Rotation::DAILY).max_log_files(5);
    Ok(builder.filename_prefix("cloudcall").filename_suffix("log").build(folder)?)
}

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
    fs::create_dir_all(&folder)?;
    let files: Box<dyn Write + Send> = match args.next() {
        Some(mode) if mode != "daily" => usage::wrong("the second argument is `daily`, or none", USAGE),
        Some(_) => Box::new(by_day(&folder)?),
        // Small, so that a few calls show the rotation.
        None => Box::new(BySize::new(folder.join("cloudcall.log"), 1024, 2)?),
    };
    // A thread writes, so that no call waits for the disk. Dropping the guard writes the rest.
    let (writer, guard) = tracing_appender::non_blocking(files);
    tracing_subscriber::fmt().with_writer(writer).with_ansi(false).with_max_level(Level::INFO).init();

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
        .observer(AccessLog::new())
        .build()?;
    for _ in 0..8 {
        client.raw("cvm", "2017-03-12", "DescribeZones").invoke().await?;
    }
    drop(guard);
    let mut paths = fs::read_dir(&folder)?.map(|file| Ok(file?.path())).collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    for path in paths {
        let mut text = String::new();
        File::open(&path)?.read_to_string(&mut text)?;
        println!("{}: {} bytes\n{text}", path.display(), text.len());
    }
    Ok(())
}
