//! Signatures of requests, and the requests that carry them.
//!
//! The vendor describes the steps in [its documentation of request signing][page]; the details here come from
//! its Python SDK: `docs/sources.md`, Huawei Cloud, 2.
//!
//! [page]: https://support.huaweicloud.com/intl/en-us/devg-apisign/api-sign-algorithm-002.html
//!
//! [`Canonical`] computes a signature from the data that it is given: it reads no clock, no environment and
//! no credential cache. The function `sign`, at the end of the file, is the one that the pipeline calls for
//! each attempt: it puts the headers of the provider together, and then the signature.
//!
//! # Steps
//!
//! A GET of `/v1/0123456789abcdef0123456789abcdef/vpcs` shows what each step makes.
//!
//! 1. The canonical request has six parts, each on a line: method, path, query, headers, their names, and the
//!    hash of the body. Each header ends with a line break, which is why an empty line follows them.
//!
//!    ```text
//!    GET
//!    /v1/0123456789abcdef0123456789abcdef/vpcs/
//!
//!    content-type:application/json
//!    host:vpc.cn-north-4.myhuaweicloud.com
//!    x-sdk-date:20240229T081530Z
//!
//!    content-type;host;x-sdk-date
//!    e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
//!    ```
//!
//! 2. The string to sign has the name of the scheme, the time, and the hash of the canonical request.
//!
//!    ```text
//!    SDK-HMAC-SHA256
//!    20240229T081530Z
//!    7cedc84b772d60339c47e9f702abd6939cd4ff9c98606b33afdd281fbf5d409b
//!    ```
//!
//! 3. The signature is the HMAC of that text with the secret as the key, in lower-case hex. No key is
//!    derived, except for `V11-HMAC-SHA256`: see [`derived_key`].
//!
//! 4. The header `Authorization` names the scheme, the key id and the signed headers.
//!
//!    ```text
//!    SDK-HMAC-SHA256 Access=FAKEAKEXAMPLE0000001, SignedHeaders=content-type;host;x-sdk-date, Signature=0fc…
//!    ```
//!
//! # Quirks of the vendor
//!
//! - All headers are signed, also those of the caller, except names with a `_`. Several values of one header
//!   are sorted, and each has a line; `SignedHeaders` has the name once. So does the vendor's signer for Go.
//! - The signed path always ends with `/`, the sent path does not get one.
//! - `%2F` in a path is signed as `/`, because the path is decoded before it is encoded again.
//! - Only JSON and BSON bodies are signed. Other bodies are declared with `UNSIGNED-PAYLOAD`.
//! - With an empty body, the hash of the empty text is signed even if the body is declared as unsigned.

use std::borrow::Cow;

