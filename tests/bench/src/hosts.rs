//! What one client keeps on its heap of 1,000 hosts, after their connections were idle for too long.

use std::process::Command;
use std::time::Duration;

use crate::ReadHeap;
use crate::contender::ManyHosts;
use crate::rounds::{Failure, Programs};
use crate::server::Server;

const HOSTS: usize = 1_000;
const WAVES: usize = 4;
const IDLE: Duration = Duration::from_secs(1);

/// Prints a row for each transport: the heap after each wave, above that before the first one.
pub fn print() -> Result<(), Failure> {
    println!();
    println!("| KiB kept after a wave of calls to {HOSTS} hosts | first | second | third | fourth |");
    println!("| --- | --- | --- | --- | --- |");
    let server = Server::with_ports(HOSTS)?;
    for transport in ["reqwest", "hyper"] {
        let mut command = Command::new(Programs::counting()?.rust);
        let output = command.args(["--many-hosts", transport, &server.urls.join(",")]).output()?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
        }
        println!("| cloudcall, {transport} |{}", String::from_utf8_lossy(&output.stdout).trim_end());
    }
    Ok(())
}

/// The process of one transport. After each wave of calls, it waits until the pool has closed all connections.
pub async fn run(transport: &str, urls: &str, heap: ReadHeap) -> Result<(), Failure> {
    let client = ManyHosts::new(transport == "hyper", IDLE)?;
    let before = heap().bytes;
    for _ in 0..WAVES {
        for url in urls.split(',') {
            client.call(url).await?;
        }
        tokio::time::sleep(IDLE * 3).await;
        print!(" {:.1} |", (heap().bytes as f64 - before as f64) / 1024.0);
    }
    println!();
    Ok(())
}
