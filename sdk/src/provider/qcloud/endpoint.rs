//! Hosts: `{module}.api.qcloud.com`. The region is a parameter here, not a part of the host.

use crate::action::info::ActionInfo;
use crate::endpoint::{Endpoint, check_label};
use crate::error::Error;

/// Modules whose host has another name than they have.
const RENAMED: [(&str, &str); 1] = [("sec", "csec")];

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
