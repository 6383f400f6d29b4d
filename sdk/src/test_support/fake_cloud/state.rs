//! The state that requests are checked against: accounts, clock and used nonces.
//!
//! It is separate from the vendors, so that these hold no data. One state serves all vendors of a local
//! cloud: an account of `LocalCloudBuilder::account` is known to each of them.

use std::collections::{HashSet, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use secrecy::{ExposeSecret, SecretString};

use super::wire::same;
use crate::context::Context;

/// One account: a key pair, and a token if the credentials are temporary.
#[derive(Debug)]
pub(crate) struct Account {
    /// The public half: SecretId, AK or AccessKeyId.
    pub(crate) id: String,
    /// The secret half, by which signatures are computed again.
    pub(crate) secret: SecretString,
    /// The session token. Requests of such an account must carry it; requests of other accounts must
    /// not carry any.
    pub(crate) token: Option<SecretString>,
}

/// How long a nonce is kept. The vendors that have nonces accept times that differ by up to 300 s, so a
/// request with a time in the future is accepted for 600 s at most.
const KEPT: Duration = Duration::from_secs(600);

/// The used nonces that an accepted request could repeat.
#[derive(Debug, Default)]
struct Nonces {
    seen: HashSet<Arc<str>>,
    /// The same nonces in the order of arrival, with the time.
    order: VecDeque<(SystemTime, Arc<str>)>,
}

impl Nonces {
    /// Records a nonce, and drops those that are too old. Returns whether it was new.
    fn take(&mut self, nonce: String, now: SystemTime) -> bool {
        let old = |at: &SystemTime| now.duration_since(*at).is_ok_and(|age| age > KEPT);
        while self.order.front().is_some_and(|(at, _)| old(at)) {
            if let Some((_, nonce)) = self.order.pop_front() {
                self.seen.remove(&nonce);
            }
        }
        let nonce = Arc::<str>::from(nonce);
        let new = self.seen.insert(nonce.clone());
        if new {
            self.order.push_back((now, nonce));
        }
        new
    }
}

/// The state that all requests are checked against.
#[derive(Debug)]
pub(crate) struct State {
    /// The known accounts. If two have the same id, the first one counts.
    accounts: Vec<Account>,
    /// The actions that may be unsigned, as `Label::action` names them.
    anonymous: Vec<String>,
    /// The clock, which decides whether a request is too old, and the source of request ids.
    pub(crate) context: Context,
    /// The nonces of accepted requests.
    nonces: Mutex<Nonces>,
}

impl State {
    /// A state without used nonces.
    pub(crate) fn new(accounts: Vec<Account>, anonymous: Vec<String>, context: Context) -> Self {
        Self { accounts, anonymous, context, nonces: Mutex::default() }
    }

    /// The account of an id; `None` if there is none.
    pub(crate) fn account(&self, id: &str) -> Option<&Account> {
        self.accounts.iter().find(|account| account.id == id)
    }

    /// The account of a token; `None` if there is none.
    pub(crate) fn account_of_token(&self, token: &str) -> Option<&Account> {
        let is = |known: &SecretString| same(known.expose_secret().as_bytes(), token.as_bytes());
        self.accounts.iter().find(|account| account.token.as_ref().is_some_and(is))
    }

    /// Whether an action may be called without a signature.
    pub(crate) fn allows_unsigned(&self, action: &str) -> bool {
        self.anonymous.iter().any(|known| known == action)
    }

    /// The time of the server.
    pub(crate) fn now(&self) -> SystemTime {
        self.context.clock.now()
    }

    /// Records a nonce. Returns whether it was new.
    ///
    /// Each vendor adds what makes a nonce unique at its server, such as the id of the account, to
    /// `nonce`.
    pub(crate) fn take_nonce(&self, nonce: String) -> bool {
        self.nonces.lock().unwrap_or_else(PoisonError::into_inner).take(nonce, self.now())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nonce_is_kept_as_long_as_a_request_with_it_could_be_accepted() {
        let (mut nonces, start) = (Nonces::default(), SystemTime::UNIX_EPOCH);
        let mut take =
            |nonce: &str, second| nonces.take(nonce.to_owned(), start + Duration::from_secs(second));
        assert!(take("a", 0));
        assert!(!take("a", 600), "still kept");
        assert!(take("b", 601));
        assert!(take("a", 602), "dropped, and new again");
        assert_eq!(nonces.seen.len(), 2);
    }
}
