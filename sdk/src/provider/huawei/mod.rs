//! Huawei Cloud, the REST APIs of SDK V3.
//!
//! [`Cloud`] is the provider: `Client<Huawei>` is a client with it. Each action is a method and a path, and
//! most paths name a project. A request looks like this:
//!
//! ```text
//! GET /v1/0904f9e1f100d2932f94c01f9aa1cfd7/vpcs?limit=1 HTTP/1.1
//! Host: vpc.cn-north-4.myhuaweicloud.com
//! Content-Type: application/json
//! User-Agent: cloudcall/0.1.0
//! X-Project-Id: 0904f9e1f100d2932f94c01f9aa1cfd7
//! X-Sdk-Date: 20240229T081530Z
//! Authorization: SDK-HMAC-SHA256 Access=AK, SignedHeaders=content-type;host;…, Signature=…
//! ```
//!
//! The facts come from the vendor's Python SDK 3.1.219: see `docs/sources.md`, Huawei Cloud.
//!
//! # The files of a call
//!
//! | step of a call | file |
//! | --- | --- |
//! | parts of the request | `encode.rs`, `path.rs`, `query.rs`, `body.rs`, `xml.rs` |
//! | the endpoints of product and region | `endpoint.rs`, `region.rs` with `hosts.tsv`, `regions_file.rs` |
//! | keys | [`credentials`] |
//! | ids of project and account that the keys lack | `ids.rs` |
//! | signature and headers | [`signer`], `scheme.rs`, `keys.rs` |
//! | error responses | `error.rs` |
//!
//! # Defaults
//!
//! | setting | default | the vendor's SDK |
//! | --- | --- | --- |
//! | signature scheme | SDK-HMAC-SHA256 | the same |
//! | credentials | [`credentials::default_chain`] | the same order |
//! | ids of project and account | looked up by the first call | looked up while a client is built |
//! | `User-Agent` | `cloudcall/` and the version | names the system and a stored random id |
//! | bodies other than JSON and BSON | not signed | the same |
//! | calls of `meeting` | need [`credentials::MeetingAccount`] or `MeetingApp` | need `MeetingCredentials` |
//! | redirects | an error of kind `Protocol` | treated as success |
//!
//! # Errors of the vendor's SDK and their kinds here
//!
//! | class of the vendor | kind of [`Error`] |
//! | --- | --- |
//! | `ClientRequestException`, `ServerResponseException` | `Service`, except for the next three rows |
//! | the same with status 401 or code APIGW.0301 | `Auth` |
//! | the same with status 429 or code APIGW.0308 | `Throttled` |
//! | the same with status 404 | `NotFound`; `Service` for APIGW.0101, an action that is unknown |
//! | `HostUnreachableException`, `ConnectionException` | `Connect`, or `Io` after the connection was made |
//! | `SslHandShakeException` | `Tls` |
//! | `RequestTimeoutException`, `CallTimeoutException`, `RetryOutageException` | `Timeout` |
//! | `ApiTypeError`, `ApiValueError`, `ApiKeyError` | `Config`, or `Credentials` if keys are missing |
//! | an empty model from a body that cannot be read | `Decode` |
//! | success with a redirect | `Protocol` |
//!
//! `error_code`, `error_msg`, `request_id` and `status_code` are [`code`](crate::Error::code),
//! [`message`](crate::Error::message), [`request_id`](crate::Error::request_id) and
//! [`status`](crate::Error::status); `encoded_auth_msg` is [`encoded_authorization_message`].

mod advice;
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

use http::{HeaderMap, Method};

use crate::action::info::ActionInfo;
use crate::action::request::{Fields, RequestParts};
use crate::client::ClientBuilder;
use crate::context::Context;
use crate::credential::{Credential, ProvideCredential};
use crate::endpoint::Endpoint;
use crate::error::{Error, ServiceError};
use crate::provider::{
    Completion, IdentityCall, IdentityMembers, Incomplete, Provider, RawResponse, SignInput,
};
use crate::response::Envelope;
use crate::transport::HttpRequest;
use crate::upload::BodyDigest;

