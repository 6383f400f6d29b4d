//! Huawei Cloud, the REST APIs of SDK V3.
//!
//! Where the wire format comes from: `docs/sources.md`, Huawei Cloud.
//!
//! # Errors of the vendor's SDK, and where they are here
//!
//! | class of the vendor | kind of [`Error`] |
//! | --- | --- |
//! | `ClientRequestException`, `ServerResponseException` | `Service`, and the next three rows |
//! | the same with status 401 or code APIGW.0301 | `Auth` |
//! | the same with status 429 or code APIGW.0308 | `Throttled` |
//! | the same with status 404 | `NotFound` |
//! | `HostUnreachableException`, `ConnectionException` | `Connect`, or `Io` once it was connected |
//! | `SslHandShakeException` | `Tls` |
//! | `RequestTimeoutException`, `CallTimeoutException`, `RetryOutageException` | `Timeout` |
//! | `ApiTypeError`, `ApiValueError`, `ApiKeyError` | `Config`, or `Credentials` where keys are missing |
//! | an empty model from a body that cannot be read | `Decode` |
//! | success with a redirect | `Protocol` |
//!
//! `error_code`, `error_msg`, `request_id` and `status_code` are [`code`](crate::Error::code),
//! [`message`](crate::Error::message), [`request_id`](crate::Error::request_id) and
//! [`status`](crate::Error::status); `encoded_auth_msg` is [`encoded_authorization_message`].

mod body;
pub mod credentials;
mod encode;
mod endpoint;
mod error;
mod ids;
mod keys;
mod path;
mod query;
mod region;
mod regions_file;
mod scheme;
pub mod signer;
mod xml;

use std::collections::BTreeMap;
use std::sync::Arc;

use http::HeaderMap;

use crate::action::info::ActionInfo;
use crate::action::request::{Fields, RequestParts};
use crate::client::ClientBuilder;
use crate::context::Context;
use crate::credential::{Credential, ProvideCredential};
use crate::endpoint::Endpoint;
use crate::error::{Error, ServiceError};
use crate::provider::{Completion, Incomplete, Provider, RawResponse, SignInput};
use crate::response::Envelope;
use crate::transport::HttpRequest;
use crate::upload::BodyDigest;

pub use error::encoded_authorization_message;
pub use scheme::SignMethod;

/// Huawei Cloud and the settings of its APIs.
///
/// Settings are made on the builder of the client. They are also fields, which `with_cloud` changes for one
/// call.
///
/// ```no_run
/// use cloudcall::{Client, Huawei, json::json};
///
/// # async fn run() -> Result<(), cloudcall::Error> {
/// let client = Client::<Huawei>::builder().region("cn-north-4").build()?;
/// let found = client.raw("iam", "v3", "KeystoneListRegions").json(json!({})).send().await?;
/// println!("{found}");
/// # Ok(())
/// # }
/// ```
///
/// # Troubleshooting
///
/// *`APIGW.0301`, `verify aksk signature fail`*: the secret is wrong, or a proxy changes signed headers or
/// the path.
///
/// *the region has several projects*: IAM cannot tell which one the calls should work in. Set the id with
/// [`Scoped`](credentials::Scoped) or `HUAWEICLOUD_SDK_PROJECT_ID`.
///
/// *region `…` is not known for `…`*: the message names similar regions. For a new one, use
/// [`endpoint_of`](crate::client::ClientBuilder::endpoint_of).
#[doc(alias = "BasicCredentials")]
#[doc(alias = "GlobalCredentials")]
#[doc(alias = "HttpConfig")]
#[doc(alias = "SdkRequest")]
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Cloud {
    /// How requests are signed.
    pub sign_method: SignMethod,
    /// Whether hosts outside the vendor's own pattern are signed by V11-HMAC-SHA256, whatever `sign_method`
    /// says.
    pub derive_for_other_hosts: bool,
    /// The service in the derived key; the product where it is not set.
    pub derived_service: Option<String>,
    /// The region in the derived key; the client's region where it is not set, or `globe` with keys of an
    /// account.
    pub derived_region: Option<String>,
    /// Whether the id header names the project or the account.
    pub scope: Scope,
    /// Whether IAM is asked, once for each key and region, for the ids of project and account that a
    /// credential lacks.
    pub look_up_ids: bool,
    /// What `User-Agent` begins with; a caller's own follows it. Empty: only the caller's own, if there is
    /// one.
    pub user_agent: String,
    /// Whether a GET without a body has no `Content-Type`.
    pub ignore_content_type_for_get_request: bool,
    /// Whether forms, files and other bodies than JSON are signed too. The vendor's SDK declares them as
    /// unsigned.
    pub sign_all_payloads: bool,
    /// Endpoints by region and product, both in lower case, the first choice first. They go before
    /// environment, regions file and table.
    pub hosts: BTreeMap<(String, String), Vec<Endpoint>>,
    known: Arc<endpoint::Known>,
    ids: Arc<ids::Ids>,
}

