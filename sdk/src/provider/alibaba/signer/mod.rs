//! ACS3 and the older signatures: `docs/sources.md`, Alibaba Cloud, 2 to 4.
//!
//! [`Canonical`], [`rpc_string_to_sign`] and [`roa_string_to_sign`] are pure functions of what they are
//! given; [`SignMethod`] chooses among them. Queries are sent as they are signed: sorted and percent-encoded.
//!
//! What the older RPC signature sends beside the call's own parameters: `Action`, `Version`, `Format`,
//! `Timestamp`, `SignatureMethod`, `SignatureVersion`, `SignatureType` (empty for HMAC), `SignatureNonce`,
//! `AccessKeyId`, for temporary keys `SecurityToken`.
//!
//! RPC calls of either signature send `RegionId`, the region of the call or the client, in the query. It is
//! left out if the call has no region, if its own parameters have one, if the action takes none
//! ([`regionless`](crate::action::ActionInfo::regionless)), and with
//! [`omit_region_id`](crate::client::ClientBuilder::omit_region_id). ROA calls send none.

mod acs3;
mod advice;
mod attempt;
mod mac;
mod method;
mod region;
mod roa;
mod rpc;

use std::borrow::Cow;

use http::HeaderMap;

use crate::error::Error;

pub use acs3::{Canonical, Covered, Steps, canonical_query};
pub(super) use advice::advise;
pub(super) use attempt::sign;
pub use mac::{KeyCache, content_hash};
pub use method::SignMethod;
pub use roa::{roa_signature, roa_string_to_sign};
pub use rpc::{rpc_signature, rpc_string_to_sign};

/// The values of one header as they are signed: trimmed, several of one name sorted and joined by commas.
fn header_values<'a>(headers: &'a HeaderMap, name: &str) -> Result<Cow<'a, str>, Error> {
    let mut values = Vec::new();
    for value in headers.get_all(name) {
        let value = std::str::from_utf8(value.as_bytes()).map_err(|error| {
            Error::config(format!("the header `{name}` is not UTF-8: it cannot be signed")).with_source(error)
        })?;
        values.push(value.trim());
    }
    values.sort_unstable();
    Ok(match values.as_slice() {
        [] => Cow::Borrowed(""),
        [one] => Cow::Borrowed(one),
        several => Cow::Owned(several.join(",")),
    })
}