pub use error::encoded_authorization_message;
pub use scheme::SignMethod;

/// Huawei Cloud and the settings of its APIs.
///
/// Set them on the builder of the client: `sign_method`, `scope`, `look_up_ids`, `endpoint_of` and others.
/// They are also public fields, so that `with_cloud` can change a copy of them for one call.
///
/// An untyped call needs the path of the action, and its method unless that is GET (or POST for a call with a
/// body):
///
/// ```no_run
/// use cloudcall::action::ActionInfo;
/// use cloudcall::{Client, Huawei, json::json};
///
/// # async fn run() -> Result<(), cloudcall::Error> {
/// let client = Client::<Huawei>::builder().region("cn-north-4").build()?;
/// let action = ActionInfo::new("vpc", "v2", "ListVpcs").with_path("/v1/{project_id}/vpcs");
/// let found = client.raw_action(action).json(json!({ "limit": 1 })).send().await?;
/// println!("{}", found["vpcs"]);
/// # Ok(())
/// # }
/// ```
///
/// `{project_id}` gets the id of the project: that of the credential, else one that the client looks up.
///
/// # Troubleshooting
///
/// *`APIGW.0301`, `verify aksk signature fail`*: the secret is wrong, or a proxy changes signed headers or
/// the path. [`signer::Canonical`] shows what was signed.
///
/// *there are several projects named …*: the look-up of the project cannot choose. Set the id with
/// [`Scoped`](credentials::Scoped) or `HUAWEICLOUD_SDK_PROJECT_ID`.
///
/// *the credential does not have the id of …, and the look-up in IAM failed*: the keys may not call IAM.
/// Grant the permission that the message names, or set the id.
///
/// *the path needs `project_id`, which the credential does not have*: the client has an endpoint of yours, or
/// no region, so it looks nothing up. Set the id, or set the endpoint of IAM, too.
///
/// *no region*: hosts of Huawei Cloud contain the region. Call `region` on the builder of the client.
///
/// *a host cannot be resolved*: the region is misspelled, or the product is not available there. A region
/// that is not in the built-in table gets the usual host. If the product has another one, use
/// [`endpoint_of`](crate::client::ClientBuilder::endpoint_of).
///
/// *a key pair cannot call `meeting`*: the calls of this product carry the token of a sign-in. Build a client
/// with [`MeetingAccount`](credentials::MeetingAccount) or [`MeetingApp`](credentials::MeetingApp).
#[doc(alias = "BasicCredentials")]
#[doc(alias = "GlobalCredentials")]
#[doc(alias = "HttpConfig")]
#[doc(alias = "SdkRequest")]
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Cloud {
    /// The signature scheme. Default: SDK-HMAC-SHA256.
    pub sign_method: SignMethod,
    /// Whether requests to hosts outside the vendor's usual pattern are signed with V11-HMAC-SHA256 instead
    /// of `sign_method`. Default: false.
    pub derive_for_other_hosts: bool,
    /// The service in the derived key. Default: the product of the action.
    pub derived_service: Option<String>,
    /// The region in the derived key. Default: the region of the call, or `globe` for a call that works in
    /// the account.
    pub derived_region: Option<String>,
    /// Whether the id header names the project or the account. Default: [`Scope::Auto`].
    pub scope: Scope,
    /// Whether ids of project and account that a credential lacks are looked up in IAM, once for each key
    /// pair and region. Default: true.
    pub look_up_ids: bool,
    /// The beginning of `User-Agent`; a `User-Agent` of the caller follows after `; `. If it is empty, only
    /// that of the caller is sent. Default: `cloudcall/` and the version.
    pub user_agent: String,
    /// Whether a GET without a body is sent without `Content-Type`. Default: false, which sends
    /// `application/json`.
    pub ignore_content_type_for_get_request: bool,
    /// Whether forms, files and other bodies that are not JSON are signed, too. Default: false: they are
    /// declared as `UNSIGNED-PAYLOAD`, as in the vendor's SDK.
    pub sign_all_payloads: bool,
    /// Endpoints by region and product, both in lower case, the first choice first. They take precedence over
    /// environment, regions file and built-in table. `endpoint_of` on the builder adds them.
    pub hosts: BTreeMap<(String, String), Vec<Endpoint>>,
    /// The endpoints that were found, shared by all clones.
    known: Arc<endpoint::Known>,
    /// The ids that were found, shared by all clones.
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

/// The scope that the id header of a request names. An id that the credential lacks is looked up.
///
/// A request has at most one id header.
///
/// ```
/// use cloudcall::provider::huawei::Scope;
/// use cloudcall::{Client, Huawei};
///
/// let builder = Client::<Huawei>::builder().region("cn-north-4");
/// let client = builder.scope(Scope::Account).build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Scope {
    /// The account for products that have no projects, such as IAM, and for paths with `{domain_id}`; the
    /// project for all others. The default.
    #[default]
    Auto,
    /// The project: `X-Project-Id`, as with the vendor's `BasicCredentials`.
    Project,
    /// The account: `X-Domain-Id`, as with the vendor's `GlobalCredentials`.
    Account,
}

