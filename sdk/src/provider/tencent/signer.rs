//! Signatures of requests, and the requests that carry them: `docs/sources.md`, Tencent Cloud, 2.4, 3 and 4.
//!
//! | method | signed | where the signature is | code |
//! | --- | --- | --- | --- |
//! | TC3-HMAC-SHA256 | content type, host, query, body | `Authorization` | [`Canonical`] |
//! | HmacSHA256, HmacSHA1 | all parameters | parameter `Signature` | [`v1`] |
//! | SKIP | nothing | `Authorization: SKIP` | |
//!
//! [`Canonical`] and [`v1`] compute a signature from the data that they are given: they read no clock, no
//! environment and no credential cache. The function `sign` is the one that the pipeline calls for each
//! attempt. It puts headers, signature and address together.
//!
//! The vendor describes the default in [signature
//! v3](https://www.tencentcloud.com/document/product/267/37447).

mod keys;
mod tc3;
mod v1;

use std::borrow::Cow;

use bytes::Bytes;
use http::header::{AUTHORIZATION, CONNECTION, CONTENT_TYPE, HOST};
use http::{HeaderMap, HeaderValue};
use secrecy::ExposeSecret;

use super::Cloud;
use crate::action::request::Payload;
use crate::credential::Credential;
use crate::error::Error;
use crate::provider::SignInput;
use crate::provider::common::{self, FORM, header_names, texts};
use crate::sign::encode::{decimal, form, uuid_in};
use crate::sign::finish::{self, owned, secret, text, value};
use crate::sign::time::unix_seconds;
use crate::transport::HttpRequest;

pub use keys::KeyCache;
pub use tc3::{Canonical, Steps};
pub use v1::v1;
pub(crate) use v1::{push_signature, shown, signature, string_to_sign};

/// The signature method of requests.
///
/// `parse` reads the vendor's names in any case:
///
/// ```
/// use cloudcall::provider::tencent::SignMethod;
///
/// assert_eq!(SignMethod::default().as_str(), "TC3-HMAC-SHA256");
/// assert_eq!("hmacsha256".parse::<SignMethod>()?, SignMethod::HmacSha256);
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// # Troubleshooting
///
/// *a call is signed with TC3-HMAC-SHA256 although another method is set*: the older methods sign parameters,
/// and a multipart or octet-stream body has none. The vendor's SDK does the same for multipart.
///
/// *`AuthFailure…` with [`Skip`](Self::Skip)*: the action needs a signature. Use `Skip` only for single
/// calls, with `with_cloud`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum SignMethod {
    /// TC3-HMAC-SHA256, in the header `Authorization`. The default.
    #[default]
    Tc3HmacSha256,
    /// The older signature, a parameter of the request, with SHA-256. A POST has at most 1 MB then.
    HmacSha256,
    /// The older signature, a parameter of the request, with SHA-1. A POST has at most 1 MB then.
    HmacSha1,
    /// No signature: `Authorization: SKIP`. The vendor's SDK uses it only for `AssumeRoleWithWebIdentity` of
    /// STS, whose token proves who calls.
    Skip,
}

impl SignMethod {
    /// The vendor's name, as it is in `Authorization` or in the parameter `SignatureMethod`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Tc3HmacSha256 => "TC3-HMAC-SHA256",
            Self::HmacSha256 => "HmacSHA256",
            Self::HmacSha1 => "HmacSHA1",
            Self::Skip => "SKIP",
        }
    }

    /// Whether requests have the shape of TC3: parameters in a JSON body, everything else in headers.
    pub(crate) fn is_tc3(self) -> bool {
        matches!(self, Self::Tc3HmacSha256 | Self::Skip)
    }
}

impl std::str::FromStr for SignMethod {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self, Error> {
        [Self::Tc3HmacSha256, Self::HmacSha256, Self::HmacSha1, Self::Skip]
            .into_iter()
            .find(|method| method.as_str().eq_ignore_ascii_case(name))
            .ok_or_else(|| {
                let shown = name.escape_debug();
                Error::config(format!(
                    "`{shown}` is not a signature method: use TC3-HMAC-SHA256, HmacSHA256, HmacSHA1 or SKIP"
                ))
            })
    }
}