use http::header::{AUTHORIZATION, CONTENT_TYPE, HOST, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use secrecy::ExposeSecret;

use super::{Cloud, SignMethod, keys, path, region};
use crate::action::info::ActionInfo;
use crate::action::request::{Payload, RequestParts};
use crate::credential::Credential;
use crate::endpoint::Endpoint;
use crate::error::{Error, ErrorKind};
use crate::provider::SignInput;
use crate::provider::common::{self, JSON, header_names, texts};
use crate::sign::canonical::{Form, Texts, covered};
use crate::sign::encode::{hex_digits, push_hex, query};
use crate::sign::finish::{self, secret, value};
use crate::sign::time::{Utc, unix_seconds};
use crate::transport::HttpRequest;
use crate::upload::{BodyDigest, StreamedBody};

#[cfg(any(feature = "p256", feature = "sm2"))]
pub use keys::PrivateKey;
pub use keys::derived_key;

/// A request with all its headers except `Authorization`, as the input of a signature.
///
/// Use it to compare a signature with that of another implementation, or to sign a request that this crate
/// does not send.
///
/// ```
/// use cloudcall::credential::Credential;
/// use cloudcall::provider::huawei::SignMethod;
/// use cloudcall::provider::huawei::signer::Canonical;
///
/// let mut headers = http::HeaderMap::new();
/// headers.insert("content-type", "application/json".parse()?);
/// headers.insert("host", "vpc.cn-north-4.myhuaweicloud.com".parse()?);
/// headers.insert("x-sdk-date", "20240229T081530Z".parse()?);
/// let request = Canonical {
///     method: "GET",
///     path: "/v1/0123456789abcdef0123456789abcdef/vpcs",
///     query: "",
///     headers: &headers,
///     body: b"",
///     region: "cn-north-4",
///     service: "vpc",
/// };
/// let keys = Credential::new("FAKEAKEXAMPLE0000001", "fakeSkExample+/0123456789abcdefghijKLMN")?;
/// let steps = request.steps(SignMethod::HmacSha256, &keys)?;
/// assert_eq!(steps.signed_headers, "content-type;host;x-sdk-date");
/// assert_eq!(steps.signature, "0fc84d18cfd6a035d63b96e43aebaf0910abb520017d2686cf0f4b525c0f35d3");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Troubleshooting
///
/// *the header `X-Sdk-Date` has another form*: the header is missing, or is not a UTC time such as
/// `20240229T081530Z`.
///
/// *the service refuses the signature*: compare each line of [`Steps::canonical_request`] with the request
/// that arrived. Most often a proxy changed a signed header or the path.
#[derive(Debug, Clone, Copy)]
pub struct Canonical<'a> {
    /// The HTTP method, in any case. It is signed in upper case.
    pub method: &'a str,
    /// The path, percent-encoded or not: it is decoded and encoded again.
    pub path: &'a str,
    /// The query as it is sent: sorted and encoded, without the `?`. It is signed unchanged.
    pub query: &'a str,
    /// The headers, with `Host` and `X-Sdk-Date`. All are signed, except names with a `_` and
    /// `Authorization`.
    ///
    /// If `X-Sdk-Content-Sha256` (`X-Sdk-Content-Sm3` for the schemes with SM3) is among them, its value is
    /// signed in place of the hash of the body.
    pub headers: &'a HeaderMap,
    /// The body, whose hash is signed.
    pub body: &'a [u8],
    /// The region in the derived key of V11-HMAC-SHA256; `globe` for the services of an account. Other
    /// schemes ignore it.
    pub region: &'a str,
    /// The service in the derived key of V11-HMAC-SHA256, such as `iotda`. Other schemes ignore it.
    pub service: &'a str,
}

/// A signature and the texts it was made from, to compare with those of a server or another implementation.
///
/// The secret is in none of the texts, but the canonical request contains the session token of temporary
/// keys. The module documentation shows an example of each text.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Steps {
    /// The canonical request (step 1). Bytes that are not UTF-8, which header values may contain, are shown
    /// as U+FFFD; they are signed as they are.
    pub canonical_request: String,
    /// The string to sign (step 2). For V11-HMAC-SHA256 it has a line more:
    /// [`derived_info`](Self::derived_info).
    pub string_to_sign: String,
    /// The names of the signed headers, in lower case, sorted, with `;` between them.
    pub signed_headers: String,
    /// The signature in lower-case hex (step 3): 64 digits of an HMAC, or a DER sequence of an asymmetric
    /// scheme.
    pub signature: String,
    /// The value of `Authorization` (step 4).
    pub authorization: String,
    /// The text that the key of V11-HMAC-SHA256 is derived from, such as `20240229/cn-north-4/iotda`. `None`
    /// for other schemes.
    pub derived_info: Option<String>,
}

