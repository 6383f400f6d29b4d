//! A token bucket with a FIFO queue of waiting calls.
//!
//! No call holds a lock while it waits. A call that is no longer polled, for example
//! because its runtime is not driven, therefore delays the others only by [`GRACE`].
//!
//! A waiting call knows the expected time of its token, `due`. The first call sleeps until
//! then. The calls behind it sleep until `due` plus [`GRACE`], and are woken earlier when
//! they become the first. If the first call does not come for its token within the grace
//! time, the next one takes the token, and the late call joins the queue again at its end.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Poll, Waker};
use std::time::Duration;

use super::bucket::Bucket;
use crate::context::{Context, SleepFuture};
use crate::timing::deadline::Elapsed;

/// How late the first call may be for its token before the next call may overtake it.
const GRACE: Duration = Duration::from_secs(1);

/// A queue that is shared by calls.
#[derive(Debug)]
pub(super) struct TokenQueue(Mutex<QueueState>);

/// What the lock protects.
#[derive(Debug)]
struct QueueState {
    bucket: Bucket,
    waiting: VecDeque<Waiting>,
    /// Number of the next ticket.
    next: u64,
}

/// A waiting call.
#[derive(Debug)]
struct Waiting {
    /// Identifies the ticket of the call.
    number: u64,
    /// The expected time of its token.
    due: Duration,
    waker: Waker,
}

/// The result of asking for a token.
enum Admission {
    /// The token was taken.
    Granted,
    /// The call is the first in the queue, and its token comes at this time.
    Next(Duration),
    /// The call waits behind others. It asks again at this time, unless it is woken before.
    Queued(Duration),
}

impl TokenQueue {
    /// A queue for a bucket of `size` tokens that refills with `rate` tokens per second. The
    /// bucket is full at `now`.
    pub(super) fn new(rate: f64, size: f64, now: Duration) -> Self {
        let bucket = Bucket::full(rate, size, now);
        Self(Mutex::new(QueueState { bucket, waiting: VecDeque::new(), next: 0 }))
    }

    /// Waits for a token and takes it. Fails at once if the token comes after `deadline`. A
    /// call that is dropped takes no token.
    pub(super) async fn take(&self, context: &Context, deadline: Duration) -> Result<(), Elapsed> {
        let mut ticket = QueueTicket { queue: self, number: None };
        let mut timer: Option<(Duration, SleepFuture)> = None;
        poll_fn(|task| {
            loop {
                let now = context.clock.uptime();
                let (until, first) = match ticket.ask(now, task.waker()) {
                    Admission::Granted => return Poll::Ready(Ok(())),
                    Admission::Next(due) if due > deadline => {
                        return Poll::Ready(Err(Elapsed(due.saturating_sub(now))));
                    }
                    Admission::Next(until) => (until, true),
                    Admission::Queued(until) => (until, false),
                };
                let wait = until.saturating_sub(now);
                let (_, sleep) = match timer.take() {
                    Some(timed) if timed.0 == until => timer.insert(timed),
                    _ if first => timer.insert((until, context.sleep.sleep(wait))),
                    _ => timer.insert((until, context.sleep.tick(wait))),
                };
                if sleep.as_mut().poll(task).is_pending() {
                    return Poll::Pending;
                }
                timer = None;
            }
        })
        .await
    }

    /// Locks the state. A panic of another thread leaves it consistent.
    fn state(&self) -> MutexGuard<'_, QueueState> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The place of one call in the queue. Dropping it leaves the queue.
struct QueueTicket<'a> {
    queue: &'a TokenQueue,
    /// `None` while the call is not in the queue.
    number: Option<u64>,
}