/// Makes the request of one attempt, signed with the method of the provider.
///
/// An anonymous action is sent with `Authorization: SKIP`, whatever the method.
///
/// # Errors
///
/// Kind `Credentials` if there is no key pair to sign with. Kind `Config` if a value cannot be sent in a
/// header.
pub(super) fn sign(cloud: &Cloud, input: &SignInput<'_>) -> Result<HttpRequest, Error> {
    check_region(input.region)?;
    // Multipart and octet-stream bodies have no parameters that the older methods could sign.
    let form = matches!(input.parts.payload, Payload::Form(_) | Payload::Empty);
    match cloud.sign_method {
        _ if input.action.is_anonymous() => tc3_request(cloud, input, None),
        SignMethod::Skip => tc3_request(cloud, input, None),
        SignMethod::HmacSha1 | SignMethod::HmacSha256 if form => v1_request(cloud, input, input.key_pair()?),
        _ => tc3_request(cloud, input, Some(input.key_pair()?)),
    }
}

/// Refuses a region in upper case, which no service has. The service would only say that it does not support
/// the region.
fn check_region(region: Option<&str>) -> Result<(), Error> {
    match region.filter(|region| region.bytes().any(|byte| byte.is_ascii_uppercase())) {
        Some(region) => {
            let lower = region.to_ascii_lowercase();
            Err(Error::config(format!("there is no region `{region}`: did you mean `{lower}`?")))
        }
        None => Ok(()),
    }
}

header_names! {
    ACTION = "x-tc-action",
    CONTENT_SHA256 = "x-tc-content-sha256",
    LANGUAGE = "x-tc-language",
    REGION = "x-tc-region",
    REQUEST_CLIENT = "x-tc-requestclient",
    TIMESTAMP = "x-tc-timestamp",
    TOKEN = "x-tc-token",
    TRACE_ID = "x-tc-traceid",
    VERSION = "x-tc-version",
}

/// Whether the caller left the body out of the signature by adding `X-TC-Content-SHA256: UNSIGNED-PAYLOAD`,
/// as the vendor's SDK allows.
pub(super) fn is_unsigned(headers: &HeaderMap) -> bool {
    headers.get(CONTENT_SHA256).is_some_and(|value| value == UNSIGNED)
}

/// The value of `X-TC-Content-SHA256` for a body that is not signed.
const UNSIGNED: &str = "UNSIGNED-PAYLOAD";

/// A request in the shape of TC3. Without a credential, its `Authorization` is `SKIP`.
///
/// The headers of the caller come first, and then those that only this provider sets:
///
/// | header | value |
/// | --- | --- |
/// | `X-TC-Action`, `X-TC-Version` | the action, with its first letter in upper case, and the version |
/// | `X-TC-Region` | the region; left out if there is none |
/// | `X-TC-Timestamp` | Unix seconds |
/// | `X-TC-Language` | `zh-CN` or `en-US` |
/// | `X-TC-RequestClient` | the name of the client |
/// | `X-TC-Token` | the token of temporary keys |
/// | `X-TC-Content-SHA256` | `UNSIGNED-PAYLOAD`, only if the body is not signed |
/// | `X-TC-TraceId` | a random UUID, unless the caller set one |
///
/// None of them is signed: TC3 covers only `Content-Type` and `Host`.
fn tc3_request(
    cloud: &Cloud,
    input: &SignInput<'_>,
    credential: Option<&Credential>,
) -> Result<HttpRequest, Error> {
    let parts = input.parts;
    let unsigned = cloud.unsigned_payload || is_unsigned(&parts.headers);
    let query = form(texts(&parts.query));
    let content_type = common::content_type(&parts.payload).unwrap_or(FORM);
    let body = common::bytes(&parts.payload);
    let timestamp = unix_seconds(input.time);
    let host = input.endpoint.authority();
    let authorization = match credential {
        None => HeaderValue::from_static("SKIP"),
        Some(credential) => {
            let tc3 = Canonical {
                method: parts.method.as_str(),
                query: &query,
                content_type: content_type.to_str().map_err(|error| {
                    Error::config("the content type has characters that cannot be signed").with_source(error)
                })?,
                host,
                payload: (!unsigned).then_some(&body[..]),
                service: input.action.product(),
                timestamp,
            };
            secret(match &parts.payload {
                Payload::Stream { .. } if !unsigned => {
                    let digest = input.streamed_body()?.digest()?;
                    tc3.authorization_of(&digest, credential, &cloud.keys)
                }
                _ => tc3.authorization(credential, &cloud.keys),
            })?
        }
    };
    let mut headers = common_headers(cloud, input, content_type)?;
    let action = match action_name(input.action.name()) {
        Cow::Borrowed(_) => text("action", input.action.name_text())?,
        Cow::Owned(name) => owned("action", name)?,
    };
    headers.insert(ACTION, action);
    headers.insert(REQUEST_CLIENT, value("client name", &cloud.request_client)?);
    headers.insert(TIMESTAMP, value("time", decimal(timestamp, &mut [0; 20]))?);
    headers.insert(VERSION, text("version", input.action.version_text())?);
    headers.insert(LANGUAGE, HeaderValue::from_static(cloud.language.as_str()));
    if cloud.unsigned_payload {
        headers.insert(CONTENT_SHA256, HeaderValue::from_static(UNSIGNED));
    }
    if let Some(region) = input.region.filter(|region| !region.is_empty()) {
        headers.insert(REGION, value("region", region)?);
    }
    if let Some(token) = credential.and_then(Credential::token) {
        headers.insert(TOKEN, secret(token.expose_secret().to_owned())?);
    }
    headers.insert(AUTHORIZATION, authorization);
    finish::request(input, "/", &query, headers, body)
}

