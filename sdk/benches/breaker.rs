//! Time of one decision of a breaker: let a call through, and learn how it ended.
//!
//! `cargo bench -p cloudcall --bench breaker` prints a table; nothing is asserted.
#![allow(missing_docs, clippy::disallowed_methods, reason = "a program that measures")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use cloudcall::breaker::{Breaker, BreakerOptions};

const ROUNDS: u32 = 5_000_000;

/// Nanoseconds a round.
fn measure(what: &str, mut round: impl FnMut()) {
    let start = Instant::now();
    (0..ROUNDS).for_each(|_| round());
    println!("{what:<40} {:>6.1} ns", start.elapsed().as_secs_f64() * 1e9 / f64::from(ROUNDS));
}

fn main() {
    let now = Duration::from_secs(1);
    let breaker = Breaker::new(BreakerOptions::default(), Duration::ZERO);
    measure("closed: begin and end", || {
        if let Ok(permit) = breaker.begin(black_box(now)) {
            permit.end(black_box(now), true);
        }
    });
    measure("closed: begin and drop", || drop(black_box(breaker.begin(black_box(now)))));
    for _ in 0..5 {
        if let Ok(permit) = breaker.begin(now) {
            permit.end(now, false);
        }
    }
    measure("open: begin", || drop(black_box(breaker.begin(black_box(now)))));
    let later = Duration::from_secs(100);
    measure("half-open: begin and drop", || drop(black_box(breaker.begin(black_box(later)))));
}
