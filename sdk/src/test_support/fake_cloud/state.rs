//! What a request is checked against: keys, time, and what came before.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use secrecy::SecretString;

use crate::context::Context;

/// The keys that the cloud knows.
#[derive(Debug)]
pub(crate) struct Account {
    pub(crate) id: String,
    pub(crate) secret: SecretString,
    pub(crate) token: Option<SecretString>,
}

/// What all requests are checked against.
#[derive(Debug)]
pub(crate) struct State {
    accounts: Vec<Account>,
    anonymous: Vec<String>,
    pub(crate) context: Context,
    nonces: Mutex<HashSet<String>>,
}

impl State {
    pub(crate) fn new(accounts: Vec<Account>, anonymous: Vec<String>, context: Context) -> Self {
        Self { accounts, anonymous, context, nonces: Mutex::default() }
    }

    pub(crate) fn account(&self, id: &str) -> Option<&Account> {
        self.accounts.iter().find(|account| account.id == id)
    }

    pub(crate) fn allows_unsigned(&self, action: &str) -> bool {
        self.anonymous.iter().any(|known| known == action)
    }

    pub(crate) fn now(&self) -> SystemTime {
        self.context.clock.now()
    }

    /// Whether this nonce is new; it is not the next time.
    pub(crate) fn take_nonce(&self, nonce: String) -> bool {
        self.nonces.lock().unwrap_or_else(PoisonError::into_inner).insert(nonce)
    }
}
