//! A trace context in every request: an interceptor adds the header before the request is signed, and an observer sees it.
//!
//! ```text
//! cargo run -p cloudcall-examples --example trace_context
//! ```

use std::sync::atomic::{AtomicU64, Ordering};

use cloudcall::json::json;
use cloudcall::local::LocalResponse;
use cloudcall::observe::{Attempt, Intercept, Observe, UnsignedRequest};
use cloudcall::prelude::*;
use cloudcall_quickstart::target::Target;

/// Lists the zones of the region.
#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12")]
struct DescribeZones {}

/// Adds `traceparent` (W3C Trace Context). A service would take the ids from its tracing library.
#[derive(Debug, Default)]
struct TraceContext {
    calls: AtomicU64,
}

impl Intercept for TraceContext {
    fn before_sign(&self, request: &mut UnsignedRequest<'_>) -> Result<(), Error> {
        let span = self.calls.fetch_add(1, Ordering::Relaxed) + 1;
        request.set_header("traceparent", &format!("00-{:032x}-{span:016x}-01", 0xc10_0dca_u64))
    }
}

/// Prints the header of each attempt. An observer cannot change a request.
#[derive(Debug)]
struct Printer;

impl Observe for Printer {
    fn before(&self, attempt: &Attempt<'_>) {
        let traced = attempt.headers().find(|(name, _)| *name == "traceparent");
        println!(
            "{} attempt {}: {:?}",
            attempt.action,
            attempt.number,
            traced.map(|(_, value)| value.to_string())
        );
    }
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let target = Target::from_args(|cloud| {
        cloud.on_each(
            "DescribeZones",
            [
                LocalResponse::raw(503, "text/plain", "busy"),
                LocalResponse::ok(json!({ "TotalCount": 0, "ZoneSet": [] })),
            ],
        )
    })
    .await?;
    let builder = Client::<Tencent>::builder()
        .region("ap-guangzhou")
        .interceptor(TraceContext::default())
        .observer(Printer);
    let client = target.prepared(builder)?.build()?;
    // The second attempt of the first call has the same header; the second call has its own.
    for _ in 0..2 {
        let zones = client.describe_zones().send().await?;
        println!("{} zones after {} attempts", zones["TotalCount"], zones.attempts());
    }
    Ok(())
}
