//! The state that requests are checked against: accounts, clock and used nonces.
//!
//! It is separate from the vendors, so that these hold no data. One state serves all vendors of a local
//! cloud: an account of `LocalCloudBuilder::account` is known to each of them.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use secrecy::SecretString;

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

/// The state that all requests are checked against.
#[derive(Debug)]
pub(crate) struct State {
    /// The known accounts. If two have the same id, the first one counts.
    accounts: Vec<Account>,
    /// The actions that may be unsigned, as `Label::action` names them.
    anonymous: Vec<String>,
    /// The clock, which decides whether a request is too old, and the source of request ids.
    pub(crate) context: Context,
    /// The nonces of accepted requests. They are kept as long as the state: a test is short.
    nonces: Mutex<HashSet<String>>,
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
        self.nonces.lock().unwrap_or_else(PoisonError::into_inner).insert(nonce)
    }
}
