//! CPU time of a call against bare reqwest with a signature made by hand, side by side in one run.
//!
//! `cargo bench -p cloudcall --bench call` prints a table; nothing is asserted. The server is a process of its own, so that
//! only the client's CPU time counts.
#![allow(missing_docs, clippy::unwrap_used, clippy::disallowed_methods, reason = "a program that measures")]

use std::hint::black_box;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use cloudcall::provider::tencent::signer::{KeyCache, Tc3};
use cloudcall::{
    Action, ActionInfo, Client, Credential, Error, Fields, HttpOptions, Param, Proxies, StaticCredentials,
    Tencent,
};
use cpu_time::ProcessTime;
use serde::Deserialize;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// Asks the server for the small or the large answer.
struct Describe {
    large: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
#[allow(dead_code, reason = "read, not used")]
struct Answer {
    total_count: i64,
    instance_set: Option<Vec<Instance>>,
    request_id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
#[allow(dead_code, reason = "read, not used")]
struct Instance {
    instance_id: String,
    instance_name: Option<String>,
    instance_type: Option<String>,
    memory: Option<i64>,
    private_ip_addresses: Option<Vec<String>>,
    created_time: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Wrapped {
    response: Answer,
}

impl Action for Describe {
    type Provider = Tencent;
    type Output = Answer;
    const INFO: &'static ActionInfo = &ActionInfo::new("cvm", "2017-03-12", "DescribeInstances");

