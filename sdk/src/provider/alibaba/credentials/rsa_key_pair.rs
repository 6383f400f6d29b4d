//! Session keys for an RSA key pair, from STS: `docs/sources.md`, Alibaba Cloud, 6.1 and 6.2.
//!
//! The exchange `GenerateSessionAccessKey` is signed by SHA256withRSA, as the vendor's older package signs
//! it. (The newer package signs it by HMAC with the text of the key file, which is not copied.) Unlike other
//! temporary keys, the result has no session token:
//!
//! ```text
//! {"SessionAccessKey": {"SessionAccessKeyId": "TMPSK.…", "SessionAccessKeySecret": "…", "Expiration": "…"}}
//! ```

use std::time::Duration;

use async_trait::async_trait;

use super::key_pair;
use super::sts::{Place, VERSION};
use crate::action::info::{ActionInfo, CallStyle};
use crate::action::request::Param;
use crate::call::setters::provider_setters;
use crate::context::Context;
use crate::credential::issued::KeyMembers;
use crate::credential::{Credential, CredentialError, ProvideCredential, StaticCredentials};
use crate::error::Error;
use crate::provider::alibaba::{Cloud, SignMethod};
use crate::provider::exchange::{self, Exchange};

const NAME: &str = "RSA key pair";
/// The host without a region. Key pairs are a feature of the sites outside China, where this host is.
const HOST: &str = "sts.ap-northeast-1.aliyuncs.com";

/// Exchanges an RSA key pair for session keys, which sign as ordinary keys do and have no token
/// (`GenerateSessionAccessKey`).
///
/// The exchange needs the cargo feature `rsa`. Without it, the error of the first call says so.
///
/// ```no_run
/// use cloudcall::provider::alibaba::credentials::RsaKeyPair;
/// use cloudcall::{Alibaba, Client};
///
/// # fn run(pem: &str) -> Result<(), cloudcall::Error> {
/// let keys = RsaKeyPair::new("LTAIexample", pem)?.region("ap-southeast-1");
/// let client = Client::<Alibaba>::builder().region("ap-southeast-1").credentials(keys).build()?;
/// # Ok(())
/// # }
/// ```
///
/// # Troubleshooting
///
/// *the private key is neither PEM nor base64*: give the text of the file, from `-----BEGIN` to `-----END`,
/// not its path.
///
/// *`InvalidAccessKeyId.NotFound`*: the account of the key pair is on another site. Key pairs exist on the
/// sites outside China only: set a `region` of such a site.
#[doc(alias = "RsaKeyPairCredential")]
#[doc(alias = "RsaKeyPairCredentialsProvider")]
#[derive(Debug)]
pub struct RsaKeyPair {
    duration: Duration,
    place: Place,
    exchange: Exchange<Cloud>,
}

impl RsaKeyPair {
    /// The id of the public key, and the private key as PEM or as base64 of its DER.
    ///
    /// # Errors
    ///
    /// Kind `Credentials` if one is empty or, with the cargo feature `rsa`, if the private key cannot be
    /// read.
    pub fn new(public_key_id: impl Into<String>, private_key: &str) -> Result<Self, Error> {
        let source = StaticCredentials::new(key_pair(public_key_id, private_key)?);
        Ok(Self {
            duration: Duration::from_secs(3600),
            place: Place::default(),
            exchange: Exchange::signed(source),
        })
    }

    provider_setters! {
        /// Sets the lifetime of the session keys: 15 minutes to one hour. Default: one hour.
        duration: Duration => duration;

        /// Sends the exchange to STS in this region. Default: the host of `ALIBABA_CLOUD_STS_ENDPOINT`, or
        /// the host in the region of `ALIBABA_CLOUD_STS_REGION`, or the host in ap-northeast-1.
        region: text => place.region;

        /// Sends the exchange to this endpoint.
        endpoint: text => exchange.endpoint;

        /// Sends the exchange through a transport of your own.
        transport: transport => exchange.transport;
    }
}

#[async_trait]
impl ProvideCredential for RsaKeyPair {
    fn name(&self) -> &'static str {
        NAME
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        let failed = |error| exchange::failed(NAME, &error);
        let host = self.place.host(context, HOST).map_err(failed)?;
        let client = self.exchange.client(context, None, &host).map_err(failed)?;
        // A second request only makes a second pair of temporary keys.
        let info = ActionInfo::new("sts", VERSION, "GenerateSessionAccessKey")
            .with_style(CallStyle::Rpc)
            .idempotent();
        let call = client
            .raw_action(info)
            .param(Param::new("DurationSeconds"), self.duration.as_secs())
            .with_cloud(|cloud| cloud.sign_method = SignMethod::Sha256WithRsa);
        let mut response = serde_json::Value::from(call.invoke().await.map_err(failed)?);
        let mut keys = response.get_mut("SessionAccessKey").map(serde_json::Value::take).unwrap_or_default();
        let members = KeyMembers {
            id: &["SessionAccessKeyId"],
            secret: &["SessionAccessKeySecret"],
            token: &[],
            expiry: &["Expiration"],
        };
        Ok(members.take(NAME, &mut keys)?)
    }
}
