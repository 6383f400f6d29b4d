//! The call that names the owner of a credential, for [`Client::identity`](crate::Client::identity).

use std::fmt;

use crate::action::info::ActionInfo;
use crate::credential::Identity;
use crate::value::Value;

/// How a provider asks for the owner of a credential.
/// [`Provider::identity_call`](super::Provider::identity_call) returns it.
///
/// ```
/// use cloudcall::action::ActionInfo;
/// use cloudcall::provider::{IdentityCall, IdentityMembers};
///
/// let members = IdentityMembers::new("AccountId", "Arn", "UserId");
/// let call = IdentityCall::new(ActionInfo::new("sts", "2018-08-13", "GetCallerIdentity"), members)
///     .region("ap-guangzhou");
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct IdentityCall {
    pub(crate) action: ActionInfo,
    pub(crate) members: IdentityMembers,
    pub(crate) region: Option<String>,
    pub(crate) endpoint: Option<String>,
}

/// The names of the members of the response.
#[derive(Debug, Clone, Copy)]
pub struct IdentityMembers {
    account: &'static str,
    arn: &'static str,
    id: &'static str,
}

impl IdentityMembers {
    /// The members that have the id of the account, the resource name of the owner, and its id.
    pub const fn new(account: &'static str, arn: &'static str, id: &'static str) -> Self {
        Self { account, arn, id }
    }

    /// The owner that a response names. `None` if it names no account.
    pub(crate) fn read(self, response: &Value) -> Option<Identity> {
        let text = |name: &str| match response.get(name)? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        };
        let account = text(self.account).filter(|account| !account.is_empty())?;
        Some(Identity::new(account, text(self.arn).unwrap_or_default(), text(self.id).unwrap_or_default()))
    }
}

impl IdentityCall {
    /// The action, and the members of its response.
    pub fn new(action: ActionInfo, members: IdentityMembers) -> Self {
        Self { action, members, region: None, endpoint: None }
    }

    /// Sets the region of the call. An empty text means none. Default: the region of the client.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// Sets the endpoint of the call, unless the user set one on the client. Default: the one of the product.
    pub fn endpoint(mut self, endpoint: impl fmt::Display) -> Self {
        self.endpoint = Some(endpoint.to_string());
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_and_an_account_is_required() {
        let members = IdentityMembers::new("AccountId", "Trn", "IdentityId");
        let read = |text: &str| members.read(&text.parse().unwrap());
        let found =
            read(r#"{"AccountId": 2000000000, "Trn": "trn:iam::2000000000:user/bob", "IdentityId": "7"}"#);
        let found = found.unwrap();
        assert_eq!((found.account.as_str(), found.user.as_deref()), ("2000000000", Some("bob")));
        for text in ["{}", r#"{"AccountId": ""}"#, r#"{"AccountId": {}}"#, "[]", "null"] {
            assert!(read(text).is_none(), "{text}");
        }
    }
}
