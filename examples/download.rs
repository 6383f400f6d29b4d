//! A download in constant memory, with a progress bar and the memory that it used.
//!
//! ```text
//! cargo run --release -p cloudcall-examples --example download -- 1024
//! ```
//!
//! The program downloads 1024 MiB from a local cloud in another process and prints the peak memory of this
//! process. A second argument is the path of the file; without it the file is removed at the end.

use std::error::Error;
use std::path::PathBuf;
use std::process::Stdio;

use bytes::Bytes;
use cloudcall::action::ActionInfo;
use cloudcall::client::{HttpOptions, Proxies};
use cloudcall::credential::{Credential, StaticCredentials};
use cloudcall::http::Method;
use cloudcall::local::{LocalCloud, LocalResponse};
use cloudcall::{Client, Huawei};
use cloudcall_quickstart::usage;
use indicatif::ProgressBar;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, BufReader};
use tokio::process::Command;

const USAGE: &str = "usage: download [MIB [FILE]]

Downloads MIB mebibytes (16) from a local cloud to FILE; without one they are removed at the end.";
const KEYS: (&str, &str) = ("AKIDexample", "example-secret");
const MIB: usize = 1 << 20;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    usage::on_request(USAGE);
    let mut args = std::env::args().skip(1);
    let first = args.next().unwrap_or_else(|| "16".to_owned());
    if first == "serve" {
        return serve(args.next().unwrap_or_default().parse()?).await;
    }
    let Ok(size) = first.parse::<usize>() else {
        usage::wrong(&format!("{first:?} is no number of MiB"), USAGE);
    };
    // A separate process, so that its memory is not counted. It ends when its standard input closes.
    let mut server = Command::new(std::env::current_exe()?)
        .args(["serve", &size.to_string()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()?;
    let mut url = String::new();
    BufReader::new(server.stdout.take().ok_or("no output")?).read_line(&mut url).await?;

    let keys = Credential::new(KEYS.0, KEYS.1)?.with_project_id("p1");
    let client = Client::<Huawei>::builder()
        .region("cn-north-4")
        .endpoint(url.trim())
        .credentials(StaticCredentials::new(keys))
        .http(HttpOptions::builder().proxies(Proxies::None).build()?)
        .build()?;
    let report =
        ActionInfo::new("bss", "v2", "DownloadReport").with_method(Method::GET).with_path("/v2/report");
    let idle = memory("VmRSS");

    let download = client.raw_action(report).download().await?;
    let bar = ProgressBar::new(download.len().unwrap_or_default());
    let shown = bar.clone();
    let kept = args.next().map(PathBuf::from);
    let own = std::env::temp_dir().join(format!("cloudcall-download-{}", std::process::id()));
    let path = kept.as_ref().unwrap_or(&own);
    let written = download.on_progress(move |done, _| shown.set_position(done)).to_file(path).await?;
    bar.finish();

    println!("{written} bytes in {:?}", bar.elapsed());
    if let (Some(idle), Some(peak)) = (idle, memory("VmHWM")) {
        println!("peak memory: {} KiB above the {idle} KiB before", peak.saturating_sub(idle));
    }
    if kept.is_none() {
        std::fs::remove_file(&own)?;
    }
    Ok(())
}

/// A local cloud whose document repeats one MiB.
async fn serve(size: usize) -> Result<(), Box<dyn Error>> {
    let piece = Bytes::from(vec![b'x'; MIB]);
    let cloud = LocalCloud::builder()
        .account(KEYS.0, KEYS.1)
        .on_path(Method::GET, "/v2/report", move |_| {
            let length = size.saturating_mul(MIB).to_string();
            LocalResponse::pieces("application/octet-stream", std::iter::repeat_n(piece.clone(), size))
                .header("Content-Length", &length)
        })
        .start()
        .await?;
    println!("{}", cloud.url());
    tokio::io::stdin().read_to_end(&mut Vec::new()).await?;
    Ok(())
}

/// Memory of this process in KiB: `VmRSS` is the current value, `VmHWM` the peak. Only Linux provides it.
#[allow(clippy::disallowed_methods, reason = "about this very process")]
fn memory(what: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(what)?.strip_prefix(':'))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}
