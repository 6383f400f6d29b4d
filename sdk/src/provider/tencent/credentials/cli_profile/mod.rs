//! The command line tool's files: `docs/sources.md`, Tencent Cloud, 6.3.

mod oauth;

use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use secrecy::SecretString;
use serde_json::Value;

use super::{AssumeRole, InstanceRole};
use crate::call::setters::provider_setters;
use crate::context::Context;
use crate::credential::file::{self, Named, SecretFile};
use crate::credential::take_text;
use crate::credential::{Credential, CredentialError, ProvideCredential, StaticCredentials, given};
use crate::provider::session::Session;
use crate::response::decode::without_bom;
use crate::transport::HttpSend;

const NAME: &str = "tccli";

/// Keys from the file of the command line tool, `~/.tccli/PROFILE.credential`.
///
/// The profile is the one that the program names, or the one of `TCCLI_PROFILE`, or `default`. A file with
/// `role-arn` gives the keys of that role, and a file with `use-cvm-role` gives the keys of the instance's
/// role. This source is not a part of the default chain, as in the vendor's SDK.
///
/// A file of `tccli auth login` gives its keys until they end; then the provider obtains new ones as the tool
/// does, and keeps them in memory.
///
/// ```
/// use cloudcall::{Client, Tencent, provider::tencent::credentials::CliProfile};
///
/// let client = Client::<Tencent>::builder().credentials(CliProfile::new().profile("work")).build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// # Troubleshooting
///
/// *no file at …*: run `tccli configure`, or `tccli auth login`, for this profile.
///
/// *sign in again with `tccli auth login`*: the tokens of the sign-in have ended, or the account was signed
/// out.
///
/// *has `secretId` but no `secretKey`*: the file is damaged or was edited. Run `tccli configure` again.
#[doc(alias = "tccli")]
#[derive(Debug, Clone, Default)]
pub struct CliProfile {
    file: Option<PathBuf>,
    profile: Option<String>,
    sts_endpoint: Option<String>,
    transport: Option<Arc<dyn HttpSend>>,
    session: Session,
}

impl CliProfile {
    /// The profile that the environment names, or `default`.
    pub fn new() -> Self {
        Self::default()
    }

    provider_setters! {
        /// Reads this file, whatever the profile.
        file: path => file;

        /// Names the profile. Default: `TCCLI_PROFILE`, or `default`.
        profile: text => profile;

        /// Sends the exchange of keys for a role to this endpoint. Default:
        /// `https://sts.tencentcloudapi.com`.
        sts_endpoint: text => sts_endpoint;

        /// Sends requests to STS and metadata, where the profile needs them, through a transport of your own.
        transport: transport => transport;
    }

    /// The file to read, and who named it.
    fn path(&self, context: &Context) -> Result<(PathBuf, Named), CredentialError> {
        if let Some(path) = &self.file {
            return Ok((path.clone(), Named::InCode));
        }
        let pass = |reason: &str| CredentialError::NotConfigured(reason.to_owned());
        let profile = self.profile.clone().or_else(|| given(context, "TCCLI_PROFILE"));
        let profile = profile.unwrap_or_else(|| "default".to_owned());
        // The name comes from outside; it must not lead to another folder.
        if profile.contains(['/', '\\']) {
            return Err(pass("the name of the profile, which TCCLI_PROFILE sets, has a slash"));
        }
        let home = context.env.home().ok_or_else(|| pass("there is no home directory to look in"))?;
        Ok((home.join(".tccli").join(format!("{profile}.credential")), Named::Nowhere))
    }

    async fn of_instance(&self, context: &Context) -> Result<Credential, CredentialError> {
        let mut role = InstanceRole::new();
        if let Some(transport) = &self.transport {
            role = role.transport(transport.clone());
        }
        role.provide(context).await
    }

    async fn of_role(
        &self,
        context: &Context,
        keys: Credential,
        role: String,
        session: Option<String>,
    ) -> Result<Credential, CredentialError> {
        let mut sts = AssumeRole::new(StaticCredentials::new(keys), role);
        if let Some(session) = session {
            sts = sts.session_name(session);
        }
        if let Some(endpoint) = &self.sts_endpoint {
            sts = sts.endpoint(endpoint);
        }
        if let Some(transport) = &self.transport {
            sts = sts.transport(transport.clone());
        }
        sts.provide(context).await
    }
}

#[async_trait]
impl ProvideCredential for CliProfile {
    fn name(&self) -> &'static str {
        NAME
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        let (path, named) = self.path(context)?;
        let broken = |what: &str| file::broken(NAME, &path, what);
        let SecretFile { bytes, watched } = file::open(context, NAME, &path, named)?;
        let mut document = match serde_json::from_slice(without_bom(&bytes)) {
            Ok(document @ Value::Object(_)) => document,
            _ => return Err(broken("is not a JSON object").into()),
        };
        if document.get("use-cvm-role") == Some(&Value::Bool(true))
            || document.get("type").and_then(Value::as_str) == Some("cvm-role")
        {
            let keys = self.of_instance(context).await.map_err(|error| match error {
                // The file says that there is a role.
                CredentialError::NotConfigured(reason) => {
                    broken(&format!("names the role of the instance: {reason}")).into()
                }
                broken => broken,
            })?;
            return Ok(keys.with_source(NAME).with_file(watched));
        }
        if document.get("type").and_then(Value::as_str) == Some("oauth") {
            let transport = self.transport.as_ref();
            let keys = oauth::keys(context, &mut document, &self.session, transport, broken).await?;
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
            .map_err(|error| broken(&format!("cannot be used: {}", error.message())))?
            .with_source(NAME)
            .with_file(watched.clone());
        if let Some(token) = text("token") {
            keys = keys.with_token(token);
        }
        let Some(role) = text("role-arn").or_else(|| given(context, "TENCENTCLOUD_ROLE_ARN")) else {
            return Ok(keys);
        };
        let session = text("role-session-name").or_else(|| given(context, "TENCENTCLOUD_ROLE_SESSION_NAME"));
        let keys = self.of_role(context, keys, role, session).await?;
        Ok(keys.with_source(NAME).with_file(watched))
    }
}
