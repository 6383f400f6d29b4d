//! A clock that the test controls.
//!
//! The difficulty is that a clock cannot detect work: it does not know whether the program still
//! computes, or a socket is about to deliver bytes. So it reacts to waiting, and distinguishes three
//! kinds of it ([`DelayKind`]):
//!
//! | what waits | example | moves the clock by itself |
//! | --- | --- | --- |
//! | a delay of the program | backoff of a retry | yes |
//! | a time limit of the program | `timeouts.attempt` | only while the mock delays a response |
//! | a delay of the mock | `MockResponse::after` | yes |
//!
//! The earliest end comes first; of equal ends, the one that began first.

use std::collections::BTreeMap;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Poll, Waker};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::process::{FakeEnv, FakeFiles};
use crate::context::{Clock, Context, Random, Sleep, SleepFuture};

/// 2024-01-01T00:00:00Z, in seconds.
const START: u64 = 1_704_067_200;

/// The clock, delays and randomness of a test. Clones share one clock.
///
/// The clock does not move until something waits. It then jumps to the end of the earliest delay, so a retry
/// with a delay of one second takes no real time, and [`waits`](Self::waits) lists the delay.
///
/// Time limits are different: they expire only while a [mock](super::MockTransport) delays its response, and
/// by [`advance`](Self::advance). Otherwise every call to a real server would time out at once.
///
/// ```
/// use std::time::Duration;
/// use cloudcall::testing::FakeTime;
/// use cloudcall::context::{Clock, Sleep};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let time = FakeTime::at(1_700_000_000);
/// time.sleep(Duration::from_secs(3600)).await;
/// assert_eq!(time.uptime(), Duration::from_secs(3600));
/// assert_eq!(time.waits(), [Duration::from_secs(3600)]);
/// # }
/// ```
///
/// # Troubleshooting
///
/// **The test never ends.** After [`by_hand`](Self::by_hand) only [`advance`](Self::advance) moves the clock.
/// Await [`asleep`](Self::asleep), then advance by the duration that it returns.
///
/// **Delays take real time.** The code under test uses the system's clock. Build its client with
/// [`MockTransport::client`](super::MockTransport::client) or with [`context`](Self::context).
#[derive(Clone)]
pub struct FakeTime(Arc<Mutex<ClockState>>);

/// The state that clones share.
struct ClockState {
    /// The time that the clock showed at first.
    start: SystemTime,
    /// How far it has moved.
    since_start: Duration,
    /// Whether only `advance` moves it.
    by_hand: bool,
    /// The delays of the program that ended.
    waits: Vec<Duration>,
    /// The state of the generator; never 0.
    seed: u64,
    /// Everything that waits, by the end of its delay.
    sleepers: BTreeMap<(Duration, u64), Sleeper>,
    /// The tasks that wait until something waits.
    watchers: Vec<Waker>,
    /// The number of the next sleeper. It orders sleepers with equal ends.
    next: u64,
}

/// Something that waits.
struct Sleeper {
    kind: DelayKind,
    waker: Waker,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DelayKind {
    /// A delay of the program.
    Wait,
    /// A time limit of the program.
    Limit,
    /// A delay of the mock.
    World,
}

impl FakeTime {
    /// Creates a clock that shows 2024-01-01T00:00:00Z.
    pub fn new() -> Self {
        Self::at(START)
    }

    /// Creates a clock that shows the given Unix time, in seconds. [`Clock::uptime`] is 0 at that time.
    pub fn at(seconds: u64) -> Self {
        Self(Arc::new(Mutex::new(ClockState {
            start: UNIX_EPOCH.checked_add(Duration::from_secs(seconds)).unwrap_or(UNIX_EPOCH),
            since_start: Duration::ZERO,
            by_hand: false,
            waits: Vec::new(),
            seed: 1,
            sleepers: BTreeMap::new(),
            watchers: Vec::new(),
            next: 0,
        })))
    }

