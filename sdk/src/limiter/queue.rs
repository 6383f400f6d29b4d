//! A token bucket, and the line of calls before it.
//!
//! No call holds a lock while it waits. So a call that is not polled any more, such as one in a runtime that nobody drives,
//! keeps the others back for a moment only.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Poll, Waker};
use std::time::Duration;

use crate::context::{Context, SleepFuture};
use crate::timing::deadline::Elapsed;

/// How late the first call of the line may be for its token before the next one goes past it.
const PATIENCE: Duration = Duration::from_secs(1);

#[derive(Debug)]
pub(super) struct Line(Mutex<Queue>);

#[derive(Debug)]
struct Queue {
    bucket: Bucket,
    waiting: VecDeque<Waiting>,
    next: u64,
}

/// A call in the line.
#[derive(Debug)]
struct Waiting {
    number: u64,
    /// When there is a token for it, as far as is known.
    due: Duration,
    waker: Waker,
}

/// The answer to a call that wants a token.
enum Turn {
    Now,
    /// The call is the first, and its token comes then.
    First(Duration),
    /// Ask again then, if the call is not woken before.
    Later(Duration),
}

impl Line {
    pub(super) fn new(rate: f64, size: f64, now: Duration) -> Self {
        let bucket = Bucket { rate, size, tokens: size, filled: now };
        Self(Mutex::new(Queue { bucket, waiting: VecDeque::new(), next: 0 }))
    }