impl Canonical<'_> {
    /// The value of `Authorization`.
    ///
    /// # Errors
    ///
    /// Those of [`steps`](Self::steps).
    pub fn authorization(&self, method: SignMethod, credential: &Credential) -> Result<String, Error> {
        self.authorization_of(method, credential, self.payload_hash(method)?)
    }

    /// The same with a given text in place of the hash of the body, for a body that is not in memory. The
    /// body of `self` is ignored.
    fn authorization_of(
        &self,
        method: SignMethod,
        credential: &Credential,
        payload_hash: PayloadHash<'_>,
    ) -> Result<String, Error> {
        let derived_info = self.derived_info(method)?;
        let texts = self.texts(method, payload_hash, derived_info.as_deref())?;
        authorization(method, credential, &texts, derived_info.as_deref())
    }

    /// Signs the request, and returns every step.
    ///
    /// # Errors
    ///
    /// Kind `Config` if `X-Sdk-Date` is missing or malformed, if V11-HMAC-SHA256 has no region or service, or
    /// if the cargo feature of the scheme is off. Kind `Credentials` if no private key can be derived.
    pub fn steps(&self, method: SignMethod, credential: &Credential) -> Result<Steps, Error> {
        let derived_info = self.derived_info(method)?;
        let texts = self.texts(method, self.payload_hash(method)?, derived_info.as_deref())?;
        let authorization = authorization(method, credential, &texts, derived_info.as_deref())?;
        Ok(Steps {
            canonical_request: texts.canonical_request(),
            string_to_sign: texts.shown_string_to_sign(),
            signed_headers: texts.signed_headers().to_owned(),
            signature: authorization.rsplit('=').next().unwrap_or_default().to_owned(),
            authorization,
            derived_info,
        })
    }

    /// Steps 1 and 2. Several values of one header are sorted. V11-HMAC-SHA256 has `derived_info` as a line
    /// of the string to sign.
    fn texts(
        &self,
        method: SignMethod,
        payload_hash: PayloadHash<'_>,
        derived_info: Option<&str>,
    ) -> Result<Texts, Error> {
        let is_covered = |name: &str| !name.contains('_') && name != "authorization";
        let mut headers = covered(self.headers, is_covered, |_, value| Ok(value.trim_ascii()))?;
        headers.sort_unstable();
        let http_method = match self.method.bytes().any(|byte| byte.is_ascii_lowercase()) {
            true => Cow::Owned(self.method.to_ascii_uppercase()),
            false => Cow::Borrowed(self.method),
        };
        let path = path::canonical(self.path);
        let end = if path.ends_with('/') { "\n" } else { "/\n" };
        let (date, info) = (self.date()?, derived_info.unwrap_or_default());
        let form = Form {
            head: &[&http_method, "\n", &path, end, self.query, "\n"],
            headers: &headers,
            joined: false,
            payload_hash: payload_hash.as_bytes(),
            before_hash: &[method.as_str(), "\n", date, "\n", info, if info.is_empty() { "" } else { "\n" }],
        };
        form.write(|canonical| method.hash().digest(canonical))
    }

    /// The last line of the canonical request.
    ///
    /// | body | content header | line |
    /// | --- | --- | --- |
    /// | any | none | the hash of the body |
    /// | not empty | set | the value of the header, which is `UNSIGNED-PAYLOAD` unless the caller set it |
    /// | empty | set | the hash of the empty text |
    ///
    /// The last row is a quirk of the vendor's SDK: the header declares the body as unsigned, but the hash is
    /// signed (`docs/sources.md`, Huawei Cloud, 2).
    fn payload_hash(&self, method: SignMethod) -> Result<PayloadHash<'_>, Error> {
        match self.header(method.hash().content_header()) {
            Some(value) if !self.body.is_empty() => Ok(PayloadHash::Header(value)),
            _ => Ok(PayloadHash::of(method.hash().digest(self.body)?)),
        }
    }

    /// The same for a body that is not in memory, whose length and digest were measured before.
    fn streamed_hash(&self, method: SignMethod, body: StreamedBody) -> Result<PayloadHash<'_>, Error> {
        match self.header(method.hash().content_header()) {
            _ if body.len == 0 => Ok(PayloadHash::of(method.hash().digest(&[])?)),
            Some(value) => Ok(PayloadHash::Header(value)),
            None => body.digest().map(PayloadHash::of),
        }
    }

    /// The time of the signature, from the header `X-Sdk-Date`. Its shape is checked: `20240229T081530Z`.
    fn date(&self) -> Result<&str, Error> {
        let date = self.header(&DATE).and_then(|value| std::str::from_utf8(value.as_bytes()).ok());
        let shaped = date.filter(|date| {
            let shape = date.bytes().map(|byte| if byte.is_ascii_digit() { b'0' } else { byte });
            shape.eq(*b"00000000T000000Z")
        });
        shaped.ok_or_else(|| Error::config("the header `X-Sdk-Date` has another form than 20240229T081530Z"))
    }

    /// The first value of a header. A request has few headers, so this takes less time than to hash the name.
    fn header(&self, name: &HeaderName) -> Option<&HeaderValue> {
        self.headers.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// The text that the key of V11-HMAC-SHA256 is derived from: day, region and service. `None` for other
    /// schemes.
    fn derived_info(&self, method: SignMethod) -> Result<Option<String>, Error> {
        if method != SignMethod::DerivedHmacSha256 {
            return Ok(None);
        }
        let date = self.date()?;
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
        Ok(Some(format!("{day}/{}/{}", self.region, self.service)))
    }
}

