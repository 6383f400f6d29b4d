//! The figures of a run.

use std::ops::Range;
use std::time::Duration;

use super::fleet::{Call, Run, Scenario};

/// The figures of one run.
#[derive(Debug, Clone)]
pub struct Figures {
    /// Requests per call that was made during the outage.
    pub amplification: f64,
    /// The ratio of successful calls among those made during the outage.
    pub success_during: f64,
    /// The ratio of successful calls among those made in the 5 s after it.
    pub success_after: f64,
    /// The number of seconds after the outage from which 99 % of the calls of every second succeed. `None` if
    /// they do not in the last second.
    pub recovery: Option<u64>,
    /// The largest number of requests in a second of the outage, as a multiple of the usual number.
    pub peak: f64,
    /// The same for the time after the outage.
    pub overshoot: f64,
    /// Requests at the endpoint, for each second.
    pub attempts: Vec<u32>,
}

impl Figures {
    /// Measures a run.
    pub fn of(scenario: &Scenario, run: &Run) -> Self {
        let span = scenario.trouble.span.clone();
        let during = || run.calls.iter().filter(|call| span.contains(&call.begin));
        let after = span.end..span.end + Duration::from_secs(5);
        let requests: u32 = during().map(|call| call.attempts).sum();
        let (begin, end) = (span.start.as_secs(), span.end.as_secs());
        let most = |range: Range<u64>| {
            let seconds = (0..).zip(&run.attempts).filter(|(second, _)| range.contains(second));
            f64::from(seconds.map(|(_, count)| *count).max().unwrap_or(0)) / scenario.rate
        };
        Self {
            amplification: f64::from(requests) / during().count().max(1) as f64,
            success_during: success(during()),
            success_after: success(run.calls.iter().filter(|call| after.contains(&call.begin))),
            recovery: recovery(&run.calls, end, scenario.end.as_secs()),
            peak: most(begin..end),
            overshoot: most(end..u64::MAX),
            attempts: run.attempts.clone(),
        }
    }
}

/// The ratio of successful calls.
fn success<'a>(calls: impl Iterator<Item = &'a Call>) -> f64 {
    let (mut all, mut good) = (0_u32, 0_u32);
    for call in calls {
        all += 1;
        good += u32::from(call.ok);
    }
    f64::from(good) / f64::from(all.max(1))
}

fn recovery(calls: &[Call], from: u64, to: u64) -> Option<u64> {
    let bad = |second: &u64| success(calls.iter().filter(|call| call.begin.as_secs() == *second)) < 0.99;
    match (from..to).rev().find(bad) {
        None => Some(0),
        Some(last) if last + 1 == to => None,
        Some(last) => Some(last + 1 - from),
    }
}
