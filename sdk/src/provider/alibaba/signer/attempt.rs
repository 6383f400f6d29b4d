//! One attempt: the parts of a call, a credential, a time and a nonce become a request.
//!
//! [`signed`] chooses among these functions, by [`SignMethod`] and style:
//!
//! | | RPC | ROA |
//! | --- | --- | --- |
//! | ACS3, ACS4 | `acs` | `acs` |
//! | V2 | `rpc_v2`, everything in the query | `roa_v2`, everything in headers |
//!
//! Calls of the log service have a function of their own, `log`, whatever the method is.
//!
//! What depends on the credential, besides the signature:
//!
//! - A bearer token is sent without a signature: in the header `x-acs-bearer-token`, and for V2 of the RPC
//!   style in the parameter `BearerToken`. `SignatureType=BEARERTOKEN` marks it, in the query of RPC calls
//!   and in the header `x-acs-signature-type` of ROA calls. ACS4 marks it in the header in both styles, and
//!   sends it in `Authorization: Bearer …`, too.
//! - A session token is sent in the headers `x-acs-security-token` and `x-acs-accesskey-id`, and for V2 of
//!   the RPC style in the parameter `SecurityToken`. The signature covers it.
//! - An anonymous RPC call has action, version, format, time and nonce in the query, and no keys.

use bytes::Bytes;
use http::header::{ACCEPT, ACCEPT_ENCODING, AUTHORIZATION, CONTENT_TYPE, DATE, HOST, USER_AGENT};
use http::{HeaderMap, HeaderValue};
use secrecy::ExposeSecret;

use super::{
    Canonical, Covered, Scope, SignMethod, canonical_query, content_hash, log_content_md5, log_signature,
    log_string_to_sign, region::region_id, roa_signature, roa_string_to_sign, rpc_signature,
    rpc_string_to_sign, scope_region,
};
use crate::action::info::ActionInfo;
use crate::action::request::Payload;
use crate::credential::Credential;
use crate::endpoint::Gateway;
use crate::error::{Error, ErrorKind};
use crate::provider::SignInput;
use crate::provider::alibaba::Cloud;
use crate::provider::alibaba::encode::is_rpc;
use crate::provider::common::{self, JSON, header_names};
use crate::sign::encode::hex;
use crate::sign::finish::{self, secret, value};
use crate::sign::time::{Utc, http_date, unix_seconds};
use crate::transport::HttpRequest;

header_names! {
    ACS_ACTION = "x-acs-action",
    ACS_BEARER_TOKEN = "x-acs-bearer-token",
    ACS_ID_TOKEN = "x-acs-zero-trust-idtoken",
    ACS_CONTENT_SHA256 = "x-acs-content-sha256",
    ACS_DATE = "x-acs-date",
    ACS_KEY_ID = "x-acs-accesskey-id",
    ACS_NONCE = "x-acs-signature-nonce",
    ACS_SECURITY_TOKEN = "x-acs-security-token",
    ACS_SIGNATURE_METHOD = "x-acs-signature-method",
    ACS_SIGNATURE_TYPE = "x-acs-signature-type",
    ACS_SIGNATURE_VERSION = "x-acs-signature-version",
    ACS_VERSION = "x-acs-version",
    CONTENT_MD5 = "content-md5",
    LOG_API_VERSION = "x-log-apiversion",
    LOG_BODY_SIZE = "x-log-bodyrawsize",
    LOG_SIGNATURE_METHOD = "x-log-signaturemethod",
}

/// The signature type that marks a bearer token.
const BEARER: &str = "BEARERTOKEN";

/// The gateway in front of the product of an action.
pub(in super::super) fn gateway(action: &ActionInfo) -> Option<Gateway> {
    action.endpoint_table().and_then(|table| table.gateway())
}

/// The method that signs an action: that of its product's gateway, or else that of the client.
pub(in super::super) fn method_of(cloud: &Cloud, action: &ActionInfo) -> SignMethod {
    match gateway(action) {
        Some(Gateway::Pop(_)) => SignMethod::Acs4HmacSha256,
        Some(Gateway::Log) | None => cloud.sign_method,
    }
}