/// A request with the signature among the parameters. There is no `Authorization`.
///
/// The common parameters follow those of the call, and replace parameters of the same name: `Action`,
/// `RequestClient`, `Nonce`, `Timestamp`, `Version`, `Region`, `Token`, `SecretId`, `SignatureMethod`,
/// `Language`, and at the end `Signature`. They go into the query of a GET and into the form of a POST.
fn v1_request(cloud: &Cloud, input: &SignInput<'_>, credential: &Credential) -> Result<HttpRequest, Error> {
    let parts = input.parts;
    let get = parts.method == http::Method::GET;
    let given = match &parts.payload {
        Payload::Form(pairs) => pairs,
        _ => &parts.query,
    };
    let action = action_name(input.action.name());
    let nonce = common::numeric_nonce(input.nonce).to_string();
    let timestamp = unix_seconds(input.time).to_string();
    let region = input.region.filter(|region| !region.is_empty());
    let token = credential.token().map(|token| token.expose_secret());
    let own = [
        ("Action", Some(&*action)),
        ("RequestClient", Some(&*cloud.request_client)),
        ("Nonce", Some(&*nonce)),
        ("Timestamp", Some(&*timestamp)),
        ("Version", Some(input.action.version())),
        ("Region", region),
        ("Token", token),
        ("SecretId", Some(credential.id())),
        ("SignatureMethod", Some(cloud.sign_method.as_str())),
        ("Language", Some(cloud.language.as_str())),
    ];
    let own = || own.iter().filter_map(|(name, value)| Some((*name, (*value)?)));
    let mut params: Vec<_> =
        texts(given).filter(|(name, _)| own().all(|(known, _)| known != *name)).chain(own()).collect();
    let start = [parts.method.as_str(), input.endpoint.authority(), "/"];
    let sha256 = cloud.sign_method == SignMethod::HmacSha256;
    let mut text = form(params.iter().copied());
    push_signature(&mut text, &signature(&string_to_sign(&start, &mut params), credential, sha256));
    let headers = common_headers(cloud, input, FORM)?;
    match get {
        true => finish::request(input, "/", &text, headers, Bytes::new()),
        false => finish::request(input, "/", "", headers, Bytes::from(text)),
    }
}

/// The headers that all signature methods share: those of the caller, trace id, content type, host and
/// connection.
///
/// An octet stream has no trace id, as in the vendor's SDK.
fn common_headers(
    cloud: &Cloud,
    input: &SignInput<'_>,
    content_type: HeaderValue,
) -> Result<HeaderMap, Error> {
    // Up to 13 headers of ours, and 3 of the transport: a map that grows copies and hashes all of them again.
    let mut headers = common::headers(input, 16);
    if !headers.contains_key(TRACE_ID)
        && input.action.body_format() != crate::action::info::BodyFormat::OctetStream
    {
        headers.insert(TRACE_ID, value("trace id", uuid_in(input.nonce, &mut [0; 36]))?);
    }
    headers.insert(CONTENT_TYPE, content_type);
    headers.insert(HOST, input.endpoint.header());
    if cloud.keep_alive {
        headers.insert(CONNECTION, HeaderValue::from_static("Keep-Alive"));
    }
    Ok(headers)
}

/// The name of an action on the wire: its first letter is in upper case. The vendor's SDK accepts
/// `describeInstances` from the caller, too.
pub(crate) fn action_name(name: &str) -> Cow<'_, str> {
    let mut letters = name.chars();
    match letters.next() {
        Some(first) if !first.is_ascii_uppercase() => {
            Cow::Owned(first.to_ascii_uppercase().to_string() + letters.as_str())
        }
        _ => Cow::Borrowed(name),
    }
}
