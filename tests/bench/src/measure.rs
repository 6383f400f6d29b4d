//! The figures of one process: a warm-up, then the calls.

use std::error::Error;
use std::sync::{Arc, Mutex};
use std::time::Instant;

use cpu_time::ProcessTime;
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::task::JoinSet;

use crate::ReadHeap;
use crate::contender::{Answer, Contender};

/// Figures of one process.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Figures {
    /// CPU time of the process a call, in microseconds.
    pub cpu: f64,
    /// The median of the times a call took, in microseconds.
    pub p50: f64,
    /// What 99 of 100 calls took at most, in microseconds.
    pub p99: f64,
    /// Allocations a call.
    pub allocations: f64,
    /// The most memory that was ever resident, in KiB.
    pub peak: f64,
    /// Memory resident before the first call, in KiB.
    pub idle: f64,
    /// Elapsed time a call, in microseconds: all calls, whatever is in flight.
    pub wall: f64,
    /// Connections opened after the warm-up.
    pub connections: f64,
}

/// What a process is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Work {
    pub answer: Answer,
    pub in_flight: usize,
    pub calls: usize,
    /// All calls are sent before the first is answered.
    pub hold: bool,
}

type Failure = Box<dyn Error + Send + Sync>;

/// Runs the work with a client of `C`.
pub async fn run<C: Contender>(url: &str, work: Work, heap: ReadHeap) -> Result<Figures, Failure> {
    let client = C::new(url);
    if work.hold {
        return hold(&client, url, work).await;
    }
    calls(&client, work, work.calls.div_ceil(4)).await?;
    let before = control(url, "connections").await?.parse::<f64>()?;
    let idle = memory("VmRSS");
    let (start, cpu, allocated) = (Instant::now(), ProcessTime::now(), heap().allocations);
    let mut times = calls(&client, work, work.calls).await?;
    let (wall, cpu, allocated) = (start.elapsed(), cpu.elapsed(), heap().allocations - allocated);
    let after = control(url, "connections").await?.parse::<f64>()?;
    times.sort_unstable_by(f64::total_cmp);
    let count = times.len() as f64;
    let rank = |share: f64| times.get((count * share) as usize).copied().unwrap_or_default();
    Ok(Figures {
        cpu: cpu.as_secs_f64() * 1e6 / count,
        wall: wall.as_secs_f64() * 1e6 / count,
        p50: rank(0.5),
        p99: rank(0.99),
        allocations: allocated as f64 / count,
        peak: memory("VmHWM"),
        idle,
        // The question before came over one of its own.
        connections: after - before - 1.0,
    })
}

/// Sends everything before the first answer leaves.
async fn hold<C: Contender>(client: &C, url: &str, work: Work) -> Result<Figures, Failure> {
    client.call(work.answer).await?;
    let idle = memory("VmRSS");
    control(url, &format!("hold/{}", work.calls)).await?;
    let cpu = ProcessTime::now();
    let mut tasks = JoinSet::new();
    for _ in 0..work.calls {
        let client = client.clone();
        tasks.spawn(async move { client.call(work.answer).await });
    }
    while let Some(done) = tasks.join_next().await {
        done??;
    }
    let cpu = cpu.elapsed().as_secs_f64() * 1e6 / work.calls as f64;
    Ok(Figures { cpu, peak: memory("VmHWM"), idle, ..Figures::default() })
}

/// The times of the calls, in microseconds.
async fn calls<C: Contender>(client: &C, work: Work, count: usize) -> Result<Vec<f64>, Failure> {
    if work.in_flight == 1 {
        let mut times = Vec::with_capacity(count);
        for _ in 0..count {
            let start = Instant::now();
            client.call(work.answer).await?;
            times.push(start.elapsed().as_secs_f64() * 1e6);
        }
        return Ok(times);
    }
    let times = Arc::new(Mutex::new(Vec::with_capacity(count)));
    let mut tasks = JoinSet::new();
    for worker in 0..work.in_flight {
        let (client, times) = (client.clone(), times.clone());
        let share = count / work.in_flight + usize::from(worker < count % work.in_flight);
        tasks.spawn(async move {
            for _ in 0..share {
                let start = Instant::now();
                client.call(work.answer).await?;
                if let Ok(mut times) = times.lock() {
                    times.push(start.elapsed().as_secs_f64() * 1e6);
                }
            }
            Ok::<(), Failure>(())
        });
    }
    while let Some(done) = tasks.join_next().await {
        done??;
    }
    let times = times.lock().map(|mut times| std::mem::take(&mut *times)).unwrap_or_default();
    Ok(times)
}

/// Asks the server, over a connection of its own.
async fn control(url: &str, what: &str) -> Result<String, Failure> {
    let address = url.trim_start_matches("http://");
    let mut stream = tokio::net::TcpStream::connect(address).await?;
    stream.write_all(format!("GET /control/{what} HTTP/1.1\r\nHost: {address}\r\n\r\n").as_bytes()).await?;
    let mut bytes = Vec::new();
    let mut piece = [0; 1_024];
    loop {
        let length = stream.read(&mut piece).await?;
        bytes.extend_from_slice(&piece[..length]);
        let text = String::from_utf8_lossy(&bytes);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let wanted = head.rsplit_once("Content-Length: ").map_or("0", |(_, length)| length);
            if body.len() >= wanted.parse()? || length == 0 {
                return Ok(body.to_owned());
            }
        }
    }
}

/// A line of the process's status, in KiB; 0 where the system has no such file.
pub fn memory(name: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or_default()
}
