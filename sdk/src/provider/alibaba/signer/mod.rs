//! ACS3, ACS4 and the older signatures: `docs/sources.md`, Alibaba Cloud, 2 to 4, 9 and
//! 10.
//!
//! [`Canonical`], [`rpc_string_to_sign`] and [`roa_string_to_sign`] are pure functions of their arguments;
//! [`SignMethod`] chooses among them. Queries are sent as they are signed: sorted and percent-encoded.
//!
//! | file | what it has |
//! | --- | --- |
//! | `attempt.rs` | one attempt: chooses the signature, adds headers and parameters, builds the request |
//! | `acs3.rs` | ACS3 (V3): canonical request, string to sign, `Authorization` |
//! | `acs4.rs` | ACS4 (V4): the derived key and its scope |
//! | `rpc.rs`, `roa.rs` | the older signature V2 of each style |
//! | `log.rs` | the signature of the log service |
//! | `mac.rs`, `method.rs` | digests and MACs, and their names |
//! | `region.rs` | the parameter `RegionId` |
//! | `advice.rs` | compares the signed text with the one that the server quotes |
//!
//! # Parameters that a signature adds
//!
//! The older RPC signature sends these beside the parameters of the call: `Action`, `Version`, `Format`,
//! `Timestamp`, `SignatureMethod`, `SignatureVersion`, `SignatureType` (empty for HMAC), `SignatureNonce`,
//! `AccessKeyId`, and for temporary keys `SecurityToken`.
//!
//! RPC calls of either signature send `RegionId`, the region of the call or the client, in the query. It is
//! left out if the call has no region, if its own parameters have one, if the action takes none
//! ([`regionless`](crate::action::ActionInfo::regionless)), and with
//! [`omit_region_id`](crate::client::ClientBuilder::omit_region_id). ROA calls send none.
//!
//! # Example
//!
//! The worked example of the vendor's page about the older RPC signature:
//!
//! ```
//! use cloudcall::credential::Credential;
//! use cloudcall::provider::alibaba::SignMethod;
//! use cloudcall::provider::alibaba::signer::{KeyCache, rpc_signature, rpc_string_to_sign};
//!
//! let query = [
//!     ("Action", "DescribeRegions"),
//!     ("Version", "2014-05-26"),
//!     ("Format", "XML"),
//!     ("AccessKeyId", "testid"),
//!     ("SignatureMethod", "HMAC-SHA1"),
//!     ("SignatureVersion", "1.0"),
//!     ("SignatureNonce", "3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf"),
//!     ("Timestamp", "2016-02-23T12:46:24Z"),
//! ]
//! .map(|(name, value)| (name.to_owned(), value.to_owned()));
//! let text = rpc_string_to_sign("GET", &query, &[]);
//! assert!(text.starts_with("GET&%2F&AccessKeyId%3Dtestid%26Action%3DDescribeRegions%26"));
//! assert!(text.contains("Timestamp%3D2016-02-23T12%253A46%253A24Z"));
//!
//! let keys = Credential::new("testid", "testsecret")?;
//! let signature = rpc_signature(SignMethod::HmacSha1, &keys, &text, &KeyCache::default())?;
//! assert_eq!(signature, "OLeaidS1JvxuMvnyHOwuJ+uX5qY=");
//! # Ok::<(), cloudcall::Error>(())
//! ```

mod acs3;
mod acs4;
mod advice;
mod attempt;
mod log;
mod mac;
mod method;
mod region;
mod roa;
mod rpc;

use std::borrow::Cow;

use http::HeaderMap;

use crate::error::Error;
use crate::sign::canonical::trimmed;

pub use acs3::{Canonical, Covered, Steps, canonical_query};
pub use acs4::{Scope, acs4_signing_key, scope_region};
pub(super) use advice::advise;
pub(super) use attempt::{gateway, method_of, sign};
pub use log::{log_content_md5, log_signature, log_string_to_sign};
pub use mac::{KeyCache, content_hash};
pub use method::SignMethod;
pub use roa::{roa_signature, roa_string_to_sign};
pub use rpc::{rpc_signature, rpc_string_to_sign};

/// The string to sign of [`roa_string_to_sign`] and [`log_string_to_sign`]: the method, the values of the
/// `fixed` headers, the headers that `is_own` accepts by name, and the path with the query, all not encoded.
///
/// # Errors
///
/// Kind `Config` if a header is not UTF-8.
fn string_to_sign<'a>(
    http_method: &str,
    headers: &HeaderMap,
    fixed: &[&str],
    is_own: impl Fn(&str) -> bool,
    path: &str,
    query: impl Iterator<Item = (&'a str, Option<&'a str>)>,
) -> Result<String, Error> {
    let mut text = format!("{http_method}\n");
    for name in fixed {
        text.push_str(&header_values(headers, name)?);
        text.push('\n');
    }
    let mut own: Vec<&str> = headers.keys().map(|name| name.as_str()).filter(|name| is_own(name)).collect();
    own.sort_unstable();
    for name in own {
        text.push_str(name);
        text.push(':');
        text.push_str(&header_values(headers, name)?);
        text.push('\n');
    }
    text.push_str(path);
    let mut sorted: Vec<_> = query.collect();
    sorted.sort_unstable();
    for (at, (name, value)) in sorted.into_iter().enumerate() {
        text.push(if at == 0 { '?' } else { '&' });
        text.push_str(name);
        if let Some(value) = value {
            text.push('=');
            text.push_str(value);
        }
    }
    Ok(text)
}

/// The value of a header as it is signed: trimmed, and several values of one name sorted and joined by `,`.
///
/// An error of kind `Config` for a value that is not UTF-8: the server could not sign the same text.
fn header_values<'a>(headers: &'a HeaderMap, name: &str) -> Result<Cow<'a, str>, Error> {
    let mut values = Vec::new();
    for value in headers.get_all(name) {
        values.push(trimmed(name, value.as_bytes())?);
    }
    values.sort_unstable();
    Ok(match values.as_slice() {
        [] => Cow::Borrowed(""),
        [one] => Cow::Borrowed(one),
        several => Cow::Owned(several.join(",")),
    })
}