    /// Moves the clock only by [`advance`](Self::advance). Default: the clock jumps to the end of the
    /// earliest delay.
    #[must_use]
    pub fn by_hand(self) -> Self {
        self.state().by_hand = true;
        self
    }

    /// Sets the seed of the randomness, which decides nonces and jitter. Default: 1.
    ///
    /// The same seed gives the same nonces, jitter and request ids in every run, if the program asks
    /// for them in the same order.
    #[must_use]
    pub fn seed(self, seed: u64) -> Self {
        // With the seed 0 the generator would give zeros only.
        self.state().seed = seed.max(1);
        self
    }

    /// Moves the clock forward. Delays and time limits that are due by then end.
    ///
    /// ```
    /// use std::time::Duration;
    /// use cloudcall::context::Clock as _;
    /// use cloudcall::testing::FakeTime;
    ///
    /// let time = FakeTime::at(1_700_000_000).by_hand();
    /// time.advance(Duration::from_secs(90));
    /// assert_eq!(time.uptime(), Duration::from_secs(90));
    /// ```
    pub fn advance(&self, by: Duration) {
        let mut state = self.state();
        let now = state.since_start.saturating_add(by);
        state.go_to(now);
        wake(state);
    }

    /// The delays that ended so far, in order. Time limits are not included.
    ///
    /// A delay that was dropped before its end is not included. Delays of the mock are not, either.
    pub fn waits(&self) -> Vec<Duration> {
        self.state().waits.clone()
    }

    /// Resolves when something waits, with the time until the earliest delay ends. Use it with
    /// [`by_hand`](Self::by_hand).
    ///
    /// ```
    /// use std::time::Duration;
    /// use cloudcall::context::Sleep;
    /// use cloudcall::testing::FakeTime;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let time = FakeTime::new().by_hand();
    /// let task = tokio::spawn(time.sleep(Duration::from_secs(5)));
    /// assert_eq!(time.asleep().await, Duration::from_secs(5));
    /// time.advance(Duration::from_secs(5));
    /// task.await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn asleep(&self) -> Duration {
        std::future::poll_fn(|task| {
            let mut state = self.state();
            let now = state.since_start;
            let first = state.sleepers.iter().find(|(_, sleeper)| sleeper.kind != DelayKind::Limit);
            match first {
                Some(((end, _), _)) => Poll::Ready(end.saturating_sub(now)),
                None => {
                    state.watchers.push(task.waker().clone());
                    Poll::Pending
                }
            }
        })
        .await
    }

    /// A context with this clock and randomness, an empty environment and no files.
    pub fn context(&self) -> Context {
        Context::system()
            .with_clock(self.clone())
            .with_sleep(self.clone())
            .with_random(self.clone())
            .with_env(FakeEnv::new())
            .with_files(FakeFiles::new())
    }

    /// A delay of the mock; [`Duration::MAX`] never ends.
    pub(super) fn world(&self, time: Duration) -> SleepFuture {
        self.pause(time, DelayKind::World)
    }

    /// A future that ends after `time`.
    fn pause(&self, time: Duration, kind: DelayKind) -> SleepFuture {
        let end = self.state().since_start.saturating_add(time);
        Box::pin(Pause { time: self.clone(), length: time, end, kind, key: None, over: false })
    }

    /// The state. A panic of another thread leaves it whole.
    fn state(&self) -> MutexGuard<'_, ClockState> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for FakeTime {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for FakeTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.state();
        f.debug_struct("FakeTime")
            .field("start", &state.start)
            .field("since_start", &state.since_start)
            .field("waits", &state.waits)
            .finish_non_exhaustive()
    }
}

