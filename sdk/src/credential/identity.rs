//! Who a credential belongs to.

use std::fmt;

/// The owner of a credential, as the cloud sees it. [`Client::identity`](crate::Client::identity) asks for
/// it.
///
/// Without a user and without a role, the credential belongs to the account itself.
///
/// ```
/// use cloudcall::credential::Identity;
///
/// let role = Identity::new("1000", "acs:ram::1000:assumed-role/deploy/nightly", "3001:nightly");
/// assert_eq!((role.role.as_deref(), role.session.as_deref()), (Some("deploy"), Some("nightly")));
/// assert_eq!(role.to_string(), "role deploy (session nightly) of account 1000");
///
/// let user = Identity::new("1000", "acs:ram::1000:user/alice", "2001");
/// assert_eq!((user.user.as_deref(), user.role.as_deref()), (Some("alice"), None));
/// ```
#[doc(alias = "GetCallerIdentity")]
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Identity {
    /// The id of the account: AccountId, the UIN of the main account, or the id of the domain.
    pub account: String,
    /// The user: a name, or the UIN at Tencent Cloud.
    pub user: Option<String>,
    /// The role or the agency: a name, or the id at Tencent Cloud.
    pub role: Option<String>,
    /// The session of the role.
    pub session: Option<String>,
    /// The resource name of the owner (Arn, Trn, URN). Empty if the service sent none.
    pub arn: String,
    /// The id of the owner. Empty if the service sent none.
    pub id: String,
}

impl Identity {
    /// The owner that a resource name describes: `…:ACCOUNT:user/NAME`, `…:ACCOUNT:assumed-role/ROLE/SESSION`
    /// and their variants, also with `:` in place of the first `/`.
    pub fn new(account: impl Into<String>, arn: impl Into<String>, id: impl Into<String>) -> Self {
        let (account, arn, id) = (account.into(), arn.into(), id.into());
        let mut found = Self { account, arn, id, ..Self::default() };
        let resource = found.arn.split_once(&format!(":{}:", found.account)).map(|(_, resource)| resource);
        let Some((kind, name)) = resource.and_then(|resource| resource.split_once(['/', ':'])) else {
            return found;
        };
        match kind {
            "assumed-role" | "assumed-agency" => {
                let (role, session) = match name.split_once('/') {
                    Some((role, session)) => (role, Some(session)),
                    // The id is `ROLE:SESSION` then.
                    None => (name, found.id.split_once(':').map(|(_, session)| session)),
                };
                (found.role, found.session) = (Some(role.to_owned()), session.map(str::to_owned));
            }
            "user" | "uin" | "federated-user" if name != found.account => found.user = Some(name.to_owned()),
            _ => {}
        }
        found
    }
}

impl fmt::Display for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.role, &self.session, &self.user) {
            (Some(role), Some(session), _) => write!(f, "role {role} (session {session}) of ")?,
            (Some(role), None, _) => write!(f, "role {role} of ")?,
            (None, _, Some(user)) => write!(f, "user {user} of ")?,
            (None, ..) => {}
        }
        write!(f, "account {}", self.account)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_resource_names_of_every_cloud_are_read() {
        // Arn, id, then user, role and session.
        let cases = [
            ("qcs::cam:1:uin/2", "2", Some("2"), None, None),
            ("qcs::cam:1:uin/1", "1", None, None, None),
            ("qcs::sts:1:assumed-role/46116", "46116:nightly", None, Some("46116"), Some("nightly")),
            ("qcs::sts:1:federated-user/2", "2:bob", Some("2"), None, None),
            ("acs:ram::1:root", "1", None, None, None),
            ("acs:ram::1:user/alice", "2", Some("alice"), None, None),
            ("acs:ram::1:assumed-role/deploy/nightly", "3:nightly", None, Some("deploy"), Some("nightly")),
            ("trn:iam::1:user/bob", "2", Some("bob"), None, None),
            ("trn:sts::1:assumed-role/deploy/nightly", "3:nightly", None, Some("deploy"), Some("nightly")),
            ("iam::1:user:carol", "u", Some("carol"), None, None),
            ("iam::1:root", "1", None, None, None),
            ("sts::1:assumed-agency:deploy/nightly", "a:nightly", None, Some("deploy"), Some("nightly")),
            ("", "", None, None, None),
            ("planted", "x", None, None, None),
        ];
        for (arn, id, user, role, session) in cases {
            let found = Identity::new("1", arn, id);
            let seen = (found.user.as_deref(), found.role.as_deref(), found.session.as_deref());
            assert_eq!(seen, (user, role, session), "{arn}");
        }
    }
}