/// The product in the scope of ACS4: the gateway's spelling, or else that of the action.
fn product(action: &ActionInfo) -> &str {
    match gateway(action) {
        Some(Gateway::Pop(code)) => code,
        Some(Gateway::Log) | None => action.product(),
    }
}

/// The texts that the signature covers, to compare with those that the server quotes. Empty without a
/// signature.
#[derive(Debug, Default)]
pub(super) struct Texts {
    pub(super) string_to_sign: String,
    pub(super) canonical_request: Option<String>,
}

/// Signs one attempt.
pub(in super::super) fn sign(cloud: &Cloud, input: &SignInput<'_>) -> Result<HttpRequest, Error> {
    signed(cloud, input, None)
}

/// The request. The texts that its signature covers are written to `texts`, if somebody wants them. It is a
/// pure function, so `advise` can call it again.
///
/// # Errors
///
/// Kind `Credentials` if an action that is not anonymous has no credential, or if the secret is not the key
/// that the method needs. Kind `Config` for a method that does not fit the style, a parameter that the
/// signature needs for itself, or a header that cannot be sent.
pub(super) fn signed(
    cloud: &Cloud,
    input: &SignInput<'_>,
    texts: Option<&mut Texts>,
) -> Result<HttpRequest, Error> {
    let credential = match input.credential {
        _ if input.action.is_anonymous() => None,
        None => return Err(Error::new(ErrorKind::Credentials, "no credential to sign the request with")),
        some => some,
    };
    if gateway(input.action) == Some(Gateway::Log) {
        return log(cloud, input, credential, texts);
    }
    let method = method_of(cloud, input.action);
    match (method.covers_body(), is_rpc(input.action)) {
        (true, rpc) => acs(cloud, input, credential, method, rpc, texts),
        (false, true) => rpc_v2(cloud, input, credential, texts),
        (false, false) => roa_v2(cloud, input, credential, texts),
    }
}

/// Signs by ACS3 or ACS4. Only the path of an RPC call is fixed; the steps of the signature are the same for
/// both styles.
fn acs(
    cloud: &Cloud,
    input: &SignInput<'_>,
    credential: Option<&Credential>,
    method: SignMethod,
    rpc: bool,
    texts: Option<&mut Texts>,
) -> Result<HttpRequest, Error> {
    let parts = input.parts;
    let is_acs4 = method == SignMethod::Acs4HmacSha256;
    let mut extra = Vec::new();
    if rpc {
        match credential {
            // The gateway recognises an unsigned call by these parameters, which are those of V2.
            None => {
                extra = common(input, "json");
                extra.push(("SignatureNonce", hex(&input.nonce)));
            }
            Some(token) if token.is_bearer() && !token.is_id_token() && !is_acs4 => {
                extra.push(("SignatureType", BEARER.to_owned()));
            }
            Some(_) => {}
        }
    }
    let mut query = with(&parts.query, extra)?;
    if rpc {
        query.extend(region_id(cloud, input).map(|(name, region)| (name.to_owned(), region.to_owned())));
    }
    let query = canonical_query(&query);
    let (mut headers, body) = common_headers(cloud, input)?;
    let content_sha256 = match &parts.payload {
        Payload::Stream { .. } => hex(&input.streamed_body()?.digest()?),
        _ => content_hash(method, &body)?,
    };
    headers.insert(ACS_DATE, value("date", &timestamp(input))?);
    headers.insert(ACS_NONCE, value("nonce", &hex(&input.nonce))?);
    headers.insert(ACS_CONTENT_SHA256, value("digest", &content_sha256)?);
    match credential {
        None => {}
        Some(token) if token.is_id_token() => {
            headers.insert(ACS_ID_TOKEN, token_value(token)?);
        }
        Some(token) if token.is_bearer() => {
            headers.insert(ACS_BEARER_TOKEN, token_value(token)?);
            if !rpc || is_acs4 {
                headers.insert(ACS_SIGNATURE_TYPE, HeaderValue::from_static(BEARER));
            }
            if is_acs4 {
                let token = token.token().map(|token| token.expose_secret()).unwrap_or_default();
                headers.insert(AUTHORIZATION, secret(format!("Bearer {token}"))?);
            }
        }
        Some(keys) => {
            temporary(&mut headers, keys)?;
            let canonical = Canonical {
                method,
                http_method: parts.method.as_str(),
                path: &parts.path,
                query: &query,
                headers: &headers,
                covered: Covered::Usual,
                content_sha256: &content_sha256,
            };
            let scoped = || canonical.scoped_steps(keys, &scope(input, &day(input)), &cloud.keys);
            let authorization = match texts {
                Some(texts) => {
                    let steps = if is_acs4 { scoped()? } else { canonical.steps(keys, &cloud.keys)? };
                    texts.string_to_sign = steps.string_to_sign;
                    texts.canonical_request = Some(steps.canonical_request);
                    steps.authorization
                }
                None if is_acs4 => scoped()?.authorization,
                None => canonical.authorization(keys, &cloud.keys)?,
            };
            headers.insert(AUTHORIZATION, secret(authorization)?);
        }
    }
    finish::request(input, &input.parts.path, &query, headers, body)
}

