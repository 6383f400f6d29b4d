//! The body log: the bodies of requests and responses.

use super::{Attempt, Observe, Reply};

/// Logs the bodies of requests and responses, as `tracing` events at level DEBUG with the
/// target `cloudcall::body`.
///
/// ```
/// use cloudcall::{Client, Tencent};
/// use cloudcall::observe::BodyLog;
///
/// # fn main() -> Result<(), cloudcall::Error> {
/// let client = Client::<Tencent>::builder()
///     .region("ap-guangzhou")
///     .observer(BodyLog::up_to(4096))
///     .build()?;
/// # Ok(())
/// # }
/// ```
///
/// Use it to find mistakes, not in production. Keys, tokens, parameters that are declared
/// `secret`, and members with telling names are masked. Everything else is shown, also
/// personal data.
#[derive(Debug, Clone, Copy)]
pub struct BodyLog {
    /// Maximum number of bytes per body.
    cap: usize,
}

impl BodyLog {
    /// A log that shows at most `cap` bytes of each body.
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
