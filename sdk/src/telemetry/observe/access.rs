//! Ready-made logs: a line for each attempt, and bodies for those who ask.

use super::{Attempt, Observe, Reply};

/// Writes a line for each attempt, as an event of `tracing` at level INFO with target `cloudcall::access`.
///
/// The message has what Huawei Cloud's access log has, in its order: method, address, status, length of the answer, time in
/// seconds, request id; `-` stands for what there is not. The fields are in `docs/observability.md`.
///
/// ```
/// use cloudcall::{Client, Tencent};
/// use cloudcall::observe::AccessLog;
///
/// # fn main() -> Result<(), cloudcall::Error> {
/// let client = Client::<Tencent>::builder().region("ap-guangzhou").observer(AccessLog::new()).build()?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Copy, Default)]
#[non_exhaustive]
pub struct AccessLog;

impl AccessLog {
    /// The log.
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
        tracing::info!(
            target: "cloudcall::access",
            provider = reply.provider,
            product = reply.product,
            action = reply.action,
            region = reply.region,
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
            elapsed_ms = reply.elapsed.as_secs_f64() * 1000.0,
            "\"{method} {url}\" {shown} {} {seconds:.6} {id}",
            reply.body_len,
        );
    }
}

/// Writes the bodies of requests and answers, as events of `tracing` at level DEBUG with target `cloudcall::body`.
///
/// For finding mistakes, not for production: values whose name says that they are secrets are masked, and so are parameters
/// declared `secret`, keys and tokens; whatever else a body holds is shown.
///
/// ```
/// use cloudcall::{Client, Tencent};
/// use cloudcall::observe::BodyLog;
///
/// # fn main() -> Result<(), cloudcall::Error> {
/// let client = Client::<Tencent>::builder().region("ap-guangzhou").observer(BodyLog::up_to(4096)).build()?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Copy)]
pub struct BodyLog {
    cap: usize,
}

impl BodyLog {
    /// The log; of each body at most `cap` bytes are shown.
    pub fn up_to(cap: usize) -> Self {
        Self { cap }
    }
}

impl Observe for BodyLog {
    fn before(&self, attempt: &Attempt<'_>) {
        if tracing::enabled!(target: "cloudcall::body", tracing::Level::DEBUG) {
            let (provider, action) = (attempt.provider, attempt.action);
            let body = attempt.body(self.cap);
            tracing::debug!(target: "cloudcall::body", provider, action, attempt = attempt.number, body, "request");
        }
    }

    fn after(&self, reply: &Reply<'_>) {
        if tracing::enabled!(target: "cloudcall::body", tracing::Level::DEBUG) {
            let (provider, action) = (reply.provider, reply.action);
            let body = reply.body(self.cap);
            tracing::debug!(target: "cloudcall::body", provider, action, attempt = reply.number, body, "response");
        }
    }

    fn wants_bodies(&self) -> bool {
        true
    }
}
