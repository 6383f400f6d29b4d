//! The table of vendors.

use super::received::Received;
use super::vendor::Vendor;

/// All vendors. The first one that claims a request handles it. The last one handles unclaimed requests.
const VENDORS: [&dyn Vendor; 5] = [
    &super::qcloud::Qcloud,
    &super::volcengine::Volcengine,
    &super::alibaba::Alibaba,
    &super::huawei::Huawei,
    &super::tencent::Tencent,
];

/// The vendor of a request, by its form.
pub(crate) fn of_shape(received: &Received) -> &'static dyn Vendor {
    let claims = VENDORS.iter().find(|vendor| vendor.claims(received));
    claims.copied().unwrap_or(&super::tencent::Tencent)
}

/// The vendor of a provider; `None` for a provider outside this crate.
#[cfg(feature = "testing")]
pub(crate) fn of_name(provider: &str) -> Option<&'static dyn Vendor> {
    VENDORS.iter().find(|vendor| vendor.name() == provider).copied()
}
