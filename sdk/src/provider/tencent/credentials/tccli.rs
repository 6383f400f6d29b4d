//! The command line tool's files: `docs/sources.md`, Tencent Cloud, 6.3.

use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use secrecy::SecretString;
use serde_json::Value;

use super::{CvmRole, StsCredentials};
use crate::call::setters::provider_setters;
use crate::context::Context;
use crate::credential::file::{self, Named, SecretFile};
use crate::credential::issued::take_text;
use crate::credential::{Credential, CredentialError, ProvideCredential, StaticCredentials};
use crate::response::decode::without_bom;
use crate::transport::HttpSend;

const NAME: &str = "tccli";

/// Keys from the file of the command line tool, `~/.tccli/PROFILE.credential`.
///
/// The profile is the one given, else the one that `TCCLI_PROFILE` names, else `default`. A file with `role-arn` gives
/// that role's keys, one with `use-cvm-role` those of the instance's role. Not a part of the default chain, as in the
/// vendor's SDK.
///
/// ```
/// use cloudcall::{Client, Tencent, provider::tencent::credentials::TccliFile};
///
/// let client = Client::<Tencent>::builder().credentials(TccliFile::new().profile("work")).build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct TccliFile {
    file: Option<PathBuf>,
    profile: Option<String>,
    transport: Option<Arc<dyn HttpSend>>,
}

impl TccliFile {
    /// The profile that the environment names.
    pub fn new() -> Self {
        Self::default()
    }

    provider_setters! {
        /// Reads this file, whatever the profile.
        file: path => file;

        /// Names the profile.
        profile: text => profile;

        /// Exchanges keys for a role through a transport of your own.
        transport: transport => transport;
    }
}

#[async_trait]
impl ProvideCredential for TccliFile {
    fn name(&self) -> &'static str {
        NAME
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        let given = |name| context.env.var(name).filter(|value: &String| !value.is_empty());
        let usual = || {
            let profile = self.profile.clone().or_else(|| given("TCCLI_PROFILE"));
            let profile = profile.unwrap_or_else(|| "default".to_owned());
            // The name comes from outside; it must not lead to another folder.
            if profile.contains(['/', '\\']) {
                return Err("the name of the profile, which TCCLI_PROFILE sets, has a slash");
            }
            let home = context.env.home().ok_or("there is no home directory to look in")?;
            Ok(home.join(".tccli").join(format!("{profile}.credential")))
        };
        let (path, named) = match &self.file {
            Some(path) => (path.clone(), Named::InCode),
            None => {
                let path = usual().map_err(|reason| CredentialError::NotConfigured(reason.to_owned()))?;
                (path, Named::Nowhere)
            }
        };
        let broken = |what: &str| file::broken(NAME, &path, what);
        let SecretFile { bytes, watched } = file::open(context, NAME, &path, named)?;
        let mut document = match serde_json::from_slice(without_bom(&bytes)) {
            Ok(document @ Value::Object(_)) => document,
            _ => return Err(broken("is not a JSON object").into()),
        };
        if document.get("use-cvm-role") == Some(&Value::Bool(true))
            || document.get("type").and_then(Value::as_str) == Some("cvm-role")
        {
            let mut role = CvmRole::new();
            if let Some(transport) = &self.transport {
                role = role.transport(transport.clone());
            }
            let keys = role.provide(context).await.map_err(|error| match error {
                // The file says that it is there.
                CredentialError::NotConfigured(reason) => {
                    broken(&format!("names the role of the instance: {reason}")).into()
                }
                broken => broken,
            })?;
            return Ok(keys.with_source(NAME).with_file(watched));
        }
        let mut text = |name: &str| take_text(&mut document, name);
        let (id, secret) = match (text("secretId"), text("secretKey").map(SecretString::from)) {
            (Some(id), Some(secret)) => (id, secret),
            (None, None) => {
                let reason = format!("{} has no `secretId` and `secretKey`", file::shown(&path));
                return Err(CredentialError::NotConfigured(reason));
            }
            (Some(_), None) => return Err(broken("has `secretId` but no `secretKey`").into()),
            (None, Some(_)) => return Err(broken("has `secretKey` but no `secretId`").into()),
        };
        let mut keys = Credential::new(id, secret)
            .map_err(|error| broken(&format!("is no use: {}", error.message())))?
            .with_source(NAME)
            .with_file(watched.clone());
        if let Some(token) = text("token") {
            keys = keys.with_token(token);
        }
        let Some(role) = text("role-arn").or_else(|| given("TENCENTCLOUD_ROLE_ARN")) else { return Ok(keys) };
        let mut sts = StsCredentials::assume_role(StaticCredentials::new(keys), role);
        if let Some(session) = text("role-session-name").or_else(|| given("TENCENTCLOUD_ROLE_SESSION_NAME")) {
            sts = sts.session_name(session);
        }
        if let Some(transport) = &self.transport {
            sts = sts.transport(transport.clone());
        }
        sts.provide(context).await.map(|keys| keys.with_source(NAME).with_file(watched))
    }
}
