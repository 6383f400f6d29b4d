//! Several hosts in order of preference, each with its breaker, and the choice of the host
//! for a call.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::permit::{Breaker, Permit};
use super::status::BreakerState;
use super::watch::Watch;
use crate::endpoint::Endpoint;

/// A host and its breaker.
#[derive(Debug)]
struct Member {
    endpoint: Endpoint,
    breaker: Breaker,
}

/// The hosts of one product, the preferred one first.
#[derive(Debug)]
pub(crate) struct Ring {
    members: Vec<Member>,
    /// Number of members that are the provider's or the user's endpoints. The members after
    /// them are backups.
    own: usize,
    /// Index of the endpoint at which calls begin: the one after the last endpoint that
    /// could not be reached.
    start: AtomicUsize,
}

/// The host that was picked for one attempt.
#[derive(Debug)]
pub(crate) struct Picked {
    /// Index of the member.
    at: usize,
    /// `None` if the breaker of the host does not count this attempt.
    permit: Option<Permit>,
}

impl Ring {
    /// A ring of `hosts`, in order. The first `own` of them are endpoints, the rest are
    /// backups.
    pub(super) fn new(hosts: impl Iterator<Item = (Endpoint, Breaker)>, own: usize) -> Self {
        let members = hosts.map(|(endpoint, breaker)| Member { endpoint, breaker }).collect();
        Self { members, own, start: AtomicUsize::new(0) }
    }

    /// Picks the first host whose breaker admits the call, beginning at index `from`, or at
    /// `start` without it.
    ///
    /// If no breaker admits it, a backup is called without a permit, so that the call is
    /// not counted: the first one that is half-open, otherwise the first one, even if it is
    /// open. The official class has no breaker for its backup and always calls it. Sending
    /// nothing would keep calls away from hosts that may have recovered.
    ///
    /// With hosts A and B and the backup C, the order is A, B, C. If A could not be
    /// reached, `start` is 1, and the order is B, C, A.
    pub(crate) fn pick(&self, from: Option<usize>, now: Duration, watch: Watch<'_>) -> Picked {
        let from = from.unwrap_or_else(|| self.start.load(Ordering::Relaxed));
        let (mut recovering, mut open) = (None, None);
        let (before, rest) = self.members.split_at(from.min(self.members.len()));
        let numbered = rest.iter().zip(from..).chain(before.iter().zip(0..));
        for (member, at) in numbered {
            let (permit, change) = member.breaker.admit(now);
            watch.report(&member.endpoint, change);
            match permit {
                Ok(permit) => return Picked { at, permit: Some(permit) },
                Err(_) if at == 0 => {}
                Err(BreakerState::HalfOpen) => {
                    recovering.get_or_insert(at);
                }
                Err(_) => {
                    open.get_or_insert(at);
                }
            }
        }
        Picked { at: recovering.or(open).unwrap_or(0), permit: None }
    }

    /// The endpoints of all members, in order.
    pub(super) fn hosts(&self) -> impl Iterator<Item = &Endpoint> {
        self.members.iter().map(|member| &member.endpoint)
    }

    /// True if there are at least two different hosts. A backup can be the same host as the
    /// endpoint.
    pub(crate) fn has_choice(&self) -> bool {
        let mut hosts = self.hosts();
        let first = hosts.next();
        hosts.any(|host| Some(host) != first)
    }

    /// The endpoint that was picked.
    pub(crate) fn endpoint(&self, picked: &Picked) -> Option<&Endpoint> {
        self.members.get(picked.at).map(|member| &member.endpoint)
    }

    /// Reports the outcome of the attempt to the breaker. `None` means that it shows
    /// nothing about the host.
    pub(crate) fn settle(&self, picked: Picked, success: Option<bool>, now: Duration, watch: Watch<'_>) {
        if let (Some(permit), Some(success), Some(member)) =
            (picked.permit, success, self.members.get(picked.at))
        {
            watch.report(&member.endpoint, permit.settle(now, success));
        }
    }

    /// The number of endpoints that are not backups.
    pub(crate) fn own(&self) -> usize {
        self.own
    }

