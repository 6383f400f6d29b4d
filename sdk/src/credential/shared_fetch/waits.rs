//! Records which fetch waits for which one, so that none waits for itself.
//!
//! ```text
//! fetch 1: provider of client A  --- calls client B --->  fetch 2: provider of client B
//!    ^                                                        |
//!    +------------------- calls client A: Reentered <---------+
//! ```
//!
//! A fetch is identified by the thread that polls its work ([`CURRENT`]). A provider that calls the
//! client from another task is not detected; its fetch ends by its time limit.

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use pin_project_lite::pin_project;

use super::Lost;

thread_local! {
    /// The fetch whose work this thread polls; 0 is none.
    static CURRENT: Cell<u64> = const { Cell::new(0) };
}

/// Pairs of the fetch that waits and the fetch that it waits for. Nearly always empty: only work that
/// calls a client waits.
static PAIRS: Mutex<Vec<(u64, u64)>> = Mutex::new(Vec::new());

/// The pairs. A panic elsewhere leaves them whole.
fn pairs() -> MutexGuard<'static, Vec<(u64, u64)>> {
    PAIRS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The record that the work of one fetch waits for another one. Dropping it removes the record.
pub(super) struct Waits(Option<(u64, u64)>);

impl Waits {
    /// Records that the caller waits for `fetch`. Outside of any fetch, there is nothing to record.
    ///
    /// # Errors
    ///
    /// [`Lost::Reentered`] if `fetch` waits for the caller already.
    pub(super) fn on(fetch: u64) -> Result<Self, Lost> {
        let waiter = CURRENT.get();
        if waiter == 0 {
            return Ok(Self(None));
        }
        let mut pairs = pairs();
        if leads(&pairs, fetch, waiter) {
            return Err(Lost::Reentered);
        }
        pairs.push((waiter, fetch));
        Ok(Self(Some((waiter, fetch))))
    }
}

impl Drop for Waits {
    fn drop(&mut self) {
        if let Some(pair) = self.0 {
            let mut pairs = pairs();
            if let Some(at) = pairs.iter().position(|known| *known == pair) {
                pairs.swap_remove(at);
            }
        }
    }
}

/// Whether the caller is part of the work of a fetch.
pub(crate) fn is_inside() -> bool {
    CURRENT.get() != 0
}

/// Whether `fetch` waits for the caller.
pub(super) fn is_circle(fetch: u64) -> bool {
    let waiter = CURRENT.get();
    waiter != 0 && leads(&pairs(), fetch, waiter)
}

/// Whether `from` is `to`, or waits for it through any others. It ends, because `pairs` has no circles.
fn leads(pairs: &[(u64, u64)], from: u64, to: u64) -> bool {
    from == to || pairs.iter().any(|(waiter, next)| *waiter == from && leads(pairs, *next, to))
}

pin_project! {
    /// The work of a fetch. While it is polled, [`CURRENT`] is its number.
    pub(super) struct Inside<F> {
        fetch: u64,
        #[pin]
        work: F,
    }
}

impl<F> Inside<F> {
    pub(super) fn new(fetch: u64, work: F) -> Self {
        Self { fetch, work }
    }
}

impl<F: Future> Future for Inside<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<F::Output> {
        /// Also when the work panics.
        struct Restore(u64);
        impl Drop for Restore {
            fn drop(&mut self) {
                CURRENT.set(self.0);
            }
        }
        let this = self.project();
        let _outer = Restore(CURRENT.replace(*this.fetch));
        this.work.poll(task)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_circle_is_found_through_others() {
        let pairs = [(1, 2), (2, 3), (2, 4), (9, 1)];
        for (from, to, wanted) in
            [(1, 1, true), (1, 4, true), (9, 3, true), (4, 1, false), (3, 4, false), (7, 1, false)]
        {
            assert_eq!(leads(&pairs, from, to), wanted, "{from} {to}");
        }
    }
}
