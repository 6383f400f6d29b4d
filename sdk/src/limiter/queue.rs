//! A FIFO queue of calls before one resource: the tokens of a bucket, or permits.
//!
//! No call holds a lock while it waits. A call that is no longer polled, for example
//! because its runtime is not driven, therefore delays the others by two [`GRACE`] at most.
//!
//! The first call sleeps until its token comes, or until a permit is released. The calls
//! behind it look every [`GRACE`] whether it takes what is there. If it does not within the
//! grace time, which begins when another call notices, it loses its place, and so do the
//! calls behind it that nobody polls. A late call joins the queue again at its end.

use std::collections::VecDeque;
use std::fmt::Debug;
use std::future::poll_fn;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Poll, Waker};
use std::time::Duration;

use crate::context::{Context, SleepFuture};
use crate::timing::deadline::Elapsed;

/// How late the first call may be before the next call may overtake it.
const GRACE: Duration = Duration::from_secs(1);

/// What calls queue for.
pub(super) trait Resource: Debug {
    /// Adds what the time has brought.
    fn fill(&mut self, now: Duration);

    /// Whether a call could take its share now.
    fn is_there(&self) -> bool;

    /// Takes the share of one call, if it is there.
    fn take(&mut self) -> bool;

    /// Time until the share of a call behind `ahead` others is there. `None` if nobody
    /// knows.
    fn wait(&self, ahead: usize) -> Option<Duration>;
}

/// A queue that is shared by calls.
#[derive(Debug)]
pub(super) struct Queue<R>(Mutex<QueueState<R>>);

/// What the lock protects.
#[derive(Debug)]
struct QueueState<R> {
    resource: R,
    /// In the order of their numbers.
    waiting: VecDeque<Waiting>,
    /// Number of the next ticket.
    next: u64,
    /// The time since which the first call is known not to take what is there.
    overdue: Option<Duration>,
}

/// A waiting call.
#[derive(Debug)]
struct Waiting {
    /// Identifies the ticket of the call.
    number: u64,
    /// The time at which the call asked last.
    seen: Duration,
    waker: Waker,
}

/// The result of asking.
#[derive(Debug, PartialEq)]
enum Admission {
    /// The call has its share.
    Granted,
    /// The call waits. `due` is the expected time of its share, if it is known.
    Waiting { first: bool, due: Option<Duration> },
}

/// The timer of a waiting call.
struct Timer {
    /// Whether the call was the first when it was set.
    first: bool,
    sleep: SleepFuture,
}

impl<R: Resource> Queue<R> {
    /// A queue without calls.
    pub(super) fn new(resource: R) -> Self {
        Self(Mutex::new(QueueState { resource, waiting: VecDeque::new(), next: 0, overdue: None }))
    }

    /// Waits for the share of a call and takes it. Fails at once if it comes after
    /// `deadline`. A call that is dropped takes nothing.
    pub(super) async fn take(&self, context: &Context, deadline: Duration) -> Result<(), Elapsed> {
        let mut ticket = QueueTicket { queue: self, number: None };
        let mut timer: Option<Timer> = None;
        poll_fn(|task| {
            loop {
                let now = context.clock.uptime();
                let (first, due) = match ticket.ask(now, task.waker()) {
                    Admission::Granted => return Poll::Ready(Ok(())),
                    Admission::Waiting { first, due } => (first, due),
                };
                if let Some(due) = due.filter(|due| *due > deadline) {
                    return Poll::Ready(Err(Elapsed(due.saturating_sub(now))));
                }
                timer = timer.take().filter(|timer| timer.first == first);
                let timed = match (&mut timer, due) {
                    (Some(timed), _) => timed,
                    (None, Some(due)) if first => {
                        let sleep = context.sleep.sleep(due.saturating_sub(now));
                        timer.insert(Timer { first, sleep })
                    }
                    // Who releases a permit wakes the first call.
                    (None, None) if first => return Poll::Pending,
                    (None, _) => timer.insert(Timer { first, sleep: context.sleep.tick(GRACE) }),
                };
                if timed.sleep.as_mut().poll(task).is_pending() {
                    return Poll::Pending;
                }
                timer = None;
            }
        })
        .await
    }

    /// Changes the resource, for example to give something back, and wakes the first call.
    pub(super) fn change(&self, change: impl FnOnce(&mut R)) {
        let mut state = self.state();
        change(&mut state.resource);
        wake_first(state);
    }
}

impl<R> Queue<R> {
    /// Locks the state. A panic of another thread leaves it consistent.
    fn state(&self) -> MutexGuard<'_, QueueState<R>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The place of one call in the queue. Dropping it leaves the queue.
struct QueueTicket<'a, R> {
    queue: &'a Queue<R>,
    /// `None` while the call is not in the queue.
    number: Option<u64>,
}

