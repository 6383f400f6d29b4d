//! The rounds: calls at a steady rate, then a measurement while nothing runs.

use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use cloudcall::{Alibaba, Error, Huawei, Tencent, Volcengine};
use tokio::runtime::{Builder, Handle, Runtime};
use tokio::task::JoinSet;
use tokio::time::{Instant, MissedTickBehavior};

use crate::Failure;
use crate::calls::{Caller, Counts, KINDS, Of, Shared, add};
use crate::clients::Wire;
use crate::clouds::Verb;
use crate::gauge::{Sample, cpu_seconds};
use crate::report::Report;
use crate::server::Servers;

/// The calls of a round begin within this time, or a sixth of a short soak.
const ROUND: Duration = Duration::from_secs(5);
/// A short soak has at least this number of rounds: a start, a middle and an end.
const ROUNDS: usize = 3;
/// The progress is printed after this number of rounds.
const PROGRESS: usize = 60;
/// A call that has not ended this long after its round has begun is lost.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long the servers may be at work on dropped calls.
const SETTLE: Duration = Duration::from_millis(200);

/// How long, and how fast.
#[derive(Debug, Clone)]
pub struct Options {
    /// The whole time. Default: 60 minutes.
    pub time: Duration,
    /// Calls per second. Default: 180.
    pub rate: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self { time: Duration::from_secs(3_600), rate: 180.0 }
    }
}

/// Runs the soak, and compares its end with its start.
///
/// # Errors
///
/// If a server, a client or a runtime does not start. What the calls did wrong is in the report.
pub fn run(options: &Options) -> Result<Report, Failure> {
    // Its tasks are not counted with those of the clients.
    let server_runtime = runtime(1)?;
    let servers = server_runtime.block_on(Servers::start())?;
    let runtime = runtime(2)?;
    let shared = Arc::new(Shared { servers, counts: Counts::default(), dropped: Mutex::default() });
    let report = runtime.block_on(rounds(options, &shared));
    drop(shared);
    report
}

fn runtime(workers: usize) -> std::io::Result<Runtime> {
    Builder::new_multi_thread().worker_threads(workers).enable_all().build()
}

fn callers(servers: &Servers) -> Result<Vec<Arc<dyn Caller>>, Error> {
    let mut callers = Vec::<Arc<dyn Caller>>::new();
    for wire in [Wire::Reqwest, Wire::Hyper] {
        callers.push(Arc::new(Of::<Tencent>::new(wire, servers)?));
        callers.push(Arc::new(Of::<Huawei>::new(wire, servers)?));
        callers.push(Arc::new(Of::<Alibaba>::new(wire, servers)?));
        callers.push(Arc::new(Of::<Volcengine>::new(wire, servers)?));
    }
    Ok(callers)
}

async fn rounds(options: &Options, shared: &Arc<Shared>) -> Result<Report, Failure> {
    let (began, mut report) = (Instant::now(), Report::default());
    let callers = callers(&shared.servers)?;
    let (mut turn, length) = (0, ROUND.min(options.time / 6));
    while began.elapsed() < options.time || report.samples.len() < ROUNDS {
        round(length, options.rate, &mut turn, &callers, shared, &mut report.wrong).await;
        tokio::time::sleep(SETTLE).await;
        check_dropped(shared, &mut report.wrong);
        shared.servers.empty_logs();
        report.wrong.extend(shared.servers.ledger.complaints());
        // The texts of a soak that goes wrong from the start are no growth of the library.
        report.wrong.truncate(100);
        report.samples.push(Sample::take(&Handle::current())?);
        report.elapsed = began.elapsed();
        if report.samples.len().is_multiple_of(PROGRESS) {
            report.count(&shared.counts);
            eprintln!("{}", report.progress());
        }
    }
    report.elapsed = began.elapsed();
    report.cpu_seconds = cpu_seconds();
    report.issued = shared.servers.issued.load(Ordering::Relaxed);
    report.count(&shared.counts);
    Ok(report)
}

/// Starts calls at a steady rate, every kind with every caller at least once, and waits until all have ended.
async fn round(
    time: Duration,
    rate: f64,
    turn: &mut usize,
    callers: &[Arc<dyn Caller>],
    shared: &Arc<Shared>,
    wrong: &mut Vec<String>,
) {
    let (began, mut running) = (Instant::now(), JoinSet::new());
    let mut tick = tokio::time::interval(Duration::from_secs_f64(1.0 / rate));
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let enough = *turn + KINDS.len() * callers.len();
    while began.elapsed() < time || *turn < enough {
        tick.tick().await;
        let (kind, caller) =
            (KINDS.iter().cycle().nth(*turn % KINDS.len()), callers.get(*turn % callers.len()));
        *turn += 1;
        if let (Some(kind), Some(caller)) = (kind.copied(), caller.cloned()) {
            let shared = shared.clone();
            running.spawn(async move { caller.call(kind, &shared).await });
        }
        while let Some(ended) = running.try_join_next() {
            note(ended, wrong);
        }
    }
    while !running.is_empty() {
        match tokio::time::timeout(PATIENCE, running.join_next()).await {
            Ok(Some(ended)) => note(ended, wrong),
            Ok(None) => {}
            Err(_) => {
                add(&shared.counts.lost, running.len());
                wrong.push(format!("{} calls have not ended", running.len()));
                running.shutdown().await;
            }
        }
    }
}

fn note(ended: Result<Result<(), String>, tokio::task::JoinError>, wrong: &mut Vec<String>) {
    match ended {
        Ok(Ok(())) => {}
        Ok(Err(what)) => wrong.push(what),
        Err(error) => wrong.push(format!("a call panicked: {error}")),
    }
}

/// A dropped call may have done its work or not, but not twice. After it, the ledger is empty.
fn check_dropped(shared: &Shared, wrong: &mut Vec<String>) {
    let dropped = std::mem::take(&mut *shared.dropped.lock().unwrap_or_else(PoisonError::into_inner));
    for (number, verb) in dropped {
        let entry = shared.servers.ledger.take(number);
        add(&shared.counts.requests, entry.requests);
        if !matches!(verb, Verb::Read) && (entry.executed > 1 || entry.tokens.len() > 1) {
            add(&shared.counts.duplicates, 1);
            wrong.push(format!("the dropped call {number} was done twice: {entry:?}"));
        }
    }
    for number in shared.servers.ledger.left() {
        wrong.push(format!(
            "requests of call {number}, which has ended: {:?}",
            shared.servers.ledger.take(number)
        ));
    }
}
