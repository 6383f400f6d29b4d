//! Peak memory and pace of an upload of 1 GiB over loopback.
//!
//! `cargo bench -p cloudcall --bench upload` prints a table; nothing is asserted. The server is a process of its own, so that
//! only the client's memory counts. Linux only: the figures are those of `/proc/self/status`.
#![allow(missing_docs, clippy::unwrap_used, clippy::disallowed_methods, reason = "a program that measures")]

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use cloudcall::action::{ActionInfo, BodyFormat, Param};
use cloudcall::client::{ClientBuilder, HttpOptions, Proxies, TimeoutOptions};
use cloudcall::credential::{Credential, StaticCredentials};
use cloudcall::http::Method;
use cloudcall::provider::Provider;
use cloudcall::retry::RetryPolicy;
use cloudcall::upload::FilePart;
use cloudcall::{Alibaba, Client, Huawei, Tencent};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

const LEN: u64 = 1 << 30;
const MIB: f64 = 1_048_576.0;

const RESPONSE: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 30\r\n\r\n\
    {\"Response\":{\"RequestId\":\"r\"}}";

/// Reads every body, keeps none, and responds.
async fn serve() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    println!("{}", listener.local_addr().unwrap().port());
    loop {
        let (mut stream, _) = listener.accept().await.unwrap();
        tokio::spawn(async move {
            let (mut head, mut piece) = (Vec::new(), vec![0; 256 * 1024]);
            while let Ok(length @ 1..) = stream.read(&mut piece).await {
                head.extend_from_slice(&piece[..length]);
                let Some(end) = head.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
                let text = String::from_utf8_lossy(&head[..end]).to_ascii_lowercase();
                let announced = text.lines().find_map(|line| line.strip_prefix("content-length:"));
                let length: u64 = announced.map_or(0, |length| length.trim().parse().unwrap());
                let mut left = length - (head.len() - end - 4) as u64;
                while left > 0 {
                    let Ok(length @ 1..) = stream.read(&mut piece).await else { return };
                    left -= length as u64;
                }
                stream.write_all(RESPONSE).await.unwrap();
                head.clear();
            }
        });
    }
}

struct Server {
    child: Child,
    url: String,
}

impl Server {
    fn start() -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .arg("--serve")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut port = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut port).unwrap();
        Self { child, url: format!("http://127.0.0.1:{}", port.trim()) }
    }

    fn client<P: Provider + Default>(&self) -> ClientBuilder<P> {
        let keys = Credential::new("AKIDexample", "example-secret").unwrap().with_project_id("p1");
        let long = Duration::from_secs(600);
        Client::<P>::builder()
            .region("r")
            .endpoint(self.url.as_str())
            .credentials(StaticCredentials::new(keys))
            .http(HttpOptions::builder().proxies(Proxies::None).build().unwrap())
            .timeouts(TimeoutOptions::builder().attempt(long).total(long).build().unwrap())
            .retry(RetryPolicy::none())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A line of `/proc/self/status`, in bytes.
fn memory(name: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
    line.trim().trim_end_matches(" kB").parse::<f64>().unwrap() * 1_024.0
}

async fn measure(what: &str, part: FilePart, send: impl AsyncFn(FilePart)) {
    // A first small call, so that connection and pool are no part of the figure.
    send(FilePart::new("small")).await;
    // The peak counts from here.
    std::fs::write("/proc/self/clear_refs", "5").unwrap();
    let (idle, began) = (memory("VmRSS:"), Instant::now());
    send(part).await;
    let (peak, took) = (memory("VmHWM:"), began.elapsed().as_secs_f64());
    println!("| {what} | {:.1} | {:.0} |", (peak - idle) / MIB, LEN as f64 / MIB / took);
}

async fn all(server: &Server) {
    let path = std::env::temp_dir().join(format!("cloudcall-upload-{}", std::process::id()));
    // Reads as zeros, and takes no room on the disk.
    std::fs::File::create(&path).unwrap().set_len(LEN).unwrap();
    let reader = || FilePart::reader(LEN, || Ok(std::io::repeat(7).take(LEN)));
    println!("| 1 GiB | peak above idle, MiB | MiB/s |\n| --- | --- | --- |");

    let log = ActionInfo::new("cls", "2020-10-16", "UploadLog").with_body_format(BodyFormat::OctetStream);
    for (unsigned, what) in [(false, "signed: hashed, then sent"), (true, "unsigned payload")] {
        let client = server.client::<Tencent>().unsigned_payload(unsigned).build().unwrap();
        let send = async |part| {
            client.raw_action(log.clone()).file(Param::new("Body"), part).invoke().await.unwrap();
        };
        measure(&format!("Tencent Cloud, octet stream from a file, {what}"), FilePart::path(&path), send)
            .await;
        measure(&format!("Tencent Cloud, octet stream from a reader, {what}"), reader(), send).await;
    }
    let form = ActionInfo::new("dsc", "v1", "CreateImageWatermark").with_method(Method::POST);
    let form =
        form.with_path("/v1/{project_id}/image/watermark/embed").with_body_format(BodyFormat::Multipart);
    let client = server.client::<Huawei>().build().unwrap();
    let send = async |part| {
        client.raw_action(form.clone()).file(Param::new("file"), part).invoke().await.unwrap();
    };
    measure("Huawei Cloud, multipart form from a file", FilePart::path(&path), send).await;
    let roa = ActionInfo::new("cs", "2015-12-15", "Put").with_method(Method::POST).with_path("/x");
    let roa = roa.with_body_format(BodyFormat::OctetStream);
    let client = server.client::<Alibaba>().build().unwrap();
    let send = async |part| {
        client.raw_action(roa.clone()).file(Param::new("body"), part).invoke().await.unwrap();
    };
    measure("Alibaba Cloud, ROA stream from a file, signed", FilePart::path(&path), send).await;
    std::fs::remove_file(&path).unwrap();
}

fn main() {
    if std::env::args().any(|argument| argument == "--serve") {
        tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(serve());
        return;
    }
    let server = Server::start();
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(all(&server));
}
