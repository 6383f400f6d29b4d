//! Hosts in order of preference, each with a breaker of its own, and which of them a call goes to.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use super::machine::{BreakerState, BreakerStatus, Change};
use super::options::BreakerOptions;
use super::permit::{Breaker, Permit};
use crate::endpoint::Endpoint;
use crate::error::{Error, ErrorKind};
use crate::intercept::Intercept;

/// More hosts than a program calls. Beyond this all is forgotten: who names hosts without end must not fill the memory.
const HOSTS: usize = 4096;

/// A breaker of a client went from one state to another.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct BreakerChange<'a> {
    /// The cloud.
    pub provider: &'static str,
    /// The host that the breaker stands before.
    pub endpoint: &'a Endpoint,
    /// The state until now.
    pub from: BreakerState,
    /// The state from now on.
    pub to: BreakerState,
    /// The number of the generation that begins.
    pub generation: u64,
}

/// Who is told of changes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Watch<'a> {
    pub(crate) provider: &'static str,
    pub(crate) interceptors: &'a [Arc<dyn Intercept>],
}

impl Watch<'_> {
    fn tell(&self, endpoint: &Endpoint, change: Option<Change>) {
        let Some(Change { from, to, generation }) = change else { return };
        let provider = self.provider;
        tracing::warn!(provider, %endpoint, %from, %to, generation, "the breaker changed its state");
        let change = BreakerChange { provider, endpoint, from, to, generation };
        for interceptor in self.interceptors {
            interceptor.breaker_changed(&change);
        }
    }
}

#[derive(Debug)]
struct Member {
    endpoint: Endpoint,
    breaker: Breaker,
}

/// The hosts of one product, the first choice first.
#[derive(Debug)]
pub(crate) struct Ring {
    members: Vec<Member>,
    /// So many of them are not backups, but the cloud's or the user's endpoints.
    own: usize,
}

/// The host that one attempt goes to.
#[derive(Debug)]
pub(crate) struct Picked {
    at: usize,
    /// None if the host's breaker does not count this call.
    permit: Option<Permit>,
}

impl Ring {
    /// Picks the first host whose breaker lets the call through, beginning with number `from`.
    ///
    /// If there is none, a host other than the first may get more calls than it has places for trials; these do not
    /// count. What is open is never called.
    pub(crate) fn pick(&self, from: usize, now: Duration, watch: Watch<'_>) -> Result<Picked, Error> {
        let mut last_resort = None;
        let (before, rest) = self.members.split_at(from.min(self.members.len()));
        let numbered = rest.iter().zip(from..).chain(before.iter().zip(0..));
        for (member, at) in numbered {
            let (permit, change) = member.breaker.admit(now);
            watch.tell(&member.endpoint, change);
            match permit {
                Ok(permit) => return Ok(Picked { at, permit: Some(permit) }),
                Err(BreakerState::HalfOpen) if at > 0 => {
                    last_resort.get_or_insert(Picked { at, permit: None });
                }
                Err(_) => {}
            }
        }
        last_resort.ok_or_else(|| self.all_open())
    }

    /// Whether there is more than one host: a backup may be the very host that it is for.
    pub(crate) fn has_choice(&self) -> bool {
        self.members.len() > 1
    }

    pub(crate) fn endpoint(&self, picked: &Picked) -> Option<&Endpoint> {
        self.members.get(picked.at).map(|member| &member.endpoint)
    }

    /// Tells the breaker how the attempt ended; `None` says nothing of the host.
    pub(crate) fn settle(&self, picked: Picked, success: Option<bool>, now: Duration, watch: Watch<'_>) {
        if let (Some(permit), Some(success), Some(member)) =
            (picked.permit, success, self.members.get(picked.at))
        {
            watch.tell(&member.endpoint, permit.settle(now, success));
        }
    }

    /// Where the next attempt begins when none could connect to the host: at the next of the cloud's own endpoints.
    /// A backup waits until the breaker opens.
    pub(crate) fn next(&self, picked: &Picked) -> usize {
        let next = picked.at.saturating_add(1);
        if next < self.own { next } else { 0 }
    }

    fn all_open(&self) -> Error {
        let hosts: Vec<_> = self.members.iter().map(|member| member.endpoint.authority()).collect();
        let what = format!(
            "calls to {} failed too often: nothing was sent, and each is tried again when its time-out is over",
            hosts.join(", ")
        );
        Error::new(ErrorKind::Cancelled, what)
    }

    /// Whether the ring was made for these endpoints.
    fn is_of(&self, first: &Endpoint, others: &[Endpoint]) -> bool {
        self.own == others.len().saturating_add(1)
            && self
                .members
                .iter()
                .map(|member| &member.endpoint)
                .take(self.own)
                .eq([first].into_iter().chain(others))
    }
}

/// The breakers of one client: one for each host.
pub(crate) struct Breakers {
    options: Arc<BreakerOptions>,
    known: RwLock<Known>,
}

#[derive(Default)]
struct Known {
    /// By product.
    rings: HashMap<String, Vec<Arc<Ring>>>,
    breakers: HashMap<Endpoint, Breaker>,
}

impl Breakers {
    pub(crate) fn new(options: BreakerOptions) -> Self {
        Self { options: Arc::new(options), known: RwLock::default() }
    }

