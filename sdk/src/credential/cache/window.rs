//! How good a cached credential still is.

use std::time::{Duration, SystemTime};

use crate::context::Context;
use crate::credential::{Credential, CredentialCache};

/// A credential and when it has to be replaced.
pub(super) struct CachedCredential {
    pub(super) credential: Credential,
    advisory: Duration,
    mandatory: Duration,
}

/// How good a cached credential still is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Freshness {
    Fresh,
    /// Serve it, and fetch the next one meanwhile.
    Advisory,
    /// Fetch the next one first; it serves only if that fails.
    Mandatory,
    Expired,
}

impl CachedCredential {
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

    pub(super) fn freshness(&self, context: &Context, now: SystemTime) -> Freshness {
        let left = match self.credential.expiry().map(|expiry| expiry.duration_since(now)) {
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
