//! The region check of the standard resolver: `docs/sources.md`, Volcengine, 5.1.
//!
//! The vendor's package refuses a region that is neither in its list of 52 regions nor matches this
//! expression, which is written out here without a regex crate:
//!
//! ```text
//! ^(?:[a-z]{2}-[a-z]+(?:-[a-z]+)?
//!   |(?:cn|ap|eu|na|sa|me|af)-[a-z]+-\d+(?:-(?:finance|exclusive|local|inner))?)$
//! ```
//!
//! So `us-east` and `eu-central-1` pass, and `us-east-1` does not.

use super::table::STANDARD_REGIONS;
use crate::error::Error;

/// The first words of regions with a number.
const NUMBERED: [&str; 7] = ["cn", "ap", "eu", "na", "sa", "me", "af"];
/// The words that may follow the number.
const KINDS: [&str; 4] = ["finance", "exclusive", "local", "inner"];

/// Refuses a region that the vendor's standard resolver refuses, with an error of kind `Config`.
pub(super) fn check_region(region: &str) -> Result<(), Error> {
    if STANDARD_REGIONS.contains(&region) || has_form(region) {
        return Ok(());
    }
    let shown = region.escape_debug();
    Err(Error::config(format!(
        "the standard resolver does not take the region `{shown}`: use one such as `cn-beijing`, or set an endpoint"
    )))
}

/// Whether the region matches the expression above.
fn has_form(region: &str) -> bool {
    let word = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase());
    let number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = region.split('-').collect();
    let country = |part: &str| part.len() == 2 && word(part);
    match parts.as_slice() {
        [first, place] => country(first) && word(place),
        [first, place, third] if word(third) => country(first) && word(place),
        [first, place, third] => NUMBERED.contains(first) && word(place) && number(third),
        [first, place, third, kind] => {
            NUMBERED.contains(first) && word(place) && number(third) && KINDS.contains(kind)
        }
        _ => false,
    }
}
