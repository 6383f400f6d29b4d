//! Idle connections, kept for the next call to the same host.
//!
//! - The connection that was used last is taken first, so that the others can expire.
//! - A call that finds no idle connection opens one. It does not wait for another call.
//! - A connection that was idle for too long is not used, see `HttpOptions::pool_idle_timeout`.
//! - A connection that the peer closed is found when it is used: hyper returns the request, and the
//!   call takes the next connection.
//! - One task per runtime closes expired and closed connections while some are idle. It ends when none
//!   is left, so that a client without traffic costs nothing.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hash, Hasher};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use http::uri::Authority;
use tokio::runtime::{Handle, Id};
use tokio::time::Instant;

use super::session::Session;

/// The idle connections of one client, of all its hosts and runtimes.
pub(super) struct Pool {
    /// How long a connection may be idle. `None` if there is no limit.
    idle_timeout: Option<Duration>,
    /// The largest number of idle connections to one host.
    max_idle: usize,
    /// Locked only to look up, add or remove. No connection is used or closed while it is locked.
    hosts: Mutex<Hosts>,
}

/// The state of a pool.
#[derive(Default)]
struct Hosts {
    /// Idle connections. The last one of each host was used last.
    idle: HashMap<Host, Vec<Idle>, BuildHasherDefault<Fnv>>,
    /// The runtimes that have a [`Sweeper`].
    swept: Vec<Id>,
}

/// An idle connection.
struct Idle {
    session: Session,
    /// The end of its last response.
    since: Instant,
}

/// The destination of a connection, and the runtime that polls its socket.
///
/// A runtime that does not run at the moment receives no events for its sockets. A call in another
/// runtime would wait for ever, so it does not use them.
#[derive(Clone)]
pub(super) struct Host {
    /// Whether the scheme is `https`.
    pub(super) secure: bool,
    /// Host and port.
    pub(super) authority: Authority,
    /// The runtime in which the connection was made.
    pub(super) runtime: Id,
}

impl PartialEq for Host {
    /// Compares the text without ignoring case, which is faster. The hosts of endpoints are in lower case.
    fn eq(&self, other: &Self) -> bool {
        (self.secure, self.runtime) == (other.secure, other.runtime)
            && self.authority.as_str() == other.authority.as_str()
    }
}

impl Eq for Host {}

impl Hash for Host {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.authority.as_str().hash(state);
    }
}

/// FNV-1a, <http://www.isthe.com/chongo/tech/comp/fnv/>. It is faster than the standard hash for short
/// texts. The keys are endpoints of the program, so the hash need not resist attacks.
struct Fnv(u64);

impl Default for Fnv {
    /// The offset basis of FNV-1a for 64 bits.
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    /// Adds bytes: each is xored into the hash, which is then multiplied by the prime of FNV.
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

impl Pool {
    /// An empty pool.
    pub(super) fn new(idle_timeout: Option<Duration>, max_idle: usize) -> Self {
        Self { idle_timeout, max_idle, hosts: Mutex::default() }
    }

    /// The idle connection to `host` that was used last, and how long it was idle. `None` if there is
    /// none, or if all were idle for too long.
    pub(super) fn take(&self, host: &Host) -> Option<(Session, Duration)> {
        let last = self.lock().idle.get_mut(host)?.pop()?;
        let now = Instant::now();
        if self.is_expired(&last, now) {
            // The others were idle for longer.
            let expired = self.lock().idle.remove(host);
            drop(expired);
            return None;
        }
        Some((last.session, now.saturating_duration_since(last.since)))
    }

    /// Whether a connection was idle for too long.
    fn is_expired(&self, idle: &Idle, now: Instant) -> bool {
        self.idle_timeout.is_some_and(|limit| now.saturating_duration_since(idle.since) >= limit)
    }

    /// The number of hosts with idle connections.
    #[cfg(test)]
    pub(super) fn hosts(&self) -> usize {
        self.lock().idle.values().filter(|idle| !idle.is_empty()).count()
    }

    /// Whether a thread holds the lock.
    #[cfg(test)]
    pub(super) fn is_locked(&self) -> bool {
        self.hosts.try_lock().is_err()
    }