impl QueueTicket<'_> {
    /// Takes a token if one is due for this call, otherwise queues the call.
    fn ask(&mut self, now: Duration, waker: &Waker) -> Admission {
        let mut state = self.queue.state();
        state.bucket.fill(now);
        let known = self.number.and_then(|number| state.waiting.iter().position(|it| it.number == number));
        let at = match known {
            Some(at) => at,
            None if state.waiting.is_empty() && state.bucket.take() => return Admission::Granted,
            // The call is new, or so late that others have overtaken it.
            None => {
                let (number, at) = (state.next, state.waiting.len());
                state.next += 1;
                let due = now.saturating_add(state.bucket.wait(at));
                state.waiting.push_back(Waiting { number, due, waker: waker.clone() });
                self.number = Some(number);
                at
            }
        };
        let QueueState { bucket, waiting, .. } = &mut *state;
        let Some(own) = waiting.get_mut(at) else { return Admission::Queued(now.saturating_add(GRACE)) };
        own.waker.clone_from(waker);
        let due = own.due;
        let (first, late) = (at == 0, now >= due.saturating_add(GRACE));
        if (first || late) && bucket.take() {
            // The calls before this one are late. They join the queue again when they ask.
            waiting.drain(..=at);
            self.number = None;
            wake_first(waiting);
            return Admission::Granted;
        }
        match (first, late) {
            (true, _) if now < due => Admission::Next(due),
            (true, _) | (_, true) => {
                let next = now.saturating_add(bucket.wait(0));
                if let Some(own) = waiting.get_mut(at) {
                    own.due = if first { next } else { next.saturating_sub(GRACE) };
                }
                if first { Admission::Next(next) } else { Admission::Queued(next) }
            }
            (false, false) => Admission::Queued(due.saturating_add(GRACE)),
        }
    }
}

impl Drop for QueueTicket<'_> {
    fn drop(&mut self) {
        let Some(number) = self.number else { return };
        let mut state = self.queue.state();
        let QueueState { bucket, waiting, .. } = &mut *state;
        let Some(at) = waiting.iter().position(|it| it.number == number) else { return };
        waiting.remove(at);
        // The calls behind it move up by one token.
        let earlier = bucket.time_of(1.0);
        waiting.iter_mut().skip(at).for_each(|it| it.due = it.due.saturating_sub(earlier));
        waiting.iter().skip(at).for_each(|it| it.waker.wake_by_ref());
    }
}

/// Wakes the call whose token comes next.
fn wake_first(waiting: &VecDeque<Waiting>) {
    if let Some(first) = waiting.front() {
        first.waker.wake_by_ref();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(time: u64) -> Duration {
        Duration::from_millis(time)
    }

    fn asks(ticket: &mut QueueTicket<'_>, now: Duration) -> bool {
        matches!(ticket.ask(now, Waker::noop()), Admission::Granted)
    }

    fn tickets<const N: usize>(queue: &TokenQueue) -> [QueueTicket<'_>; N] {
        std::array::from_fn(|_| QueueTicket { queue, number: None })
    }

    #[test]
    fn first_come_first_served_and_never_more_than_the_rate() {
        let queue = TokenQueue::new(10.0, 1.0, ms(0));
        let mut all = tickets::<5>(&queue);
        assert!(asks(&mut all[0], ms(0)));
        assert!((1..5).all(|at| !asks(&mut all[at], ms(0))));
        for at in 1..5 {
            let now = ms(100 * at as u64 + 1);
            assert!((at + 1..5).all(|behind| !asks(&mut all[behind], now)), "{at}");
            assert!(asks(&mut all[at], now), "{at}");
        }
        let mut late = tickets::<1>(&queue);
        assert!(!asks(&mut late[0], ms(402)) && asks(&mut late[0], ms(502)));
    }

    #[test]
    fn a_dropped_call_takes_no_token() {
        let queue = TokenQueue::new(1.0, 1.0, ms(0));
        let [mut taken, mut second, mut third] = tickets(&queue);
        assert!(asks(&mut taken, ms(0)) && !asks(&mut second, ms(0)) && !asks(&mut third, ms(0)));
        drop(second);
        assert!(!asks(&mut third, ms(999)) && asks(&mut third, ms(1001)));
    }

    #[test]
    fn a_late_call_is_overtaken_after_a_second_and_joins_again() {
        let queue = TokenQueue::new(10.0, 1.0, ms(0));
        let [mut taken, mut lost, mut next, mut last] = tickets(&queue);
        assert!(asks(&mut taken, ms(0)));
        assert!(!asks(&mut lost, ms(0)) && !asks(&mut next, ms(0)) && !asks(&mut last, ms(0)));
        assert!(!asks(&mut next, ms(201)) && !asks(&mut next, ms(1100)));
        assert!(asks(&mut next, ms(1201)), "200 ms and a second");
        assert!(asks(&mut last, ms(1302)), "it is the first now");
        assert!(!asks(&mut lost, ms(1303)) && asks(&mut lost, ms(1403)));
    }
}
