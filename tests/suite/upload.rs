//! Bodies that are read while they are sent: what leaves, what is signed, and what happens when it goes wrong on either side.

mod accepted;
mod broken;
mod limits;
mod retried;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use cloudcall::Bytes;
use cloudcall::action::{ActionInfo, BodyFormat, Param};
use cloudcall::call::RawCall;
use cloudcall::client::{ClientBuilder, HttpOptions, Proxies};
use cloudcall::credential::{Credential, StaticCredentials};
use cloudcall::retry::RetryPolicy;
use cloudcall::upload::FilePart;
use cloudcall::{Client, Tencent};
use cloudcall_tests::time::FakeTime;
use futures_util::stream;

const NOW: u64 = 1_700_000_000;
const OK: &str = r#"{"Response":{"RequestId":"r"}}"#;

/// More than two pieces, and no round number of them.
const LARGE: usize = 300_001;

/// Bytes that repeat nowhere near.
fn bytes(len: usize) -> Vec<u8> {
    let mut state = 1_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 56) as u8
    };
    std::iter::repeat_with(&mut next).take(len).collect()
}

fn no_proxy() -> HttpOptions {
    HttpOptions::builder().proxies(Proxies::None).build().unwrap()
}

fn keys() -> StaticCredentials {
    StaticCredentials::new(Credential::new("AKIDlong", "long-secret").unwrap().with_project_id("p1"))
}

fn tencent(url: &str) -> ClientBuilder<Tencent> {
    Client::<Tencent>::builder()
        .region("ap-guangzhou")
        .endpoint(url)
        .credentials(keys())
        .http(no_proxy())
        .retry(RetryPolicy::none())
        .context(FakeTime::at(NOW).context())
}

/// The octet-stream action of Tencent Cloud's log service.
fn upload_log() -> ActionInfo {
    ActionInfo::new("cls", "2020-10-16", "UploadLog").with_body_format(BodyFormat::OctetStream).idempotent()
}

fn upload(client: &Client<Tencent>, part: FilePart) -> RawCall<Tencent> {
    client.raw_action(upload_log()).file(Param::new("Body"), part)
}

/// A file of its own, gone with the value.
struct TempFile(PathBuf);

impl TempFile {
    fn new(name: &str, data: &[u8]) -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{}-{number}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join(name);
        std::fs::write(&path, data).unwrap();
        Self(path)
    }
}

impl Drop for TempFile {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(self.0.parent().unwrap());
    }
}

/// A part that gives other bytes each time it is opened; the last repeats. Says how often it was.
fn changing(len: Option<u64>, times: Vec<Vec<u8>>) -> (FilePart, Arc<AtomicUsize>) {
    let opened = Arc::new(AtomicUsize::new(0));
    let count = opened.clone();
    let part = FilePart::stream(len, move || {
        let time = count.fetch_add(1, Ordering::SeqCst).min(times.len() - 1);
        let data = Bytes::from(times[time].clone());
        let pieces: Vec<_> =
            (0..data.len()).step_by(70_000).map(|at| data.slice(at..data.len().min(at + 70_000))).collect();
        stream::iter(pieces.into_iter().map(Ok::<_, std::io::Error>))
    });
    (part, opened)
}
