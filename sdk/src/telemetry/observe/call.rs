//! The end of a call, as observers see it.

use std::time::Duration;

use http::StatusCode;

use crate::error::Error;

/// A call that is over.
///
/// ```
/// use cloudcall::observe::Listener;
///
/// let listener = Listener::new().on_end(|call| {
///     eprintln!("{} {}: {} in {:?}", call.product, call.action, call.outcome.as_str(), call.elapsed);
/// });
/// ```
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Ended<'a> {
    /// Name of the provider, for example `tencent`.
    pub provider: &'static str,
    /// Name of the product, for example `cvm`.
    pub product: &'a str,
    /// Name of the action, for example `DescribeInstances`.
    pub action: &'a str,
    /// The region of the call, if it has one.
    pub region: Option<&'a str>,
    /// Number of attempts. It is 0 if the call failed before its first request was sent.
    pub attempts: u32,
    /// How the call ended.
    pub outcome: Outcome<'a>,
    /// The HTTP status of the last response, if there is one.
    pub status: Option<StatusCode>,
    /// The last request id, if there is one.
    pub request_id: Option<&'a str>,
    /// Duration of the call, with all attempts and the waits between them. For a stream or
    /// a download, the time until the head of the response was received.
    pub elapsed: Duration,
}

impl<'a> Ended<'a> {
    /// The end of a call that sent nothing. The public fields can be changed afterwards.
    ///
    /// Calls make it themselves; this is for tests of observers and of closures.
    ///
    /// ```
    /// use cloudcall::observe::{Ended, Outcome};
    ///
    /// fn counts(call: &Ended<'_>) -> bool {
    ///     !matches!(call.outcome, Outcome::Dropped)
    /// }
    ///
    /// assert!(!counts(&Ended::new("tencent", "cvm", "DescribeZones", Outcome::Dropped)));
    /// ```
    pub fn new(provider: &'static str, product: &'a str, action: &'a str, outcome: Outcome<'a>) -> Self {
        Self {
            provider,
            product,
            action,
            region: None,
            attempts: 0,
            outcome,
            status: None,
            request_id: None,
            elapsed: Duration::ZERO,
        }
    }
}

/// How a call ended.
///
/// ```
/// use cloudcall::observe::{Listener, Outcome};
///
/// let listener = Listener::new().on_end(|call| match call.outcome {
///     Outcome::Ok => {}
///     Outcome::Failed(error) => eprintln!("{} failed: {error}", call.action),
///     Outcome::Dropped => eprintln!("{} was cancelled", call.action),
///     _ => {}
/// });
/// ```
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Outcome<'a> {
    /// The call succeeded.
    Ok,
    /// The call failed with this error.
    Failed(&'a Error),
    /// The future of the call was dropped before it ended.
    Dropped,
}

impl Outcome<'_> {
    /// The outcome in one word, for labels: `ok`, `dropped`, or the kind of the error.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Failed(error) => error.kind().as_str(),
            Self::Dropped => "dropped",
        }
    }
}
