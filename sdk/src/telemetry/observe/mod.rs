//! Observers: see requests and responses for logs, metrics and audits.
//!
//! | to do this | use |
//! | --- | --- |
//! | run closures on requests and responses | [`Listener`] |
//! | log one line per attempt | [`AccessLog`] |
//! | log one line per attempt to files that rotate | [`FileLog`] |
//! | log bodies while you search for a mistake | [`BodyLog`] |
//! | export metrics, or react to breakers | your type that implements [`Observe`] |
//!
//! ```
//! use cloudcall::observe::AccessLog;
//! use cloudcall::{Client, Tencent};
//!
//! let client = Client::<Tencent>::builder()
//!     .region("ap-guangzhou")
//!     .observer(AccessLog::new())
//!     .build()?;
//! # Ok::<(), cloudcall::Error>(())
//! ```
//!
//! # Order of events
//!
//! Events of a call come in the order in which they happen: [`waited`](Observe::waited) for
//! the limiter and the credential, [`before`](Observe::before) and
//! [`after`](Observe::after) for the attempt, `waited` for the retry, and so on.
//! [`ended`](Observe::ended) comes exactly once, also if nothing was sent or the future of
//! the call was dropped.
//!
//! For a stream or a download, `after` and `ended` come when the head of a success response
//! was received. The body is not observed.
//!
//! # Secrets
//!
//! Everything that an observer sees is masked: keys, tokens, signatures, parameters that
//! are declared `secret`, and members with telling names such as `password`. The one exception is
//! [`Listener::with_unmasked_secrets_for_debugging`].
//!
//! # Cost
//!
//! Without observers, nothing is copied and no clock is read. Bodies are kept only if an
//! observer asks for them.

mod access_log;
mod attempt;
mod body;
mod body_log;
mod call;
mod file_log;
mod intercept;
mod listener;
mod request;
mod wait;
mod watching;

use std::fmt;

use crate::breaker::BreakerChange;

pub use self::access_log::AccessLog;
pub use self::attempt::{Attempt, Reply};
pub(crate) use self::body::Masks;
pub use self::body_log::BodyLog;
pub use self::call::{Ended, Outcome};
pub use self::file_log::{FileLog, FileLogBuilder, LogFormat, Rotation};
pub use self::intercept::{Intercept, UnsignedRequest};
pub use self::listener::Listener;
pub(crate) use self::request::CopiedRequest;
pub use self::request::SeenRequest;
pub use self::wait::{WaitReason, Waited};
pub(crate) use self::watching::{Facts, Watching};

/// Sees every call and every attempt, without changing them.
///
/// ```
/// use cloudcall::observe::{Ended, Observe, Reply};
///
/// /// Reports attempts that take longer than a second.
/// #[derive(Debug)]
/// struct Slow;
///
/// impl Observe for Slow {
///     fn after(&self, reply: &Reply<'_>) {
///         if reply.elapsed.as_secs() > 1 {
///             eprintln!("{} took {:?}", reply.action, reply.elapsed);
///         }
///     }
///
///     fn ended(&self, call: &Ended<'_>) {
///         let (action, outcome) = (call.action, call.outcome.as_str());
///         eprintln!("{action}: {outcome} after {} attempts", call.attempts);
///     }
/// }
/// ```
///
/// Give it to [`ClientBuilder::observer`](crate::client::ClientBuilder::observer). A client
/// can have several observers. All methods have empty defaults.
///
/// Methods run on the thread of the call, so they must return quickly: count, or pass the
/// data to another thread.
///
/// # Troubleshooting
///
/// - *The observer sees no bodies.* Return `true` from
///   [`wants_bodies`](Self::wants_bodies). Bodies of streams and downloads are never kept.
/// - *A header or member shows `****`.* It is masked. [`Reply::header`] and
///   [`SeenRequest::header`] show headers that are not on the list of harmless headers,
///   unless they carry secrets.
/// - *The request must be changed.* An observer cannot change it, because it is already
///   signed. Set headers on the call or on the client.
/// - *Calls became slower.* The observer blocks. Move its work to a channel or a thread.
pub trait Observe: fmt::Debug + Send + Sync {
    /// Called when a request is signed and about to be sent.
    ///
    /// ```
    /// # #[derive(Debug)] struct Log;
    /// use cloudcall::observe::{Attempt, Observe};
    ///
    /// impl Observe for Log {
    ///     fn before(&self, attempt: &Attempt<'_>) {
    ///         eprintln!("> {} {} (attempt {})", attempt.method(), attempt.url(), attempt.number);
    ///     }
    /// }
    /// ```
    fn before(&self, attempt: &Attempt<'_>) {
        let _ = attempt;
    }

    /// Called when an attempt ended: with a response, or with an error.
    ///
    /// ```
    /// # #[derive(Debug)] struct Log;
    /// use cloudcall::observe::{Observe, Reply};
    ///
    /// impl Observe for Log {
    ///     fn after(&self, reply: &Reply<'_>) {
    ///         eprintln!("< {} after {:?}, request {:?}", reply.outcome(), reply.elapsed, reply.request_id);
    ///     }
    /// }
    /// ```
    fn after(&self, reply: &Reply<'_>) {
        let _ = reply;
    }

    /// Called after a call has waited for something other than a response, such as a
    /// limiter or a retry.
    ///
    /// ```
    /// # #[derive(Debug)] struct Log;
    /// use cloudcall::observe::{Observe, Waited};
    ///
    /// impl Observe for Log {
    ///     fn waited(&self, wait: &Waited<'_>) {
    ///         eprintln!("{} waited {:?} for: {}", wait.action, wait.time, wait.reason.as_str());
    ///     }
    /// }
    /// ```
    fn waited(&self, wait: &Waited<'_>) {
        let _ = wait;
    }

    /// Called exactly once per call when it is over, also if nothing was sent or if its
    /// future was dropped.
    ///
    /// ```
    /// # #[derive(Debug)] struct Log;
    /// use cloudcall::observe::{Ended, Observe, Outcome};
    ///
    /// impl Observe for Log {
    ///     fn ended(&self, call: &Ended<'_>) {
    ///         if let Outcome::Failed(error) = call.outcome {
    ///             eprintln!("{} failed after {} attempts: {error}", call.action, call.attempts);
    ///         }
    ///     }
    /// }
    /// ```
    fn ended(&self, call: &Ended<'_>) {
        let _ = call;
    }

    /// Called when a breaker of the client opens, becomes half-open, or closes.
    fn breaker_changed(&self, change: &BreakerChange<'_>) {
        let _ = change;
    }

    /// Whether the observer needs bodies. Default: `false`.
    ///
    /// Bodies are kept only if an observer of the client returns `true`. Otherwise
    /// [`Reply::body`] and [`SeenRequest::body`] are `None`.
    fn wants_bodies(&self) -> bool {
        false
    }
}