    /// Locks the state. A panic while it was locked cannot leave it inconsistent.
    fn lock(&self) -> MutexGuard<'_, Hosts> {
        self.hosts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Closes the connections of a runtime that were idle for too long, and those that the peer has
    /// closed. Returns whether some are left.
    ///
    /// Connections are polled and closed without the lock, so that no call waits for it. Those that were
    /// used in the last interval stay in the pool meanwhile: they are looked at by the next sweep.
    pub(super) fn sweep(&self, runtime: Id, now: Instant) -> bool {
        let interval = self.interval();
        let is_old = |idle: &mut Idle| now.saturating_duration_since(idle.since) >= interval;
        let mut old: Vec<(Host, Vec<Idle>)> = self
            .lock()
            .idle
            .iter_mut()
            .filter(|(host, _)| host.runtime == runtime)
            .map(|(host, idle)| (host.clone(), idle.extract_if(.., is_old).collect()))
            .collect();
        for (_, idle) in &mut old {
            idle.retain_mut(|idle| !self.is_expired(idle, now) && !idle.session.is_closed());
        }
        let (mut hosts, mut surplus) = (self.lock(), Vec::new());
        for (host, idle) in old {
            let list = hosts.idle.entry(host).or_default();
            // They were used before all others.
            list.splice(..0, idle);
            surplus.extend(list.drain(..list.len().saturating_sub(self.max_idle)));
        }
        hosts.idle.retain(|_, idle| !idle.is_empty());
        let left = hosts.idle.keys().any(|host| host.runtime == runtime);
        if !left {
            hosts.swept.retain(|known| *known != runtime);
        }
        drop(hosts);
        drop(surplus);
        left
    }

    /// Closes all idle connections of a runtime that ends. Their sockets can no longer be polled.
    fn forget(&self, runtime: Id) {
        let mut hosts = self.lock();
        hosts.swept.retain(|known| *known != runtime);
        let closed: Vec<_> = hosts.idle.extract_if(|host, _| host.runtime == runtime).collect();
        drop(hosts);
        drop(closed);
    }
}

/// The place of a connection in a pool, while it is in use.
pub(super) struct Place {
    pub(super) pool: Arc<Pool>,
    pub(super) host: Host,
}

impl Place {
    /// Keeps a connection for later calls, unless it cannot take another request, or enough connections
    /// to the host are idle. The first idle connection of a runtime starts its [`Sweeper`].
    pub(super) fn put(self, session: Session) {
        let Self { pool, host } = self;
        if pool.max_idle == 0 || !session.rest() {
            return;
        }
        let idle = Idle { session, since: Instant::now() };
        let runtime = host.runtime;
        let mut hosts = pool.lock();
        let start = !hosts.swept.contains(&runtime);
        let here = if start { Handle::try_current().ok().filter(|here| here.id() == runtime) } else { None };
        let list = hosts.idle.entry(host).or_default();
        // Without a task that closes it, a connection is not kept.
        if list.len() >= pool.max_idle || (start && here.is_none()) {
            // Its socket is closed without the lock.
            drop(hosts);
            return drop(idle);
        }
        list.push(idle);
        if let Some(here) = here {
            hosts.swept.push(runtime);
            drop(hosts);
            here.spawn(Sweeper { pool: Arc::downgrade(&pool), runtime }.run(pool.interval()));
        }
    }
}

/// The interval of the [`Sweeper`]. A socket stays open for two of them at most after its peer closed
/// it. It is shorter if the idle timeout is.
const INTERVAL: Duration = Duration::from_secs(5);

impl Pool {
    /// The time between two sweeps.
    fn interval(&self) -> Duration {
        self.idle_timeout.map_or(INTERVAL, |limit| limit.clamp(Duration::from_millis(1), INTERVAL))
    }
}

/// The task that closes idle connections of one runtime.
struct Sweeper {
    pool: Weak<Pool>,
    runtime: Id,
}

impl Sweeper {
    /// Sweeps until no idle connection is left, or until the client is dropped.
    async fn run(mut self, interval: Duration) {
        loop {
            tokio::time::sleep(interval).await;
            let Some(pool) = self.pool.upgrade() else { return };
            if !pool.sweep(self.runtime, Instant::now()) {
                // Nothing is left to forget, and another task may have begun.
                self.pool = Weak::new();
                return;
            }
        }
    }
}

impl Drop for Sweeper {
    /// Called when the runtime ends: its sockets end with it.
    fn drop(&mut self) {
        if let Some(pool) = self.pool.upgrade() {
            pool.forget(self.runtime);
        }
    }
}