    /// The index at which the next attempt begins if the picked host could not be reached:
    /// the next endpoint, in a circle. Backups are skipped, because they are used only
    /// while a breaker is open.
    ///
    /// Later calls begin there, too, so that only one call loses time with an unreachable
    /// endpoint.
    ///
    /// With the endpoints A and B, an unreachable A leads to B and an unreachable B leads
    /// to A. With a single endpoint there is no next one.
    pub(crate) fn unreached(&self, picked: &Picked) -> Option<usize> {
        if self.own < 2 || picked.at >= self.own {
            return None;
        }
        let next = (picked.at + 1) % self.own;
        // A concurrent call may have advanced `start` already.
        let _ = self.start.compare_exchange(picked.at, next, Ordering::Relaxed, Ordering::Relaxed);
        Some(next)
    }

    /// True if the ring was created for exactly these endpoints.
    pub(super) fn is_of(&self, first: &Endpoint, others: &[Endpoint]) -> bool {
        self.own == others.len().saturating_add(1)
            && self.hosts().take(self.own).eq([first].into_iter().chain(others))
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::sync::Arc;

    use super::super::hosts::Breakers;
    use super::super::options::BreakerOptions;
    use super::*;

    pub(in super::super) const WATCH: Watch<'static> = Watch { provider: "test", observers: &[] };

    pub(in super::super) const fn second(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    fn endpoint(host: &str) -> Endpoint {
        host.parse().unwrap()
    }

    pub(in super::super) fn breakers(backups: &[&str]) -> Breakers {
        let backup_endpoints = backups.iter().map(|&backup| backup.to_owned()).collect();
        Breakers::new(BreakerOptions { backup_endpoints, half_open_trials: 1, ..Default::default() })
    }

    pub(in super::super) fn ring(breakers: &Breakers, first: &str, others: &[&str]) -> Arc<Ring> {
        let others: Vec<_> = others.iter().map(|host| endpoint(host)).collect();
        breakers.ring("p", &endpoint(first), &others, second(0), str::parse).unwrap()
    }

    pub(in super::super) fn call(ring: &Ring, now: Duration, success: bool) -> String {
        let picked = ring.pick(None, now, WATCH);
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
        // All are open: the first backup is called, and that counts for nothing.
        for success in [true, false, true] {
            let before = ring.members[1].breaker.status();
            assert_eq!(call(&ring, second(2), success), "b");
            assert_eq!(ring.members[1].breaker.status(), before);
        }
        assert_eq!(call(&ring, second(61), true), "a");
    }

    #[test]
    fn while_trials_are_out_others_go_to_the_backup() {
        let breakers = breakers(&["b"]);
        let ring = ring(&breakers, "a", &[]);
        (0..5).for_each(|_| drop(call(&ring, second(1), false)));
        let trial = ring.pick(None, second(61), WATCH);
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
            let picked = ring.pick(None, second(61), WATCH);
            assert_eq!(picked.at, at);
            picked
        });
        assert_eq!(trials.map(|picked| picked.permit.is_some()), [true, true, false, false]);
    }

    #[test]
    fn calls_stay_at_the_own_endpoint_after_one_that_was_not_reached() {
        let ring = ring(&breakers(&["z"]), "a", &["b"]);
        let pick = |from| ring.pick(from, second(0), WATCH);
        let (first, late) = (pick(None), pick(None));
        assert_eq!((first.at, ring.unreached(&first)), (0, Some(1)));
        assert_eq!(ring.unreached(&late), Some(1), "two calls at once skip no endpoint");
        let there = pick(None);
        assert_eq!((there.at, pick(Some(1)).at), (1, 1));
        assert_eq!(ring.unreached(&there), Some(0));
        assert_eq!(pick(None).at, 0);
        assert_eq!(pick(Some(99)).at, 0, "no number is out of range");
        assert_eq!(ring.unreached(&pick(Some(2))), None, "a backup is no own endpoint");
    }

    #[test]
    fn a_single_endpoint_has_no_next() {
        let ring = ring(&breakers(&["z"]), "a", &[]);
        assert_eq!(ring.unreached(&ring.pick(None, second(0), WATCH)), None);
    }
}
