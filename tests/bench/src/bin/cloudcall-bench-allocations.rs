//! The same program with an allocator that counts. It is a second program because counting costs time.

use std::alloc::System;
use std::error::Error;

use cloudcall_bench::Heap;
use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    cloudcall_bench::main(|| {
        let stats = ALLOCATOR.stats();
        Heap {
            allocations: stats.allocations + stats.reallocations,
            bytes: stats.bytes_allocated - stats.bytes_deallocated,
        }
    })
}
