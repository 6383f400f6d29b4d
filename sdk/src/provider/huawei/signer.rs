//! Signatures: `docs/sources.md`, Huawei Cloud, 2.
//!
//! [`Canonical`] is a pure function of what it is given; `sign` puts its result into a request.

use std::fmt::Write as _;

use http::header::{AUTHORIZATION, CONTENT_TYPE, HOST, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use secrecy::ExposeSecret;

use super::{Cloud, SignMethod, keys, path};
use crate::action::info::ActionInfo;
use crate::action::request::{Payload, RequestParts};
use crate::credential::Credential;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::provider::SignInput;
use crate::provider::common::{self, JSON, header_names, texts};
use crate::sign::encode::{hex, push_hex, query};
use crate::sign::finish::{self, secret, value};
use crate::sign::time::{Utc, unix_seconds};
use crate::transport::HttpRequest;
use crate::upload::{BodyDigest, StreamedBody};

#[cfg(any(feature = "p256", feature = "sm2"))]
pub use keys::PrivateKey;
pub use keys::derived_key;

/// A request with all its headers but `Authorization`.
#[derive(Debug, Clone, Copy)]
pub struct Canonical<'a> {
    /// The method, in any case.
    pub method: &'a str,
    /// The path, percent-encoded or not.
    pub path: &'a str,
    /// The query as it is sent: sorted and encoded.
    pub query: &'a str,
    /// The headers, with `Host` and `X-Sdk-Date`. Those whose names hold a `_` are not signed.
    pub headers: &'a HeaderMap,
    /// The body.
    pub body: &'a [u8],
    /// The region of V11-HMAC-SHA256; `globe` for the services of an account.
    pub region: &'a str,
    /// The service of V11-HMAC-SHA256.
    pub service: &'a str,
}

/// A signature and the texts it was made from, to compare with a server's.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Steps {
    /// The canonical request.
    pub canonical_request: String,
    /// The string to sign.
    pub string_to_sign: String,
    /// The names of the signed headers.
    pub signed_headers: String,
    /// The signature in hex.
    pub signature: String,
    /// The value of `Authorization`.
    pub authorization: String,
    /// `{day}/{region}/{service}`, if the key is derived from it.
    pub derived_info: Option<String>,
}

