//! Ark, the model inference of Volcengine: `docs/sources.md`, Volcengine, 9.
//!
//! Ark is not part of the control plane. It has paths in the style of OpenAI, JSON without an envelope, an
//! API key instead of a signature, and server-sent events that end with `[DONE]`. Model types are not part of
//! this crate: declare what you read.
//!
//! ```no_run
//! use cloudcall::provider::volcengine::ark::Ark;
//! use cloudcall::{Client, cloud_action, cloud_model};
//! use cloudcall::credential::{Credential, StaticCredentials};
//!
//! #[cloud_model(provider = cloudcall::provider::volcengine::ark::Ark, case = "snake_case")]
//! pub struct Message {
//!     pub role: String,
//!     pub content: String,
//! }
//!
//! #[cloud_model(provider = cloudcall::provider::volcengine::ark::Ark, case = "snake_case", response)]
//! pub struct Chunk {
//!     pub choices: Vec<Choice>,
//! }
//!
//! #[cloud_model(provider = cloudcall::provider::volcengine::ark::Ark, case = "snake_case", response)]
//! pub struct Choice {
//!     pub delta: Option<Message>,
//! }
//!
//! /// Chats with a model.
//! #[cloud_action(provider = cloudcall::provider::volcengine::ark::Ark, product = "ark", version = "v3",
//!                path = "/api/v3/chat/completions", case = "snake_case", response = Chunk, stream = "sse",
//!                readonly = false)]
//! pub struct ChatCompletions {
//!     pub model: String,
//!     pub messages: Vec<Message>,
//!     pub stream: Option<bool>,
//! }
//!
//! # async fn run() -> Result<(), cloudcall::Error> {
//! // Default: the API key of `ARK_API_KEY`.
//! let client = Client::<Ark>::builder().region("cn-beijing").build()?;
//! let hello = Message { role: "user".into(), content: "Hello".into() };
//! let mut events = client.chat_completions().model("doubao-seed-1-6").messages([hello]).stream().await?;
//! while let Some(event) = events.next().await {
//!     for choice in &event?.choices {
//!         print!("{}", choice.delta.as_ref().map_or("", |delta| &delta.content));
//!     }
//! }
//! # Ok(())
//! # }
//! ```

use std::sync::Arc;

use async_trait::async_trait;
use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderName, HeaderValue};
use secrecy::ExposeSecret;

use super::error;
use crate::action::info::ActionInfo;
use crate::action::request::{Fields, RequestParts};
use crate::context::Context;
use crate::credential::{Credential, CredentialError, ProvideCredential};
use crate::endpoint::{Endpoint, check_label};
use crate::error::{Error, ErrorKind, ServiceError};
use crate::provider::rest;
use crate::provider::{Provider, RawResponse, SignInput};
use crate::response::{Envelope, FailedIf};
use crate::sign::encode::uuid;
use crate::sign::finish::secret;
use crate::transport::HttpRequest;

/// The header with an id that the client chooses. The vendor's client sends it too, and shows it in its
/// errors.
const CLIENT_REQUEST_ID: HeaderName = HeaderName::from_static("x-client-request-id");
/// The variable with the API key, as in the vendor's client.
const VARIABLE: &str = "ARK_API_KEY";

/// The provider of Ark. Its credential is a bearer token: see [`Credential::bearer`] and
/// [`ApiKey`](super::credentials::ApiKey).
///
/// | what | value |
/// | --- | --- |
/// | host | `ark.REGION.volces.com`, such as `ark.cn-beijing.volces.com` |
/// | authentication | `Authorization: Bearer KEY` |
/// | default credential | the variable `ARK_API_KEY` |
/// | request id | sent in `X-Client-Request-Id`; the service's own comes in `X-Request-Id` |
/// | errors | `{"error": {"code", "message", "param", "type"}}`, also inside a stream |
///
/// ```
/// use cloudcall::Client;
/// use cloudcall::credential::{Credential, StaticCredentials};
/// use cloudcall::provider::volcengine::ark::Ark;
///
/// let key = StaticCredentials::new(Credential::bearer("0123abcd-…")?);
/// let client = Client::<Ark>::builder().region("cn-beijing").credentials(key).build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// # Troubleshooting
///
/// *Ark takes an API key, not a key pair*: the client has credentials of the control plane. Exchange them for
/// an API key with [`ApiKey`](super::credentials::ApiKey), or use [`Credential::bearer`].
///
/// *`ARK_API_KEY` is not set*: set it to a key from the console of Ark, or set `credentials` on the client.
///
/// *a stream ends with a timeout*: the model was silent for longer than the read timeout (default: 30 s). Set
/// a longer `read` in [`TimeoutOptions`](crate::client::TimeoutOptions).
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Ark {}

