//! Temporary keys for the token of an identity provider, from IAM: `docs/sources.md`, Huawei Cloud, 3.3.

use async_trait::async_trait;
use http::Method;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

use super::{iam_host, take};
use crate::action::info::ActionInfo;
use crate::action::request::{Param, ParamLocation};
use crate::call::setters::provider_setters;
use crate::context::Context;
use crate::credential::{Credential, CredentialError, ProvideCredential, TokenSource};
use crate::error::{Error, ErrorKind};
use crate::provider::exchange::{self, Exchange};
use crate::provider::huawei::Cloud;

const NAME: &str = "federation";
/// How long the keys live, in seconds: the vendor's 6 hours.
const LIFE: u32 = 21_600;

/// Keys for the OIDC token of an identity provider that the account trusts.
///
/// The token is exchanged for an unscoped token of IAM, and that one for the keys. The environment
/// (`HUAWEICLOUD_SDK_IDP_ID`, `HUAWEICLOUD_SDK_ID_TOKEN_FILE`) and the profile (`idp_id`, `id_token_file`)
/// name the same things.
///
/// ```
/// use cloudcall::provider::huawei::credentials::Federation;
/// use cloudcall::{Client, Huawei};
/// use cloudcall::credential::TokenSource;
///
/// let keys = Federation::new("my-idp", TokenSource::File("/var/run/token".into())).region("cn-north-4");
/// let client = Client::<Huawei>::builder().region("cn-north-4").credentials(keys).build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// # Troubleshooting
///
/// *`IAM.0101` or status 401*: IAM does not accept the token. Check the id of the identity provider, its
/// protocol `oidc`, and that the token has not ended.
///
/// *without the header `X-Subject-Token`*: the endpoint is not IAM, or a proxy removes the header.
#[doc(alias = "with_idp_id")]
#[derive(Debug)]
pub struct Federation {
    idp_id: String,
    token: TokenSource,
    region: Option<String>,
    exchange: Exchange<Cloud>,
}

impl Federation {
    /// The identity provider's id in IAM, and its token.
    pub fn new(idp_id: impl Into<String>, token: TokenSource) -> Self {
        Self { idp_id: idp_id.into(), token, region: None, exchange: Exchange::default() }
    }

    provider_setters! {
        /// Sends the exchange to IAM in this region. Default: the host for all regions.
        region: text => region;

        /// Sends the exchange to this endpoint. Default: `HUAWEICLOUD_SDK_IAM_ENDPOINT`.
        endpoint: text => exchange.endpoint;

        /// Sends the exchange through a transport of your own.
        transport: transport => exchange.transport;
    }

    /// The unscoped token of IAM for that of the identity provider.
    async fn subject(
        &self,
        context: &Context,
        token: &SecretString,
    ) -> Result<SecretString, CredentialError> {
        let info = ActionInfo::new("iam", "v3.0", "CreateUnscopedTokenWithIdToken")
            .with_path("/v3.0/OS-AUTH/id-token/tokens");
        let auth = json!({ "id_token": { "id": token.expose_secret() } });
        let (_, subject) = self.post(context, info, &[token], auth, Some(&self.idp_id)).await?;
        subject.ok_or_else(|| {
            let what = format!("{NAME}: IAM responded without the header `X-Subject-Token`");
            Error::new(ErrorKind::Credentials, what).into()
        })
    }

    /// One unsigned exchange: the body of the response, and the token in its head.
    async fn post(
        &self,
        context: &Context,
        info: ActionInfo,
        secrets: &[&SecretString],
        auth: Value,
        idp_id: Option<&str>,
    ) -> Result<(Value, Option<SecretString>), Error> {
        let failed = |error| exchange::failed(NAME, &error);
        let host = iam_host(context, None);
        let client = self.exchange.client(context, self.region.as_deref(), &host).map_err(failed)?;
        // A second request only makes a second token or pair of temporary keys.
        let mut call = client.raw_action(info.with_method(Method::POST).anonymous().idempotent());
        call = secrets.iter().fold(call, |call, secret| call.hide(secret));
        if let Some(id) = idp_id {
            call = call.param(Param::new("X-Idp-Id").place(ParamLocation::Header), id);
        }
        let response = call.param(Param::new("auth").secret(), auth).send().await.map_err(failed)?;
        let subject = response.headers().get("x-subject-token").and_then(|value| value.to_str().ok());
        let subject = subject.filter(|text| !text.is_empty()).map(SecretString::from);
        Ok((response.into_inner().into(), subject))
    }
}

#[async_trait]
impl ProvideCredential for Federation {
    fn name(&self) -> &'static str {
        NAME
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        let (token, file) = self.token.read(context, NAME)?;
        let subject = self.subject(context, &token).await?;
        let info = ActionInfo::new("iam", "v3.0", "CreateTemporaryAccessKeyByToken")
            .with_path("/v3.0/OS-CREDENTIAL/securitytokens");
        let asked = json!({ "id": subject.expose_secret(), "duration_seconds": LIFE });
        let auth = json!({ "identity": { "methods": ["token"], "token": asked } });
        let (document, _) = self.post(context, info, &[&token, &subject], auth, None).await?;
        let keys = take(NAME, document)?;
        Ok(keys.watching(file))
    }
}