impl Cloud {
    /// The scheme for requests to an endpoint.
    fn method_for(&self, endpoint: &Endpoint) -> SignMethod {
        match self.derive_for_other_hosts && !is_ordinary(endpoint.host()) {
            true => SignMethod::DerivedHmacSha256,
            false => self.sign_method,
        }
    }

    /// Whether the id header names the account. If the credential has only one of the ids, [`Scope::Auto`]
    /// takes that one: the user who set it meant it for the calls of this client.
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

    /// The region in the derived key. The vendor's SDK takes the literal `globe` for `GlobalCredentials`.
    fn derived_region<'a>(&'a self, input: &SignInput<'a>, credential: &Credential) -> &'a str {
        match &self.derived_region {
            Some(region) => region,
            None if self.is_of_account(input, credential) => "globe",
            None => input.region.unwrap_or_default(),
        }
    }
}

/// Whether a host matches the vendor's usual pattern, so that keys are not derived for it:
/// `{service}[.{region}].(my)huaweicloud.(com|cn)`, also `myhwclouds`, with at most two digits in the region.
///
/// | host | usual |
/// | --- | --- |
/// | `vpc.cn-north-4.myhuaweicloud.com` | yes |
/// | `iam.myhuaweicloud.com` | yes |
/// | `a1.st1.iotda-app.cn-north-4.myhuaweicloud.com` | no: more labels |
/// | `iam.eu-west-101.myhuaweicloud.eu` | no: another top level |
///
/// The vendor's pattern has no end anchor (`docs/sources.md`, Huawei Cloud, 2). This function compares the
/// host up to its end.
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

    /// Adds the ids of project and account that the path or the id header needs and the credential lacks, and
    /// chooses the keys of the account for a call that works in it. `None` if the credential is complete.
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

    fn regions(&self) -> Vec<&str> {
        region::regions()
    }

    fn advise(&self, input: &SignInput<'_>, refused: &ServiceError) -> Option<String> {
        advice::advise(self, input, refused)
    }

    /// The response is the document itself, and an empty body is a response without members. Only the status
    /// decides whether it is an error: a document with the shape of an error and status 200 is a success
    /// response.
    fn envelope(&self) -> Envelope {
        Envelope::bare().or_empty()
    }

    fn service_error(&self, response: &RawResponse<'_>) -> Option<ServiceError> {
        error::read(response)
    }

    fn request_id(&self, headers: &HeaderMap) -> Option<String> {
        error::request_id(headers)
    }

    fn identity_call(&self, context: &Context, region: Option<&str>) -> Option<IdentityCall> {
        let action = ActionInfo::new("sts", "v5", "GetCallerIdentity").with_path("/v5/caller-identity");
        let members = IdentityMembers::new("account_id", "principal_urn", "principal_id");
        let call = IdentityCall::new(action.with_method(Method::GET), members);
        // With a region, IAM would be asked for a project, which this call does not need.
        Some(call.region("").endpoint(credentials::sts_host(context, region)))
    }

    fn default_credentials(&self) -> Arc<dyn ProvideCredential> {
        Arc::new(credentials::default_chain())
    }
}