impl Canonical<'_> {
    /// Signs, and tells every step. An error of kind `Config` or `Credentials` if something is missing.
    pub fn steps(&self, method: SignMethod, credential: &Credential) -> Result<Steps, Error> {
        self.steps_of(method, credential, &self.payload_hash(method)?)
    }

    /// The same with the text that stands for the body; the body of `self` does not matter.
    fn steps_of(
        &self,
        method: SignMethod,
        credential: &Credential,
        payload_hash: &str,
    ) -> Result<Steps, Error> {
        let hash = method.hash();
        let (canonical, signed_headers) = self.canonical(payload_hash);
        let date = self.date()?;
        let derived_info = match method {
            SignMethod::DerivedHmacSha256 => Some(self.info(date)?),
            _ => None,
        };
        let mut string_to_sign = String::with_capacity(160);
        for line in [Some(method.as_str()), Some(date), derived_info.as_deref()].into_iter().flatten() {
            string_to_sign.push_str(line);
            string_to_sign.push('\n');
        }
        push_hex(&mut string_to_sign, &hash.digest(&canonical)?);
        let text = string_to_sign.as_bytes();
        let signature = match (method, &derived_info) {
            (SignMethod::EcdsaP256Sha256 | SignMethod::Sm2Sm3, _) => {
                hex(&asymmetric(method, credential, text)?)
            }
            (_, Some(info)) => {
                let key = keys::derived_key(credential, info);
                hex(&hash.mac(key.expose_secret().as_bytes(), &[text])?)
            }
            _ => hex(&hash.mac(credential.secret().expose_secret().as_bytes(), &[text])?),
        };
        let id = credential.id();
        let mut authorization = String::with_capacity(180 + id.len() + signed_headers.len());
        // Writing into memory cannot fail.
        let _ = match &derived_info {
            Some(info) => write!(authorization, "{} Credential={id}/{info}", method.as_str()),
            None => write!(authorization, "{} Access={id}", method.as_str()),
        };
        let _ = write!(authorization, ", SignedHeaders={signed_headers}, Signature={signature}");
        let canonical_request = String::from_utf8(canonical)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
        Ok(Steps {
            canonical_request,
            string_to_sign,
            signed_headers,
            signature,
            authorization,
            derived_info,
        })
    }

    fn canonical(&self, payload_hash: &str) -> (Vec<u8>, String) {
        let mut signed: Vec<_> = self
            .headers
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_bytes()))
            .filter(|(name, _)| !name.contains('_') && *name != "authorization")
            .collect();
        signed.sort_unstable_by_key(|(name, _)| *name);
        let mut head = String::with_capacity(self.path.len() + self.query.len() + 96);
        head.extend(self.method.chars().map(|letter| letter.to_ascii_uppercase()));
        head.push('\n');
        path::push_canonical(&mut head, self.path);
        head.push('\n');
        head.push_str(self.query);
        head.push('\n');
        let mut names = String::with_capacity(128);
        let mut out = Vec::with_capacity(head.len() + 640);
        out.extend_from_slice(head.as_bytes());
        for (at, (name, value)) in signed.iter().enumerate() {
            if at > 0 {
                names.push(';');
            }
            names.push_str(name);
            for part in [name.as_bytes(), b":", value.trim_ascii(), b"\n"] {
                out.extend_from_slice(part);
            }
        }
        out.push(b'\n');
        out.extend_from_slice(names.as_bytes());
        out.push(b'\n');
        out.extend_from_slice(payload_hash.as_bytes());
        (out, names)
    }

    /// The header says that the body is unsigned also where there is none, yet then the hash of nothing is
    /// signed.
    fn payload_hash(&self, method: SignMethod) -> Result<String, Error> {
        let hash = method.hash();
        match self.headers.get(hash.content_header()) {
            Some(value) if !self.body.is_empty() => {
                Ok(String::from_utf8_lossy(value.as_bytes()).into_owned())
            }
            _ => Ok(hex(&hash.digest(self.body)?)),
        }
    }

    /// The same for a body that is not in memory.
    fn streamed_hash(&self, method: SignMethod, body: StreamedBody) -> Result<String, Error> {
        match self.headers.get(method.hash().content_header()) {
            _ if body.len == 0 => Ok(hex(&method.hash().digest(&[])?)),
            Some(value) => Ok(String::from_utf8_lossy(value.as_bytes()).into_owned()),
            None => body.digest().map(|digest| hex(&digest)),
        }
    }

    fn date(&self) -> Result<&str, Error> {
        let date = self.headers.get(DATE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let shaped = date.len() == 16
            && date.bytes().enumerate().all(|(at, byte)| match at {
                8 => byte == b'T',
                15 => byte == b'Z',
                _ => byte.is_ascii_digit(),
            });
        match shaped {
            true => Ok(date),
            false => Err(Error::config("the header `X-Sdk-Date` has another form than 20240229T081530Z")),
        }
    }

    fn info(&self, date: &str) -> Result<String, Error> {
        if self.service.is_empty() {
            return Err(Error::config(
                "V11-HMAC-SHA256 needs the name of the service: set `derived_service` (the vendor's \
                 derivedAuthServiceName)",
            ));
        }
        if self.region.is_empty() {
            return Err(Error::config("V11-HMAC-SHA256 needs a region (the vendor's regionId): set one"));
        }
        let day = date.get(..8).unwrap_or_default();
        Ok(format!("{day}/{}/{}", self.region, self.service))
    }
}

#[cfg(any(feature = "p256", feature = "sm2"))]
fn asymmetric(method: SignMethod, credential: &Credential, text: &[u8]) -> Result<Vec<u8>, Error> {
    keys::PrivateKey::derive(method, credential)?.sign(text)
}

#[cfg(not(any(feature = "p256", feature = "sm2")))]
fn asymmetric(method: SignMethod, _: &Credential, _: &[u8]) -> Result<Vec<u8>, Error> {
    Err(method.not_compiled(if method == SignMethod::Sm2Sm3 { "sm2" } else { "p256" }))
}

header_names! {
    DATE = "x-sdk-date",
    DOMAIN = "x-domain-id",
    PROJECT = "x-project-id",
    TOKEN = "x-security-token",
}

const UNSIGNED: HeaderValue = HeaderValue::from_static("UNSIGNED-PAYLOAD");