    /// The ring of a product whose endpoints are `first` and `others`. `backup` makes an endpoint of a backup's text;
    /// it is asked once.
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
        if known.breakers.len() >= HOSTS {
            *known = Known::default();
        }
        if let Some(ring) = known.find(product, first, others) {
            return Ok(ring);
        }
        let fresh = || Breaker::new(self.options.clone(), now);
        let member = |endpoint: Endpoint| {
            let breaker = known.breakers.entry(endpoint.clone()).or_insert_with(fresh).clone();
            Member { endpoint, breaker }
        };
        let ring = Arc::new(Ring { members: endpoints.into_iter().map(member).collect(), own });
        known.rings.entry(product.to_owned()).or_default().push(ring.clone());
        Ok(ring)
    }

    /// All hosts that were in reach so far, by name.
    pub(crate) fn states(&self, now: Duration, watch: Watch<'_>) -> Vec<(Endpoint, BreakerStatus)> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let all = known.breakers.iter();
        let mut breakers: Vec<_> =
            all.map(|(endpoint, breaker)| (endpoint.clone(), breaker.clone())).collect();
        drop(known);
        breakers.sort_by(|(one, _), (two, _)| {
            (one.authority(), one.scheme()).cmp(&(two.authority(), two.scheme()))
        });
        let look = |(endpoint, breaker): (Endpoint, Breaker)| {
            let (status, change) = breaker.observe(now);
            watch.tell(&endpoint, change);
            (endpoint, status)
        };
        breakers.into_iter().map(look).collect()
    }
}

impl Known {
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
    use super::*;

    const WATCH: Watch<'static> = Watch { provider: "test", interceptors: &[] };

    const fn second(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    fn endpoint(host: &str) -> Endpoint {
        host.parse().unwrap()
    }

    fn breakers(backups: &[&str]) -> Breakers {
        let backup_endpoints = backups.iter().map(|&backup| backup.to_owned()).collect();
        Breakers::new(BreakerOptions { backup_endpoints, max_requests: 1, ..Default::default() })
    }

    fn ring(breakers: &Breakers, first: &str, others: &[&str]) -> Arc<Ring> {
        let others: Vec<_> = others.iter().map(|host| endpoint(host)).collect();
        breakers.ring("p", &endpoint(first), &others, second(0), str::parse).unwrap()
    }

    fn call(ring: &Ring, now: Duration, success: bool) -> String {
        let picked = ring.pick(0, now, WATCH).unwrap();
        let host = ring.endpoint(&picked).unwrap().authority().to_owned();
        ring.settle(picked, Some(success), now, WATCH);
        host
    }

    #[test]
    fn the_next_host_that_works_is_taken_and_the_first_one_comes_back() {
        let ring = ring(&breakers(&["b", "c"]), "a", &[]);
        for host in ["a", "b", "c"] {
            for _ in 0..5 {
                assert_eq!(call(&ring, second(1), false), host);
            }
        }
        let error = ring.pick(0, second(2), WATCH).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Cancelled);
        assert!(error.message().contains("a, b, c"), "{error}");
        assert_eq!(call(&ring, second(61), true), "a");
    }

    #[test]
    fn while_trials_are_out_others_go_to_the_backup() {
        let breakers = breakers(&["b"]);
        let ring = ring(&breakers, "a", &[]);
        (0..5).for_each(|_| drop(call(&ring, second(1), false)));
        let trial = ring.pick(0, second(61), WATCH).unwrap();
        assert_eq!(trial.at, 0);
        assert_eq!(call(&ring, second(61), false), "b");
        drop(trial);
        assert_eq!(call(&ring, second(61), true), "a", "its place was free again");
        let closed = breakers.states(second(61), WATCH);
        assert!(closed.iter().all(|(_, status)| status.state == BreakerState::Closed), "{closed:?}");
    }

    #[test]
    fn a_backup_that_recovers_takes_more_than_its_trials_but_the_first_host_does_not() {
        let ring = ring(&breakers(&["b"]), "a", &[]);
        (0..10).for_each(|_| drop(call(&ring, second(1), false)));
        let trials = [0, 1, 1, 1].map(|at| {
            let picked = ring.pick(0, second(61), WATCH).unwrap();
            assert_eq!(picked.at, at);
            picked
        });
        assert_eq!(trials.map(|picked| picked.permit.is_some()), [true, true, false, false]);
    }

    #[test]
    fn one_host_has_one_breaker_and_one_set_of_hosts_one_ring() {
        let breakers = breakers(&["b"]);
        let one = ring(&breakers, "a", &[]);
        assert!(Arc::ptr_eq(&one, &ring(&breakers, "a", &[])));
        let other = ring(&breakers, "c", &["d", "b"]);
        assert_eq!(other.members.len(), 3, "a host is in a ring once");
        (0..5).for_each(|_| drop(call(&one, second(1), false)));
        (0..5).for_each(|_| drop(call(&one, second(1), false)));
        let open: Vec<_> = breakers.states(second(1), WATCH);
        let open: Vec<_> = open.iter().filter(|(_, status)| status.state == BreakerState::Open).collect();
        assert_eq!(open.iter().map(|(endpoint, _)| endpoint.authority()).collect::<Vec<_>>(), ["a", "b"]);
    }

    #[test]
    fn only_endpoints_of_the_cloud_are_next_within_a_call() {
        let ring = ring(&breakers(&["z"]), "a", &["b"]);
        let first = ring.pick(0, second(0), WATCH).unwrap();
        assert_eq!(ring.next(&first), 1);
        let second_one = ring.pick(1, second(0), WATCH).unwrap();
        assert_eq!((second_one.at, ring.next(&second_one)), (1, 0));
        assert_eq!(ring.pick(99, second(0), WATCH).unwrap().at, 0, "no number is out of range");
    }

    #[test]
    fn hosts_without_end_do_not_fill_the_memory() {
        let breakers = breakers(&["b"]);
        for number in 0..=HOSTS {
            ring(&breakers, &format!("h{number}"), &[]);
        }
        assert!(breakers.states(second(0), WATCH).len() < 10);
    }
}
