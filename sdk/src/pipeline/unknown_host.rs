//! Advice if the host of a call does not exist: the region is probably misspelt.
//!
//! Hosts of Huawei Cloud, Alibaba Cloud and Volcengine contain the region, and a region that no table has
//! gets the usual host, because vendors open regions more often than this crate has versions. A misspelt
//! region therefore first shows as a host name that the resolver does not know.

use std::error::Error as StdError;
use std::iter::successors;

use crate::error::{Error, ErrorKind, near};
use crate::pipeline::prepare::PreparedCall;

/// Adds the host, and a region with a similar name, to the error of a host that does not exist. Other errors
/// are returned unchanged, and so are errors of an endpoint that the user set.
///
/// ```text
/// the host `ecs.cn-nort-4.myhuaweicloud.com` was not found: the region `cn-nort-4` is not known for `ecs`,
/// did you mean `cn-north-4`?
/// ```
pub(crate) fn explained(error: Error, prepared: &PreparedCall<'_>, host: &str) -> Error {
    if error.kind() != ErrorKind::Connect || !is_unknown_host(&error) {
        return error;
    }
    let advice = advice(prepared).unwrap_or_default();
    error.with_message(format!("the host `{host}` was not found{advice}"))
}

/// Whether the resolver knows no such host. Both transports have an error with this text in the chain of
/// causes; it has no public type.
fn is_unknown_host(error: &Error) -> bool {
    let mut causes = successors(error.source(), |&cause| cause.source());
    causes.any(|cause| cause.to_string() == "dns error")
}

/// What is wrong with the region. `None` if the host does not depend on it, or if the region is known.
fn advice(prepared: &PreparedCall<'_>) -> Option<String> {
    let region = prepared.region.filter(|_| !prepared.has_own_endpoint())?;
    let known = prepared.cloud.regions();
    if known.is_empty() || known.contains(&region) {
        return None;
    }
    let product = prepared.info.product();
    let meant = near(region, known).map(|near| format!(", did you mean `{near}`?")).unwrap_or_default();
    Some(format!(": the region `{region}` is not known for `{product}`{meant}"))
}
