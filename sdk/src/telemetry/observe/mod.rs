//! Looking at requests and answers on their way: for logs, metrics and audits.
//!
//! Events come in the order of the call: `waited` (limiter, credential), `before`, `after`, `waited` (retry), and so on, then
//! `ended` once. What each shows is masked. Of a stream, `after` and `ended` come with the head of a good answer.

mod access;
mod attempt;
mod body;
mod call;
mod listener;
mod request;

use std::fmt;

use crate::breaker::BreakerChange;

pub use self::access::{AccessLog, BodyLog};
pub use self::attempt::{Attempt, Reply};
pub(crate) use self::body::Masks;
pub use self::call::{Ended, Outcome, WaitReason, Waited};
pub(crate) use self::call::{Facts, Watching};
pub use self::listener::Listener;
pub(crate) use self::request::CopiedRequest;
pub use self::request::SeenRequest;

/// Sees every call and every attempt of it. It can look, not touch: a signed request must go out as it was signed.
///
/// Its methods run on the way of the call, so they should be quick: count, or hand over to a thread.
///
/// ```
/// use cloudcall::observe::{Ended, Observe, Reply};
///
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
///         eprintln!("{} {}: {} after {} attempts", call.product, call.action, call.outcome.as_str(), call.attempts);
///     }
/// }
/// ```
pub trait Observe: fmt::Debug + Send + Sync {
    /// Called when a request is signed and about to leave.
    fn before(&self, attempt: &Attempt<'_>) {
        let _ = attempt;
    }

    /// Called when an answer is here, or the attempt failed.
    fn after(&self, reply: &Reply<'_>) {
        let _ = reply;
    }

    /// Called when a call has waited for something else than an answer.
    fn waited(&self, wait: &Waited<'_>) {
        let _ = wait;
    }

    /// Called once for each call, when it is over: also when nothing was sent, and when its future was dropped.
    fn ended(&self, call: &Ended<'_>) {
        let _ = call;
    }

    /// Called when a breaker of the client opens, closes, or begins to try its host again.
    fn breaker_changed(&self, change: &BreakerChange<'_>) {
        let _ = change;
    }

    /// Whether it wants to see bodies. Unless one of a client's observers does, they are not kept, and
    /// [`Reply::body`] is none.
    fn wants_bodies(&self) -> bool {
        false
    }
}