impl Default for Cloud {
    fn default() -> Self {
        Self {
            sign_method: SignMethod::default(),
            derive_for_other_hosts: false,
            derived_service: None,
            derived_region: None,
            scope: Scope::default(),
            look_up_ids: true,
            user_agent: concat!("cloudcall/", env!("CARGO_PKG_VERSION")).to_owned(),
            ignore_content_type_for_get_request: false,
            sign_all_payloads: false,
            hosts: BTreeMap::new(),
            known: Arc::default(),
            ids: Arc::default(),
        }
    }
}

/// What the id header of a request names. An id that the credential lacks is looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Scope {
    /// The account for the services that have no projects, such as IAM; else the project.
    #[default]
    Auto,
    /// `X-Project-Id`, as the vendor's `BasicCredentials` do.
    Project,
    /// `X-Domain-Id`, as the vendor's `GlobalCredentials` do.
    Account,
}

impl Cloud {
    fn method_for(&self, endpoint: &Endpoint) -> SignMethod {
        match self.derive_for_other_hosts && !is_ordinary(endpoint.host()) {
            true => SignMethod::DerivedHmacSha256,
            false => self.sign_method,
        }
    }

    /// Whether the request works in the scope of the account.
    fn is_of_account(&self, input: &SignInput<'_>, credential: &Credential) -> bool {
        match (self.scope, credential.project_id(), credential.domain_id()) {
            (Scope::Project, ..) => false,
            (Scope::Account, ..) | (_, None, Some(_)) => true,
            (_, Some(_), Some(_)) => {
                let path = &input.parts.path;
                path.contains("{domain_id}")
                    || region::is_global(input.action.product()) && !path.contains("{project_id}")
            }
            _ => false,
        }
    }

    fn derived_region<'a>(&'a self, input: &SignInput<'a>, credential: &Credential) -> &'a str {
        match &self.derived_region {
            Some(region) => region,
            None if self.is_of_account(input, credential) => "globe",
            None => input.region.unwrap_or_default(),
        }
    }
}

/// Whether the vendor's ready-made predicate takes a host for one of the ordinary gateway, where keys are not
/// derived: `{service}[.{region}].(my)huaweicloud.(com|cn)`, also `myhwclouds`, with at most two digits in
/// the region.
///
/// Unlike the vendor's pattern this one holds up to the end of the host.
fn is_ordinary(host: &str) -> bool {
    let Some((rest, "com" | "cn")) = host.rsplit_once('.') else { return false };
    let Some((rest, "huaweicloud" | "myhuaweicloud" | "myhwclouds")) = rest.rsplit_once('.') else {
        return false;
    };
    let (service, region) =
        rest.split_once('.').map_or((rest, None), |(service, region)| (service, Some(region)));
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let service = service.len() > 1
        && service.starts_with(|first: char| first.is_ascii_lowercase())
        && service.bytes().all(plain);
    let letters = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase());
    let region = region.is_none_or(|region| {
        let mut parts = region.split('-');
        let (area, place, number) = (parts.next(), parts.next(), parts.next());
        parts.next().is_none()
            && area.is_some_and(|area| area.len() > 1 && letters(area))
            && place.is_some_and(letters)
            && number.is_some_and(|number| {
                matches!(number.len(), 1 | 2) && number.bytes().all(|byte| byte.is_ascii_digit())
            })
    });
    service && region
}

