//! Backoff strategies, with the figures of the vendors' clients.

use std::ops::RangeInclusive;
use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBuilder};

/// The delay before each retry of a call.
///
/// A strategy has a first delay, a cap, and a shape: how the delay grows, and which part of
/// it is random. [`RetryPolicy::backoff`](crate::retry::RetryPolicy::backoff) takes one.
/// [`range`](Self::range) gives the shortest and the longest delay before a given retry.
///
/// ```
/// use std::time::Duration;
/// use cloudcall::retry::{Backoff, RetryPolicy};
///
/// let steady = RetryPolicy::standard().backoff(Backoff::fixed(Duration::from_millis(300)));
/// let as_huawei = RetryPolicy::standard().backoff(Backoff::huawei_equal_jitter());
/// let as_alibaba = RetryPolicy::standard()
///     .backoff(Backoff::alibaba_exponential())
///     .throttled_backoff(Backoff::alibaba_throttling());
///
/// let third = Backoff::huawei_equal_jitter().range(3);
/// assert_eq!(third, Duration::from_millis(41)..=Duration::from_millis(80));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backoff {
    shape: Shape,
    first: Duration,
    cap: Duration,
    /// The smallest random part.
    grain: Duration,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Fixed,
    Exponential,
    FullJitter,
    EqualJitter,
    Random,
    Decorrelated,
}

const MILLISECOND: Duration = Duration::from_millis(1);
/// The first delay of the exponential strategies of Huawei Cloud's client: twice its base
/// of 10 ms.
const HUAWEI_FIRST: Duration = Duration::from_millis(20);
const HUAWEI_BASE: Duration = Duration::from_millis(10);
const HUAWEI_CAP: Duration = Duration::from_secs(60);
const ALIBABA_CAP: Duration = Duration::from_secs(20);

impl Backoff {
    const fn new(shape: Shape, first: Duration, cap: Duration) -> Self {
        Self { shape, first, cap, grain: Duration::ZERO }
    }

    const fn at_least(mut self, grain: Duration) -> Self {
        self.grain = grain;
        self
    }

    /// No delay. Useful behind a limiter, and in tests.
    pub const fn none() -> Self {
        Self::fixed(Duration::ZERO)
    }

    /// The same delay before each retry.
    pub const fn fixed(wait: Duration) -> Self {
        Self::new(Shape::Fixed, wait, wait)
    }

    /// `first`, doubled before each further retry up to `cap`, without jitter. Clients that
    /// fail together retry together, so prefer a strategy with jitter.
    pub const fn exponential(first: Duration, cap: Duration) -> Self {
        Self::new(Shape::Exponential, first, cap)
    }

    /// A random delay from zero to that of [`exponential`](Self::exponential). This is the
    /// default of a policy, with 100 ms and 20 s.
    pub const fn full_jitter(first: Duration, cap: Duration) -> Self {
        Self::new(Shape::FullJitter, first, cap)
    }

    /// A random delay from half of that of [`exponential`](Self::exponential) to all of it.
    pub const fn equal_jitter(first: Duration, cap: Duration) -> Self {
        Self::new(Shape::EqualJitter, first, cap)
    }

    /// A random delay from zero to `cap` before each retry.
    pub const fn random(cap: Duration) -> Self {
        Self::new(Shape::Random, cap, cap)
    }

    /// A random delay from `base` to three times `base` before each retry, at most `cap`.
    pub const fn decorrelated_jitter(base: Duration, cap: Duration) -> Self {
        Self::new(Shape::Decorrelated, base, cap)
    }

    /// `NONE` of Huawei Cloud's client: no delay.
    pub const fn huawei_none() -> Self {
        Self::none()
    }

    /// The exponential backoff of Huawei Cloud's client: 20 ms, doubled up to 60 s.
    pub const fn huawei_exponential() -> Self {
        Self::exponential(HUAWEI_FIRST, HUAWEI_CAP)
    }

    /// `EQUAL_JITTER` of Huawei Cloud's client: more than half of 20 ms, doubled up to 60
    /// s.
    pub const fn huawei_equal_jitter() -> Self {
        Self::equal_jitter(HUAWEI_FIRST, HUAWEI_CAP).at_least(MILLISECOND)
    }

    /// `RANDOM_JITTER` of Huawei Cloud's client: from 1 ms to 20 ms, doubled up to 60 s.
    pub const fn huawei_random_jitter() -> Self {
        Self::full_jitter(HUAWEI_FIRST, HUAWEI_CAP).at_least(MILLISECOND)
    }