impl Provider for Ark {
    fn name(&self) -> &'static str {
        "ark"
    }

    fn region(&self, context: &Context) -> Option<String> {
        super::credentials::region(super::Site::Volcengine, context)
    }

    fn encode(&self, action: &ActionInfo, fields: Fields, _: [u8; 16]) -> Result<RequestParts, Error> {
        rest::request(action, fields)
    }

    fn endpoints(
        &self,
        _: &Context,
        action: &ActionInfo,
        region: Option<&str>,
    ) -> Result<Vec<Endpoint>, Error> {
        if let Some(host) = action.host() {
            return Ok(vec![host.parse()?]);
        }
        let missing = || Error::config("no region: set one, such as `cn-beijing`, or an endpoint");
        let region = region.map(str::trim).filter(|region| !region.is_empty()).ok_or_else(missing)?;
        check_label("region", region)?;
        Ok(vec![Endpoint::https(format!("ark.{region}.volces.com"))?])
    }

    fn sign(&self, input: &SignInput<'_>) -> Result<HttpRequest, Error> {
        let mut headers = rest::headers(input)?;
        let id = uuid(input.nonce);
        if let Ok(id) = HeaderValue::from_str(&id) {
            headers.entry(CLIENT_REQUEST_ID).or_insert(id);
        }
        if !input.action.is_anonymous() {
            headers.insert(AUTHORIZATION, bearer(input.credential)?);
        }
        rest::finish(input, headers)
    }

    fn envelope(&self) -> Envelope {
        Envelope::bare().failed(FailedIf::Has("error"))
    }

    fn service_error(&self, response: &RawResponse<'_>) -> Option<ServiceError> {
        error::read(response)
    }

    fn event_error(&self, event: &str, response: &RawResponse<'_>) -> Option<ServiceError> {
        error::read_event(event, response)
    }

    fn request_id(&self, headers: &HeaderMap) -> Option<String> {
        headers.get("x-request-id")?.to_str().ok().map(str::to_owned)
    }

    fn default_credentials(&self) -> Arc<dyn ProvideCredential> {
        Arc::new(EnvApiKey)
    }
}

/// The value of `Authorization`, marked as secret.
///
/// An error of kind `Credentials` for a key pair: the vendor's client exchanges it silently, here
/// [`ApiKey`](super::credentials::ApiKey) does it explicitly.
fn bearer(credential: Option<&Credential>) -> Result<HeaderValue, Error> {
    let token = credential.filter(|credential| credential.is_bearer()).and_then(Credential::token);
    let token = token.ok_or_else(|| {
        let what = "Ark takes an API key, not a key pair: use `Credential::bearer`, or `credentials::ApiKey` to get one";
        Error::new(ErrorKind::Credentials, what)
    })?;
    secret(format!("Bearer {}", token.expose_secret()))
}

/// The default credential provider of Ark: the API key of `ARK_API_KEY`. An empty variable counts as unset.
#[derive(Debug, Clone, Copy, Default)]
struct EnvApiKey;

#[async_trait]
impl ProvideCredential for EnvApiKey {
    fn name(&self) -> &'static str {
        "environment"
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        match context.env.var(VARIABLE).filter(|key| !key.is_empty()) {
            Some(key) => Ok(Credential::bearer(key)?.with_source(self.name())),
            None => Err(CredentialError::NotConfigured(format!("{VARIABLE} is not set"))),
        }
    }
}
