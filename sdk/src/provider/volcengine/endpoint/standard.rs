//! The regions of the standard resolver.

use super::table::STANDARD_REGIONS;
use crate::error::Error;

/// Continents and countries whose regions have numbers.
const NUMBERED: [&str; 7] = ["cn", "ap", "eu", "na", "sa", "me", "af"];
/// What may follow the number.
const KINDS: [&str; 4] = ["finance", "exclusive", "local", "inner"];

/// Refuses a region that is neither in the vendor's list nor of the form that the vendor expects, such as
/// `us-east`, `eu-central-1` or `cn-shanghai-2-finance`.
pub(super) fn check_region(region: &str) -> Result<(), Error> {
    if STANDARD_REGIONS.contains(&region) || has_form(region) {
        return Ok(());
    }
    let shown = region.escape_debug();
    Err(Error::config(format!(
        "the standard resolver does not take the region `{shown}`: use one such as `cn-beijing`, or set an endpoint"
    )))
}

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