/// The key of a product in a region in [`Cloud::hosts`].
fn place(region: &str, product: &str) -> (String, String) {
    (region.to_ascii_lowercase(), product.to_ascii_lowercase())
}

/// Settings that only Huawei Cloud has.
impl<M> ClientBuilder<Cloud, M> {
    /// Adds an endpoint of one product in one region, as the vendor's `Region(id, endpoint)` does.
    ///
    /// A second endpoint of the same pair is a backup: calls go there while the first one cannot be reached.
    /// Ids that the credential lacks are looked up as for any region. With [`endpoint`](Self::endpoint) they
    /// are not.
    ///
    /// An endpoint that cannot be parsed is an error of `build`, of kind `Config`.
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

    /// Signs requests to hosts outside the vendor's usual pattern with V11-HMAC-SHA256, as the vendor's
    /// `with_derived_predicate` does. `service` is the name in the derived key. Default: off.
    ///
    /// Hosts of the pattern `{service}.{region}.myhuaweicloud.com` keep the scheme of
    /// [`sign_method`](Self::sign_method).
    ///
    /// ```
    /// use cloudcall::{Client, Huawei};
    ///
    /// let client = Client::<Huawei>::builder()
    ///     .region("cn-north-4")
    ///     .endpoint("https://a1b2c3.st1.iotda-app.cn-north-4.myhuaweicloud.com")
    ///     .derive_for_other_hosts("iotda")
    ///     .build()?;
    /// # Ok::<(), cloudcall::Error>(())
    /// ```
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
    /// once for each key pair and region. Default: true. If it is false and the credential has no id,
    /// requests have no id header, and a path that needs an id is an error of kind `Config`.
    ///
    /// Turn it off if the keys may not call IAM.
    ///
    /// ```
    /// use cloudcall::credential::{Credential, StaticCredentials};
    /// use cloudcall::{Client, Huawei};
    ///
    /// let keys = Credential::new("AKexample", "example-secret")?.with_project_id("p1");
    /// let client = Client::<Huawei>::builder()
    ///     .region("cn-north-4")
    ///     .credentials(StaticCredentials::new(keys))
    ///     .look_up_ids(false)
    ///     .build()?;
    /// # Ok::<(), cloudcall::Error>(())
    /// ```
    pub fn look_up_ids(mut self, on: bool) -> Self {
        self.cloud_mut().look_up_ids = on;
        self
    }

    /// Sets the beginning of `User-Agent`, which is signed like all headers. Default: `cloudcall/` and the
    /// version.
    pub fn user_agent(mut self, agent: impl Into<String>) -> Self {
        self.cloud_mut().user_agent = agent.into();
        self
    }

    /// Sends a GET without a body without a `Content-Type`, as the vendor's setting of this name does.
    /// Default: false: the request has `Content-Type: application/json`.
    pub fn ignore_content_type_for_get_request(mut self, on: bool) -> Self {
        self.cloud_mut().ignore_content_type_for_get_request = on;
        self
    }

    /// Signs the bodies of forms, files and other content that is not JSON, too. Default: false, as in the
    /// vendor's SDK, which declares such bodies as unsigned. A file is then read twice: for its digest, and
    /// to be sent.
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
