//! The kinds of call. Each compares its outcome with what the servers did.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use cloudcall::breaker::BreakerState;
use cloudcall::call::RawCall;
use cloudcall::json::json;
use cloudcall::{Client, Error};

use crate::clients::{Clients, OPEN_FOR, Wire};
use crate::clouds::{Cloud, Verb};
use crate::server::{CALL, PIECE, PIECES, SCRIPT, Servers, THINGS};

/// A kind of call.
#[allow(missing_docs, reason = "the fields are in the texts of the variants")]
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// A call that the servers treat by the script, and that ends as expected: with success (`ok`) or not,
    /// after a number of requests.
    Plain { verb: Verb, script: &'static str, ok: bool, requests: usize },
    /// A call with temporary keys.
    Role,
    /// A list in pages, one of which is throttled first.
    Pages,
    /// An upload that is throttled first.
    Upload,
    /// A download. A torn one continues after the break.
    Download { script: &'static str },
    /// A stream of events.
    Events,
    /// A call that is dropped after some milliseconds.
    Dropped { verb: Verb, script: &'static str },
    /// A download that is dropped after its first piece.
    DroppedDownload,
    /// A stream that is dropped after its first event.
    DroppedEvents,
    /// New clients, one call each.
    Fresh,
    /// A blocking client, made and dropped.
    Blocking,
    /// A breaker that opens and closes.
    Breaker,
}

const fn plain(verb: Verb, script: &'static str, ok: bool, requests: usize) -> Kind {
    Kind::Plain { verb, script, ok, requests }
}

/// The calls of a round, again and again. Their number is odd, so that every one of the eight
/// callers has every kind.
pub const KINDS: [Kind; 43] = [
    plain(Verb::Read, "ok", true, 1),
    plain(Verb::Create, "ok", true, 1),
    plain(Verb::CreateOnce, "ok", true, 1),
    plain(Verb::Read, "busy,ok", true, 2),
    Kind::Role,
    plain(Verb::Create, "busy,ok", true, 2),
    plain(Verb::CreateOnce, "lost,ok", true, 2),
    plain(Verb::Read, "large", true, 1),
    Kind::Pages,
    plain(Verb::Create, "lost", false, 1),
    plain(Verb::Read, "reset,ok", true, 2),
    Kind::Dropped { verb: Verb::Read, script: "slow" },
    Kind::Role,
    plain(Verb::Create, "cut", false, 1),
    plain(Verb::CreateOnce, "cut,ok", true, 2),
    Kind::Upload,
    plain(Verb::Read, "ok", true, 1),
    plain(Verb::Create, "failed", false, 1),
    plain(Verb::CreateOnce, "failed,ok", true, 2),
    Kind::Download { script: "document" },
    plain(Verb::Read, "cut,ok", true, 2),
    Kind::Dropped { verb: Verb::Create, script: "slow" },
    Kind::Events,
    plain(Verb::Create, "ok", true, 1),
    plain(Verb::Read, "gateway,ok", true, 2),
    Kind::Role,
    plain(Verb::Create, "gateway", false, 1),
    plain(Verb::CreateOnce, "busy,lost,ok", true, 3),
    Kind::DroppedDownload,
    plain(Verb::Read, "failed,reset,ok", true, 3),
    Kind::Fresh,
    plain(Verb::Create, "busy,busy,ok", true, 3),
    Kind::Dropped { verb: Verb::CreateOnce, script: "busy,lost,slow" },
    plain(Verb::Read, "busy,busy,busy", false, 3),
    Kind::Download { script: "torn,document" },
    plain(Verb::CreateOnce, "reset,gateway,ok", true, 3),
    Kind::DroppedEvents,
    plain(Verb::Read, "slow", true, 1),
    Kind::Pages,
    plain(Verb::Create, "reset", false, 1),
    Kind::Dropped { verb: Verb::Read, script: "busy,cut,slow" },
    Kind::Blocking,
    Kind::Breaker,
];

/// What happened, over all rounds.
#[derive(Debug, Default)]
pub struct Counts {
    /// Calls that were started.
    pub calls: AtomicU64,
    /// Requests that the servers counted for them.
    pub requests: AtomicU64,
    /// Calls that were dropped.
    pub dropped: AtomicU64,
    /// Breakers that opened and closed again.
    pub breakers: AtomicU64,
    /// Sets of clients that were made and dropped.
    pub clients: AtomicU64,
    /// Work that was done twice.
    pub duplicates: AtomicU64,
    /// Calls that succeeded without the work, or did not end.
    pub lost: AtomicU64,
}

/// Adds to a counter.
pub fn add(counter: &AtomicU64, count: usize) {
    counter.fetch_add(u64::try_from(count).unwrap_or(u64::MAX), Ordering::Relaxed);
}

/// What calls share.
#[derive(Debug)]
pub struct Shared {
    /// The servers.
    pub servers: Servers,
    /// What happened so far.
    pub counts: Counts,
    /// The calls that were dropped: the server may still be at work.
    pub dropped: std::sync::Mutex<Vec<(u64, Verb)>>,
}

type Done<'a> = Pin<Box<dyn Future<Output = Result<(), String>> + Send + 'a>>;

/// Clients of any provider.
pub trait Caller: Send + Sync {
    /// Makes one call of this kind. An error says what was wrong.
    fn call<'a>(&'a self, kind: Kind, shared: &'a Arc<Shared>) -> Done<'a>;
}

/// The clients of one provider over one transport, for the whole soak.
#[derive(Debug)]
pub struct Of<C: Cloud> {
    wire: Wire,
    clients: Clients<C>,
    /// Held while the breaker is tested: two tests at once would count each other's failures.
    breaker: tokio::sync::Mutex<()>,
}

impl<C: Cloud> Of<C> {
    /// Makes the clients.
    pub fn new(wire: Wire, servers: &Servers) -> Result<Self, Error> {
        Ok(Self { wire, clients: Clients::new(wire, servers)?, breaker: tokio::sync::Mutex::default() })
    }
}

impl<C: Cloud> Caller for Of<C> {
    fn call<'a>(&'a self, kind: Kind, shared: &'a Arc<Shared>) -> Done<'a> {
        Box::pin(async move {
            let _alone = if matches!(kind, Kind::Breaker) { Some(self.breaker.lock().await) } else { None };
            let done = one(kind, self.wire, &self.clients, shared).await;
            done.map_err(|wrong| format!("{} over {:?}, {kind:?}: {wrong}", C::default().name(), self.wire))
        })
    }
}

async fn one<C: Cloud>(kind: Kind, wire: Wire, clients: &Clients<C>, shared: &Shared) -> Result<(), String> {
    match kind {
        Kind::Plain { verb, script, ok, requests } => {
            plain_call(&clients.plain, shared, verb, script, ok, requests).await
        }
        Kind::Role => plain_call(&clients.role, shared, Verb::Read, "ok", true, 1).await,
        Kind::Pages => {
            let (number, script) = (start(shared), "page,busy,page,page");
            let listed = C::list(&clients.plain, number, script).await;
            let right = listed.as_ref().is_ok_and(|count| *count == THINGS);
            settle(shared, number, right.then_some(0), 4).map_err(|wrong| format!("{wrong}: {listed:?}"))
        }
        Kind::Upload => {
            let (number, call) = request(&clients.plain, shared, Verb::Upload, "busy,upload");
            let sent = C::upload(call).send().await;
            settle(shared, number, sent.is_ok().then_some(1), 2)
                .map_err(|wrong| format!("{wrong}: {:?}", sent.err()))
        }
        Kind::Download { script } => {
            let (number, call) = request(&clients.plain, shared, Verb::Read, script);
            let size = async {
                let (mut download, mut size) = (call.download().await?, 0);
                while let Some(piece) = download.next().await {
                    size += piece?.len();
                }
                Ok::<_, Error>(size)
            };
            let size = size.await;
            let right = size.as_ref().is_ok_and(|size| *size == PIECE * PIECES);
            settle(shared, number, right.then_some(0), script.split(',').count())
                .map_err(|wrong| format!("{wrong}: {size:?}"))
        }
        Kind::Events => {
            let (number, call) = request(&clients.plain, shared, Verb::Read, "busy,events");
            let count = async {
                let (mut events, mut count) = (call.stream().await?, 0);
                while let Some(event) = events.next().await {
                    event?;
                    count += 1;
                }
                Ok::<_, Error>(count)
            };
            let count = count.await;
            let right = count.as_ref().is_ok_and(|count| *count == PIECES);
            settle(shared, number, right.then_some(0), 2).map_err(|wrong| format!("{wrong}: {count:?}"))
        }
        Kind::Dropped { verb, script } => {
            let (number, call) = request(&clients.plain, shared, verb, script);
            let patience = Duration::from_millis(number % 48);
            let ended = tokio::time::timeout(patience, call.send()).await;
            drop_call(shared, number, verb);
            match ended {
                Ok(Err(error)) => Err(format!("failed before it was dropped: {error}")),
                _ => Ok(()),
            }
        }
        Kind::DroppedDownload => {
            let (number, call) = request(&clients.plain, shared, Verb::Read, "document");
            let first = async { call.download().await?.next().await.transpose() }.await;
            drop_call(shared, number, Verb::Read);
            first.map(|_| ()).map_err(|error| error.to_string())
        }
        Kind::DroppedEvents => {
            let (number, call) = request(&clients.plain, shared, Verb::Read, "drip");
            let first = async { call.stream().await?.next().await.transpose() }.await;
            drop_call(shared, number, Verb::Read);
            first.map(|_| ()).map_err(|error| error.to_string())
        }
        Kind::Fresh => {
            add(&shared.counts.clients, 1);
            let clients = Clients::<C>::new(wire, &shared.servers).map_err(|error| error.to_string())?;
            plain_call(&clients.plain, shared, Verb::Read, "ok", true, 1).await?;
            plain_call(&clients.role, shared, Verb::CreateOnce, "lost,ok", true, 2).await?;
            // Dropped while it exchanges its keys, or while it connects.
            let clients = Clients::<C>::new(wire, &shared.servers).map_err(|error| error.to_string())?;
            let (number, call) = request(&clients.role, shared, Verb::Create, "ok");
            let _ = tokio::time::timeout(Duration::from_micros(number % 7 * 300), call.send()).await;
            drop_call(shared, number, Verb::Create);
            Ok(())
        }
        Kind::Blocking => {
            let clients = Clients::<C>::new(wire, &shared.servers).map_err(|error| error.to_string())?;
            let number = start(shared);
            let call = move || {
                let client = cloudcall::blocking::Client::try_from(clients.plain)?;
                let call = client.raw_action(C::action(Verb::CreateOnce)).json(json!({ "Name": "a thing" }));
                call.add_header(CALL, &number.to_string()).add_header(SCRIPT, "lost,ok").send()
            };
            let sent = tokio::task::spawn_blocking(call).await.map_err(|error| error.to_string())?;
            settle(shared, number, sent.is_ok().then_some(1), 2)
                .map_err(|wrong| format!("{wrong}: {:?}", sent.err()))
        }
        Kind::Breaker => breaker(&clients.breaker, shared).await,
    }
}

fn start(shared: &Shared) -> u64 {
    shared.counts.calls.fetch_add(1, Ordering::Relaxed)
}

fn request<C: Cloud>(client: &Client<C>, shared: &Shared, verb: Verb, script: &str) -> (u64, RawCall<C>) {
    let number = start(shared);
    let call = client.raw_action(C::action(verb));
    let call = call.add_header(CALL, &number.to_string()).add_header(SCRIPT, script);
    (
        number,
        if matches!(verb, Verb::Upload) { call } else { call.json(json!({ "Name": "a thing", "Size": 3 })) },
    )
}

async fn plain_call<C: Cloud>(
    client: &Client<C>,
    shared: &Shared,
    verb: Verb,
    script: &str,
    ok: bool,
    requests: usize,
) -> Result<(), String> {
    let (number, call) = request(client, shared, verb, script);
    let sent = call.send().await;
    // The work that the script does, however often it was asked to.
    let works = ["ok", "large", "slow", "lost", "cut"].iter().any(|step| script.contains(step));
    let changes = !matches!(verb, Verb::Read);
    let executed = (ok == sent.is_ok()).then_some(usize::from(works && changes));
    settle(shared, number, executed, requests).map_err(|wrong| format!("{wrong}: {sent:?}"))?;
    match sent {
        Ok(response) if response["Call"] != number => {
            Err(format!("the response of another call: {response:?}"))
        }
        Err(error) if changes && works && !error.may_have_been_sent() => {
            Err(format!("said to be unsent: {error:?}"))
        }
        _ => Ok(()),
    }
}

/// Compares an ended call with the ledger. `executed` is how often its work must have been done, 0 for reads. `None` if
/// the call ended in another way than it should have.
fn settle(shared: &Shared, number: u64, executed: Option<usize>, requests: usize) -> Result<(), String> {
    let entry = shared.servers.ledger.take(number);
    add(&shared.counts.requests, entry.requests);
    let Some(executed) = executed else { return Err(format!("wrong end, the servers saw {entry:?}")) };
    if executed > 0 && entry.executed > executed || entry.tokens.len() > 1 {
        add(&shared.counts.duplicates, 1);
        return Err(format!("done twice, the servers saw {entry:?}"));
    }
    if entry.executed < executed {
        add(&shared.counts.lost, 1);
        return Err(format!("not done, the servers saw {entry:?}"));
    }
    if entry.requests != requests {
        return Err(format!("{} requests instead of {requests}", entry.requests));
    }
    Ok(())
}

fn drop_call(shared: &Shared, number: u64, verb: Verb) {
    add(&shared.counts.dropped, 1);
    shared.dropped.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push((number, verb));
}

/// Opens the breaker by failures, has a call served by the second server, and closes the breaker again.
async fn breaker<C: Cloud>(client: &Client<C>, shared: &Shared) -> Result<(), String> {
    let first = shared.servers.clouds[0].endpoint();
    let state = || {
        let states = client.breaker_states().into_iter();
        states.filter(|(endpoint, _)| *endpoint == first).map(|(_, status)| status.state).next()
    };
    let served = async |by: usize| {
        let (number, call) = request(client, shared, Verb::Create, "ok");
        let sent = call.send().await;
        let entry = shared.servers.ledger.take(number);
        add(&shared.counts.requests, entry.requests);
        match sent {
            Ok(_) if (entry.requests, entry.executed, entry.server) == (1, 1, by) => Ok(()),
            _ => Err(format!("server {by} should have served the call, the servers saw {entry:?}: {sent:?}")),
        }
    };
    for _ in 0..5 {
        plain_call(client, shared, Verb::Create, "reset", false, 1).await?;
    }
    if state() != Some(BreakerState::Open) {
        return Err(format!("not open after 5 failures: {:?}", client.breaker_states()));
    }
    served(1).await?;
    tokio::time::sleep(OPEN_FOR + Duration::from_millis(20)).await;
    served(0).await?;
    if state() != Some(BreakerState::Closed) {
        return Err(format!("not closed after a success: {:?}", client.breaker_states()));
    }
    add(&shared.counts.breakers, 1);
    Ok(())
}
