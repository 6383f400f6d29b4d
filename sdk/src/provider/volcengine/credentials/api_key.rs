//! Temporary API keys for model inference: `docs/sources.md`, Volcengine, 9.
//!
//! Ark takes API keys, and the control plane gives a temporary one for a key pair: the action `GetApiKey` of
//! the product `ark`, version 2024-01-01.
//!
//! ```text
//! POST /?Action=GetApiKey&Version=2024-01-01
//!
//! {"DurationSeconds":604800,"ResourceType":"endpoint","ResourceIds":["ep-20260301-abcde"]}
//!
//! {"Result": {"ApiKey": "…", "ExpiredTime": 1772956800}}
//! ```

use std::time::{Duration, UNIX_EPOCH};

use async_trait::async_trait;

use crate::action::info::ActionInfo;
use crate::action::request::Param;
use crate::call::setters::provider_setters;
use crate::context::Context;
use crate::credential::{Credential, CredentialError, ProvideCredential};
use crate::error::{Error, ErrorKind};
use crate::provider::exchange::{self, Exchange};
use crate::provider::volcengine::Cloud;

const NAME: &str = "Ark API key";
/// The lifetime that the vendor's client asks for.
const A_WEEK: Duration = Duration::from_secs(7 * 24 * 3600);

/// Exchanges a key pair for a temporary API key of [`Ark`](super::super::ark::Ark) (`GetApiKey`).
///
/// ```
/// use cloudcall::provider::volcengine::ark::Ark;
/// use cloudcall::provider::volcengine::credentials::{self, ApiKey};
/// use cloudcall::Client;
///
/// let key = ApiKey::new(credentials::default_chain(), "ep-20260301-abcde", "cn-beijing");
/// let client = Client::<Ark>::builder().region("cn-beijing").credentials(key).build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// The key is kept by the client and fetched again before it expires. It is valid for one resource only: use
/// one client for each endpoint, or a permanent key in `ARK_API_KEY`.
///
/// # Troubleshooting
///
/// *the exchange for temporary keys failed*: `source` has no permission for `ark:GetApiKey`, or the resource
/// is in another region or project. Set `region` and `project` to those of the endpoint.
#[doc(alias = "GetApiKey")]
#[derive(Debug)]
pub struct ApiKey {
    resource: String,
    region: String,
    project: Option<String>,
    duration: Duration,
    exchange: Exchange<Cloud>,
}

impl ApiKey {
    /// An API key for one resource: an endpoint (`ep-…`), a preset endpoint (`ep-m-…`, or the name of a
    /// model) or a bot (`bot-…`). `source` signs the exchange in `region`.
    pub fn new(
        source: impl ProvideCredential + 'static,
        resource: impl Into<String>,
        region: impl Into<String>,
    ) -> Self {
        Self {
            resource: resource.into(),
            region: region.into(),
            project: None,
            duration: A_WEEK,
            exchange: Exchange::signed(source),
        }
    }

    provider_setters! {
        /// Names the project of the resource.
        project: text => project;

        /// Sets the lifetime of the key. Default: 7 days.
        duration: Duration => duration;

        /// Sends the exchange to this endpoint. Default: the host of the product `ark`.
        endpoint: text => exchange.endpoint;

        /// Sends the exchange through a transport of your own.
        transport: transport => exchange.transport;
    }

    /// The type of the resource, which the vendor's client derives from the form of the id in the same way.
    fn kind(&self) -> &'static str {
        match self.resource.as_str() {
            name if name.starts_with("bot-") => "bot",
            name if name.starts_with("ep-m-") => "presetendpoint",
            name if name.starts_with("ep-") => "endpoint",
            _ => "presetendpoint",
        }
    }
}

#[async_trait]
impl ProvideCredential for ApiKey {
    fn name(&self) -> &'static str {
        NAME
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        let failed = |error| exchange::failed(NAME, &error);
        let client = self.exchange.client(context, Some(&self.region), "").map_err(failed)?;
        // A second request only makes a second temporary key.
        let info = ActionInfo::new("ark", "2024-01-01", "GetApiKey").idempotent();
        let mut call = client
            .raw_action(info)
            .param(Param::new("DurationSeconds"), self.duration.as_secs())
            .param(Param::new("ResourceType"), self.kind())
            .param(Param::new("ResourceIds"), [&self.resource]);
        if let Some(project) = &self.project {
            call = call.param(Param::new("ProjectName"), project);
        }
        let mut result = serde_json::Value::from(call.invoke().await.map_err(failed)?);
        let missing =
            |name: &str| Error::new(ErrorKind::Credentials, format!("{NAME}: the response has no `{name}`"));
        let key = crate::credential::take_text(&mut result, "ApiKey").ok_or_else(|| missing("ApiKey"))?;
        let expiry = result.get("ExpiredTime").and_then(serde_json::Value::as_u64).map(Duration::from_secs);
        let expiry =
            expiry.and_then(|since| UNIX_EPOCH.checked_add(since)).ok_or_else(|| missing("ExpiredTime"))?;
        Ok(Credential::bearer(key)?.with_expiry(expiry).with_source(NAME))
    }
}