/// The last line of a canonical request.
enum PayloadHash<'a> {
    /// The hex digits of a hash.
    Digits([u8; 64]),
    /// The value of the content header, as it is.
    Header(&'a HeaderValue),
}

impl PayloadHash<'_> {
    /// The line of a hash.
    fn of(hash: [u8; 32]) -> Self {
        Self::Digits(hex_digits(&hash))
    }

    fn as_bytes(&self) -> &[u8] {
        match self {
            Self::Digits(digits) => digits,
            Self::Header(value) => value.as_bytes(),
        }
    }
}

/// Steps 3 and 4: the signature, in the value of `Authorization`.
fn authorization(
    method: SignMethod,
    credential: &Credential,
    texts: &Texts,
    derived_info: Option<&str>,
) -> Result<String, Error> {
    let (hash, text) = (method.hash(), texts.string_to_sign());
    let key = credential.secret().expose_secret().as_bytes();
    let (scheme, id) = (method.as_str(), credential.id());
    let mut out = match derived_info {
        Some(info) => texts.authorization(&[scheme, " Credential=", id, "/", info, HEADERS], SIGNATURE),
        None => texts.authorization(&[scheme, " Access=", id, HEADERS], SIGNATURE),
    };
    match (method, derived_info) {
        (SignMethod::EcdsaP256Sha256 | SignMethod::Sm2Sm3, _) => {
            push_hex(&mut out, &asymmetric(method, credential, text)?);
        }
        (_, Some(info)) => {
            let key = keys::derived_key(credential, info);
            push_hex(&mut out, &hash.mac(key.expose_secret().as_bytes(), &[text])?);
        }
        (SignMethod::HmacSha256, None) => push_hex(&mut out, &credential.sha256_key().sign(text)),
        _ => push_hex(&mut out, &hash.mac(key, &[text])?),
    }
    Ok(out)
}

/// What precedes the names of the signed headers in `Authorization`.
const HEADERS: &str = ", SignedHeaders=";
/// What precedes the signature in `Authorization`.
const SIGNATURE: &str = ", Signature=";

/// A signature of SDK-ECDSA-P256-SHA256 or SDK-SM2-SM3, in DER.
#[cfg(any(feature = "p256", feature = "sm2"))]
fn asymmetric(method: SignMethod, credential: &Credential, text: &[u8]) -> Result<Vec<u8>, Error> {
    keys::PrivateKey::derive(method, credential)?.sign(text)
}

/// Both features are off: the error names the one that the scheme needs.
#[cfg(not(any(feature = "p256", feature = "sm2")))]
fn asymmetric(method: SignMethod, _: &Credential, _: &[u8]) -> Result<Vec<u8>, Error> {
    Err(method.not_compiled(if method == SignMethod::Sm2Sm3 { "sm2" } else { "p256" }))
}

header_names! {
    ACCESS_TOKEN = "x-access-token",
    DATE = "x-sdk-date",
    DOMAIN = "x-domain-id",
    PROJECT = "x-project-id",
    TOKEN = "x-security-token",
}

/// The value of the content header, and the text that is signed in place of the hash of the body.
const UNSIGNED: HeaderValue = HeaderValue::from_static("UNSIGNED-PAYLOAD");

/// Makes the request of one attempt: headers, signature, address.
///
/// 1. The path gets the ids of the credential, and the query is encoded. The encoded text is signed and sent.
/// 2. The headers of the action and the caller come first, then `Content-Type` and `User-Agent`, then the ids
///    and the token of the credential.
/// 3. The content header is added if the body is not signed, then `X-Sdk-Date` and `Host`. If the action or
///    the caller set one of these, that value is sent and signed.
/// 4. The signature is computed over all of them.
///
/// Steps 3 and 4 are left out for an anonymous action, and for a request with an `Authorization` of the
/// caller, such as one with a token of IAM. The vendor's SDK does the same (`docs/sources.md`, Huawei Cloud,
/// 2). Calls of the product `meeting` have an access token in their place.
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
    let by_token = region::takes_token(input.action.product());
    if let Some(credential) = credential.filter(|_| !by_token) {
        refuse_token(input.action, credential)?;
        scope_headers(cloud, input, credential, &mut headers)?;
    }
    let needs_proof = !headers.contains_key(AUTHORIZATION) && !input.action.is_anonymous();
    if needs_proof && by_token {
        access_token(input, &mut headers)?;
    }
    if needs_proof && !by_token {
        let credential = input.key_pair()?;
        let method = cloud.method_for(input.endpoint);
        let content_header = method.hash().content_header();
        if !cloud.sign_all_payloads && !is_signed(&headers) && !headers.contains_key(content_header) {
            headers.insert(content_header, UNSIGNED);
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
        let authorization = match streamed {
            Some(body) => {
                canonical.authorization_of(method, credential, canonical.streamed_hash(method, body)?)?
            }
            None => canonical.authorization(method, credential)?,
        };
        headers.insert(AUTHORIZATION, secret(authorization)?);
    }
    finish::request(input, &path::sendable(&path), &query, headers, body)
}

