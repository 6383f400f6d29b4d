//! Endpoints of products: `docs/sources.md`, Tencent Cloud, 1.
//!
//! | host | meaning |
//! | --- | --- |
//! | `cvm.tencentcloudapi.com` | the default; the vendor routes it to the nearest region |
//! | `cvm.ap-shanghai.tencentcloudapi.com` | one region; set it with `endpoint` |
//! | `cvm.internal.tencentcloudapi.com` | within the network of the cloud: `root_domain` |
//! | `cvm.intl.tencentcloudapi.com` | the international site: `root_domain` |
//!
//! The region of a call is the header `X-TC-Region`, and not a part of the host. As in the vendor's SDK, the
//! host is never derived from the region.

use super::Cloud;
use crate::action::info::ActionInfo;
use crate::breaker::filled;
use crate::endpoint::{Endpoint, check_label};
use crate::error::Error;

/// The one endpoint of an action: the host that it declares, else `{product}.{root_domain}`.
///
/// # Errors
///
/// Kind `Config` if the product or the root domain cannot be part of a host.
pub(super) fn default_hosts(cloud: &Cloud, action: &ActionInfo) -> Result<Vec<Endpoint>, Error> {
    let host = match action.host() {
        Some(host) => host.to_owned(),
        None => {
            check_label("product", action.product())?;
            format!("{}.{}", action.product(), cloud.root_domain)
        }
    };
    let endpoint = Endpoint::https(host)?;
    Ok(vec![if cloud.plain_http { endpoint.plain_http() } else { endpoint }])
}

/// The backup endpoint of an action, from a text of the breaker's options.
///
/// | text | endpoint for `cvm` |
/// | --- | --- |
/// | `ap-guangzhou.tencentcloudapi.com` | `https://cvm.ap-guangzhou.tencentcloudapi.com` |
/// | `{product}-x.internal` | `https://cvm-x.internal` |
/// | `cvm.tencentcloudapi.cn` | `https://cvm.tencentcloudapi.cn` |
/// | `https://gateway.internal` | `https://gateway.internal` |
///
/// The vendor's SDK accepts only `tencentcloudapi.com` with a region in front. Here, any host is a backup,
/// and the request is signed for the backup; that SDK keeps the host of the first choice in the signature.
pub(super) fn backup(cloud: &Cloud, action: &ActionInfo, backup: &str) -> Result<Endpoint, Error> {
    let product = action.product();
    check_label("product", product)?;
    let host = filled(backup, product);
    if host.contains("://") {
        return host.parse();
    }
    let whole = host != backup || host.strip_prefix(product).is_some_and(|rest| rest.starts_with('.'));
    let endpoint: Endpoint = if whole { host.parse()? } else { format!("{product}.{host}").parse()? };
    Ok(if cloud.plain_http { endpoint.plain_http() } else { endpoint })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backup_is_a_root_or_a_whole_host() {
        let action = ActionInfo::new("cvm", "2017-03-12", "Do");
        let mut cloud = Cloud::default();
        for (text, host) in [
            ("ap-guangzhou.tencentcloudapi.com", "https://cvm.ap-guangzhou.tencentcloudapi.com"),
            ("ap-shenzhen-fsi.tencentcloudapi.com", "https://cvm.ap-shenzhen-fsi.tencentcloudapi.com"),
            ("intl.tencentcloudapi.com", "https://cvm.intl.tencentcloudapi.com"),
            ("tencentcloudapi.com.cn", "https://cvm.tencentcloudapi.com.cn"),
            ("cvm.tencentcloudapi.cn", "https://cvm.tencentcloudapi.cn"),
            ("{product}-x.internal", "https://cvm-x.internal"),
            ("https://gateway.internal", "https://gateway.internal"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ] {
            assert_eq!(backup(&cloud, &action, text).unwrap().to_string(), host, "{text}");
        }
        assert!(backup(&cloud, &ActionInfo::new("evil.com/", "v", "Do"), "a.b").is_err());
        cloud.plain_http = true;
        assert_eq!(backup(&cloud, &action, "a.b").unwrap().to_string(), "http://cvm.a.b");
    }
}