/// Signs an RPC call by the older signature. Everything travels in the query; form fields are covered and
/// stay in the body.
fn rpc_v2(
    cloud: &Cloud,
    input: &SignInput<'_>,
    credential: Option<&Credential>,
    texts: Option<&mut Texts>,
) -> Result<HttpRequest, Error> {
    let parts = input.parts;
    let http_method = parts.method.as_str();
    let mut extra = common(input, "JSON");
    extra.push(("SignatureNonce", hex(&input.nonce)));
    extra.extend(region_id(cloud, input).map(|(name, region)| (name, region.to_owned())));
    let token = || credential.and_then(Credential::token).map(|token| token.expose_secret().to_owned());
    match credential {
        None => {}
        // It stands in a header.
        Some(token) if token.is_id_token() => {}
        Some(bearer) if bearer.is_bearer() => {
            extra.push(("BearerToken", token().unwrap_or_default()));
            extra.push(("SignatureType", BEARER.to_owned()));
        }
        Some(keys) => {
            let rsa = cloud.sign_method == SignMethod::Sha256WithRsa;
            extra.push(("SignatureMethod", cloud.sign_method.as_str().to_owned()));
            extra.push(("SignatureVersion", "1.0".to_owned()));
            extra.push(("SignatureType", if rsa { "PRIVATEKEY".to_owned() } else { String::new() }));
            extra.push(("AccessKeyId", keys.id().to_owned()));
            extra.extend(token().map(|token| ("SecurityToken", token)));
        }
    }
    let mut query = with(&parts.query, extra)?;
    if let Some(keys) = credential.filter(|keys| !keys.is_bearer()) {
        let fields: &[_] = match &parts.payload {
            Payload::Form(fields) => fields,
            _ => &[],
        };
        let string = rpc_string_to_sign(http_method, &query, fields);
        let signature = rpc_signature(cloud.sign_method, keys, &string, &cloud.keys)?;
        query.push(("Signature".to_owned(), signature));
        if let Some(texts) = texts {
            texts.string_to_sign = string;
        }
    }
    let (mut headers, body) = common_headers(cloud, input)?;
    if let Some(token) = credential.filter(|token| token.is_id_token()) {
        headers.insert(ACS_ID_TOKEN, token_value(token)?);
    }
    finish::request(input, &input.parts.path, &canonical_query(&query), headers, body)
}

