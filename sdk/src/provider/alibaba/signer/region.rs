//! The parameter `RegionId` of RPC calls.
//!
//! Many actions refuse a call without it, and some then act on another region. The vendor's older package
//! adds the region of the client to each call; the newer ones leave it to the caller. Here it is added,
//! unless the call or the client says otherwise.

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::action::request::Payload;
use crate::provider::SignInput;
use crate::provider::alibaba::Cloud;

/// The wire name of the parameter.
const NAME: &str = "RegionId";

/// The name and the region that the call must send as a parameter: the region of the call or the client.
/// `None` if the parameters have one already, if the action takes none, or if the client leaves it out.
pub(super) fn region_id<'a>(cloud: &Cloud, input: &SignInput<'a>) -> Option<(&'static str, &'a str)> {
    let region = input.region?;
    let left_out = region.is_empty() || cloud.omit_region_id || input.action.is_regionless();
    (!left_out && !is_set(input)).then_some((NAME, region))
}

/// Whether a parameter of the query or of the body is the region.
fn is_set(input: &SignInput<'_>) -> bool {
    let named = |pairs: &[(String, String)]| pairs.iter().any(|(name, _)| name == NAME);
    named(&input.parts.query)
        || match &input.parts.payload {
            Payload::Form(pairs) => named(pairs),
            Payload::Bytes { content_type, data }
                if content_type.as_bytes().starts_with(b"application/json") =>
            {
                serde_json::from_slice::<RegionDocument>(data).is_ok_and(|document| document.region.is_some())
            }
            _ => false,
        }
}

/// A body in JSON, of which only the region matters here.
#[derive(Deserialize)]
struct RegionDocument {
    #[serde(rename = "RegionId")]
    region: Option<IgnoredAny>,
}
