//! What reading responses costs: typed and untyped, as declared and odd, against SHA-256 of the same bytes.
//!
//! `cargo bench -p cloudcall --bench read` prints a table; nothing is asserted. The transport responds from memory. The hash is the
//! unit since no cargo feature changes it, so that builds with different features can be compared.
#![allow(missing_docs, clippy::unwrap_used, clippy::disallowed_methods, reason = "a program that measures")]

use std::fmt::Write as _;
use std::hint::black_box;
use std::sync::Mutex;
use std::time::Duration;

use bytes::Bytes;
use cloudcall::credential::{Credential, StaticCredentials};
use cloudcall::transport::{HttpRequest, HttpResponse, HttpSend, ResponseBody, TransportError};
use cloudcall::{Client, Tencent, async_trait, cloud_action, cloud_model};
use cpu_time::ProcessTime;
use sha2::{Digest, Sha256};

#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12", response = InstanceList, readonly)]
struct DescribeInstances {}

#[cloud_model(provider = "tencent", response)]
struct InstanceList {
    #[allow(dead_code, reason = "read, not used")]
    total_count: Option<i64>,
    instance_set: Option<Vec<Instance>>,
}

#[cloud_model(provider = "tencent", response)]
#[allow(dead_code, reason = "read, not used")]
struct Instance {
    instance_id: Option<String>,
    instance_name: Option<String>,
    instance_type: Option<String>,
    memory: Option<i64>,
    private_ip_addresses: Option<Vec<String>>,
    created_time: Option<String>,
    load: Option<f64>,
}

/// The response to the next call.
#[derive(Debug)]
struct Memory(Mutex<Bytes>);

#[async_trait]
impl HttpSend for &'static Memory {
    async fn send(&self, _: HttpRequest) -> Result<HttpResponse, TransportError> {
        Ok(http::Response::new(ResponseBody::whole(self.0.lock().unwrap().clone())))
    }
}

/// A response of `count` instances; `odd` is what the last one has in the place of its memory.
fn body(count: usize, odd: &str, floats: bool) -> Bytes {
    let mut list = String::new();
    for n in 0..count {
        let comma = if n == 0 { "" } else { "," };
        let memory = if n + 1 == count { odd } else { "4" };
        let load = if floats { format!(",\"Load\":{}", n as f64 / 7.0) } else { String::new() };
        let _ = write!(
            list,
            r#"{comma}{{"InstanceId":"ins-{n:08}","InstanceName":"an instance with a name","InstanceType":"S5.LARGE8","Memory":{memory},"PrivateIpAddresses":["10.0.0.{}"],"CreatedTime":"2026-01-01T00:00:00Z"{load}}}"#,
            n % 256
        );
    }
    format!(r#"{{"Response":{{"TotalCount":{count},"InstanceSet":[{list}],"RequestId":"r"}}}}"#).into()
}

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let memory: &'static Memory = Box::leak(Box::new(Memory(Mutex::default())));
    let client = Client::<Tencent>::builder()
        .region("ap-guangzhou")
        .credentials(StaticCredentials::new(Credential::new("AKIDbench", "a-secret-of-a-bench").unwrap()))
        .transport(memory)
        .build()
        .unwrap();
    let rows = [
        ("typed, small", body(1, "4", false), false),
        ("typed, 200 KB", body(1000, "4", false), false),
        ("typed, 200 KB, a float each", body(900, "4", true), false),
        ("typed, 200 KB, one odd member", body(1000, "\"N/A\"", false), false),
        ("untyped, 200 KB", body(1000, "4", false), true),
    ];
    println!("| response | bytes | CPU of a call | SHA-256 | ratio |\n| --- | --- | --- | --- | --- |");
    for (name, body, raw) in rows {
        let times = if body.len() > 10_000 { 100 } else { 10_000 };
        *memory.0.lock().unwrap() = body.clone();
        let (mut call, mut hash, mut failed) = (Duration::MAX, Duration::MAX, false);
        // The first round warms up; of the others the fastest is the least disturbed.
        for _ in 0..8 {
            let started = ProcessTime::now();
            runtime.block_on(async {
                for _ in 0..times {
                    if raw {
                        failed |= client
                            .raw("cvm", "2017-03-12", "DescribeInstances")
                            .invoke()
                            .await
                            .map(black_box)
                            .is_err();
                    } else {
                        let list = client.describe_instances().send().await;
                        failed |= list.map(|list| black_box(list.into_inner().instance_set)).is_err();
                    }
                }
            });
            call = call.min(started.elapsed() / times);
            let started = ProcessTime::now();
            for _ in 0..times {
                black_box(Sha256::digest(black_box(&body)));
            }
            hash = hash.min(started.elapsed() / times);
        }
        let ratio = call.as_secs_f64() / hash.as_secs_f64();
        let note = if failed { " (an error)" } else { "" };
        println!("| {name} | {} | {call:?} | {hash:?} | {ratio:.2}{note} |", body.len());
    }
}
