//! How good a cached credential still is, by the time that is left until its expiry.
//!
//! It is separate from the cache because it is pure: time comes as an argument, and a test needs no
//! fetch.

use std::time::{Duration, SystemTime};

use crate::context::Context;
use crate::credential::{Credential, CredentialCache};

/// A credential and its two windows before the expiry.
///
/// ```text
/// fetched                         expiry - advisory     expiry - mandatory    expiry
///    |------------ Fresh ----------------|------ Advisory ------|--- Mandatory ---|--- Expired
/// ```
///
/// Each border belongs to the state that begins there.
pub(super) struct CachedCredential {
    /// The credential.
    pub(super) credential: Credential,
    /// `ADVISORY`, or a quarter of the lifetime if that is shorter.
    advisory: Duration,
    /// `MANDATORY`, or a twentieth of the lifetime if that is shorter.
    mandatory: Duration,
}

/// How good a cached credential still is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Freshness {
    /// Use it.
    Fresh,
    /// Use it, and fetch the next one meanwhile.
    Advisory,
    /// Fetch the next one first. Use this one only if that fails.
    Mandatory,
    /// Never use it.
    Expired,
}

impl CachedCredential {
    /// Computes the windows at the time of the fetch, from the lifetime that is left.
    pub(super) fn new(credential: Credential, now: SystemTime) -> Self {
        let left = credential.expiry().and_then(|expiry| expiry.duration_since(now).ok());
        // Short-lived keys would be inside the windows at once, and be fetched again for each call.
        let (quarter, twentieth) = left.map_or((Duration::MAX, Duration::MAX), |left| (left / 4, left / 20));
        Self {
            credential,
            advisory: CredentialCache::ADVISORY.min(quarter),
            mandatory: CredentialCache::MANDATORY.min(twentieth),
        }
    }

    /// The state at the time that `now` gives, which is called only for keys that expire. It reads the
    /// modification times of the credential's files through `context`.
    pub(super) fn freshness(&self, context: &Context, now: impl FnOnce() -> SystemTime) -> Freshness {
        let left = match self.credential.expiry().map(|expiry| expiry.duration_since(now())) {
            None => Duration::MAX,
            Some(Ok(left)) => left,
            Some(Err(_)) => Duration::ZERO,
        };
        if left.is_zero() {
            return Freshness::Expired;
        }
        // A file that has changed has new keys: whoever rotated them may end the old ones at any time.
        if left <= self.mandatory || self.credential.files().iter().any(|file| file.has_changed(context)) {
            return Freshness::Mandatory;
        }
        if left <= self.advisory { Freshness::Advisory } else { Freshness::Fresh }
    }
}
