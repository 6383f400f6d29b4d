//! The state that requests are checked against: accounts, clock and used nonces.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use secrecy::SecretString;

use crate::context::Context;

/// One account: a key pair, and a token if the credentials are temporary.
#[derive(Debug)]
pub(crate) struct Account {
    pub(crate) id: String,
    pub(crate) secret: SecretString,
    pub(crate) token: Option<SecretString>,
}

/// The state that all requests are checked against.
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

    /// Records a nonce. Returns whether it was new.
    pub(crate) fn take_nonce(&self, nonce: String) -> bool {
        self.nonces.lock().unwrap_or_else(PoisonError::into_inner).insert(nonce)
    }
}
