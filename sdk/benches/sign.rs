//! What a signature costs against the bare hashes that it needs.
//!
//! `cargo bench -p cloudcall --bench sign` prints a table; nothing is asserted.
#![allow(missing_docs, clippy::unwrap_used, clippy::disallowed_methods, reason = "a program that measures")]

use std::alloc::System;
use std::hint::black_box;
use std::time::{Duration, Instant};

use cloudcall::credential::Credential;
use cloudcall::provider::tencent::signer::{Canonical, KeyCache};
use sha2::{Digest, Sha256};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATIONS: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// The least time of many rounds: what is left when nothing disturbs.
fn least(mut work: impl FnMut()) -> f64 {
    const CALLS: u32 = 200;
    let mut best = Duration::MAX;
    for _ in 0..400 {
        let start = Instant::now();
        for _ in 0..CALLS {
            work();
        }
        best = best.min(start.elapsed());
    }
    best.as_secs_f64() / f64::from(CALLS) * 1e9
}

/// The time of that many SHA-256 compressions, which take 64 bytes each.
fn compressions(count: usize) -> f64 {
    // The last block holds the padding of up to 9 bytes.
    let data = vec![7_u8; count * 64 - 9];
    least(|| {
        black_box(Sha256::digest(black_box(&data)));
    })
}

fn main() {
    println!(
        "{:<24} {:>12} {:>14} {:>8} {:>8} {:>12}",
        "TC3-HMAC-SHA256", "ns a call", "bare SHA-256", "ratio", "goal", "allocations"
    );
    let credential =
        Credential::new("AKIDz8krbsJ5yKBZQpn74WFkmLPx3example", "Gu5t9xGARNpq86cd98joQYCN3example").unwrap();
    for (name, size, blocks, goal) in
        [("200 B, key cached", 200, 10, 1.6), ("10 KB, key cached", 10 * 1024, 167, 1.05)]
    {
        let payload = vec![b'x'; size];
        let tc3 = Canonical {
            method: "POST",
            query: "",
            content_type: "application/json",
            host: "cvm.tencentcloudapi.com",
            payload: Some(&payload),
            service: "cvm",
            timestamp: 1_700_000_000,
        };
        let keys = KeyCache::default();
        let sign = || {
            black_box(black_box(&tc3).authorization(&credential, &keys));
        };
        sign();
        let region = Region::new(ALLOCATIONS);
        sign();
        let allocations = region.change().allocations;
        let (ours, bare) = (least(sign), compressions(blocks));
        println!("{name:<24} {ours:>12.0} {bare:>14.0} {:>8.2} {goal:>8.2} {allocations:>12}", ours / bare);
    }
}
