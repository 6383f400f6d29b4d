//! Hosts: `{product}.{root}`. The region is a header here, not a part of the host.

use super::Cloud;
use crate::action::ActionInfo;
use crate::endpoint::{Endpoint, check_label};
use crate::error::Error;

pub(super) fn default_hosts(cloud: &Cloud, action: &ActionInfo) -> Result<Vec<Endpoint>, Error> {
    let host = match action.own_host() {
        Some(host) => host.to_owned(),
        None => {
            check_label("product", action.product())?;
            format!("{}.{}", action.product(), cloud.root_domain)
        }
    };
    let endpoint = Endpoint::https(host)?;
    Ok(vec![if cloud.plain_http { endpoint.plain_http() } else { endpoint }])
}
