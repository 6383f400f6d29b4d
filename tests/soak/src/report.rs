//! The table at the end, and the verdict.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use crate::calls::Counts;
use crate::gauge::Sample;

/// A share of the time at the start is not compared: pools, caches and the allocator fill up.
const WARM_UP: usize = 5;

/// How much each value may grow between the start and the end: bytes, bytes, descriptors, tasks.
///
/// A soak of an hour makes more than half a million calls: 4 bytes that each of them leaves behind exceed the bound.
const BOUNDS: [usize; 4] = [2 * 1024 * 1024, 16 * 1024 * 1024, 16, 16];

/// What a soak found.
#[derive(Debug, Default)]
pub struct Report {
    /// One measurement for each round.
    pub samples: Vec<Sample>,
    /// What went wrong, as text.
    pub wrong: Vec<String>,
    /// How long it took.
    pub elapsed: Duration,
    /// The CPU time of clients and servers.
    pub cpu_seconds: f64,
    /// Temporary keys that were issued.
    pub issued: u64,
    totals: [u64; 7],
}

impl Report {
    /// Takes over the counters.
    pub(crate) fn count(&mut self, counts: &Counts) {
        let Counts { calls, requests, dropped, breakers, clients, duplicates, lost } = counts;
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        self.totals = [calls, requests, dropped, breakers, clients, duplicates, lost].map(read);
    }

    /// Whether nothing grew beyond its bound, and every call did what it should.
    pub fn passed(&self) -> bool {
        self.wrong.is_empty() && self.rows().iter().all(Row::passed) && !self.samples.is_empty()
    }

    /// The number of calls.
    pub fn calls(&self) -> u64 {
        self.totals[0]
    }

    /// The last measurement as one line.
    pub(crate) fn progress(&self) -> String {
        let (minutes, calls, wrong) = (self.elapsed.as_secs_f64() / 60.0, self.calls(), self.wrong.len());
        format!("{minutes:.0} min: {calls} calls, {wrong} wrong, {:?}", self.samples.last())
    }

    fn rows(&self) -> [Row; 4] {
        let warm = self.samples.get(self.samples.len() / WARM_UP..).unwrap_or_default();
        let values: [(_, _, Value); 4] = [
            ("heap in use, KiB", 1024, |sample| sample.heap),
            ("resident memory, KiB", 1024, |sample| sample.resident),
            ("descriptors", 1, |sample| sample.descriptors),
            ("tasks", 1, |sample| sample.tasks),
        ];
        let mut bounds = BOUNDS.into_iter();
        values.map(|(name, unit, value)| {
            let third = |number: usize| {
                let (begin, end) = (warm.len() * number / 3, warm.len() * (number + 1) / 3);
                median(warm.get(begin..end).unwrap_or_default().iter().map(value).collect())
            };
            let bound = bounds.next().unwrap_or_default();
            Row { name, unit, values: [third(0), third(1), third(2)], bound }
        })
    }
}

fn median(mut values: Vec<usize>) -> usize {
    values.sort_unstable();
    values.get(values.len() / 2).copied().unwrap_or_default()
}

/// Reads a value of a measurement.
type Value = fn(&Sample) -> usize;

/// One value at the start, in the middle and at the end.
struct Row {
    name: &'static str,
    unit: usize,
    values: [usize; 3],
    bound: usize,
}

impl Row {
    fn passed(&self) -> bool {
        let [start, _, end] = self.values;
        end <= start + self.bound
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [calls, requests, dropped, breakers, clients, duplicates, lost] = self.totals;
        let (seconds, cpu) =
            (self.elapsed.as_secs_f64(), 100.0 * self.cpu_seconds / self.elapsed.as_secs_f64());
        writeln!(
            f,
            "{calls} calls with {requests} requests in {:.1} min, with {cpu:.0} % of a core",
            seconds / 60.0
        )?;
        writeln!(
            f,
            "{dropped} calls dropped, {breakers} breakers opened and closed, {clients} sets of clients made and dropped, \
             {} temporary keys issued\n",
            self.issued
        )?;
        writeln!(f, "| | start | middle | end | may grow by | |\n| --- | ---: | ---: | ---: | ---: | --- |")?;
        for row in self.rows() {
            let Row { name, unit, values: [start, middle, end], bound } = row;
            let verdict = if row.passed() { "ok" } else { "grew" };
            let [start, middle, end, bound] = [start, middle, end, bound].map(|value| value / unit);
            writeln!(f, "| {name} | {start} | {middle} | {end} | {bound} | {verdict} |")?;
        }
        let mut zero = |name: &str, count: u64| {
            let verdict = if count == 0 { "ok" } else { "wrong" };
            writeln!(f, "| {name} | | | {count} | 0 | {verdict} |")
        };
        zero("work done twice", duplicates)?;
        zero("calls or work lost", lost)?;
        zero("calls that ended in another way than they should", self.wrong.len() as u64)?;
        for wrong in self.wrong.iter().take(20) {
            writeln!(f, "\n{wrong}")?;
        }
        write!(f, "\nverdict: {}", if self.passed() { "ok" } else { "failed" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(grow: usize) -> Report {
        let sample =
            |round| Sample { heap: 1_000_000 + round * grow, resident: 0, descriptors: 30, tasks: 5 };
        Report {
            samples: (0..100).map(sample).collect(),
            elapsed: Duration::from_secs(1),
            ..Report::default()
        }
    }

    #[test]
    fn growth_and_mistakes_fail() {
        assert!(report(0).passed());
        let grown = report(100_000);
        assert!(!grown.passed());
        assert!(
            grown.to_string().contains("| heap in use, KiB | 4199 | 6738 | 9375 | 2048 | grew |"),
            "{grown}"
        );
        let mut wrong = report(0);
        wrong.wrong.push("work was done twice".to_owned());
        assert!(
            !wrong.passed() && wrong.to_string().ends_with("work was done twice\n\nverdict: failed"),
            "{wrong}"
        );
    }
}