/// The digest that a signature needs of a body that is not in memory.
///
/// `None` if the signature does not cover the body. This is the usual case, because files are sent as octet
/// streams or multipart forms, and only JSON and BSON bodies are signed. The file is then read only once,
/// while it is sent.
pub(super) fn body_digest(
    cloud: &Cloud,
    action: &ActionInfo,
    parts: &RequestParts,
    endpoint: &Endpoint,
) -> Option<BodyDigest> {
    let method = cloud.method_for(endpoint);
    let Payload::Stream { content_type, .. } = &parts.payload else { return None };
    if action.is_anonymous()
        || region::takes_token(action.product())
        || parts.headers.contains_key(AUTHORIZATION)
        || parts.headers.contains_key(method.hash().content_header())
    {
        return None;
    }
    let signed =
        cloud.sign_all_payloads || is_signed_type(parts.headers.get(CONTENT_TYPE).unwrap_or(content_type));
    signed.then_some(method.hash().of_bodies())
}

/// Whether the body is signed: only JSON and BSON bodies are, and those without a `Content-Type`.
fn is_signed(headers: &HeaderMap) -> bool {
    headers.get(CONTENT_TYPE).is_none_or(is_signed_type)
}

/// Whether bodies of this type are signed. Parameters such as `;charset=UTF-8` do not matter.
fn is_signed_type(content_type: &HeaderValue) -> bool {
    let text = content_type.as_bytes();
    text.starts_with(b"application/json") || text.starts_with(b"application/bson")
}

/// The headers of the action and the caller, `Content-Type` and `User-Agent`.
///
/// `Content-Type` is `application/json` even for a GET without a body, as in the vendor's SDK, unless
/// [`Cloud::ignore_content_type_for_get_request`] is set. A `User-Agent` of the caller is appended:
///
/// ```text
/// User-Agent: cloudcall/0.1.0; my-program
/// ```
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

/// Adds the ids and the token of the credential: `X-Project-Id` or `X-Domain-Id`, and `X-Security-Token`.
///
/// An id header of the caller takes precedence: it is the only way to name another project for one call.
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

/// Adds the access token of a sign-in to a call of `meeting`. A token that the caller set takes precedence.
///
/// # Errors
///
/// Kind `Credentials` if the credential is not a token: a key pair signs nothing that this product reads.
fn access_token(input: &SignInput<'_>, headers: &mut HeaderMap) -> Result<(), Error> {
    if headers.contains_key(ACCESS_TOKEN) {
        return Ok(());
    }
    let token = input.credential.filter(|credential| credential.is_bearer()).and_then(Credential::token);
    let Some(token) = token else {
        let what = format!(
            "a key pair cannot call `{}`, which takes the token of a sign-in: use `credentials::MeetingAccount` or \
             `credentials::MeetingApp` of `provider::huawei`, or `Credential::bearer` if you have a token",
            input.action.product()
        );
        return Err(Error::new(ErrorKind::Credentials, what));
    };
    headers.insert(ACCESS_TOKEN, secret(token.expose_secret().to_owned())?);
    Ok(())
}

/// Refuses a bearer token for a product whose calls are signed, so that the token is not sent to its host.
fn refuse_token(action: &ActionInfo, credential: &Credential) -> Result<(), Error> {
    if !credential.is_bearer() {
        return Ok(());
    }
    let what = format!(
        "the credential of `{}` is a token, which cannot sign calls of `{}`: use another client with a key pair for them",
        credential.source(),
        action.product()
    );
    Err(Error::new(ErrorKind::Credentials, what))
}