impl<R: Resource> QueueTicket<'_, R> {
    /// Takes what is there for this call, otherwise queues the call.
    fn ask(&mut self, now: Duration, waker: &Waker) -> Admission {
        let mut state = self.queue.state();
        state.resource.fill(now);
        let known = self.number.and_then(|number| state.position(number));
        let mut at = match known {
            Some(at) => at,
            None if state.waiting.is_empty() && state.resource.take() => return Admission::Granted,
            // The call is new, or so late that others have overtaken it.
            None => {
                let number = state.next;
                state.next += 1;
                state.waiting.push_back(Waiting { number, seen: now, waker: waker.clone() });
                self.number = Some(number);
                state.waiting.len() - 1
            }
        };
        if let Some(own) = state.waiting.get_mut(at) {
            own.seen = now;
            own.waker.clone_from(waker);
        }
        if at > 0 && state.resource.is_there() {
            at -= state.overtaken(at, now);
        }
        if at == 0 && state.resource.take() {
            state.leave(at);
            self.number = None;
            wake_first(state);
            return Admission::Granted;
        }
        let due = state.resource.wait(at).map(|wait| now.saturating_add(wait));
        let overtook = known.is_some_and(|before| before != at);
        if overtook {
            wake_first(state);
        }
        Admission::Waiting { first: at == 0, due }
    }
}

impl<R> QueueState<R> {
    /// The place of a call in the queue.
    fn position(&self, number: u64) -> Option<usize> {
        self.waiting.binary_search_by_key(&number, |it| it.number).ok()
    }

    /// Removes the call at a place. The next call has its own time to come.
    fn leave(&mut self, at: usize) {
        self.waiting.remove(at);
        if at == 0 {
            self.overdue = None;
        }
    }

    /// Removes the calls at the front that do not take what is there, for the call at `at`.
    /// Returns how many.
    ///
    /// The grace time begins when this is noticed, not when the first call could have come:
    /// after a time in which no call was polled, nobody is late.
    fn overtaken(&mut self, at: usize, now: Duration) -> usize {
        match self.overdue {
            None => {
                self.overdue = Some(now);
                if let Some(first) = self.waiting.front() {
                    first.waker.wake_by_ref();
                }
                0
            }
            Some(since) if now < since.saturating_add(GRACE) => 0,
            Some(_) => {
                // A call that is polled asks every `GRACE`.
                let is_lost = |it: &&Waiting| it.seen.saturating_add(GRACE * 2) < now;
                let behind_first = self.waiting.iter().take(at).skip(1);
                let lost = 1 + behind_first.take_while(is_lost).count();
                self.waiting.drain(..lost);
                self.overdue = None;
                lost
            }
        }
    }
}

impl<R> Drop for QueueTicket<'_, R> {
    fn drop(&mut self) {
        let Some(number) = self.number else { return };
        let mut state = self.queue.state();
        let Some(at) = state.position(number) else { return };
        state.leave(at);
        if at == 0 {
            wake_first(state);
        }
    }
}

