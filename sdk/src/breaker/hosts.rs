//! All breakers of one client, and the rings that consist of them.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use super::options::BreakerOptions;
use super::permit::Breaker;
use super::ring::Ring;
use super::status::BreakerStatus;
use super::watch::Watch;
use crate::endpoint::Endpoint;
use crate::error::Error;

/// Maximum number of hosts. When it is reached, all state is dropped, so that an endless
/// number of host names cannot fill the memory. No real program calls this many hosts.
const MAX_HOSTS: usize = 4096;

/// The breakers of one client, one per host.
pub(crate) struct Breakers {
    options: Arc<BreakerOptions>,
    known: RwLock<KnownHosts>,
}

/// The rings and breakers that were created so far.
#[derive(Default)]
struct KnownHosts {
    /// Rings by product.
    rings: HashMap<String, Vec<Arc<Ring>>>,
    breakers: HashMap<Endpoint, Breaker>,
}

impl Breakers {
    /// No breaker exists yet. Breakers are created when a product is first called.
    pub(crate) fn new(options: BreakerOptions) -> Self {
        Self { options: Arc::new(options), known: RwLock::default() }
    }

    /// The ring of a product with the endpoints `first` and `others`, followed by the
    /// backups.
    ///
    /// `backup` parses the text of a backup. It runs once per ring, when the ring is
    /// created.
    pub(crate) fn ring(
        &self,
        product: &str,
        first: &Endpoint,
        others: &[Endpoint],
        now: Duration,
        backup: impl Fn(&str) -> Result<Endpoint, Error>,
    ) -> Result<Arc<Ring>, Error> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(ring) = known.find(product, first, others) {
            return Ok(ring);
        }
        drop(known);
        let mut endpoints = vec![first.clone()];
        endpoints.extend_from_slice(others);
        let own = endpoints.len();
        for text in &self.options.backup_endpoints {
            let endpoint = backup(text)?;
            if !endpoints.contains(&endpoint) {
                endpoints.push(endpoint);
            }
        }
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        if known.breakers.len() >= MAX_HOSTS {
            *known = KnownHosts::default();
        }
        if let Some(ring) = known.find(product, first, others) {
            return Ok(ring);
        }
        let fresh = || Breaker::new(self.options.clone(), now);
        let member = |endpoint: Endpoint| {
            let breaker = known.breakers.entry(endpoint.clone()).or_insert_with(fresh).clone();
            (endpoint, breaker)
        };
        let ring = Arc::new(Ring::new(endpoints.into_iter().map(member), own));
        known.rings.entry(product.to_owned()).or_default().push(ring.clone());
        Ok(ring)
    }

    /// The status of each host that was called or could have been called so far, sorted by
    /// host. Changes of state that are due are applied and reported to `watch`.
    pub(crate) fn states(&self, now: Duration, watch: Watch<'_>) -> Vec<(Endpoint, BreakerStatus)> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let all = known.breakers.iter();
        let mut breakers: Vec<_> =
            all.map(|(endpoint, breaker)| (endpoint.clone(), breaker.clone())).collect();
        drop(known);
        breakers.sort_by(|(one, _), (two, _)| {
            (one.authority(), one.scheme()).cmp(&(two.authority(), two.scheme()))
        });
        let status_of = |(endpoint, breaker): (Endpoint, Breaker)| {
            let (status, change) = breaker.advance(now);
            watch.report(&endpoint, change);
            (endpoint, status)
        };
        breakers.into_iter().map(status_of).collect()
    }
}

impl KnownHosts {
    /// The existing ring for these endpoints.
    fn find(&self, product: &str, first: &Endpoint, others: &[Endpoint]) -> Option<Arc<Ring>> {
        self.rings.get(product)?.iter().find(|ring| ring.is_of(first, others)).cloned()
    }
}

impl fmt::Debug for Breakers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Breakers").field("options", &self.options).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::super::ring::tests::{WATCH, breakers, call, ring, second};
    use super::super::status::BreakerState;
    use super::*;

    #[test]
    fn one_host_has_one_breaker_and_one_set_of_hosts_one_ring() {
        let breakers = breakers(&["b"]);
        let one = ring(&breakers, "a", &[]);
        assert!(Arc::ptr_eq(&one, &ring(&breakers, "a", &[])));
        let other = ring(&breakers, "c", &["d", "b"]);
        assert_eq!(other.hosts().count(), 3, "a host is in a ring once");
        (0..5).for_each(|_| drop(call(&one, second(1), false)));
        (0..5).for_each(|_| drop(call(&one, second(1), false)));
        let open: Vec<_> = breakers.states(second(1), WATCH);
        let open: Vec<_> = open.iter().filter(|(_, status)| status.state == BreakerState::Open).collect();
        assert_eq!(open.iter().map(|(endpoint, _)| endpoint.authority()).collect::<Vec<_>>(), ["a", "b"]);
    }

    #[test]
    fn hosts_without_end_do_not_fill_the_memory() {
        let breakers = breakers(&["b"]);
        for number in 0..=MAX_HOSTS {
            ring(&breakers, &format!("h{number}"), &[]);
        }
        assert!(breakers.states(second(0), WATCH).len() < 10);
    }
}
