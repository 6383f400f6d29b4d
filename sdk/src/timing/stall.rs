//! Detects stalled bodies, whose bytes arrive too slowly.
//!
//! The grace time is divided into five samples. At each sample, the bytes of the last five
//! are added up: a body that delivered fewer bytes than the grace time has seconds is
//! stalled. A body that pauses shortly is therefore tolerated, and a body that trickles is
//! found after one grace time.
//!
//! With the default of 5 s, a sample is due each second:
//!
//! ```text
//! second                1    2    3    4    5    6
//! bytes since the last  1    1    1    1    1    0
//! sum of the last five  -    -    -    -    5    4: stalled
//! ```
//!
//! The read limit alone does not find such a body: one byte every 29 s never exceeds 30 s
//! of silence.

use std::task::Poll;
use std::time::Duration;

use bytes::Bytes;
use futures_util::StreamExt as _;

use crate::context::{Context, SleepFuture};
use crate::error::{Error, SendState};
use crate::timing::deadline::{Elapsed, End, Setting, TimeLimit, within_both};
use crate::transport::{ResponseBody, TransportError, timed_out};

/// Number of samples within the grace time.
const SAMPLES: usize = 5;

/// The throughput of one body. Less than one byte per second for the grace time is a stall.
///
/// A clock is read and a timer created only while no chunk is ready, so a body that arrives
/// at once costs nothing.
#[derive(Debug)]
pub(crate) struct Throughput {
    /// How long the body may be too slow.
    grace: Duration,
    /// Bytes between the last samples, the newest first.
    counts: [usize; SAMPLES],
    /// Number of samples so far.
    samples: usize,
    /// Time of the last sample.
    last: Option<Duration>,
}

/// A chunk of a body.
type Piece = Result<Bytes, TransportError>;

impl Throughput {
    /// Measures from `now` on. A grace time of `Duration::MAX` turns the check off.
    pub(crate) fn new(grace: Duration, now: Duration) -> Self {
        Self { last: Some(now), ..Self::unwatched(grace) }
    }

    /// Measures from the first time on that no bytes are available.
    pub(crate) fn unwatched(grace: Duration) -> Self {
        Self { grace, counts: [0; SAMPLES], samples: 0, last: None }
    }

    /// The next chunk of `body`. It may take `read`, but not beyond the time `end`.
    ///
    /// # Errors
    ///
    /// Kind `Timeout` if a limit is exceeded or the body stalls. The message names the
    /// limit.
    pub(crate) async fn next(
        &mut self,
        context: &Context,
        body: &mut ResponseBody,
        read: Duration,
        end: End,
    ) -> Result<Option<Piece>, Error> {
        let mut timer = None;
        let paced = std::future::poll_fn(|task| {
            if let Poll::Ready(piece) = body.poll_next_unpin(task) {
                if let Some(Ok(piece)) = &piece {
                    self.count(piece.len());
                }
                return Poll::Ready(Ok(piece));
            }
            match self.poll_stalled(context, &mut timer, task) {
                Some(error) => Poll::Ready(Err(error)),
                None => Poll::Pending,
            }
        });
        match within_both(context, read, end.at, paced).await {
            Ok(piece) => piece,
            Err(Elapsed(time)) if time < read => {
                Err(timed_out("the response body did not end", end.limit, SendState::Maybe))
            }
            Err(_) => {
                let limit = TimeLimit { setting: Setting::Read, value: read };
                Err(timed_out("no more bytes of the response body arrived", limit, SendState::Maybe))
            }
        }
    }

    /// Counts bytes that arrived.
    pub(crate) fn count(&mut self, bytes: usize) {
        let [newest, ..] = &mut self.counts;
        *newest = newest.saturating_add(bytes);
    }

    /// Excludes a time in which the reader did not ask for more: a slow reader is not a
    /// slow server.
    pub(crate) fn pause(&mut self, time: Duration) {
        self.last = self.last.map(|last| last.saturating_add(time));
    }

    /// Samples the throughput of a body that has no chunk now, and schedules the next
    /// sample. Returns the error of a stall.
    pub(crate) fn poll_stalled(
        &mut self,
        context: &Context,
        timer: &mut Option<SleepFuture>,
        task: &mut std::task::Context<'_>,
    ) -> Option<Error> {
        if self.grace == Duration::MAX {
            return None;
        }
        if self.is_stalled(context.clock.uptime()) {
            let limit = TimeLimit { setting: Setting::Stall, value: self.grace };
            let what = "the response body stalled: less than one byte per second";
            return Some(timed_out(what, limit, SendState::Maybe));
        }
        let tick = self.tick();
        let due = timer.get_or_insert_with(|| context.sleep.tick(tick));
        if due.as_mut().poll(task).is_ready() {
            *timer = None;
            task.waker().wake_by_ref();
        }
        None
    }

    /// Time between two samples.
    fn tick(&self) -> Duration {
        (self.grace / SAMPLES as u32).max(Duration::from_millis(1))
    }

    /// Takes the samples that are due, and returns true if the body is stalled.
    fn is_stalled(&mut self, now: Duration) -> bool {
        let tick = self.tick();
        let mut last = *self.last.get_or_insert(now);
        while now.saturating_sub(last) >= tick {
            last = last.saturating_add(tick);
            self.last = Some(last);
            self.samples = self.samples.saturating_add(1);
            let came = self.counts.iter().fold(0_usize, |sum, count| sum.saturating_add(*count));
            let least = usize::try_from(self.grace.as_secs()).unwrap_or(usize::MAX).max(1);
            if self.samples >= SAMPLES && came < least {
                return true;
            }
            self.counts.rotate_right(1);
            let [newest, ..] = &mut self.counts;
            *newest = 0;
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn second(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn a_byte_a_second_is_enough_and_less_is_a_stall() {
        let mut body = Throughput::new(second(5), second(0));
        for now in 1..100 {
            body.counts[0] += 1;
            assert!(!body.is_stalled(second(now)), "{now}");
        }
        assert!(body.is_stalled(second(100)), "4 bytes in 5 seconds");
        let mut silent = Throughput::new(second(5), second(7));
        assert!(!silent.is_stalled(second(11)));
        assert!(silent.is_stalled(second(12)));
        let mut early = Throughput::new(second(5), second(0));
        early.counts[0] = 1_000;
        assert!(!early.is_stalled(second(5)));
        assert!(early.is_stalled(second(6)), "what came before the last 5 seconds counts no more");
    }
}
