//! What the servers did for each call. A call that has ended takes its entry, so the ledger stays small.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The requests of one call, as the servers saw them.
#[derive(Debug, Default, Clone)]
pub struct Entry {
    /// The number of requests.
    pub requests: usize,
    /// How often the work was done. A request with a known idempotency token does no work.
    pub executed: usize,
    /// The idempotency tokens.
    pub tokens: HashSet<String>,
    /// The server of the last request.
    pub server: usize,
}

/// The entries of calls that have not ended.
#[derive(Debug, Default)]
pub struct Ledger {
    entries: Mutex<HashMap<u64, Entry>>,
    wrong: Mutex<Vec<String>>,
}

impl Ledger {
    /// Notes a request of a call, and returns its number: 0 for the first request.
    pub fn request(&self, call: u64, server: usize) -> usize {
        let mut entries = lock(&self.entries);
        let entry = entries.entry(call).or_default();
        entry.requests += 1;
        entry.server = server;
        entry.requests - 1
    }

    /// Notes that the work of a call is done, unless a request with this token did it before.
    pub fn execute(&self, call: u64, token: Option<String>) {
        let mut entries = lock(&self.entries);
        let entry = entries.entry(call).or_default();
        let new = token.is_none_or(|token| entry.tokens.insert(token));
        entry.executed += usize::from(new);
    }

    /// Removes the entry of a call.
    pub fn take(&self, call: u64) -> Entry {
        lock(&self.entries).remove(&call).unwrap_or_default()
    }

    /// The calls whose entries were not taken.
    pub fn left(&self) -> Vec<u64> {
        lock(&self.entries).keys().copied().collect()
    }

    /// Notes what a server found wrong.
    pub fn complain(&self, what: String) {
        lock(&self.wrong).push(what);
    }

    /// Removes what the servers found wrong.
    pub fn complaints(&self) -> Vec<String> {
        std::mem::take(&mut lock(&self.wrong))
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_counted_once_for_each_token_and_each_time_without_one() {
        let ledger = Ledger::default();
        assert_eq!((ledger.request(7, 0), ledger.request(7, 1)), (0, 1));
        for token in [Some("a"), Some("a"), Some("b"), None, None] {
            ledger.execute(7, token.map(str::to_owned));
        }
        let entry = ledger.take(7);
        assert_eq!((entry.requests, entry.executed, entry.server), (2, 4, 1));
        assert!(ledger.left().is_empty());
    }
}
