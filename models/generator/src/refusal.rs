//! Why an action of the catalogue cannot be called: facts of the description that the runtime has nothing for.

use crate::description::{Action, Description};
use crate::error::Error;
use crate::hosts::{Hosts, KnownGateway};

/// The kinds of credentials of Huawei Cloud that the runtime has.
const CREDENTIALS: [&str; 4] = ["basic", "global", "iam", "meeting"];

/// Why no code is made of an action.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// The vendor switched it off.
    Offline,
    /// Its gateway has a signature of its own, such as `pds`.
    Gateway(String),
    /// Its product takes credentials of a kind of its own, such as `obs`.
    Credentials(String),
    /// It is signed as a call to an application of the API gateway, not to the cloud.
    Auth(String),
    /// Its body has a format that the runtime does not write, such as `application/bson`.
    Content(String),
    /// Its response has a form that the runtime does not read, such as `protobuf`.
    Response(String),
    /// It is no HTTP call, such as `wss`.
    Scheme(String),
}

impl Refusal {
    /// A word for the kind of reason, for tables.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Offline => "offline",
            Self::Gateway(_) => "gateway",
            Self::Credentials(_) => "credentials",
            Self::Auth(_) => "auth",
            Self::Content(_) => "content",
            Self::Response(_) => "response",
            Self::Scheme(_) => "scheme",
        }
    }

    /// The gateway, format or whatever the reason names; empty if it names nothing.
    pub fn detail(&self) -> &str {
        match self {
            Self::Offline => "",
            Self::Gateway(word)
            | Self::Credentials(word)
            | Self::Auth(word)
            | Self::Content(word)
            | Self::Response(word)
            | Self::Scheme(word) => word,
        }
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Offline => f.write_str("the vendor took it offline"),
            Self::Gateway(gateway) => {
                write!(f, "its gateway `{gateway}` has a signature of its own, which cloudcall does not have")
            }
            Self::Credentials(kind) => {
                write!(f, "its product takes credentials of the kind `{kind}`, which cloudcall does not have")
            }
            Self::Auth(auth) => write!(f, "it is signed by `{auth}`, which cloudcall does not have"),
            Self::Content(content) => write!(f, "its body is `{content}`, which cloudcall does not write"),
            Self::Response(form) => write!(f, "its response is `{form}`, which cloudcall does not read"),
            Self::Scheme(scheme) => write!(f, "it is called over `{scheme}`, which cloudcall does not speak"),
        }
    }
}

impl Description {
    /// Why an action cannot be called; nothing if it can.
    ///
    /// # Errors
    ///
    /// If the catalogue's file is damaged.
    pub fn refusal(&self, action: &Action<'_>) -> Result<Option<Refusal>, Error> {
        if action.fact("status") == Some("offline") {
            return Ok(Some(Refusal::Offline));
        }
        if let Some(scheme @ ("ws" | "wss")) = action.fact("schemes") {
            return Ok(Some(Refusal::Scheme(scheme.to_owned())));
        }
        if let Some(content @ ("application/bson" | "protobuf")) = action.fact("content") {
            return Ok(Some(Refusal::Content(content.to_owned())));
        }
        if let Some(auth @ "apig-auth-app") = action.fact("auth") {
            return Ok(Some(Refusal::Auth(auth.to_owned())));
        }
        // A call that is not signed needs neither.
        if action.fact("anonymous").is_some() {
            return Ok(None);
        }
        let Some(hosts) = Hosts::of(self)? else { return Ok(None) };
        if let (Some(gateway), None) = (hosts.gateway, hosts.known_gateway(self.entry().service)) {
            return Ok(Some(Refusal::Gateway(gateway.to_owned())));
        }
        if hosts.known_gateway(self.entry().service) == Some(KnownGateway::Log) {
            // These two answer in a format or coding that only the vendor's gateway package reads. `GetLogs`
            // returns the same as `GetLogsV2`, as JSON.
            match action.name {
                "PullLogs" => return Ok(Some(Refusal::Response("protobuf".to_owned()))),
                "GetLogsV2" => return Ok(Some(Refusal::Response("lz4".to_owned()))),
                _ => {}
            }
        }
        let known = hosts.credentials.iter().any(|kind| CREDENTIALS.contains(kind));
        Ok(hosts.credentials.first().filter(|_| !known).map(|kind| Refusal::Credentials((*kind).to_owned())))
    }

    /// The action of this name, if it can be called.
    ///
    /// # Errors
    ///
    /// If there is none, or it cannot be called: with the reason.
    pub fn callable_action(&self, name: &str) -> Result<Action<'_>, Error> {
        let action = self.action(name)?;
        match self.refusal(&action)? {
            Some(reason) => Err(Error::refused(&self.entry().to_string(), name, reason)),
            None => Ok(action),
        }
    }

    /// The names of all actions that can be called.
    ///
    /// # Errors
    ///
    /// If the catalogue's file is damaged.
    pub fn callable(&self) -> Result<Vec<&str>, Error> {
        let mut names = Vec::new();
        for action in self.actions() {
            if self.refusal(&action)?.is_none() {
                names.push(action.name);
            }
        }
        Ok(names)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use crate::index::find;

    #[test]
    fn an_action_that_cannot_be_called_is_refused_with_the_reason() {
        for (cloud, product, version, action, wanted) in [
            ("alibaba", "sls", "2020-12-30", "GetProject", None),
            ("alibaba", "sls", "2020-12-30", "PutLogs", Some("its body is `protobuf`")),
            ("alibaba", "sls", "2020-12-30", "PullLogs", Some("its response is `protobuf`")),
            ("alibaba", "sls", "2020-12-30", "GetLogsV2", Some("its response is `lz4`")),
            ("alibaba", "pds", "2022-03-01", "GetFile", Some("its gateway `pds`")),
            ("alibaba", "searchplat", "2024-05-29", "GetWebSearch", None),
            ("huawei", "meeting", "v1", "CreateMeeting", None),
            ("huawei", "obs", "v1", "ListBuckets", Some("the kind `obs`")),
            ("huawei", "iotda", "v5", "ListDevices", None),
            ("huawei", "iam", "v3", "KeystoneListProjects", None),
            ("huawei", "kvs", "v1", "GetKv", Some("`application/bson`")),
            ("alibaba", "sts", "2015-04-01", "AssumeRoleWithOIDC", None),
            ("tencent", "cvm", "2017-03-12", "DescribeZones", None),
        ] {
            let description = find(cloud, product, version).unwrap().open().unwrap();
            let refusal = description.refusal(&description.action(action).unwrap()).unwrap();
            let text = refusal.map(|refusal| refusal.to_string());
            match wanted {
                Some(wanted) => {
                    assert!(text.as_deref().is_some_and(|text| text.contains(wanted)), "{text:?}")
                }
                None => assert_eq!(text, None, "{product} {action}"),
            }
        }
    }
}
