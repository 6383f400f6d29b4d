//! The program, with the allocator of the system.

use std::error::Error;

fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    cloudcall_bench::main(Default::default)
}
