//! Signatures of requests, and the requests that carry them: `docs/sources.md`, Tencent Cloud, 9.2.
//!
//! [`Canonical`] computes a signature from the data that it is given: it reads no clock, no environment and
//! no credential cache. The function `sign` is the one that the pipeline calls for each attempt.
//!
//! # Steps
//!
//! A GET of `DescribeInstances` with `Limit` shows what each step makes.
//!
//! 1. The common parameters follow those of the call.
//!
//!    ```text
//!    Limit=1&Action=DescribeInstances&RequestClient=SDK_PYTHON_2.0.15&Region=ap-guangzhou
//!    &SecretId=AKIDfake0001&Nonce=12345&Timestamp=1700000000&SignatureMethod=HmacSHA1
//!    ```
//!
//! 2. The string to sign: method, host and path, then all parameters sorted by name, as they were before
//!    encoding.
//!
//!    ```text
//!    GETcvm.api.qcloud.com/v2/index.php?Action=DescribeInstances&Limit=1&Nonce=12345&Region=ap-guangzhou
//!    &RequestClient=SDK_PYTHON_2.0.15&SecretId=AKIDfake0001&SignatureMethod=HmacSHA1&Timestamp=1700000000
//!    ```
//!
//! 3. The signature is the MAC of that text with the secret as the key, in base64. It is the last parameter.
//!
//!    ```text
//!    Signature=Zbdsm007aIurb38K4w8YMf%2BvzuU%3D
//!    ```
//!
//! (The texts of steps 1 and 2 have no line breaks.) API 3.0 has the same step 2 for its older methods:
//! [`tencent::signer::v1`](crate::provider::tencent::signer::v1).

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
use crate::provider::tencent::signer::{action_name, push_signature, shown, signature, string_to_sign};
use crate::sign::encode::{decimal, form};
use crate::sign::finish;
use crate::sign::time::unix_seconds;
use crate::transport::HttpRequest;

/// The signature method of requests.
///
/// ```
/// use cloudcall::provider::qcloud::SignMethod;
///
/// assert_eq!(SignMethod::default(), SignMethod::HmacSha256);
/// assert_eq!("hmacsha1".parse::<SignMethod>()?.as_str(), "HmacSHA1");
/// # Ok::<(), cloudcall::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum SignMethod {
    /// HmacSHA256. The default.
    #[default]
    HmacSha256,
    /// HmacSHA1, the default of the vendor's package.
    HmacSha1,
}

impl SignMethod {
    /// The value of the parameter `SignatureMethod`.
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

/// The input of a signature of API 2.0, except the parameters of the call.
///
/// ```
/// use cloudcall::credential::Credential;
/// use cloudcall::provider::qcloud::signer::Canonical;
///
/// let request = Canonical {
///     method: "GET",
///     host: "cvm.api.qcloud.com",
///     action: "DescribeInstances",
///     version: "",
///     region: "ap-guangzhou",
///     request_client: "SDK_PYTHON_2.0.15",
///     sign_method: "HmacSHA1",
///     timestamp: 1_700_000_000,
///     nonce: 12345,
/// };
/// let keys = Credential::new("AKIDfake0001", "fakeSecretKey0001")?;
/// let steps = request.steps(&[("Limit".to_owned(), "1".to_owned())], &keys);
/// assert_eq!(steps.signature, "Zbdsm007aIurb38K4w8YMf+vzuU=");
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// # Troubleshooting
///
/// *code 4100*: the secret is wrong, or a parameter changed after it was signed. Compare
/// [`Steps::string_to_sign`] with that of another implementation.
///
/// *code 4500*: the nonce was used before, or the clock is more than two hours off.
#[doc(alias = "Envelope")]
#[derive(Debug, Clone, Copy)]
pub struct Canonical<'a> {
    /// `GET` or `POST`.
    pub method: &'a str,
    /// The host, with the port if the endpoint has one.
    pub host: &'a str,
    /// The action. Its first letter is sent in upper case.
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
    /// A random number. The service refuses one that it has seen before.
    pub nonce: u64,
}