impl Provider for Cloud {
    fn name(&self) -> &'static str {
        "huawei"
    }

    fn encode(&self, action: &ActionInfo, fields: Fields, nonce: [u8; 16]) -> Result<RequestParts, Error> {
        encode::request(action, fields, nonce)
    }

    fn endpoints(
        &self,
        context: &Context,
        action: &ActionInfo,
        region: Option<&str>,
    ) -> Result<Vec<Endpoint>, Error> {
        if action.host().is_none()
            && let Some(region) = region
            && let Some(own) = self.hosts.get(&place(region, action.product()))
        {
            return Ok(own.clone());
        }
        self.known.endpoints(context, action, region)
    }

    /// The ids of project and account that the path or the id header names and the credential does not have.
    /// The project is that of the region.
    fn complete<'a>(&'a self, call: Incomplete<'a>) -> Option<Completion<'a>> {
        let account = call.credential.account_keys().filter(|_| ids::is_of_account(self.scope, &call));
        let call = Incomplete { credential: account.unwrap_or(call.credential), ..call };
        let wanted = match self.look_up_ids {
            true => ids::Wanted::all(self.scope, &call),
            false => Vec::new(),
        };
        match (wanted.is_empty(), account) {
            (true, None) => None,
            (true, Some(keys)) => Some(Box::pin(std::future::ready(Ok(keys.clone())))),
            (false, _) => Some(Box::pin(self.ids.complete(self.sign_method, call, wanted))),
        }
    }

    fn body_digest(
        &self,
        action: &ActionInfo,
        parts: &RequestParts,
        endpoint: &Endpoint,
    ) -> Option<BodyDigest> {
        signer::body_digest(self, action, parts, endpoint)
    }

    fn owned_header(&self, name: &str) -> Option<&'static str> {
        match name {
            "x-sdk-date" => Some("the signature decides it, anew for each attempt"),
            "x-security-token" => Some("give the token with the keys: `Credential::with_token`"),
            _ => None,
        }
    }

    fn sign(&self, input: &SignInput<'_>) -> Result<HttpRequest, Error> {
        signer::sign(self, input)
    }

    /// The status alone decides: a document with the shape of an error and status 200 is a success response.
    fn envelope(&self) -> Envelope {
        Envelope::bare().or_empty()
    }

    fn service_error(&self, response: &RawResponse<'_>) -> Option<ServiceError> {
        error::read(response)
    }

    fn request_id(&self, headers: &HeaderMap) -> Option<String> {
        error::request_id(headers)
    }

    fn default_credentials(&self) -> Arc<dyn ProvideCredential> {
        Arc::new(credentials::default_chain())
    }
}

/// Where the endpoints of a product in a region stand in [`Cloud::hosts`].
fn place(region: &str, product: &str) -> (String, String) {
    (region.to_ascii_lowercase(), product.to_ascii_lowercase())
}

/// Settings that only Huawei Cloud has.
impl<M> ClientBuilder<Cloud, M> {
    /// Adds an endpoint of one product in one region, as the vendor's `Region(id, endpoint)` does.
    ///
    /// Called again for the same pair it adds a backup: calls go there while the first cannot be reached. Ids
    /// that the credential lacks are looked up as for any region, which [`endpoint`](Self::endpoint) leaves
    /// to you.
    ///
    /// ```
    /// use cloudcall::{Client, Huawei};
    ///
    /// let client = Client::<Huawei>::builder()
    ///     .region("cn-north-9")
    ///     .endpoint_of("cn-north-9", "ecs", "https://ecs.cn-north-9.myhuaweicloud.com")
    ///     .endpoint_of("cn-north-9", "ecs", "https://ecs.cn-north-9.myhuaweicloud.cn")
    ///     .build()?;
    /// # Ok::<(), cloudcall::Error>(())
    /// ```
    pub fn endpoint_of<E>(mut self, region: &str, product: &str, endpoint: E) -> Self
    where
        E: TryInto<Endpoint>,
        E::Error: Into<Error>,
    {
        match endpoint.try_into() {
            Ok(endpoint) => {
                self.cloud_mut().hosts.entry(place(region, product)).or_default().push(endpoint);
            }
            Err(error) => self.fail(error.into()),
        }
        self
    }