/// Signs a ROA call by the older signature. The body is not covered: the vendor's newer packages do not send
/// `Content-MD5`, and neither does this crate.
fn roa_v2(
    cloud: &Cloud,
    input: &SignInput<'_>,
    credential: Option<&Credential>,
    texts: Option<&mut Texts>,
) -> Result<HttpRequest, Error> {
    if cloud.sign_method != SignMethod::HmacSha1 {
        let what = format!("{} does not sign ROA calls: use ACS3-RSA-SHA256", cloud.sign_method.as_str());
        return Err(Error::config(what));
    }
    let parts = input.parts;
    let (mut headers, body) = common_headers(cloud, input)?;
    headers.insert(DATE, value("date", &http_date(input.time))?);
    headers.insert(ACS_NONCE, value("nonce", &hex(&input.nonce))?);
    headers.insert(ACS_SIGNATURE_METHOD, HeaderValue::from_static("HMAC-SHA1"));
    headers.insert(ACS_SIGNATURE_VERSION, HeaderValue::from_static("1.0"));
    match credential {
        None => {}
        Some(token) if token.is_id_token() => {
            headers.insert(ACS_ID_TOKEN, token_value(token)?);
        }
        Some(token) if token.is_bearer() => {
            headers.insert(ACS_BEARER_TOKEN, token_value(token)?);
            headers.insert(ACS_SIGNATURE_TYPE, HeaderValue::from_static(BEARER));
        }
        Some(keys) => {
            temporary(&mut headers, keys)?;
            // An empty value is signed as the bare name.
            let value = |value: &String| (!value.is_empty()).then(|| value.clone());
            let pairs: Vec<_> = parts.query.iter().map(|(name, text)| (name.clone(), value(text))).collect();
            let string = roa_string_to_sign(parts.method.as_str(), &headers, &parts.path, &pairs)?;
            let signature = roa_signature(keys, &string);
            headers.insert(AUTHORIZATION, secret(format!("acs {}:{signature}", keys.id()))?);
            if let Some(texts) = texts {
                texts.string_to_sign = string;
            }
        }
    }
    finish::request(input, &input.parts.path, &canonical_query(&parts.query), headers, body)
}

/// Signs a call of the log service.
///
/// The service compresses responses in a way of its own if `Accept-Encoding` names a coding, so calls ask for
/// none.
fn log(
    cloud: &Cloud,
    input: &SignInput<'_>,
    credential: Option<&Credential>,
    texts: Option<&mut Texts>,
) -> Result<HttpRequest, Error> {
    let parts = input.parts;
    if let Payload::Stream { .. } = &parts.payload {
        let what = "the log service signs the MD5 digest of the body: give it in memory, not as a file";
        return Err(Error::config(what));
    }
    let body = common::bytes(&parts.payload);
    // The service names the content type of JSON without a charset, also where there is no body.
    let content_type = match common::content_type(&parts.payload) {
        Some(other) if !other.as_bytes().starts_with(b"application/json") => other,
        _ => JSON,
    };
    let mut headers = plain_headers(cloud, input, 12, Some(content_type))?;
    headers.entry(ACCEPT_ENCODING).or_insert(HeaderValue::from_static("identity"));
    headers.insert(DATE, value("date", &http_date(input.time))?);
    headers.insert(LOG_API_VERSION, HeaderValue::from_static("0.6.0"));
    headers.insert(LOG_BODY_SIZE, HeaderValue::from(body.len()));
    if body.is_empty() {
        headers.remove(CONTENT_MD5);
    } else {
        headers.insert(CONTENT_MD5, value("digest", &log_content_md5(&body))?);
    }
    if let Some(keys) = credential {
        if keys.is_bearer() {
            let what = "the log service takes no bearer token: use an access key";
            return Err(Error::new(ErrorKind::Credentials, what));
        }
        if keys.token().is_some() {
            headers.insert(ACS_SECURITY_TOKEN, token_value(keys)?);
        }
        headers.insert(LOG_SIGNATURE_METHOD, HeaderValue::from_static("hmac-sha256"));
        let path = percent_encoding::percent_decode_str(&parts.path).decode_utf8_lossy();
        let string = log_string_to_sign(parts.method.as_str(), &headers, &path, &parts.query)?;
        let signature = log_signature(keys, &string);
        headers.insert(AUTHORIZATION, secret(format!("LOG {}:{signature}", keys.id()))?);
        if let Some(texts) = texts {
            texts.string_to_sign = string;
        }
    }
    finish::request(input, &parts.path, &canonical_query(&parts.query), headers, body)
}

