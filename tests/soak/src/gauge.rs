//! The memory, descriptors, tasks and CPU time of this process.

use tokio::runtime::Handle;

/// One measurement, made while no call is running.
#[derive(Debug, Clone, Copy)]
pub struct Sample {
    /// Bytes that the program has allocated and not freed.
    pub heap: usize,
    /// Resident memory in bytes.
    pub resident: usize,
    /// Open descriptors.
    pub descriptors: usize,
    /// Tasks of the runtime of the clients.
    pub tasks: usize,
}

impl Sample {
    /// Measures this process. `runtime` is the one that the clients run on.
    pub fn take(runtime: &Handle) -> std::io::Result<Self> {
        let heap = crate::ALLOCATOR.stats();
        Ok(Self {
            heap: heap.bytes_allocated.saturating_sub(heap.bytes_deallocated),
            resident: field("/proc/self/status", "VmRSS:") * 1024,
            descriptors: std::fs::read_dir("/proc/self/fd")?.count(),
            tasks: runtime.metrics().num_alive_tasks(),
        })
    }
}

/// The number after a name in a file of `/proc`; 0 if it is not there.
fn field(path: &str, name: &str) -> usize {
    let text = read(path);
    let line = text.lines().find_map(|line| line.strip_prefix(name));
    line.and_then(|rest| rest.split_whitespace().next()).and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// The CPU time of this process in seconds, all threads together.
pub fn cpu_seconds() -> f64 {
    // The name of the command may have blanks; the fields after it are counted from the third.
    let text = read("/proc/self/stat");
    let after = text.rsplit_once(')').map_or("", |(_, after)| after);
    let ticks: f64 =
        after.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum();
    ticks / 100.0
}

#[allow(clippy::disallowed_methods, reason = "the state of this process is no setting of a client")]
fn read(path: &str) -> String {
    std::fs::read_to_string(path).unwrap_or_default()
}
