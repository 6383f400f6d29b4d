//! ACS4, also called V4: `docs/sources.md`, Alibaba Cloud, 9.
//!
//! It differs from ACS3 in two points. The key of the MAC is derived from the secret, a day, a region and a
//! product, so a key that leaks is of use for one day, region and product only. And `Authorization` names
//! these as the scope:
//!
//! ```text
//! scope = 20260301/cn-beijing/Ecs/aliyun_v4_request
//! key = "aliyun_v4" + secret, and for each part of the scope: key = HMAC(key, part)
//!
//! Authorization: ACS4-HMAC-SHA256 Credential=LTAI…/<scope>,SignedHeaders=…,Signature=<hex>
//! ```
//!
//! The canonical request and the headers are those of ACS3.

use secrecy::ExposeSecret;
use secrecy::zeroize::Zeroizing;

use super::acs3::{Canonical, Steps};
use super::{KeyCache, SignMethod, content_hash};
use crate::credential::Credential;
use crate::error::Error;
use crate::sign::encode::hex;
use crate::sign::hmac::hmac_sha256;

/// What stands before the secret in the first key.
const PREFIX: &str = "aliyun_v4";

/// The last part of a scope.
const TERMINATOR: &str = "aliyun_v4_request";

/// The region of a scope for which no region is known.
const CENTER: &str = "center";

/// What the key of an ACS4 signature is good for.
///
/// ```
/// use cloudcall::provider::alibaba::signer::Scope;
///
/// let scope = Scope { day: "20260301", region: "cn-beijing", product: "Ecs" };
/// assert_eq!(scope.to_string(), "20260301/cn-beijing/Ecs/aliyun_v4_request");
/// ```
#[doc(alias = "ACS4-HMAC-SHA256")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scope<'a> {
    /// The day of the attempt in UTC, such as `20260301`.
    pub day: &'a str,
    /// The region, as [`scope_region`] finds it.
    pub region: &'a str,
    /// The product code as the vendor spells it, such as `Ecs`.
    pub product: &'a str,
}

impl std::fmt::Display for Scope<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}/{}/{TERMINATOR}", self.day, self.region, self.product)
    }
}

/// The region of a scope: that of the call, or else the second label of a host such as
/// `ecs.cn-beijing.aliyuncs.com`. Other hosts, which serve all regions, have `center`.
///
/// ```
/// use cloudcall::provider::alibaba::signer::scope_region;
///
/// assert_eq!(scope_region(Some("cn-shanghai"), "ecs.cn-beijing.aliyuncs.com"), "cn-shanghai");
/// assert_eq!(scope_region(None, "ecs.cn-beijing.aliyuncs.com:443"), "cn-beijing");
/// assert_eq!(scope_region(None, "ram.aliyuncs.com"), "center");
/// ```
pub fn scope_region<'a>(region: Option<&'a str>, host: &'a str) -> &'a str {
    if let Some(region) = region.filter(|region| !region.is_empty()) {
        return region;
    }
    let name = host.split(':').next().unwrap_or_default();
    let mut labels = name.strip_suffix(".aliyuncs.com").unwrap_or(name).split('.');
    match (labels.next(), labels.next(), labels.next()) {
        (Some(_), Some(region), None) => region,
        _ => CENTER,
    }
}

/// The key of an ACS4 signature.
///
/// ```
/// use cloudcall::provider::alibaba::signer::{Scope, acs4_signing_key};
///
/// let scope = Scope { day: "20260301", region: "cn-beijing", product: "Ecs" };
/// let key = acs4_signing_key("secret", &scope);
/// assert_eq!(key[..4], [0xf5, 0x92, 0x8f, 0xd5]);
/// ```
pub fn acs4_signing_key(secret: &str, scope: &Scope<'_>) -> Zeroizing<[u8; 32]> {
    let first = Zeroizing::new([PREFIX, secret].concat());
    let key = Zeroizing::new(hmac_sha256(first.as_bytes(), &[scope.day.as_bytes()]));
    let key = Zeroizing::new(hmac_sha256(&*key, &[scope.region.as_bytes()]));
    let key = Zeroizing::new(hmac_sha256(&*key, &[scope.product.as_bytes()]));
    Zeroizing::new(hmac_sha256(&*key, &[TERMINATOR.as_bytes()]))
}

impl Canonical<'_> {
    /// Computes every step of an ACS4 signature. `method` is [`SignMethod::Acs4HmacSha256`]. The key is taken
    /// from `keys` if it was derived before, which saves four of the five MACs.
    ///
    /// # Errors
    ///
    /// Kind `Config` if the method is another one, or a covered header is not UTF-8.
    pub fn scoped_steps(
        &self,
        credential: &Credential,
        scope: &Scope<'_>,
        keys: &KeyCache,
    ) -> Result<Steps, Error> {
        let algorithm = self.method.as_str();
        if self.method != SignMethod::Acs4HmacSha256 {
            return Err(Error::config(format!("{algorithm} has no scope: use `Canonical::steps`")));
        }
        let (signed_headers, canonical_request) = self.request()?;
        let hash = content_hash(self.method, canonical_request.as_bytes())?;
        let string_to_sign = format!("{algorithm}\n{hash}");
        let shown = scope.to_string();
        let derive = || acs4_signing_key(credential.secret().expose_secret(), scope);
        let signature = keys.scoped_signature(credential, &shown, derive, string_to_sign.as_bytes());
        let signature = hex(&signature);
        let id = credential.id();
        let authorization = format!(
            "{algorithm} Credential={id}/{shown},SignedHeaders={signed_headers},Signature={signature}"
        );
        Ok(Steps { signed_headers, canonical_request, string_to_sign, signature, authorization })
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderMap;

    use super::*;
    use crate::provider::alibaba::signer::Covered;

    #[test]
    fn a_key_that_is_kept_signs_for_its_credential_and_scope_only() {
        let headers = HeaderMap::new();
        let canonical = Canonical {
            method: SignMethod::Acs4HmacSha256,
            http_method: "GET",
            path: "/",
            query: "",
            headers: &headers,
            covered: Covered::Usual,
            content_sha256: "",
        };
        let sign = |secret: &str, day: &str, keys: &KeyCache| {
            let credential = Credential::new("id", secret).unwrap();
            let scope = Scope { day, region: "cn-beijing", product: "Ecs" };
            let twice = [(); 2].map(|()| canonical.scoped_steps(&credential, &scope, keys).unwrap());
            assert_eq!(twice[0].authorization, twice[1].authorization);
            twice[0].signature.clone()
        };
        let keys = KeyCache::default();
        for (secret, day) in [("one", "20260301"), ("one", "20260302"), ("two", "20260302")] {
            assert_eq!(sign(secret, day, &keys), sign(secret, day, &KeyCache::default()), "{secret} {day}");
        }
        assert_ne!(sign("one", "20260301", &keys), sign("one", "20260302", &keys));
        assert_ne!(sign("one", "20260302", &keys), sign("two", "20260302", &keys));
    }
}