/// The parameters that tell the gateway which call it is, where action and version travel in the query.
fn common(input: &SignInput<'_>, format: &str) -> Vec<(&'static str, String)> {
    vec![
        ("Action", input.action.name().to_owned()),
        ("Version", input.action.version().to_owned()),
        ("Format", format.to_owned()),
        ("Timestamp", timestamp(input)),
    ]
}

/// The query with the parameters that the signature adds. If both have a parameter, the server would read
/// either one, so this is an error of kind `Config`.
fn with(
    query: &[(String, String)],
    extra: Vec<(&'static str, String)>,
) -> Result<Vec<(String, String)>, Error> {
    let mut all = Vec::with_capacity(query.len() + extra.len() + 1);
    for (name, value) in query {
        let taken = name == "Signature" && !extra.is_empty();
        match extra.iter().any(|(own, _)| own == name) {
            // Many actions declare this parameter. The session token of the credential takes precedence.
            true if name == "SecurityToken" => {}
            found if found || taken => {
                let what = format!(
                    "the older signature adds a parameter `{name}`, which the action has too: sign with ACS3-HMAC-SHA256"
                );
                return Err(Error::config(what));
            }
            _ => all.push((name.clone(), value.clone())),
        }
    }
    all.extend(extra.into_iter().map(|(name, value)| (name.to_owned(), value)));
    Ok(all)
}

/// The headers that all signatures send, and the bytes of the body.
///
/// `x-acs-action` and `x-acs-version` are sent by all of them: ACS3 reads them, and the vendor's packages
/// send them with V2 too.
fn common_headers(cloud: &Cloud, input: &SignInput<'_>) -> Result<(HeaderMap, Bytes), Error> {
    let payload = &input.parts.payload;
    let mut headers = plain_headers(cloud, input, 10, common::content_type(payload))?;
    headers.insert(ACS_ACTION, value("action", input.action.name())?);
    headers.insert(ACS_VERSION, value("version", input.action.version())?);
    Ok((headers, common::bytes(payload)))
}

/// The headers of a call, then content type, format and user agent where the call sets none, and the host.
/// `more` headers fit in beside them.
fn plain_headers(
    cloud: &Cloud,
    input: &SignInput<'_>,
    more: usize,
    content_type: Option<HeaderValue>,
) -> Result<HeaderMap, Error> {
    let mut headers = common::headers(input, more);
    if let Some(content_type) = content_type {
        headers.entry(CONTENT_TYPE).or_insert(content_type);
    }
    headers.entry(ACCEPT).or_insert(JSON);
    if let Some(agent) = &cloud.user_agent {
        headers.entry(USER_AGENT).or_insert_with(|| agent.clone());
    }
    headers.insert(HOST, value("host", input.endpoint.authority())?);
    Ok(headers)
}

/// The headers of temporary keys. The vendor's newer packages send the key id in a header beside the session
/// token.
fn temporary(headers: &mut HeaderMap, keys: &Credential) -> Result<(), Error> {
    if keys.token().is_some() {
        headers.insert(ACS_KEY_ID, secret(keys.id().to_owned())?);
        headers.insert(ACS_SECURITY_TOKEN, token_value(keys)?);
    }
    Ok(())
}

/// The scope of an ACS4 signature.
fn scope<'a>(input: &SignInput<'a>, day: &'a str) -> Scope<'a> {
    let region = scope_region(input.region, input.endpoint.authority());
    Scope { day, region, product: product(input.action) }
}

/// The day of the attempt in UTC, `20260301`.
fn day(input: &SignInput<'_>) -> String {
    Utc::from_unix(unix_seconds(input.time)).date().replace('-', "")
}

/// The time of the attempt, `2026-03-01T08:09:05Z`, in whole seconds.
fn timestamp(input: &SignInput<'_>) -> String {
    Utc::from_unix(unix_seconds(input.time)).iso()
}

/// The session token or bearer token as a header value that no log shows.
fn token_value(credential: &Credential) -> Result<HeaderValue, Error> {
    secret(credential.token().map(|token| token.expose_secret().to_owned()).unwrap_or_default())
}
