//! The Tokio runtime that a transport needs: its presence, its timers and its I/O.
//!
//! tokio panics if a program uses a timer or a socket outside of a runtime, or in a runtime that was
//! built without timers or without I/O. There is no way to ask a runtime for the last two. So the
//! panic is caught here, and becomes an error of kind `Config` that says what to change. A library
//! must not panic because of how its program was set up.

use std::any::Any;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use pin_project_lite::pin_project;
use tokio::runtime::{Handle, Id};

use super::TransportError;
use crate::error::{ErrorKind, SendState};

/// The part of tokio's panics and I/O errors that means the end of a runtime.
const ENDING: &str = "being shutdown";
/// The message for calls in such a runtime.
pub(super) const SHUT_DOWN: &str = "the Tokio runtime is shutting down: keep it until its calls have ended";

/// Whether an I/O error says that the runtime is shutting down.
pub(super) fn is_shut_down(error: &(dyn std::error::Error + 'static)) -> bool {
    error.is::<std::io::Error>() && error.to_string().contains(ENDING)
}

/// The current runtime.
///
/// # Errors
///
/// Kind `Config` outside of a runtime. The message names the ways to be in one.
pub(super) fn here() -> Result<Id, TransportError> {
    Handle::try_current().map(|handle| handle.id()).map_err(|_| {
        let what = "the call runs outside of a Tokio runtime: await it in `#[tokio::main]` or `Runtime::block_on`, or use \
                    the blocking client";
        refused(SendState::No, what)
    })
}

/// How long a runtime that runs can be without knowing the events of its sockets. It looks for them
/// after 61 polls of tasks at the latest.
pub(super) const LAG: Duration = Duration::from_millis(10);

/// Whether the runtime may not know yet that the peer closed a connection that was idle for `idle`.
///
/// A runtime with one thread runs only within `block_on`. If the server closes a connection between two
/// of them, the socket still counts as open, and a request that is written to it fails although it could
/// have been sent over another connection. The same happens to a runtime whose thread was blocked.
pub(super) fn may_lag(idle: Duration) -> bool {
    idle > LAG
}

/// Lets the runtime look for the events of its sockets. tokio wakes a task that yields only after that.
pub(super) async fn catch_up() {
    tokio::task::yield_now().await;
}

pin_project! {
    /// The future of [`guarded`].
    pub(super) struct Guarded<F> {
        #[pin]
        work: F,
    }
}

/// Runs `work`, and turns the panics of a runtime without I/O or timers into errors. It is a future
/// written by hand, because an `async fn` would store its work twice.
pub(super) fn guarded<F>(work: F) -> Guarded<F> {
    Guarded { work }
}

impl<T, F: Future<Output = Result<T, TransportError>>> Future for Guarded<F> {
    type Output = Result<T, TransportError>;

    fn poll(self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<Self::Output> {
        let work = self.project().work;
        catch_unwind(AssertUnwindSafe(|| work.poll(task)))
            .unwrap_or_else(|panic| Poll::Ready(Err(panicked(&*panic))))
    }
}

/// The error of a panic. tokio's panics have only a text, so the text is compared.
fn panicked(panic: &(dyn Any + Send)) -> TransportError {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or_default();
    if text.contains("timers are disabled") {
        let what = "the Tokio runtime has no timers: build it with `enable_all()`, or with `enable_time()` and `enable_io()`";
        return refused(SendState::No, what);
    }
    if text.contains("IO is disabled") {
        let what = "the Tokio runtime has no I/O: build it with `enable_all()`, or with `enable_io()` and `enable_time()`";
        return refused(SendState::No, what);
    }
    if text.contains(ENDING) {
        return refused(SendState::Maybe, SHUT_DOWN);
    }
    TransportError::new(ErrorKind::Io, SendState::Maybe, format!("the HTTP library panicked: {text}"))
}

/// An error of kind `Config`.
fn refused(sent: SendState, what: &str) -> TransportError {
    TransportError::new(ErrorKind::Config, sent, what)
}