/// Signs one attempt.
///
/// A request that already has an `Authorization`, and one of an anonymous action, goes as it is.
pub(super) fn sign(cloud: &Cloud, input: &SignInput<'_>) -> Result<HttpRequest, Error> {
    let parts = input.parts;
    let path = path::scoped(&parts.path, input.credential)?;
    let query = query(texts(&parts.query));
    let content_type = common::content_type(&parts.payload).unwrap_or(JSON);
    let body = common::bytes(&parts.payload);
    let streamed = match &parts.payload {
        Payload::Stream { .. } => Some(input.streamed_body()?),
        _ => None,
    };
    let empty = streamed.map_or(body.is_empty(), |body| body.len == 0);
    let mut headers = common_headers(cloud, input, content_type, empty)?;
    let credential = input.credential.filter(|_| !input.action.is_anonymous());
    if let Some(credential) = credential {
        scope_headers(cloud, input, credential, &mut headers)?;
    }
    if !headers.contains_key(AUTHORIZATION) && !input.action.is_anonymous() {
        let credential = input.key_pair()?;
        let method = cloud.method_for(input.endpoint);
        let content_header = method.hash().content_header();
        if !cloud.sign_all_payloads && !is_signed(&headers) && !headers.contains_key(content_header) {
            headers.insert(HeaderName::from_static(content_header), UNSIGNED);
        }
        if !headers.contains_key(DATE) {
            let date = Utc::from_unix(unix_seconds(input.time)).compact();
            headers.insert(DATE, value("date", &date)?);
        }
        if !headers.contains_key(HOST) {
            headers.insert(HOST, input.endpoint.header());
        }
        let canonical = Canonical {
            method: parts.method.as_str(),
            path: &path,
            query: &query,
            headers: &headers,
            body: &body,
            region: cloud.derived_region(input, credential),
            service: cloud.derived_service.as_deref().unwrap_or(input.action.product()),
        };
        let steps = match streamed {
            Some(body) => canonical.steps_of(method, credential, &canonical.streamed_hash(method, body)?)?,
            None => canonical.steps(method, credential)?,
        };
        headers.insert(AUTHORIZATION, secret(steps.authorization)?);
    }
    finish::request(input, &path::sendable(&path), &query, headers, body)
}

/// The digest that a signature needs of a body that is not in memory: few cover such a body.
pub(super) fn body_digest(
    cloud: &Cloud,
    action: &ActionInfo,
    parts: &RequestParts,
    endpoint: &Endpoint,
) -> Option<BodyDigest> {
    let method = cloud.method_for(endpoint);
    let Payload::Stream { content_type, .. } = &parts.payload else { return None };
    if action.is_anonymous()
        || parts.headers.contains_key(AUTHORIZATION)
        || parts.headers.contains_key(method.hash().content_header())
    {
        return None;
    }
    let signed =
        cloud.sign_all_payloads || is_signed_type(parts.headers.get(CONTENT_TYPE).unwrap_or(content_type));
    signed.then_some(method.hash().of_bodies())
}

/// Only JSON and BSON bodies are signed; so is a request that does not say what it is.
fn is_signed(headers: &HeaderMap) -> bool {
    headers.get(CONTENT_TYPE).is_none_or(is_signed_type)
}

fn is_signed_type(content_type: &HeaderValue) -> bool {
    let text = content_type.as_bytes();
    text.starts_with(b"application/json") || text.starts_with(b"application/bson")
}

fn common_headers(
    cloud: &Cloud,
    input: &SignInput<'_>,
    content_type: HeaderValue,
    empty: bool,
) -> Result<HeaderMap, Error> {
    let mut headers = common::headers(input, 10);
    if cloud.ignore_content_type_for_get_request && input.parts.method == Method::GET && empty {
        headers.remove(CONTENT_TYPE);
    } else if !content_type.is_empty() {
        headers.entry(CONTENT_TYPE).or_insert(content_type);
    }
    if !cloud.user_agent.is_empty() {
        let mut agent = cloud.user_agent.clone().into_bytes();
        if let Some(own) = headers.get(USER_AGENT) {
            agent.extend_from_slice(b"; ");
            agent.extend_from_slice(own.as_bytes());
        }
        let agent = HeaderValue::from_bytes(&agent)
            .map_err(|_| Error::config("the setting `user_agent` has a control character"))?;
        headers.insert(USER_AGENT, agent);
    }
    Ok(headers)
}

/// The ids and the token of the credential. A caller's own id header wins: it is the only way to name another
/// project.
fn scope_headers(
    cloud: &Cloud,
    input: &SignInput<'_>,
    credential: &Credential,
    headers: &mut HeaderMap,
) -> Result<(), Error> {
    let scope = match cloud.is_of_account(input, credential) {
        true => credential.domain_id().map(|id| (DOMAIN, id)),
        false => credential.project_id().map(|id| (PROJECT, id)),
    };
    if let Some((name, id)) = scope
        && !headers.contains_key(&name)
    {
        headers.insert(name, value("project or domain id", id)?);
    }
    if let Some(token) = credential.token() {
        headers.insert(TOKEN, secret(token.expose_secret().to_owned())?);
    }
    Ok(())
}
