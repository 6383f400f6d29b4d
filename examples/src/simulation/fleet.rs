//! One run: clients, calls and their outcomes.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use cloudcall::action::ActionInfo;
use cloudcall::context::Sleep;
use cloudcall::{Client, Error, Tencent};

use super::contenders::Policy;
use super::server::{PRIMARY, Server, Trouble};
use super::time::{Task, VirtualTime};

/// Calls are not signed: a signature costs time and changes no figure.
const READ: ActionInfo = ActionInfo::new("cvm", "2017-03-12", "DescribeZones").anonymous();

/// One scenario.
#[derive(Debug, Clone)]
pub struct Scenario {
    /// The description.
    pub name: &'static str,
    /// The number of clients.
    pub clients: usize,
    /// Calls per second of all clients together.
    pub rate: f64,
    /// The time of the last call.
    pub end: Duration,
    /// The outage of the endpoint.
    pub trouble: Trouble,
}

impl Scenario {
    /// All requests fail for 30 s.
    pub fn outage() -> Self {
        let span = Duration::from_secs(5)..Duration::from_secs(35);
        Self {
            name: "everything fails for 30 s",
            clients: 1000,
            rate: 50.0,
            end: Duration::from_secs(55),
            trouble: Trouble { span, share: 1.0, capacity: None },
        }
    }

    /// Half of the requests fail for 30 s.
    pub fn partial() -> Self {
        let mut scenario = Self::outage();
        scenario.name = "half of the requests fail for 30 s";
        scenario.trouble.share = 0.5;
        scenario
    }

    /// All requests fail for 30 s. After that the server can handle 1.25 times the usual `rate`.
    pub fn overload(rate: f64) -> Self {
        let mut scenario = Self::outage();
        scenario.name = "everything fails for 30 s; the server can do 1.25 times the usual, refusing costs it half a request";
        scenario.trouble.capacity = Some(rate * 1.25);
        scenario
    }
}

/// One call.
#[derive(Debug, Clone, Copy)]
pub struct Call {
    /// The time of the call.
    pub begin: Duration,
    /// Whether the call succeeded.
    pub ok: bool,
    /// The number of its requests.
    pub attempts: u32,
}

/// The result of a run.
#[derive(Debug)]
pub struct Run {
    /// All calls.
    pub calls: Vec<Call>,
    /// Requests at the endpoint that fails, for each second.
    pub attempts: Vec<u32>,
}

/// Runs a scenario to its end. The same seed gives the same run.
///
/// Calls are spread evenly with a little randomness over time and clients, so that peaks come from the
/// policy.
pub fn simulate(scenario: &Scenario, policy: &Policy, seed: u64) -> Result<Run, Error> {
    let time = VirtualTime::new(seed);
    let server = Arc::new(Server::new(scenario.trouble.clone(), time.clone()));
    let client = |_| {
        Client::<Tencent>::builder()
            .endpoint(PRIMARY)
            .retry(policy.retry.clone())
            .breaker(policy.breaker.clone())
            .transport(server.clone())
            .context(time.context())
            .build()
    };
    let clients = (0..scenario.clients).map(client).collect::<Result<Vec<_>, Error>>()?;
    let calls = Arc::new(Mutex::new(Vec::new()));
    let count = (scenario.end.as_secs_f64() * scenario.rate) as u32;
    let task = |number: u32| {
        let begin = Duration::from_secs_f64((f64::from(number) + time.fraction()) / scenario.rate);
        let caller = (time.fraction() * scenario.clients as f64) as usize;
        let client = clients.get(caller)?.clone();
        let (calls, time) = (calls.clone(), time.clone());
        let task: Task = Box::pin(async move {
            time.sleep(begin).await;
            let response = client.raw_action(READ).send().await;
            let (ok, attempts) = match &response {
                Ok(response) => (true, response.attempts()),
                Err(error) => (false, error.attempts()),
            };
            calls.lock().unwrap_or_else(PoisonError::into_inner).push(Call { begin, ok, attempts });
        });
        Some(task)
    };
    time.run((0..count).filter_map(task).collect());
    let calls = std::mem::take(&mut *calls.lock().unwrap_or_else(PoisonError::into_inner));
    Ok(Run { calls, attempts: server.attempts() })
}
