//! HmacSHA256 and HmacSHA1 among the parameters: `docs/sources.md`, Tencent Cloud, 9.2.
//!
//! [`Canonical`] is a pure function of what it is given; `sign` puts its result into a request.

use bytes::Bytes;
use http::Method;
use http::header::{CONTENT_TYPE, HOST};
use secrecy::ExposeSecret;

use super::Cloud;
use super::encode::PATH;
use crate::action::request::Payload;
use crate::credential::Credential;
use crate::error::Error;
use crate::provider::SignInput;
use crate::provider::common::{self, FORM, texts};
use crate::provider::tencent::signer::{action_name, v1};
use crate::sign::encode::form;
use crate::sign::finish;
use crate::sign::time::unix_seconds;
use crate::transport::HttpRequest;

/// How requests are signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum SignMethod {
    /// With SHA-256.
    #[default]
    HmacSha256,
    /// With SHA-1: what the vendor's own SDK does unless it is told otherwise.
    HmacSha1,
}

impl SignMethod {
    /// The vendor's name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::HmacSha256 => "HmacSHA256",
            Self::HmacSha1 => "HmacSHA1",
        }
    }
}

impl std::str::FromStr for SignMethod {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self, Error> {
        let known = [Self::HmacSha256, Self::HmacSha1];
        known.into_iter().find(|method| method.as_str().eq_ignore_ascii_case(name)).ok_or_else(|| {
            let shown = name.escape_debug();
            Error::config(format!("`{shown}` is not a signature method: use HmacSHA256 or HmacSHA1"))
        })
    }
}

/// What a signature of API 2.0 covers, beside the parameters of the call.
#[doc(alias = "Envelope")]
#[derive(Debug, Clone, Copy)]
pub struct Canonical<'a> {
    /// `GET` or `POST`.
    pub method: &'a str,
    /// The host with its port.
    pub host: &'a str,
    /// The action.
    pub action: &'a str,
    /// The API version; empty for none.
    pub version: &'a str,
    /// The region; empty for none.
    pub region: &'a str,
    /// The value of `RequestClient`.
    pub request_client: &'a str,
    /// The name of the signature method. All but `HmacSHA256` are computed with SHA-1, as the vendor does.
    pub sign_method: &'a str,
    /// Unix seconds.
    pub timestamp: u64,
    /// A number that was not used before.
    pub nonce: u64,
}

/// The signed parameters and the text that was signed, to compare with a server's.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Steps {
    /// Every parameter in the order it is sent, the signature last.
    pub params: Vec<(String, String)>,
    /// The text that was signed.
    pub string_to_sign: String,
    /// The signature in base64.
    pub signature: String,
}

impl Canonical<'_> {
    /// Puts the envelope around `params`. Action and client are ours; what else the caller gave stays as it
    /// is.
    pub fn sign(&self, mut params: Vec<(String, String)>, credential: &Credential) -> Steps {
        let forced = [
            ("Action", action_name(self.action).into_owned()),
            ("RequestClient", self.request_client.to_owned()),
        ];
        for (name, value) in forced {
            match params.iter_mut().find(|(known, _)| known == name) {
                Some((_, old)) => *old = value,
                None => params.push((name.to_owned(), value)),
            }
        }
        let token = credential.token().map_or("", |token| token.expose_secret());
        for (name, value) in [("Region", self.region), ("Version", self.version), ("Token", token)] {
            if !value.is_empty() {
                default(&mut params, name, value.to_owned());
            }
        }
        default(&mut params, "SecretId", credential.id().to_owned());
        default(&mut params, "Nonce", self.nonce.to_string());
        default(&mut params, "Timestamp", self.timestamp.to_string());
        default(&mut params, "SignatureMethod", self.sign_method.to_owned());
        // A signature that the caller left among the parameters is none.
        params.retain(|(name, _)| name != "Signature");
        let sha256 = params.iter().any(|(name, value)| name == "SignatureMethod" && value == "HmacSHA256");
        let target = format!("{}{PATH}", self.host);
        let key = credential.secret().expose_secret().as_bytes();
        // A relic of file uploads: under POST the server leaves values that begin with `@` out of the
        // signature.
        let (string_to_sign, signature) = if self.method == "POST" {
            let signed: Vec<_> =
                params.iter().filter(|(_, value)| !value.starts_with('@')).cloned().collect();
            v1(self.method, &target, &signed, key, sha256)
        } else {
            v1(self.method, &target, &params, key, sha256)
        };
        params.push(("Signature".to_owned(), signature.clone()));
        Steps { params, string_to_sign, signature }
    }
}

fn default(params: &mut Vec<(String, String)>, name: &str, value: String) {
    if !params.iter().any(|(known, _)| known == name) {
        params.push((name.to_owned(), value));
    }
}

/// Signs one attempt.
pub(super) fn sign(cloud: &Cloud, input: &SignInput<'_>) -> Result<HttpRequest, Error> {
    let credential = input.key_pair()?;
    let parts = input.parts;
    let get = parts.method == Method::GET;
    let envelope = Canonical {
        method: parts.method.as_str(),
        host: input.endpoint.authority(),
        action: input.action.name(),
        version: input.action.version(),
        region: input.region.unwrap_or_default(),
        request_client: &cloud.request_client,
        sign_method: cloud.sign_method.as_str(),
        timestamp: unix_seconds(input.time),
        nonce: common::numeric_nonce(input.nonce),
    };
    let params = match &parts.payload {
        Payload::Form(pairs) => pairs.clone(),
        _ => parts.query.clone(),
    };
    let signed = envelope.sign(params, credential);
    let text = form(texts(&signed.params));
    let mut headers = common::headers(input, 2);
    headers.insert(HOST, input.endpoint.header());
    if !get {
        headers.insert(CONTENT_TYPE, FORM);
    }
    match get {
        true => finish::request(input, PATH, &text, headers, Bytes::new()),
        false => finish::request(input, PATH, "", headers, text.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signed(method: &str, params: &[(&str, &str)]) -> Steps {
        let envelope = Canonical {
            method,
            host: "cvm.api.qcloud.com",
            action: "describeInstances",
            version: "",
            region: "ap-guangzhou",
            request_client: "c",
            sign_method: "HmacSHA1",
            timestamp: 1,
            nonce: 2,
        };
        let params = params.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
        envelope.sign(params, &Credential::new("id", "key").unwrap())
    }

    #[test]
    fn the_callers_own_envelope_stays_but_for_action_and_client() {
        let given = [("Action", "x"), ("Nonce", "7"), ("Signature", "forged"), ("Region", "bj")];
        let signed = signed("GET", &given);
        let text = form(texts(&signed.params));
        assert!(text.starts_with("Action=DescribeInstances&Nonce=7&Region=bj&RequestClient=c&"), "{text}");
        assert!(!text.contains("forged") && text.contains("&Signature="), "{text}");
    }

    #[test]
    fn at_values_are_left_out_under_post_only() {
        let file = [("file", "@/tmp/x")];
        assert!(signed("GET", &file).string_to_sign.contains("file="));
        assert!(!signed("POST", &file).string_to_sign.contains("file="));
        assert!(signed("POST", &file).params.iter().any(|(name, _)| name == "file"));
    }
}
