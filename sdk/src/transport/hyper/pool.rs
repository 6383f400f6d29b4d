//! Idle connections, kept for the next call to the same host.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use http::uri::Authority;
use tokio::runtime::{Handle, Id};
use tokio::time::Instant;

use super::session::Session;

/// The idle connections of one client.
pub(super) struct Pool {
    /// How long a connection may be idle. `None` if there is no limit.
    idle_timeout: Option<Duration>,
    /// The largest number of idle connections to one host.
    max_idle: usize,
    hosts: Mutex<Hosts>,
}

#[derive(Default)]
struct Hosts {
    idle: HashMap<Host, Vec<Idle>>,
    /// The runtimes in which a task closes connections that are idle for too long.
    swept: Vec<Id>,
}

struct Idle {
    session: Session,
    since: Instant,
}

/// The destination of connections, and the runtime that polls their sockets. A runtime that does not run at the moment
/// cannot serve calls from another one.
#[derive(Clone)]
pub(super) struct Host {
    pub(super) secure: bool,
    pub(super) authority: Authority,
    pub(super) runtime: Id,
}

impl PartialEq for Host {
    /// Compares the text, which is faster than ignoring its case: an endpoint always has the same text.
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

impl Pool {
    pub(super) fn new(idle_timeout: Option<Duration>, max_idle: usize) -> Self {
        Self { idle_timeout, max_idle, hosts: Mutex::default() }
    }

    /// The idle connection to `host` that was used last.
    pub(super) fn take(&self, host: &Host) -> Option<Session> {
        let last = self.lock().idle.get_mut(host)?.pop()?;
        if self.is_expired(&last, Instant::now()) {
            // The others were idle for longer.
            let expired = self.lock().idle.remove(host);
            drop(expired);
            return None;
        }
        Some(last.session)
    }

    fn is_expired(&self, idle: &Idle, now: Instant) -> bool {
        self.idle_timeout.is_some_and(|limit| now.saturating_duration_since(idle.since) >= limit)
    }

    /// The number of hosts with idle connections.
    #[cfg(test)]
    pub(super) fn hosts(&self) -> usize {
        self.lock().idle.values().filter(|idle| !idle.is_empty()).count()
    }

    fn lock(&self) -> MutexGuard<'_, Hosts> {
        self.hosts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Closes the connections that are idle for too long, and those that the peer has closed. Returns whether `runtime` has
    /// idle connections left.
    fn sweep(&self, runtime: Id) -> bool {
        let (now, mut closed) = (Instant::now(), Vec::new());
        let mut hosts = self.lock();
        hosts.idle.retain(|host, idle| {
            if host.runtime == runtime {
                // Nothing may be dropped while the lock is held: it closes sockets.
                closed.extend(
                    idle.extract_if(.., |idle| self.is_expired(idle, now) || idle.session.is_closed()),
                );
            }
            !idle.is_empty()
        });
        let left = hosts.idle.keys().any(|host| host.runtime == runtime);
        if !left {
            hosts.swept.retain(|known| *known != runtime);
        }
        drop(hosts);
        left
    }

    /// Closes all idle connections of a runtime that ends.
    fn forget(&self, runtime: Id) {
        let mut hosts = self.lock();
        hosts.swept.retain(|known| *known != runtime);
        let closed: Vec<_> = hosts.idle.extract_if(|host, _| host.runtime == runtime).collect();
        drop(hosts);
        drop(closed);
    }
}

/// Where a connection belongs after its response.
pub(super) struct Place {
    pub(super) pool: Arc<Pool>,
    pub(super) host: Host,
}

impl Place {
    /// Keeps a connection for later calls, unless it cannot take another request.
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

/// The longest time that a connection stays open after its peer closed it.
const INTERVAL: Duration = Duration::from_secs(5);

impl Pool {
    fn interval(&self) -> Duration {
        self.idle_timeout.map_or(INTERVAL, |limit| limit.clamp(Duration::from_millis(1), INTERVAL))
    }
}

/// The task that closes connections of one runtime, as long as some are idle.
struct Sweeper {
    pool: Weak<Pool>,
    runtime: Id,
}

impl Sweeper {
    async fn run(mut self, interval: Duration) {
        loop {
            tokio::time::sleep(interval).await;
            let Some(pool) = self.pool.upgrade() else { return };
            if !pool.sweep(self.runtime) {
                // Nothing is left to forget, and another task may have begun.
                self.pool = Weak::new();
                return;
            }
        }
    }
}

impl Drop for Sweeper {
    /// The runtime ends, and with it the sockets.
    fn drop(&mut self) {
        if let Some(pool) = self.pool.upgrade() {
            pool.forget(self.runtime);
        }
    }
}
