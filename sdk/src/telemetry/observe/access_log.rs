//! The access log: one line per attempt.

use super::{Observe, Reply};
use crate::telemetry::spans;

/// Logs one line per attempt, as a `tracing` event at level INFO with the target
/// `cloudcall::access`.
///
/// ```
/// use cloudcall::{Client, Tencent};
/// use cloudcall::observe::AccessLog;
///
/// # fn main() -> Result<(), cloudcall::Error> {
/// let client = Client::<Tencent>::builder()
///     .region("ap-guangzhou")
///     .observer(AccessLog::new())
///     .build()?;
/// # Ok(())
/// # }
/// ```
///
/// The message has the format of Huawei Cloud's access log: method, URL, status, length of
/// the response body in bytes, duration in seconds, request id. A missing value is written
/// as `-`:
///
/// ```text
/// "GET https://vpc.cn-north-4.myhuaweicloud.com/v1/p1/vpcs?limit=1" 200 11 0.543430 b5c927ff
/// ```
///
/// The event also has fields, for example `outcome` and `elapsed_ms`; `docs/observability.md`
/// lists them. Inside the span of the call, provider, product, action and region are fields of
/// the span only. Without that span, for example with the filter `cloudcall::access=info`, they
/// are fields of the event.
///
/// # Troubleshooting
///
/// - *Nothing is logged.* The program needs a `tracing` subscriber that lets the target
///   through, for example with `RUST_LOG=cloudcall::access=info` and `tracing-subscriber`.
/// - *The length is 0.* The call is a stream or a download, whose attempt ends with the
///   head of the response.
#[derive(Debug, Clone, Copy, Default)]
#[non_exhaustive]
pub struct AccessLog;

impl AccessLog {
    /// An access log for
    /// [`ClientBuilder::observer`](crate::client::ClientBuilder::observer).
    pub fn new() -> Self {
        Self
    }
}

impl Observe for AccessLog {
    fn after(&self, reply: &Reply<'_>) {
        if !tracing::enabled!(target: "cloudcall::access", tracing::Level::INFO) {
            return;
        }
        let (method, url) = (reply.request.method().as_str(), reply.request.url());
        let status = reply.status.map(|status| status.as_u16());
        let shown = status.map_or_else(|| "-".to_owned(), |status| status.to_string());
        let (seconds, id) = (reply.elapsed.as_secs_f64(), reply.request_id.unwrap_or("-"));
        // Inside the span of the call, these are fields of the span and so part of the line.
        let own = (!spans::in_call()).then_some(reply);
        tracing::info!(
            target: "cloudcall::access",
            provider = own.map(|reply| reply.provider),
            product = own.map(|reply| reply.product),
            action = own.map(|reply| reply.action),
            region = own.and_then(|reply| reply.region),
            attempt = reply.number,
            method,
            url,
            host = reply.endpoint,
            status,
            outcome = reply.outcome(),
            code = reply.error.and_then(|error| error.code()),
            request_id = reply.request_id,
            request_bytes = reply.request.body_len(),
            response_bytes = reply.body_len,
            elapsed_ms = spans::milliseconds(reply.elapsed),
            "\"{method} {url}\" {shown} {} {seconds:.6} {id}",
            reply.body_len,
        );
    }
}