    /// Sets the signature method. Default: SDK-HMAC-SHA256.
    ///
    /// ```
    /// use cloudcall::provider::huawei::SignMethod;
    /// use cloudcall::{Client, Huawei};
    ///
    /// let builder = Client::<Huawei>::builder().region("cn-north-4");
    /// let client = builder.sign_method(SignMethod::DerivedHmacSha256).build()?;
    /// # Ok::<(), cloudcall::Error>(())
    /// ```
    pub fn sign_method(mut self, method: SignMethod) -> Self {
        self.cloud_mut().sign_method = method;
        self
    }

    /// Signs requests to hosts outside the vendor's own pattern by V11-HMAC-SHA256, as the vendor's
    /// `with_derived_predicate` does; `service` is the name in the derived key.
    pub fn derive_for_other_hosts(mut self, service: impl Into<String>) -> Self {
        self.cloud_mut().derive_for_other_hosts = true;
        self.cloud_mut().derived_service = Some(service.into());
        self
    }

    /// Sets whether the id header names the project or the account. Default: [`Scope::Auto`], which names the
    /// account for services without projects, such as IAM, and the project for all others.
    pub fn scope(mut self, scope: Scope) -> Self {
        self.cloud_mut().scope = scope;
        self
    }

    /// Sets whether the client looks up the ids of project and account that a credential lacks. IAM is called
    /// once for each key and region. Default: true. If it is false, requests have no id header, and a path
    /// that needs an id is an error.
    pub fn look_up_ids(mut self, on: bool) -> Self {
        self.cloud_mut().look_up_ids = on;
        self
    }

    /// Sets the beginning of `User-Agent`. Default: `cloudcall/` and the version.
    pub fn user_agent(mut self, agent: impl Into<String>) -> Self {
        self.cloud_mut().user_agent = agent.into();
        self
    }

    /// Sends a GET without a body without a `Content-Type`, as the vendor's setting of this name. Default:
    /// false.
    pub fn ignore_content_type_for_get_request(mut self, on: bool) -> Self {
        self.cloud_mut().ignore_content_type_for_get_request = on;
        self
    }

    /// Signs the bodies of forms, files and other content than JSON, too. Default: false, as in the vendor's
    /// SDK, which declares such bodies as unsigned.
    pub fn sign_all_payloads(mut self, on: bool) -> Self {
        self.cloud_mut().sign_all_payloads = on;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_hosts_are_the_vendor_s() {
        for (host, ordinary) in [
            ("vpc.cn-north-4.myhuaweicloud.com", true),
            ("iam.myhuaweicloud.com", true),
            ("vpc.my-kualalumpur-1.myhuaweicloud.com", true),
            ("vpc.cn-north-4.myhuaweicloud.cn", true),
            ("vpc.cn-north-4.huaweicloud.com", true),
            ("vpc.cn-north-4.myhwclouds.com", true),
            ("a1.st1.iotda-app.cn-north-4.myhuaweicloud.com", false),
            ("iam.eu-west-101.myhuaweicloud.eu", false),
            ("iam.eu-west-101.myhuaweicloud.com", false),
            ("bucket.obs.cn-north-4.myhuaweicloud.com", false),
            ("x.cn-north-4.myhwclouds.com", false),
            // The vendor's pattern has no end and takes this one.
            ("vpc.cn-north-4.myhuaweicloud.com.evil.org", false),
            ("127.0.0.1", false),
            ("example.com", false),
            ("myhuaweicloud.com", false),
        ] {
            assert_eq!(is_ordinary(host), ordinary, "{host}");
        }
    }
}