/// Wakes the call that is the next, without the lock.
fn wake_first<R>(state: MutexGuard<'_, QueueState<R>>) {
    let waker = state.waiting.front().map(|first| first.waker.clone());
    drop(state);
    if let Some(waker) = waker {
        waker.wake();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::task::Wake;

    use super::super::bucket::Bucket;
    use super::super::gate::Permits;
    use super::*;

    fn ms(time: u64) -> Duration {
        Duration::from_millis(time)
    }

    fn rate(rate: f64) -> Queue<Bucket> {
        Queue::new(Bucket::full(rate, 1.0, ms(0)))
    }

    fn asks<R: Resource>(ticket: &mut QueueTicket<'_, R>, now: Duration) -> bool {
        ticket.ask(now, Waker::noop()) == Admission::Granted
    }

    fn tickets<R, const N: usize>(queue: &Queue<R>) -> [QueueTicket<'_, R>; N] {
        std::array::from_fn(|_| QueueTicket { queue, number: None })
    }

    #[test]
    fn first_come_first_served_and_never_more_than_the_rate() {
        let queue = rate(10.0);
        let mut all = tickets::<_, 5>(&queue);
        assert!(asks(&mut all[0], ms(0)));
        assert!((1..5).all(|at| !asks(&mut all[at], ms(0))));
        for at in 1..5 {
            let now = ms(100 * at as u64 + 1);
            assert!((at + 1..5).all(|behind| !asks(&mut all[behind], now)), "{at}");
            assert!(asks(&mut all[at], now), "{at}");
        }
        let mut late = tickets::<_, 1>(&queue);
        assert!(!asks(&mut late[0], ms(402)) && asks(&mut late[0], ms(502)));
    }

    #[test]
    fn a_dropped_call_takes_no_token() {
        let queue = rate(1.0);
        let [mut taken, mut second, mut third] = tickets(&queue);
        assert!(asks(&mut taken, ms(0)) && !asks(&mut second, ms(0)) && !asks(&mut third, ms(0)));
        drop(second);
        assert!(!asks(&mut third, ms(999)) && asks(&mut third, ms(1001)));
    }

    #[test]
    fn a_queued_call_knows_when_its_token_comes() {
        let queue = rate(1.0);
        let [mut taken, mut second, mut third] = tickets(&queue);
        assert!(asks(&mut taken, ms(0)));
        let due = |ticket: &mut QueueTicket<'_, _>| match ticket.ask(ms(500), Waker::noop()) {
            Admission::Waiting { first, due } => (first, due.unwrap().as_millis()),
            Admission::Granted => panic!("there is no token"),
        };
        assert_eq!((due(&mut second), due(&mut third)), ((true, 1000), (false, 2000)));
        drop(second);
        assert_eq!(due(&mut third), (true, 1000));
    }

    #[test]
    fn calls_that_are_not_polled_are_overtaken_after_a_second_and_join_again() {
        let queue = rate(10.0);
        let [mut taken, mut lost, mut lost_too, mut next, mut last] = tickets(&queue);
        assert!(asks(&mut taken, ms(0)));
        for ticket in [&mut lost, &mut lost_too, &mut next, &mut last] {
            assert!(!asks(ticket, ms(0)));
        }
        assert!(!asks(&mut last, ms(1500)) && !asks(&mut next, ms(1600)), "noticed at 1500");
        assert!(!asks(&mut last, ms(2499)) && asks(&mut next, ms(2500)), "both are late");
        assert!(asks(&mut last, ms(2601)), "it is the first now");
        assert!(!asks(&mut lost, ms(2602)) && !asks(&mut lost_too, ms(2602)));
        assert!(asks(&mut lost, ms(2702)) && asks(&mut lost_too, ms(2803)));
    }

    #[test]
    fn calls_that_are_not_polled_do_not_keep_a_permit() {
        let queue = Queue::new(Permits::new(1));
        let [mut taken, mut lost, mut lost_too, mut next, mut new] = tickets(&queue);
        assert!(asks(&mut taken, ms(0)));
        assert!(!asks(&mut lost, ms(0)) && !asks(&mut lost_too, ms(0)) && !asks(&mut next, ms(0)));
        for now in (1000..10_000).step_by(1000) {
            assert!(!asks(&mut next, ms(now)), "no permit is there");
        }
        queue.change(Permits::release);
        assert!(!asks(&mut new, ms(10_000)) && !asks(&mut next, ms(10_500)));
        assert!(!asks(&mut new, ms(11_000)), "it removes both, and is not the first");
        assert!(asks(&mut next, ms(11_001)));
        queue.change(Permits::release);
        assert!(!asks(&mut lost, ms(11_002)) && asks(&mut new, ms(11_003)), "it joined again behind it");
        queue.change(Permits::release);
        assert!(asks(&mut lost, ms(11_004)));
    }

    #[test]
    fn after_a_time_in_which_nothing_was_polled_nobody_is_overtaken() {
        let queue = rate(10.0);
        let mut all = tickets::<_, 5>(&queue);
        assert!(asks(&mut all[0], ms(0)));
        assert!((1..5).all(|at| !asks(&mut all[at], ms(0))));
        assert!((2..5).rev().all(|at| !asks(&mut all[at], ms(60_000))));
        for at in 1..5 {
            let now = ms(60_000 + 100 * at as u64);
            assert!((at + 1..5).all(|behind| !asks(&mut all[behind], now)), "{at}");
            assert!(asks(&mut all[at], now), "{at}");
        }
    }

    #[derive(Default)]
    struct Count(AtomicUsize);

    impl Wake for Count {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Ordering::SeqCst);
        }
    }

    #[test]
    fn a_call_that_leaves_wakes_no_other_than_the_next_one() {
        let (queue, count) = (rate(1.0), Arc::<Count>::default());
        let waker = Waker::from(count.clone());
        let mut all = tickets::<_, 100>(&queue);
        let granted = all.iter_mut().map(|ticket| ticket.ask(ms(0), &waker) == Admission::Granted);
        assert_eq!(granted.filter(|granted| *granted).count(), 1);
        let [_, first, behind @ ..] = all;
        drop(behind);
        assert_eq!(count.0.load(Ordering::SeqCst), 0);
        let [mut next] = tickets(&queue);
        assert!(next.ask(ms(1), &waker) != Admission::Granted);
        drop(first);
        assert_eq!(count.0.load(Ordering::SeqCst), 1);
    }
}
