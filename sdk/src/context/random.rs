//! Random bytes of the system, fetched in blocks. A call takes two nonces, and each fetch
//! is a system call.

use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// Size of a block in bytes. It is enough for 64 nonces.
const POOL: usize = 1_024;

/// A pool of random bytes. Each byte is used once.
pub(super) struct RandomPool(Mutex<Pool>);

/// The current block.
struct Pool {
    /// The random bytes. Bytes that were used are zero.
    bytes: [u8; POOL],
    /// Number of bytes at the beginning that are not used yet.
    left: usize,
}

impl RandomPool {
    /// An empty pool. The first use fetches a block.
    pub(super) const fn new() -> Self {
        Self(Mutex::new(Pool { bytes: [0; POOL], left: 0 }))
    }

    /// Fills `out` with bytes that were not used before.
    pub(super) fn fill(&self, out: &mut [u8]) {
        let mut pool = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if pool.left < out.len() {
            if out.len() > POOL {
                drop(pool);
                return fetch(out);
            }
            fetch(&mut pool.bytes);
            pool.left = POOL;
        }
        let rest = pool.left - out.len();
        let end = pool.left;
        if let Some(taken) = pool.bytes.get_mut(rest..end) {
            out.copy_from_slice(taken);
            taken.fill(0);
        }
        pool.left = rest;
    }
}

/// Fetches bytes from the system. If the system has no source of randomness, the bytes are
/// still different each time, because a nonce must not repeat.
fn fetch(out: &mut [u8]) {
    if getrandom::fill(out).is_err() {
        use std::hash::{BuildHasher, RandomState};
        let start = Instant::now();
        for (at, byte) in out.iter_mut().enumerate() {
            let mixed = RandomState::new().hash_one((at, start.elapsed()));
            *byte = mixed.to_le_bytes()[0];
        }
    }
}

impl fmt::Debug for RandomPool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RandomPool(..)")
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_bytes_are_given_out_twice() {
        let chance = RandomPool::new();
        let mut seen = HashSet::new();
        for _ in 0..1_000 {
            let mut nonce = [0; 16];
            chance.fill(&mut nonce);
            assert!(seen.insert(nonce.to_vec()), "again {nonce:?}");
        }
        // Lengths that do not divide the pool, and one that it never holds.
        for length in (8..200).chain([POOL, POOL + 1, 5 * POOL]) {
            let mut bytes = vec![0; length];
            chance.fill(&mut bytes);
            assert!(seen.insert(bytes), "{length}");
        }
        assert!(!format!("{chance:?}").contains(char::is_numeric));
    }
}
