//! What `items()` costs against the same calls made by hand: calls, allocations and CPU time for 100 000 items.
//!
//! `cargo bench -p cloudcall --bench pages` prints a table; nothing is asserted. The transport responds from memory, so that
//! only the client is measured.
#![allow(missing_docs, clippy::unwrap_used, clippy::disallowed_methods, reason = "a program that measures")]

use std::alloc::System;
use std::fmt::Write as _;
use std::hint::black_box;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use cloudcall::credential::{Credential, StaticCredentials};
use cloudcall::transport::{HttpRequest, HttpResponse, HttpSend, ResponseBody, TransportError};
use cloudcall::{Client, Tencent, async_trait, cloud_action, cloud_model};
use cpu_time::ProcessTime;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const ITEMS: usize = 100_000;
const LIMIT: usize = 100;

#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12", response = InstanceList, readonly,
               paginate(offset = offset, limit = limit, total = total_count, items = instance_set))]
struct DescribeInstances {
    offset: Option<i64>,
    limit: Option<i64>,
}

#[cloud_model(provider = "tencent", response)]
struct InstanceList {
    total_count: Option<i64>,
    instance_set: Option<Vec<Instance>>,
}

#[cloud_model(provider = "tencent", response)]
struct Instance {
    instance_id: String,
    #[allow(dead_code, reason = "read, not used")]
    memory: Option<i64>,
}

/// Always the same page.
#[derive(Debug)]
struct Memory {
    page: Bytes,
    calls: AtomicUsize,
}

#[async_trait]
impl HttpSend for Memory {
    async fn send(&self, _: HttpRequest) -> Result<HttpResponse, TransportError> {
        self.calls.fetch_add(1, Ordering::Relaxed);
        Ok(http::Response::new(ResponseBody::whole(self.page.clone())))
    }
}

fn page() -> Bytes {
    let mut list = String::new();
    for n in 0..LIMIT {
        let comma = if n == 0 { "" } else { "," };
        let _ = write!(list, r#"{comma}{{"InstanceId":"ins-{n:08}","Memory":4}}"#);
    }
    format!(r#"{{"Response":{{"TotalCount":{ITEMS},"InstanceSet":[{list}],"RequestId":"r"}}}}"#).into()
}

async fn by_hand(client: &Client<Tencent>) -> usize {
    let (mut offset, mut read) = (0, 0);
    loop {
        let page = client.describe_instances().offset(offset).limit(LIMIT as i64).send().await.unwrap();
        let page = page.into_inner();
        let items = page.instance_set.unwrap_or_default();
        offset += items.len() as i64;
        for item in items {
            read += black_box(item).instance_id.len().min(1);
        }
        if Some(offset) >= page.total_count {
            return read;
        }
    }
}

async fn by_items(client: &Client<Tencent>) -> usize {
    let mut items = client.describe_instances().limit(LIMIT as i64).items();
    let mut read = 0;
    while let Some(item) = items.next().await {
        read += black_box(item.unwrap()).instance_id.len().min(1);
    }
    read
}

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let memory = Arc::new(Memory { page: page(), calls: AtomicUsize::new(0) });
    let client = Client::<Tencent>::builder()
        .region("ap-guangzhou")
        .credentials(StaticCredentials::new(Credential::new("AKIDbench", "a-secret-of-a-bench").unwrap()))
        .transport(memory.clone())
        .build()
        .unwrap();
    let measure = |name: &str, items: bool| {
        let (calls, region) = (memory.calls.load(Ordering::Relaxed), Region::new(ALLOCATOR));
        let started = ProcessTime::now();
        let read =
            runtime.block_on(async { if items { by_items(&client).await } else { by_hand(&client).await } });
        let (cpu, allocations) = (started.elapsed(), region.change().allocations);
        let calls = memory.calls.load(Ordering::Relaxed) - calls;
        println!("{name:8} {read} items, {calls} calls, {allocations} allocations, {cpu:?}");
        (allocations as f64, cpu.as_secs_f64())
    };
    // The first round warms up.
    let mut best = [(f64::MAX, f64::MAX); 2];
    for _ in 0..6 {
        for (slot, (name, items)) in best.iter_mut().zip([("by hand", false), ("items()", true)]) {
            let (allocations, cpu) = measure(name, items);
            *slot = (slot.0.min(allocations), slot.1.min(cpu));
        }
    }
    let [hand, items] = best;
    println!("items() / by hand: {:.3} allocations, {:.3} CPU time", items.0 / hand.0, items.1 / hand.1);
}