    /// Waits for a token and takes it. Gives up where it comes after `deadline`. A call that is dropped takes none.
    pub(super) async fn take(&self, context: &Context, deadline: Duration) -> Result<(), Elapsed> {
        let mut ticket = Ticket { line: self, number: None };
        let mut timer: Option<(Duration, SleepFuture)> = None;
        poll_fn(|task| {
            loop {
                let now = context.clock.uptime();
                let permit = ticket.ask(now, task.waker());
                let (until, first) = match permit {
                    Turn::Now => return Poll::Ready(Ok(())),
                    Turn::First(due) if due > deadline => {
                        return Poll::Ready(Err(Elapsed(due.saturating_sub(now))));
                    }
                    Turn::First(until) => (until, true),
                    Turn::Later(until) => (until, false),
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

    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The place of one call in the line, given up with it.
struct Ticket<'a> {
    line: &'a Line,
    number: Option<u64>,
}

impl Ticket<'_> {
    fn ask(&mut self, now: Duration, waker: &Waker) -> Turn {
        let mut queue = self.line.queue();
        queue.bucket.fill(now);
        let known = self.number.and_then(|number| queue.waiting.iter().position(|it| it.number == number));
        let at = match known {
            Some(at) => at,
            None if queue.waiting.is_empty() && queue.bucket.take() => return Turn::Now,
            // New, or so late that others went past it.
            None => {
                let (number, at) = (queue.next, queue.waiting.len());
                queue.next += 1;
                let due = now.saturating_add(queue.bucket.wait(at));
                queue.waiting.push_back(Waiting { number, due, waker: waker.clone() });
                self.number = Some(number);
                at
            }
        };
        let Queue { bucket, waiting, .. } = &mut *queue;
        let Some(own) = waiting.get_mut(at) else { return Turn::Later(now.saturating_add(PATIENCE)) };
        own.waker.clone_from(waker);
        let due = own.due;
        let (first, late) = (at == 0, now >= due.saturating_add(PATIENCE));
        if (first || late) && bucket.take() {
            // Those before it are late for theirs: they join the line again when they ask.
            waiting.drain(..=at);
            self.number = None;
            wake_first(waiting);
            return Turn::Now;
        }
        match (first, late) {
            (true, _) if now < due => Turn::First(due),
            (true, _) | (_, true) => {
                let next = now.saturating_add(bucket.wait(0));
                if let Some(own) = waiting.get_mut(at) {
                    own.due = if first { next } else { next.saturating_sub(PATIENCE) };
                }
                if first { Turn::First(next) } else { Turn::Later(next) }
            }
            (false, false) => Turn::Later(due.saturating_add(PATIENCE)),
        }
    }
}

impl Drop for Ticket<'_> {
    fn drop(&mut self) {
        let Some(number) = self.number else { return };
        let mut queue = self.line.queue();
        let Queue { bucket, waiting, .. } = &mut *queue;
        let Some(at) = waiting.iter().position(|it| it.number == number) else { return };
        waiting.remove(at);
        // Those behind it move up by one token.
        let earlier = bucket.time_of(1.0);
        waiting.iter_mut().skip(at).for_each(|it| it.due = it.due.saturating_sub(earlier));
        waiting.iter().skip(at).for_each(|it| it.waker.wake_by_ref());
    }
}

fn wake_first(waiting: &VecDeque<Waiting>) {
    if let Some(first) = waiting.front() {
        first.waker.wake_by_ref();
    }
}

#[derive(Debug)]
struct Bucket {
    /// Tokens a second.
    rate: f64,
    size: f64,
    tokens: f64,
    /// When `tokens` was right.
    filled: Duration,
}

impl Bucket {
    fn fill(&mut self, now: Duration) {
        let since = now.saturating_sub(self.filled);
        self.tokens = (self.tokens + since.as_secs_f64() * self.rate).min(self.size);
        self.filled = self.filled.max(now);
    }

    /// Takes a token, if there is a whole one. A clock counts nanoseconds: less than that is there.
    fn take(&mut self) -> bool {
        let there = (1.0 - self.tokens) * 1e9 < self.rate;
        if there {
            self.tokens -= 1.0;
        }
        there
    }

    /// How long until there is a token for a call behind `ahead` others.
    fn wait(&self, ahead: usize) -> Duration {
        self.time_of(1.0 + ahead as f64 - self.tokens).saturating_add(Duration::from_nanos(1))
    }

    fn time_of(&self, tokens: f64) -> Duration {
        Duration::try_from_secs_f64((tokens / self.rate).max(0.0)).unwrap_or(Duration::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(time: u64) -> Duration {
        Duration::from_millis(time)
    }

    fn asks(ticket: &mut Ticket<'_>, now: Duration) -> bool {
        matches!(ticket.ask(now, Waker::noop()), Turn::Now)
    }

    fn tickets<const N: usize>(line: &Line) -> [Ticket<'_>; N] {
        std::array::from_fn(|_| Ticket { line, number: None })
    }

    #[test]
    fn first_come_first_served_and_never_more_than_the_rate() {
        let line = Line::new(10.0, 1.0, ms(0));
        let mut all = tickets::<5>(&line);
        assert!(asks(&mut all[0], ms(0)));
        assert!((1..5).all(|at| !asks(&mut all[at], ms(0))));
        for at in 1..5 {
            let now = ms(100 * at as u64 + 1);
            assert!((at + 1..5).all(|behind| !asks(&mut all[behind], now)), "{at}");
            assert!(asks(&mut all[at], now), "{at}");
        }
        let mut late = tickets::<1>(&line);
        assert!(!asks(&mut late[0], ms(402)) && asks(&mut late[0], ms(502)));
    }

    #[test]
    fn who_gives_up_leaves_no_gap() {
        let line = Line::new(1.0, 1.0, ms(0));
        let [mut taken, mut second, mut third] = tickets(&line);
        assert!(asks(&mut taken, ms(0)) && !asks(&mut second, ms(0)) && !asks(&mut third, ms(0)));
        drop(second);
        assert!(!asks(&mut third, ms(999)) && asks(&mut third, ms(1001)));
    }

    #[test]
    fn who_does_not_come_is_passed_after_a_second_and_joins_again() {
        let line = Line::new(10.0, 1.0, ms(0));
        let [mut taken, mut lost, mut next, mut last] = tickets(&line);
        assert!(asks(&mut taken, ms(0)));
        assert!(!asks(&mut lost, ms(0)) && !asks(&mut next, ms(0)) && !asks(&mut last, ms(0)));
        assert!(!asks(&mut next, ms(201)) && !asks(&mut next, ms(1100)));
        assert!(asks(&mut next, ms(1201)), "200 ms and a second");
        assert!(asks(&mut last, ms(1302)), "it is the first now");
        assert!(!asks(&mut lost, ms(1303)) && asks(&mut lost, ms(1403)));
    }
}
