//! The table of vendors: finds the vendor of a request by its form, or by the name of its provider.

use super::received::Received;
use super::vendor::Vendor;

/// All vendors. The first one that claims a request handles it. The last one handles unclaimed
/// requests.
///
/// The order matters, from the narrowest form to the widest:
///
/// 1. `qcloud` claims exactly one path, `/v2/index.php`.
/// 2. `huawei_meeting` claims two paths of sign-ins, and the header `x-access-token`.
/// 3. `volcengine` claims its signature, and unsigned requests with `Action` and `Version` in the query
///    of `/`, if no parameter and no header is that of another vendor.
/// 4. `alibaba_log` claims `LOG ` signatures and the header `x-log-apiversion`.
/// 5. `alibaba` claims `ACS3-`, `ACS4-` and `acs ` signatures, `x-acs-` headers, and the parameters of its
///    RPC style.
/// 6. `huawei` claims its signatures, and every path other than `/` that has no `X-TC-Action`.
/// 7. `tencent` gets the rest.
const VENDORS: [&dyn Vendor; 7] = [
    &super::qcloud::Qcloud,
    &super::huawei_meeting::HuaweiMeeting,
    &super::volcengine::Volcengine,
    &super::alibaba_log::AlibabaLog,
    &super::alibaba::Alibaba,
    &super::huawei::Huawei,
    &super::tencent::Tencent,
];

/// The vendor of a request, by its form. Used if nothing but the bytes is known: by the local cloud,
/// and by the mock for requests that no pipeline has marked.
pub(crate) fn of_shape(received: &Received) -> &'static dyn Vendor {
    let claims = VENDORS.iter().find(|vendor| vendor.claims(received));
    claims.copied().unwrap_or(&super::tencent::Tencent)
}

/// The vendor of a provider; `None` for a provider outside this crate. The mock uses it, because the
/// pipeline attaches the name of the provider to each request. A provider with several gateways has one
/// for each: the first that claims the request, or else the last.
#[cfg(feature = "testing")]
pub(crate) fn of_name(provider: &str, received: &Received) -> Option<&'static dyn Vendor> {
    let named = || VENDORS.iter().filter(|vendor| vendor.name() == provider);
    named().find(|vendor| vendor.claims(received)).or_else(|| named().next_back()).copied()
}