impl ClockState {
    /// The earliest delay that may end without `advance`.
    fn earliest(&self) -> Option<(Duration, u64)> {
        if self.by_hand {
            return None;
        }
        let held_back = self.sleepers.values().any(|sleeper| sleeper.kind == DelayKind::World);
        let ends = |sleeper: &Sleeper| sleeper.kind != DelayKind::Limit || held_back;
        let (key, _) = self.sleepers.iter().find(|(_, sleeper)| ends(sleeper))?;
        Some(*key).filter(|(end, _)| *end < Duration::MAX)
    }

    /// Moves the clock forward, never back.
    fn go_to(&mut self, now: Duration) {
        self.since_start = self.since_start.max(now);
    }
}

/// Wakes everything that is due, and the earliest that may end by itself.
fn wake(mut state: MutexGuard<'_, ClockState>) {
    let now = state.since_start;
    let due = state.sleepers.range(..=(now, u64::MAX)).map(|(_, sleeper)| sleeper.waker.clone());
    let mut wakers: Vec<Waker> = due.collect();
    let next = state.earliest().and_then(|key| state.sleepers.get(&key));
    wakers.extend(next.map(|sleeper| sleeper.waker.clone()));
    if !state.sleepers.is_empty() {
        wakers.append(&mut state.watchers);
    }
    drop(state);
    wakers.into_iter().for_each(Waker::wake);
}

/// One delay or time limit.
struct Pause {
    time: FakeTime,
    /// The duration that was asked for, which `waits` lists.
    length: Duration,
    /// The end, since the start of the clock.
    end: Duration,
    /// Who waits.
    kind: DelayKind,
    /// The place among the sleepers, while it waits.
    key: Option<(Duration, u64)>,
    /// Whether it has ended.
    over: bool,
}

impl Future for Pause {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, task: &mut std::task::Context<'_>) -> Poll<()> {
        let time = self.time.clone();
        let mut state = time.state();
        match self.key {
            None if self.over => return Poll::Ready(()),
            // Everything that waits now registers before the clock moves.
            None if state.since_start < self.end => {
                let key = (self.end, state.next);
                state.next = state.next.wrapping_add(1);
                state.sleepers.insert(key, Sleeper { kind: self.kind, waker: task.waker().clone() });
                self.key = Some(key);
                wake(state);
                return Poll::Pending;
            }
            None => {}
            Some(key) => {
                if state.earliest() == Some(key) {
                    state.go_to(self.end);
                }
                if state.since_start < self.end {
                    if let Some(sleeper) = state.sleepers.get_mut(&key) {
                        sleeper.waker.clone_from(task.waker());
                    }
                    return Poll::Pending;
                }
            }
        }
        self.over = true;
        if self.kind == DelayKind::Wait {
            state.waits.push(self.length);
        }
        if let Some(key) = self.key.take() {
            state.sleepers.remove(&key);
        }
        wake(state);
        Poll::Ready(())
    }
}

impl Drop for Pause {
    fn drop(&mut self) {
        if let Some(key) = self.key.take() {
            let mut state = self.time.state();
            state.sleepers.remove(&key);
            wake(state);
        }
    }
}

impl Clock for FakeTime {
    fn now(&self) -> SystemTime {
        let state = self.state();
        state.start.checked_add(state.since_start).unwrap_or(state.start)
    }

    fn uptime(&self) -> Duration {
        self.state().since_start
    }
}

impl Sleep for FakeTime {
    fn sleep(&self, time: Duration) -> SleepFuture {
        self.pause(time, DelayKind::Wait)
    }

    fn tick(&self, time: Duration) -> SleepFuture {
        self.pause(time, DelayKind::Limit)
    }
}

impl Random for FakeTime {
    /// Fills with a xorshift generator: the same bytes in every run.
    fn fill(&self, bytes: &mut [u8]) {
        let mut state = self.state();
        for byte in bytes {
            state.seed ^= state.seed << 13;
            state.seed ^= state.seed >> 7;
            state.seed ^= state.seed << 17;
            let [.., random, _, _, _] = state.seed.to_be_bytes();
            *byte = random;
        }
    }
}
