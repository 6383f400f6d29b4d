//! Signing keys that were derived before, for signatures whose key holds for a day.

use std::sync::{Arc, Mutex, PoisonError};

use crate::credential::Credential;

/// Number of keys that are kept. Default: 16, more than a client has products. The oldest one is dropped.
const KEYS: usize = 16;

/// Keys by the credential that they were derived from. A new snapshot of a credential, even with the same
/// keys, gets new entries.
pub(crate) struct Recent<T>(Mutex<Vec<(Credential, Arc<T>)>>);

impl<T> Default for Recent<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T> Recent<T> {
    /// The key of a credential that `is_wanted` accepts, derived now if it was not before.
    pub(crate) fn get(
        &self,
        credential: &Credential,
        is_wanted: impl Fn(&T) -> bool,
        derive: impl FnOnce() -> T,
    ) -> Arc<T> {
        let mut keys = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = keys.iter().find(|(known, key)| known.is_same(credential) && is_wanted(key));
        if let Some((_, key)) = found {
            return key.clone();
        }
        let key = Arc::new(derive());
        if keys.len() >= KEYS {
            keys.remove(0);
        }
        keys.push((credential.clone(), key.clone()));
        key
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_derived_once_and_the_oldest_goes() {
        let (recent, first, second) = (Recent::default(), credential(), credential());
        let get = |credential: &Credential, number: usize| {
            let mut derived = false;
            let key = recent.get(
                credential,
                |known| *known == number,
                || {
                    derived = true;
                    number
                },
            );
            assert_eq!(*key, number);
            derived
        };
        assert!(get(&first, 0) && !get(&first, 0));
        assert!(get(&second, 0) && get(&first, 1));
        for number in 2..=KEYS {
            assert!(get(&first, number));
        }
        assert!(!get(&first, KEYS) && get(&first, 0));
    }

    fn credential() -> Credential {
        Credential::new("id", "secret").unwrap()
    }
}
