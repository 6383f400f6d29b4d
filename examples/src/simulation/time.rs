//! The virtual clock, which jumps to the next event, seeded randomness, and the loop that runs the calls.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context as TaskContext, Poll, Wake, Waker};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use cloudcall::context::{Clock, Context, Random, Sleep, SleepFuture};

/// A clock, a timer and a random source in one. Clones share it.
#[derive(Debug, Clone)]
pub struct VirtualTime(Arc<Mutex<State>>);

#[derive(Debug)]
struct State {
    now: Duration,
    timers: BinaryHeap<Reverse<Timer>>,
    /// The number of timers so far. Timers of the same moment fire in the order in which they were set.
    set: u64,
    seed: u64,
}

#[derive(Debug)]
struct Timer {
    at: (Duration, u64),
    waker: Waker,
}

impl PartialEq for Timer {
    fn eq(&self, other: &Self) -> bool {
        self.at == other.at
    }
}

impl Eq for Timer {}

impl PartialOrd for Timer {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Timer {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.at.cmp(&other.at)
    }
}

impl VirtualTime {
    /// Creates a clock at zero.
    pub fn new(seed: u64) -> Self {
        Self(Arc::new(Mutex::new(State { now: Duration::ZERO, timers: BinaryHeap::new(), set: 0, seed })))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The time since the start.
    pub fn now(&self) -> Duration {
        self.state().now
    }

    /// A context with this clock and randomness, and the environment and files of the process.
    pub fn context(&self) -> Context {
        Context::system().with_clock(self.clone()).with_sleep(self.clone()).with_random(self.clone())
    }

    /// A random number in `0.0..1.0`.
    pub fn fraction(&self) -> f64 {
        (self.state().draw() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Runs all tasks to their end. If no task can continue, the clock jumps to the next timer.
    pub fn run(&self, tasks: Vec<Task>) {
        let mut tasks: Vec<Option<Task>> = tasks.into_iter().map(Some).collect();
        let ready = Arc::new(Mutex::new((0..tasks.len()).collect::<VecDeque<_>>()));
        let next = || ready.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
        let mut left = tasks.len();
        while left > 0 {
            if let Some(number) = next() {
                let Some(slot) = tasks.get_mut(number) else { continue };
                let Some(task) = slot else { continue };
                let waker = Waker::from(Arc::new(Call { number, ready: ready.clone() }));
                if task.as_mut().poll(&mut TaskContext::from_waker(&waker)).is_ready() {
                    *slot = None;
                    left -= 1;
                }
                continue;
            }
            let mut state = self.state();
            let Some(Reverse(timer)) = state.timers.pop() else { break };
            state.now = timer.at.0;
            drop(state);
            timer.waker.wake();
        }
    }
}

impl State {
    /// The generator splitmix64.
    fn draw(&mut self) -> u64 {
        self.seed = self.seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.seed ^ (self.seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

/// A task of [`VirtualTime::run`].
pub type Task = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Marks a task as ready.
struct Call {
    number: usize,
    ready: Arc<Mutex<VecDeque<usize>>>,
}

impl Wake for Call {
    fn wake(self: Arc<Self>) {
        self.ready.lock().unwrap_or_else(PoisonError::into_inner).push_back(self.number);
    }
}

impl Clock for VirtualTime {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(1_700_000_000) + self.uptime()
    }

    fn uptime(&self) -> Duration {
        self.state().now
    }
}

impl Sleep for VirtualTime {
    fn sleep(&self, time: Duration) -> SleepFuture {
        let (end, this) = (self.now().saturating_add(time), self.clone());
        let mut is_set = false;
        Box::pin(std::future::poll_fn(move |task| {
            let mut state = this.state();
            if state.now >= end {
                return Poll::Ready(());
            }
            // A task never changes, so neither does its waker.
            if !std::mem::replace(&mut is_set, true) {
                state.set += 1;
                let at = (end, state.set);
                state.timers.push(Reverse(Timer { at, waker: task.waker().clone() }));
            }
            Poll::Pending
        }))
    }
}

impl Random for VirtualTime {
    fn fill(&self, bytes: &mut [u8]) {
        let mut state = self.state();
        for piece in bytes.chunks_mut(8) {
            for (byte, drawn) in piece.iter_mut().zip(state.draw().to_le_bytes()) {
                *byte = drawn;
            }
        }
    }
}
