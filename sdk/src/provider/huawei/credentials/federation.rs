//! Temporary keys for the token of an identity provider, from IAM: `docs/sources.md`, Huawei Cloud, 3.3.
//!
//! The exchange has two requests, both unsigned. The first one trades the token of the identity provider for
//! an unscoped token of IAM, which is in a response header:
//!
//! ```text
//! POST /v3.0/OS-AUTH/id-token/tokens
//! X-Idp-Id: my-idp
//!
//! {"auth": {"id_token": {"id": "eyJ…"}}}
//!
//! (response)
//! X-Subject-Token: MIIa…
//! ```
//!
//! The second one trades that token for keys:
//!
//! ```text
//! POST /v3.0/OS-CREDENTIAL/securitytokens
//!
//! {"auth": {"identity": {"methods": ["token"], "token": {"id": "MIIa…", "duration_seconds": 21600}}}}
//!
//! (response)
//! {"credential": {"access": "…", "secret": "…", "securitytoken": "…", "expires_at": "…"}}
//! ```
//!
//! [`WebIdentity`](super::WebIdentity) is the newer exchange for the same kind of token: one request to STS
//! for the keys of an agency.

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

/// The name of the provider in messages and logs.
const NAME: &str = "federation";
/// The lifetime of the keys, in seconds: 6 hours, as in the vendor's SDK (`auth/internal.py`).
const LIFE: u32 = 21_600;

/// Keys for the OIDC token of an identity provider that the account trusts.
///
/// The token is exchanged for an unscoped token of IAM, and that one for keys, which are valid for 6 hours.
/// A token file is read for each exchange, and a change of the file makes the client fetch new keys. Neither
/// request is signed, so the program needs no keys.
///
/// The environment (`HUAWEICLOUD_SDK_IDP_ID`, `HUAWEICLOUD_SDK_ID_TOKEN_FILE`) and the profile file
/// (`idp_id`, `id_token_file`) configure the same exchange, and the default chain finds it there.
///
/// The keys have no ids: set the project with [`Scoped`](super::Scoped), or let the client look it up.
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
///
/// *the file … cannot be read*, *is empty*: the path is wrong, or the program that writes the token has not
/// started yet. The next call tries again.
///
/// *IAM refuses tokens of the European site*: the host for all regions does not serve `eu-west-101`. Call
/// `region("eu-west-101")`, or set `HUAWEICLOUD_SDK_IAM_ENDPOINT=https://iam.eu-west-101.myhuaweicloud.eu`.
#[doc(alias = "with_idp_id")]
#[derive(Debug)]
pub struct Federation {
    idp_id: String,
    token: TokenSource,
    region: Option<String>,
    exchange: Exchange<Cloud>,
}

impl Federation {
    /// Keys for `token`, which the identity provider with the id `idp_id` issued. The id is the one that the
    /// identity provider has in IAM. Nothing is read or sent before the first call needs keys.
    pub fn new(idp_id: impl Into<String>, token: TokenSource) -> Self {
        Self { idp_id: idp_id.into(), token, region: None, exchange: Exchange::default() }
    }

    provider_setters! {
        /// Sends the exchange to IAM in this region. Default: `iam.myhuaweicloud.com`, the host for all
        /// regions. The setting has no effect if an endpoint is set.
        region: text => region;

        /// Sends the exchange to this endpoint. Default: `HUAWEICLOUD_SDK_IAM_ENDPOINT`, else the region's
        /// host.
        endpoint: text => exchange.endpoint;

        /// Sends the exchange through a transport of your own.
        transport: transport => exchange.transport;
    }

    /// The first request: the unscoped token of IAM for the token of the identity provider.
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

    /// Sends one of the two requests. Returns the body of the response, and the token in its header
    /// `X-Subject-Token` if there is one.
    ///
    /// `secrets` are masked in errors and logs, also if IAM repeats them in a response. `auth` is the member
    /// that both bodies consist of.
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
