//! Endpoints of modules: `docs/sources.md`, Tencent Cloud, 9.
//!
//! The host is `{module}.api.qcloud.com` for all modules except one, and the region is a parameter, not a
//! part of the host. API 2.0 calls a product a module. In the vendor's package, an endpoint that the user
//! sets has no effect for the modules that the package lists. Here it always takes effect.

use crate::action::info::ActionInfo;
use crate::endpoint::{Endpoint, check_label};
use crate::error::Error;

/// Modules whose host has another label than the name of the module.
const RENAMED: [(&str, &str); 1] = [("sec", "csec")];

/// The endpoint of an action: the host that it declares, else that of its module.
///
/// # Errors
///
/// Kind `Config` if the module cannot be part of a host.
pub(super) fn default_host(action: &ActionInfo) -> Result<Endpoint, Error> {
    if let Some(host) = action.host() {
        return Endpoint::https(host.to_owned());
    }
    let module = action.product();
    check_label("product", module)?;
    let label = RENAMED.iter().find(|(name, _)| *name == module).map_or(module, |(_, label)| label);
    Endpoint::https(format!("{label}.api.qcloud.com"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_module_has_another_host() {
        let host = |module: &str| default_host(&ActionInfo::dynamic(module, "", "X")).unwrap().to_string();
        assert_eq!(host("cvm"), "https://cvm.api.qcloud.com");
        assert_eq!(host("sec"), "https://csec.api.qcloud.com");
        assert_eq!(host("cmq-topic"), "https://cmq-topic.api.qcloud.com");
    }
}
