//! The table of vendors: which one a request is for.

use super::received::Received;
use super::vendor::Vendor;

/// All vendors. The first that claims a request has it; the last takes what nobody claims.
const VENDORS: [&dyn Vendor; 5] = [
    &super::qcloud::Qcloud,
    &super::volcengine::Volcengine,
    &super::alibaba::Alibaba,
    &super::huawei::Huawei,
    &super::tencent::Tencent,
];

/// The vendor that a request is for.
pub(crate) fn of_shape(received: &Received) -> &'static dyn Vendor {
    let claims = VENDORS.iter().find(|vendor| vendor.claims(received));
    claims.copied().unwrap_or(&super::tencent::Tencent)
}

/// The vendor of a provider; none for a cloud that is defined outside of this crate.
#[cfg(feature = "testing")]
pub(crate) fn of_name(provider: &str) -> Option<&'static dyn Vendor> {
    VENDORS.iter().find(|vendor| vendor.name() == provider).copied()
}
