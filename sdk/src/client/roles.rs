//! Clients for the roles of many accounts.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use super::Client;
use crate::credential::{CredentialCache, ProvideCredential};
use crate::provider::Provider;

/// Gives clients for many roles, such as one in each account of an organization.
///
/// The clients differ in their credentials only. Each role has one client and one cached credential, however
/// often it is asked for, and the exchanges for all of them are signed with the one credential of the base
/// client. Connections, limits, breakers and the retry quota are those of the base client, so one limiter
/// holds for all accounts together.
///
/// ```
/// use cloudcall::client::Roles;
/// use cloudcall::provider::alibaba::credentials::AssumeRole;
/// use cloudcall::{Alibaba, Client};
///
/// let client = Client::<Alibaba>::builder().region("cn-hangzhou").build()?;
/// let roles = Roles::new(client, |keys, role| AssumeRole::new(keys, role).session_name("inventory"));
/// for account in ["1001", "1002"] {
///     let client = roles.client(&format!("acs:ram::{account}:role/audit"));
///     // client.describe_instances()…
/// }
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// `examples/accounts.rs` is a program that calls an action in each region of each account.
///
/// # Troubleshooting
///
/// *`NoPermission`, `UnauthorizedOperation`*: the keys of the base client may not assume the role. Allow it
/// for their user, and name the user in the trust policy of the role.
pub struct Roles<P: Provider> {
    base: Client<P>,
    assume: Box<Assume>,
    clients: Mutex<HashMap<String, Client<P>>>,
}

type Assume = dyn Fn(Arc<CredentialCache>, &str) -> Arc<dyn ProvideCredential> + Send + Sync;

impl<P: Provider + Clone> Roles<P> {
    /// Clients like `client`. `assume` makes the credential provider of a role, from the credential of
    /// `client` and the name of the role: an `AssumeRole` of the provider, or any provider of yours.
    pub fn new<R: ProvideCredential + 'static>(
        client: Client<P>,
        assume: impl Fn(Arc<CredentialCache>, &str) -> R + Send + Sync + 'static,
    ) -> Self {
        let assume = move |keys: Arc<CredentialCache>, role: &str| -> Arc<dyn ProvideCredential> {
            Arc::new(assume(keys, role))
        };
        Self { base: client, assume: Box::new(assume), clients: Mutex::default() }
    }

    /// The client of a role. Nothing is sent, and no credential is fetched, before its first call.
    #[must_use]
    pub fn client(&self, role: &str) -> Client<P> {
        let known = || self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(client) = known().get(role) {
            return client.clone();
        }
        // Code of the user does not run under the lock.
        let provider = (self.assume)(self.base.shared.credentials.clone(), role);
        let client = self.base.with_credentials(provider);
        known().entry(role.to_owned()).or_insert(client).clone()
    }
}

impl<P: Provider + Clone> Client<P> {
    /// A client with other credentials. Connections, limits, breakers and the retry quota are shared with
    /// this one.
    ///
    /// ```
    /// use cloudcall::provider::tencent::credentials::{self, AssumeRole};
    /// use cloudcall::{Client, Tencent};
    ///
    /// let client = Client::<Tencent>::builder().region("ap-guangzhou").build()?;
    /// let audit = AssumeRole::new(credentials::default_chain(), "qcs::cam::uin/1:roleName/audit");
    /// let audit = client.with_credentials(audit);
    /// # Ok::<(), cloudcall::Error>(())
    /// ```
    #[must_use]
    pub fn with_credentials(&self, provider: impl ProvideCredential + 'static) -> Self {
        let credentials = Arc::new(CredentialCache::new(Arc::new(provider)));
        Self { shared: Arc::new(self.shared.with_credentials(credentials)) }
    }
}

impl<P: Provider> fmt::Debug for Roles<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Roles").field("base", &self.base).finish_non_exhaustive()
    }
}