    /// `DECOR_RELATED_JITTER` of Huawei Cloud's client: from 10 ms to 30 ms before each
    /// retry.
    pub const fn huawei_decorrelated_jitter() -> Self {
        Self::decorrelated_jitter(HUAWEI_BASE, HUAWEI_CAP)
    }

    /// The backoff of Alibaba Cloud's core client after network and server failures: 100
    /// ms, doubled up to 20 s.
    pub const fn alibaba_exponential() -> Self {
        Self::exponential(Duration::from_millis(100), ALIBABA_CAP)
    }

    /// The backoff of Alibaba Cloud's core client after throttling: at least half of 500
    /// ms, doubled up to 20 s.
    pub const fn alibaba_throttling() -> Self {
        Self::equal_jitter(Duration::from_millis(500), ALIBABA_CAP)
    }

    /// What Volcengine's client waits: 300 ms to 600 ms, doubled up to 300 s.
    pub const fn volcengine_random_jitter() -> Self {
        Self::equal_jitter(Duration::from_millis(600), Duration::from_secs(300))
    }

    pub(crate) fn with_first(mut self, first: Duration) -> Self {
        self.first = first;
        self
    }

    pub(crate) fn cap(&self) -> Duration {
        self.cap
    }

    pub(crate) fn with_cap(mut self, cap: Duration) -> Self {
        self.cap = cap;
        self
    }

    /// The shape without chance.
    pub(crate) fn without_jitter(mut self) -> Self {
        if matches!(self.shape, Shape::FullJitter | Shape::EqualJitter) {
            self.shape = Shape::Exponential;
        }
        if matches!(self.shape, Shape::Random | Shape::Decorrelated) {
            self.shape = Shape::Fixed;
        }
        self
    }

    /// The shortest and the longest wait before retry number `retry`; the first retry is 1.
    pub fn range(&self, retry: u32) -> RangeInclusive<Duration> {
        let longest = || self.doubled(retry);
        let (least, most) = match self.shape {
            Shape::Fixed => (self.first, self.first),
            Shape::Exponential => (longest(), longest()),
            Shape::FullJitter => (Duration::ZERO, longest()),
            Shape::EqualJitter => (longest() / 2, longest()),
            Shape::Random => (Duration::ZERO, self.cap),
            Shape::Decorrelated => (self.first, self.first.saturating_mul(3)),
        };
        let most = most.min(self.cap);
        least.saturating_add(self.grain).min(most)..=most
    }

    /// The wait that `fraction`, in `0.0..1.0`, draws before retry number `retry`.
    pub(crate) fn wait(&self, retry: u32, fraction: impl FnOnce() -> f64) -> Duration {
        let (least, most) = self.range(retry).into_inner();
        let open = most.saturating_sub(least);
        if open.is_zero() { most } else { least.saturating_add(open.mul_f64(fraction())) }
    }

    /// The first wait, doubled before each further retry.
    ///
    /// Whole seconds double without loss in the single precision of the factor; the
    /// vendors' milliseconds would not.
    fn doubled(&self, retry: u32) -> Duration {
        let mut growth = ExponentialBuilder::new()
            .with_factor(2.0)
            .with_min_delay(Duration::from_secs(1))
            .with_max_delay(Duration::from_secs(1 << 31))
            .without_max_times()
            .build();
        let times = growth.nth(retry.saturating_sub(1).min(31) as usize);
        let times = times.and_then(|times| u32::try_from(times.as_secs()).ok()).unwrap_or(u32::MAX);
        self.first.saturating_mul(times).min(self.cap)
    }
}

impl Default for Backoff {
    /// Full jitter from 100 milliseconds to 20 seconds.
    fn default() -> Self {
        Self::full_jitter(Duration::from_millis(100), Duration::from_secs(20))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_always_in_its_range() {
        let second = Duration::from_secs(1);
        for backoff in [
            Backoff::none(),
            Backoff::fixed(second),
            Backoff::full_jitter(second, second * 9),
            Backoff::huawei_equal_jitter(),
            Backoff::random(second),
            Backoff::decorrelated_jitter(second, second * 2),
            Backoff::full_jitter(Duration::ZERO, second),
            Backoff::exponential(Duration::MAX, Duration::MAX),
        ] {
            for retry in [0, 1, 2, 5, 70, u32::MAX] {
                for fraction in [0.0, 0.3, 0.999_999] {
                    let wait = backoff.wait(retry, || fraction);
                    assert!(backoff.range(retry).contains(&wait), "{backoff:?} {retry} {fraction}: {wait:?}");
                }
            }
        }
    }
}