    fn fields(&self, fields: &mut Fields) -> Result<(), Error> {
        fields.put(const { &Param::new("Limit") }, &if self.large { 100 } else { 1 })
    }
}

fn instances(count: usize) -> String {
    let one = |n: usize| {
        format!(
            r#"{{"InstanceId":"ins-{n:08}","InstanceName":"a web server, number {n}","InstanceType":"S5.MEDIUM4","Memory":4,"PrivateIpAddresses":["10.0.{}.{}"],"CreatedTime":"2024-01-02T03:04:05Z","Zone":"ap-guangzhou-3","ExtraField":{{"A":[1,2,3]}}}}"#,
            n / 250,
            n % 250
        )
    };
    let all: Vec<_> = (0..count).map(one).collect();
    format!(
        r#"{{"Response":{{"TotalCount":{count},"InstanceSet":[{}],"RequestId":"b5b41468-520d-4192-b42f-595cc34b6c1c"}}}}"#,
        all.join(",")
    )
}

/// Answers every request on every connection, and looks at nothing but the limit that is asked for.
async fn serve() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    println!("{}", listener.local_addr().unwrap().port());
    let http = |body: String| {
        format!(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
    };
    let answers = Arc::new([http(instances(1)), http(instances(900))]);
    loop {
        let (mut stream, _) = listener.accept().await.unwrap();
        stream.set_nodelay(true).unwrap();
        let answers = answers.clone();
        tokio::spawn(async move {
            let (mut bytes, mut piece) = (Vec::new(), [0; 8192]);
            while let Ok(length @ 1..) = stream.read(&mut piece).await {
                bytes.extend_from_slice(&piece[..length]);
                // The body is the only place with a brace, and it comes last.
                if bytes.ends_with(b"}") {
                    let large = bytes.ends_with(b"100}");
                    stream.write_all(answers[usize::from(large)].as_bytes()).await.unwrap();
                    bytes.clear();
                }
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
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const ID: &str = "AKIDz8krbsJ5yKBZQpn74WFkmLPx3example";
const SECRET: &str = "Gu5t9xGARNpq86cd98joQYCN3example";

/// What someone writes who needs one call and no SDK; the signing key is derived once here, too.
#[derive(Clone)]
struct Bare {
    client: reqwest::Client,
    url: String,
    host: String,
    credential: Credential,
    keys: Arc<KeyCache>,
}

impl Bare {
    async fn call(&self, large: bool) {
        let body = if large { r#"{"Limit":100}"# } else { r#"{"Limit":1}"# };
        let timestamp = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
        let tc3 = Tc3 {
            method: "POST",
            query: "",
            content_type: "application/json",
            host: &self.host,
            payload: Some(body.as_bytes()),
            service: "cvm",
            timestamp,
        };
        let response = self
            .client
            .post(&self.url)
            .header("Content-Type", "application/json")
            .header("Host", &self.host)
            .header("X-TC-Action", "DescribeInstances")
            .header("X-TC-Version", "2017-03-12")
            .header("X-TC-Region", "ap-guangzhou")
            .header("X-TC-Timestamp", timestamp)
            .header("Authorization", tc3.authorization(&self.credential, &self.keys))
            .body(body)
            .send()
            .await
            .unwrap();
        assert!(response.status().is_success());
        let bytes = response.bytes().await.unwrap();
        let answer: Wrapped = serde_json::from_slice(&bytes).unwrap();
        black_box(answer.response);
    }
}

/// CPU nanoseconds a call.
async fn cpu<F: Future<Output = ()> + Send + 'static>(
    calls: usize,
    in_flight: usize,
    call: impl Fn() -> F,
) -> f64 {
    let start = ProcessTime::now();
    if in_flight == 1 {
        for _ in 0..calls {
            call().await;
        }
    } else {
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..calls {
            if tasks.len() >= in_flight {
                tasks.join_next().await.unwrap().unwrap();
            }
            tasks.spawn(call());
        }
        while let Some(done) = tasks.join_next().await {
            done.unwrap();
        }
    }
    start.elapsed().as_nanos() as f64 / calls as f64
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

async fn measure(server: &Server) {
    let credential = Credential::new(ID, SECRET).unwrap();
    let ours = Client::<Tencent>::builder()
        .region("ap-guangzhou")
        .endpoint(server.url.as_str())
        .credentials(StaticCredentials::new(credential.clone()))
        .http(HttpOptions::builder().proxies(Proxies::None).build().unwrap())
        .build()
        .unwrap();
    let bare = Bare {
        client: reqwest::Client::builder()
            .no_proxy()
            .tcp_nodelay(true)
            .http1_only()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(Duration::from_secs(5))
            .timeout(Duration::from_secs(60))
            .tls_backend_preconfigured(tls())
            .build()
            .unwrap(),
        url: server.url.clone(),
        host: server.url.trim_start_matches("http://").to_owned(),
        credential,
        keys: Arc::default(),
    };
    println!(
        "{:<28} {:>12} {:>14} {:>8} {:>8}",
        "CPU time of the client", "us a call", "bare reqwest", "ratio", "goal"
    );
    for (name, large, in_flight, calls, goal) in [
        ("small answer, one at a time", false, 1, 3_000, 1.05),
        ("small answer, 64 in flight", false, 64, 12_800, 1.05),
        ("200 KB, one at a time", true, 1, 300, 0.80),
        ("200 KB, 16 in flight", true, 16, 640, 0.80),
    ] {
        let call_ours = || {
            let client = ours.clone();
            async move {
                black_box(client.invoker(Describe { large }).invoke().await.unwrap());
            }
        };
        let call_bare = || {
            let bare = bare.clone();
            async move { bare.call(large).await }
        };
        cpu(calls / 4, in_flight, call_ours).await;
        cpu(calls / 4, in_flight, call_bare).await;
        let (mut of_ours, mut of_bare, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..9 {
            let (a, b) = (cpu(calls, in_flight, call_ours).await, cpu(calls, in_flight, call_bare).await);
            of_ours.push(a);
            of_bare.push(b);
            ratios.push(a / b);
        }
        let us = |values| median(values) / 1_000.0;
        println!(
            "{name:<28} {:>12.1} {:>14.1} {:>8.3} {goal:>8.2}",
            us(of_ours),
            us(of_bare),
            median(ratios)
        );
    }
}

/// The TLS settings are never used on loopback, but a client without any cannot be made.
fn tls() -> rustls::ClientConfig {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth()
}

fn main() {
    if std::env::args().any(|argument| argument == "--serve") {
        tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(serve());
        return;
    }
    let server = Server::start();
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(measure(&server));
}
