//! Waiting for a state: a call that only reads, again and again until its answer is the one that is wanted.

mod error;
mod pace;
mod progress;
mod waiter;

use std::borrow::Cow;

pub use error::WaitError;
pub use progress::WaitProgress;
pub use waiter::Waiter;

use crate::response::Response;

/// What an answer means for those who wait. A `bool` will do where nothing can go wrong: `true` is ready.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Wait {
    /// This is the answer that was waited for.
    Ready,
    /// Not yet.
    Pending,
    /// Not yet; progress and errors tell the state.
    PendingIn(Cow<'static, str>),
    /// It will not get there any more, for this reason, such as the state's name: the wait ends with an error.
    Failed(Cow<'static, str>),
}

impl Wait {
    /// Not yet, and in which state it is.
    pub fn pending_in(state: impl Into<Cow<'static, str>>) -> Self {
        Self::PendingIn(state.into())
    }

    /// It will not get there any more.
    pub fn failed(reason: impl Into<Cow<'static, str>>) -> Self {
        Self::Failed(reason.into())
    }
}

/// What looks at an answer: a closure that says what it means for those who wait, as a [`Wait`] or a `bool`.
pub trait Look<T>: FnMut(&Response<T>) -> Self::Said + Send {
    /// What it says.
    type Said: Into<Wait>;
}

impl<T, W: Into<Wait>, F: FnMut(&Response<T>) -> W + Send> Look<T> for F {
    type Said = W;
}

impl From<bool> for Wait {
    fn from(ready: bool) -> Self {
        if ready { Self::Ready } else { Self::Pending }
    }
}
