//! Constants and pure functions that the signers and encoders of several providers share.
//!
//! What is here does the same for each vendor: content types, the bytes of a payload, the headers of a call.
//! Nothing here does I/O or depends on one vendor; what differs between two vendors stays in their folders.
//! Encoders call [`not_json`], and signers call [`headers`], [`content_type`] and [`bytes`] before they
//! compute a signature, so that the body is encoded once for both the digest and the wire.

use bytes::Bytes;
use http::{HeaderMap, HeaderValue};

use crate::action::info::ActionInfo;
use crate::action::request::Payload;
use crate::endpoint::check_label;
use crate::error::Error;
use crate::provider::SignInput;
use crate::sign::encode;

/// Declares private constants for names of headers, which must be in lower case:
///
/// ```text
/// header_names! { DATE = "x-date" }
/// ```
///
/// A constant needs no check and no allocation for each request.
macro_rules! header_names {
    ($($name:ident = $text:literal),* $(,)?) => {
        $(const $name: http::HeaderName = http::HeaderName::from_static($text);)*
    };
}
pub(crate) use header_names;

/// The content type of JSON bodies, without a charset: JSON is always UTF-8.
pub(crate) const JSON: HeaderValue = HeaderValue::from_static("application/json");
/// The content type of form bodies, `name=value&…`.
pub(crate) const FORM: HeaderValue = HeaderValue::from_static("application/x-www-form-urlencoded");
/// The content type of XML bodies.
#[cfg(any(feature = "huawei", feature = "alibaba"))]
pub(crate) const XML: HeaderValue = HeaderValue::from_static("application/xml");
/// The content type of bodies whose format is unknown, such as files.
#[cfg(any(feature = "tencent", feature = "huawei", feature = "alibaba"))]
pub(crate) const OCTETS: HeaderValue = HeaderValue::from_static("application/octet-stream");

/// Name-value pairs as [`encode::form`] and [`encode::query`] take them.
pub(crate) fn texts(pairs: &[(String, String)]) -> impl Iterator<Item = (&str, &str)> {
    pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()))
}

/// The content type that a payload needs. `None` for an empty payload.
///
/// A header `Content-Type` of the caller takes precedence: the signers insert this one only if there is none.
pub(crate) fn content_type(payload: &Payload) -> Option<HeaderValue> {
    match payload {
        Payload::Empty => None,
        Payload::Form(_) => Some(FORM),
        Payload::Bytes { content_type, .. } | Payload::Stream { content_type, .. } => {
            Some(content_type.clone())
        }
    }
}

/// The bytes of a payload, which are both hashed and sent. A form is encoded here, with `+` for a space. A
/// streamed payload gives no bytes: the transport reads its source, and its digest was measured before.
pub(crate) fn bytes(payload: &Payload) -> Bytes {
    match payload {
        Payload::Empty | Payload::Stream { .. } => Bytes::new(),
        Payload::Bytes { data, .. } => data.clone(),
        Payload::Form(pairs) => Bytes::from(encode::form(texts(pairs))),
    }
}

/// A new header map with the headers that the action, the client and the caller set. It has room for `more`
/// others, so that a signer does not reallocate.
pub(crate) fn headers(input: &SignInput<'_>, more: usize) -> HeaderMap {
    let given = &input.parts.headers;
    let mut headers = HeaderMap::with_capacity(given.len() + more);
    headers.extend(given.iter().map(|(name, value)| (name.clone(), value.clone())));
    headers
}

/// Checks the product of an action, also for a call whose endpoint the user set: it is part of signatures,
/// and of hosts.
///
/// # Errors
///
/// Kind `Config` if it cannot be a label of a host name. The message names the product.
pub(crate) fn check_product(action: &ActionInfo) -> Result<(), Error> {
    check_label("product", action.product())
}

/// Checks a product that hosts contain as it is, so that it must be in lower case.
///
/// # Errors
///
/// Those of [`check_product`], and kind `Config` for upper case, with the name in lower case.
#[cfg(feature = "tencent")]
pub(crate) fn check_lower_product(action: &ActionInfo) -> Result<(), Error> {
    check_product(action)?;
    let product = action.product();
    match product.bytes().any(|byte| byte.is_ascii_uppercase()) {
        true => Err(Error::config(format!(
            "there is no product `{product}`: did you mean `{}`?",
            product.to_ascii_lowercase()
        ))),
        false => Ok(()),
    }
}

