//! Observing: logs, traces, metrics, listeners.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use cloudcall::observe::{
    AccessLog, BodyLog, Ended, FileLog, Intercept, Listener, Observe, Rotation, UnsignedRequest,
};
use cloudcall::prelude::*;

// ANCHOR: listener
pub fn listener() -> Result<Client<Huawei>, Error> {
    let listener = Listener::new()
        .on_request(|attempt| println!("> {} {}", attempt.method(), attempt.url()))
        .on_response(|reply| println!("< {:?} {}", reply.status, reply.body(4096).unwrap_or_default()))
        .with_bodies();
    Client::<Huawei>::builder().region("cn-north-4").observer(listener).build()
}
// ANCHOR_END: listener

// ANCHOR: access_log
pub fn access_log() -> Result<Client<Tencent>, Error> {
    // The program chooses where events of `tracing` go: here to standard output.
    tracing_subscriber::fmt().with_max_level(tracing::Level::INFO).init();
    Client::<Tencent>::builder().region("ap-guangzhou").observer(AccessLog::new()).build()
}
// ANCHOR_END: access_log

// ANCHOR: file_log
pub fn file_log(path: &Path) -> Result<FileLog, Error> {
    // 10 MiB and 5 older files, in the line format of Huawei Cloud's SDK.
    FileLog::huawei(path).build()
}
// ANCHOR_END: file_log

// ANCHOR: daily_log
pub fn daily_log(path: &Path) -> Result<FileLog, Error> {
    FileLog::tencent(path).rotation(Rotation::by_day(30)).utc_offset_minutes(8 * 60).build()
}
// ANCHOR_END: daily_log

// ANCHOR: bodies
pub fn bodies() -> Result<Client<Tencent>, Error> {
    // Events at level DEBUG with the target `cloudcall::body`. Secrets are masked.
    Client::<Tencent>::builder().region("ap-guangzhou").observer(BodyLog::up_to(4096)).build()
}
// ANCHOR_END: bodies

// ANCHOR: metrics
#[derive(Debug, Default, Clone)]
pub struct Failures(Arc<AtomicU64>);

impl Observe for Failures {
    fn ended(&self, call: &Ended<'_>) {
        if call.outcome.as_str() != "ok" {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }
}

pub fn metrics(failures: &Failures) -> Result<Client<Tencent>, Error> {
    Client::<Tencent>::builder().region("ap-guangzhou").observer(failures.clone()).build()
}
// ANCHOR_END: metrics

// ANCHOR: interceptor
#[derive(Debug)]
pub struct Tenant(String);

impl Intercept for Tenant {
    fn before_sign(&self, request: &mut UnsignedRequest<'_>) -> Result<(), Error> {
        request.set_header("X-Tenant", &self.0)
    }
}

pub fn interceptor() -> Result<Client<Tencent>, Error> {
    Client::<Tencent>::builder().region("ap-guangzhou").interceptor(Tenant("blue".into())).build()
}
// ANCHOR_END: interceptor
