//! A clock that stands still, and waits that are noted instead of waited for.

use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use cloudcall::{Clock, Context, Random, Sleep, SleepFuture};

/// Waits of at least this are time limits, which never pass here; shorter ones are waits between attempts.
const LIMIT: Duration = Duration::from_secs(25);

#[derive(Debug, Clone)]
pub struct FakeTime(Arc<Mutex<State>>);

#[derive(Debug)]
struct State {
    since_start: Duration,
    start: SystemTime,
    waits: Vec<Duration>,
    seed: u64,
}

impl FakeTime {
    /// Stands at the given second since 1970.
    pub fn at(seconds: u64) -> Self {
        let start = UNIX_EPOCH + Duration::from_secs(seconds);
        Self(Arc::new(Mutex::new(State { since_start: Duration::ZERO, start, waits: Vec::new(), seed: 1 })))
    }

    pub fn advance(&self, by: Duration) {
        self.0.lock().unwrap().since_start += by;
    }

    /// The waits so far.
    pub fn waits(&self) -> Vec<Duration> {
        self.0.lock().unwrap().waits.clone()
    }

    /// A context with this time and seeded randomness.
    pub fn context(&self) -> Context {
        Context::system().with_clock(self.clone()).with_sleep(self.clone()).with_random(self.clone())
    }
}

impl Clock for FakeTime {
    fn now(&self) -> SystemTime {
        let state = self.0.lock().unwrap();
        state.start + state.since_start
    }

    fn uptime(&self) -> Duration {
        self.0.lock().unwrap().since_start
    }
}

impl Sleep for FakeTime {
    fn sleep(&self, time: Duration) -> SleepFuture {
        if time >= LIMIT {
            return Box::pin(std::future::pending());
        }
        let mut state = self.0.lock().unwrap();
        state.waits.push(time);
        state.since_start += time;
        Box::pin(std::future::ready(()))
    }

    fn tick(&self, _: Duration) -> SleepFuture {
        Box::pin(std::future::pending())
    }
}

impl Random for FakeTime {
    /// A small generator (xorshift): the same bytes in every run.
    fn fill(&self, bytes: &mut [u8]) {
        let mut state = self.0.lock().unwrap();
        for byte in bytes {
            state.seed ^= state.seed << 13;
            state.seed ^= state.seed >> 7;
            state.seed ^= state.seed << 17;
            *byte = state.seed.to_le_bytes()[3];
        }
    }
}