/// Checks the version of an action whose cloud dates its versions: `2017-03-12`, or `20240611` if the cloud
/// has versions without hyphens (`plain`). The date need not exist: Alibaba Cloud's bpstudio has 2021-09-31.
///
/// # Errors
///
/// Kind `Config`, with the version, and with the date that a text of eight digits probably means.
#[cfg(any(feature = "tencent", feature = "alibaba", feature = "volcengine"))]
pub(crate) fn check_date(action: &ActionInfo, plain: bool) -> Result<(), Error> {
    let version = action.version();
    let shape = || version.bytes().map(|byte| if byte.is_ascii_digit() { b'0' } else { byte });
    if shape().eq(*b"0000-00-00") || (plain && shape().eq(*b"00000000")) {
        return Ok(());
    }
    if version.is_empty() {
        return Err(Error::config("the version is empty: give the date of the API, such as `2017-03-12`"));
    }
    let digits: String = version.chars().filter(char::is_ascii_digit).collect();
    let hint = match (digits.get(..4), digits.get(4..6), digits.get(6..8)) {
        (Some(year), Some(month), Some(day)) if digits.len() == 8 => {
            format!("did you mean `{year}-{month}-{day}`?")
        }
        _ => "give the date of the API, such as `2017-03-12`".to_owned(),
    };
    Err(Error::config(format!("`{}` is not a version of this cloud: {hint}", version.escape_debug())))
}

/// The headers that the signature of a request covers, such as `content-type;host`. `None` if `Authorization`
/// does not list them: the older schemes sign parameters.
#[cfg(any(feature = "tencent", feature = "huawei", feature = "volcengine"))]
pub(crate) fn signed_headers(request: &crate::transport::HttpRequest) -> Option<&str> {
    let authorization = request.headers().get(http::header::AUTHORIZATION)?.to_str().ok()?;
    authorization.split("SignedHeaders=").nth(1)?.split(',').next()
}

/// A nonce as a positive integer below 2^63, because the vendor's own signers send a number: the upper 63 of
/// its first 64 bits, and 1 instead of 0.
#[cfg(feature = "tencent")]
pub(crate) fn numeric_nonce(nonce: [u8; 16]) -> u64 {
    let [a, b, c, d, e, f, g, h, ..] = nonce;
    (u64::from_be_bytes([a, b, c, d, e, f, g, h]) >> 1).max(1)
}

/// The error of a parameter whose value is not valid JSON. It occurs only for JSON text that the caller wrote
/// by hand.
#[cfg(any(feature = "tencent", feature = "alibaba", feature = "volcengine"))]
pub(crate) fn not_json(error: serde_json::Error) -> Error {
    Error::config("a parameter is not JSON").with_source(error)
}

#[cfg(all(test, feature = "tencent"))]
mod tests {
    use super::*;

    fn refused(version: &str, plain: bool) -> Option<String> {
        let action = ActionInfo::dynamic("cvm", version, "DescribeZones");
        check_date(&action, plain).err().map(|error| error.message().to_owned())
    }

    #[test]
    fn a_version_that_is_not_a_date_is_named_with_the_date_that_was_meant() {
        for version in ["2017-03-12", "2021-09-31"] {
            assert_eq!(refused(version, false), None, "{version}");
        }
        assert_eq!(refused("20240611", true), None);
        for version in ["v20170312", "20170312", "2017_03_12", "2017/03/12", "v2017-03-12", "2017-0312"] {
            let message = refused(version, false).unwrap();
            assert!(message.contains(&format!("`{version}`")), "{message}");
            assert!(message.ends_with("did you mean `2017-03-12`?"), "{message}");
        }
        for version in ["v3", "2017-3-12", "2017-03", "latest", " ", "2017-03-12\r\nx: 1"] {
            let message = refused(version, true).unwrap();
            assert!(message.contains("such as `2017-03-12`") || version.contains('x'), "{message}");
            assert!(!message.contains('\n'), "{message}");
        }
        assert!(refused("", false).unwrap().contains("is empty"));
    }

    #[test]
    fn a_product_is_a_label_of_a_host() {
        let of = |product: &str| check_lower_product(&ActionInfo::dynamic(product, "2017-03-12", "X"));
        assert!(of("cvm").is_ok());
        let upper = of("Cvm").unwrap_err();
        assert_eq!(upper.message(), "there is no product `Cvm`: did you mean `cvm`?");
        for product in ["", "cvm.evil.org/", "c v m"] {
            assert!(of(product).is_err(), "{product:?}");
        }
    }
}