/// The signed parameters and the text that was signed, to compare with those of a server or another
/// implementation. The secret is in none of them; the token of temporary keys is in both.
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
    /// The signature, in base64.
    pub fn signature(&self, params: &[(String, String)], credential: &Credential) -> String {
        let ((), _, signature) = self.signed(params, credential, |_| ());
        signature
    }

    /// The parameters as they are sent, the signature last: the query of a GET, or the form of a POST.
    pub fn form(&self, params: &[(String, String)], credential: &Credential) -> String {
        let (mut text, _, signature) = self.signed(params, credential, |params| form(params.iter().copied()));
        push_signature(&mut text, &signature);
        text
    }

    /// Signs the parameters, and returns every step.
    pub fn steps(&self, params: &[(String, String)], credential: &Credential) -> Steps {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        let (mut params, string_to_sign, signature) =
            self.signed(params, credential, |params| params.iter().map(owned).collect::<Vec<_>>());
        params.push(("Signature".to_owned(), signature.clone()));
        Steps { params, string_to_sign: shown(&string_to_sign), signature }
    }

    /// Adds the common parameters to those of the call, and signs all of them. Returns what `sent` makes of
    /// the parameters in the order in which they are sent, the string to sign, and the signature.
    ///
    /// `Action` and `RequestClient` replace parameters of the same name. All other common parameters are
    /// added only if the caller did not give them, so a program can set its own `Timestamp`, `Nonce` or
    /// `SignatureMethod`. A `Signature` of the caller is dropped. This is what the vendor's package does.
    fn signed<T>(
        &self,
        params: &[(String, String)],
        credential: &Credential,
        sent: impl FnOnce(&[(&str, &str)]) -> T,
    ) -> (T, Vec<u8>, String) {
        let action = action_name(self.action);
        let (mut nonce, mut timestamp) = ([0; 20], [0; 20]);
        let token = credential.token().map_or("", |token| token.expose_secret());
        let mut all = Vec::with_capacity(params.len() + 9);
        all.extend(texts(params).filter(|(name, _)| *name != "Signature"));
        // The common parameters have different names, so only those of the caller are searched.
        let given = all.len();
        for (name, value) in [("Action", &*action), ("RequestClient", self.request_client)] {
            match all.iter_mut().take(given).find(|(known, _)| *known == name) {
                Some((_, old)) => *old = value,
                None => all.push((name, value)),
            }
        }
        for (name, value, needed) in [
            ("Region", self.region, false),
            ("Version", self.version, false),
            ("Token", token, false),
            ("SecretId", credential.id(), true),
            ("Nonce", decimal(self.nonce, &mut nonce), true),
            ("Timestamp", decimal(self.timestamp, &mut timestamp), true),
            ("SignatureMethod", self.sign_method, true),
        ] {
            if (needed || !value.is_empty()) && !all.iter().take(given).any(|(known, _)| *known == name) {
                all.push((name, value));
            }
        }
        let sent = sent(&all);
        let sha256 = all.contains(&("SignatureMethod", "HmacSHA256"));
        // For a POST, the vendor's package leaves values that begin with `@` out of the text, from the time
        // when such a value named a file to upload. They are sent all the same.
        if self.method == "POST" {
            all.retain(|(_, value)| !value.starts_with('@'));
        }
        let text = string_to_sign(&[self.method, self.host, PATH], &mut all);
        let signature = signature(&text, credential, sha256);
        (sent, text, signature)
    }
}

/// Makes the request of one attempt: parameters and signature in the query of a GET, or in the form of a
/// POST.
///
/// # Errors
///
/// Kind `Credentials` if there is no key pair to sign with.
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
        Payload::Form(pairs) => pairs,
        _ => &parts.query,
    };
    let text = envelope.form(params, credential);
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
        let params: Vec<_> =
            params.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        envelope.steps(&params, &Credential::new("id", "key").unwrap())
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
