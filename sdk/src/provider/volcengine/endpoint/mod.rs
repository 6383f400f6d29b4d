//! Finding the host of a product: `docs/sources.md`, Volcengine, 5.
//!
//! | site, resolver | host of `rds_mysql` in `cn-beijing` |
//! |---|---|
//! | Volcengine, default | `open.volcengineapi.com`; in bootstrap regions as with the standard resolver |
//! | Volcengine, standard | `rds-mysql.cn-beijing.volcengineapi.com` |
//! | BytePlus | `rds-mysql.cn-beijing.byteplusapi.com.cn`; outside mainland China without `.cn` |
//!
//! A call without an endpoint goes to the first of these:
//!
//! 1. the host of the action itself;
//! 2. the hosts of the user for this product, [`ServiceHosts`];
//! 3. the rule of the site and the resolver, in the table above.
//!
//! `table.rs` has the vendor's lists of products, `standard.rs` the region check of the standard resolver,
//! and `hosts.rs` the user's hosts. Nothing here sends a request.

mod hosts;
mod standard;
mod table;

use super::{Cloud, Resolver, Site};
use crate::action::info::ActionInfo;
use crate::context::Context;
use crate::endpoint::{Endpoint, check_label};
use crate::error::Error;
use table::{Row, Scope};

pub use hosts::ServiceHosts;

/// The host of every product in ordinary regions, with the default resolver. Dual stack does not change it.
const SHARED_HOST: &str = "open.volcengineapi.com";
/// Regions with this prefix are in mainland China, except for the second one. BytePlus has another domain
/// there.
const MAINLAND: (&str, &str) = ("cn-", "cn-hongkong");

/// The endpoint of an action for which the user set none.
///
/// An error of kind `Config` without a region, or for a product that the resolver does not know.
pub(super) fn default_hosts(
    cloud: &Cloud,
    context: &Context,
    action: &ActionInfo,
    region: Option<&str>,
) -> Result<Vec<Endpoint>, Error> {
    let endpoint = match action.host() {
        Some(host) => host.parse()?,
        None => resolve(cloud, context, action.product(), region)?,
    };
    Ok(vec![if cloud.plain_http { endpoint.plain_http() } else { endpoint }])
}

/// The endpoint of a service: by the hosts of the user, then by the vendor's rules.
///
/// Service and region become labels of a host name, so both are checked first.
pub(super) fn resolve(
    cloud: &Cloud,
    context: &Context,
    service: &str,
    region: Option<&str>,
) -> Result<Endpoint, Error> {
    check_label("product", service)?;
    let region = region.map(str::trim).filter(|region| !region.is_empty()).ok_or_else(|| {
        Error::config(
            "no region: set one, such as `cn-beijing`, with `region` or the variable VOLCENGINE_REGION",
        )
    })?;
    check_label("region", region)?;
    let place = HostPlace { cloud, dual_stack: dual_stack(cloud, context), service, region };
    if let Some(own) = cloud.hosts.get(service) {
        return own.endpoint(region).map_or_else(|| place.host(own.scope(), ""), Ok);
    }
    match (cloud.site, cloud.resolver) {
        (Site::Volcengine, Resolver::Default) => place.volcengine(context),
        (Site::Byteplus, Resolver::Default) => place.byteplus(),
        (_, Resolver::Standard) => place.standard(),
    }
}

/// Whether to use hosts with IPv6 addresses. The setting takes precedence. Of the variable, exactly the value
/// `true` counts, as in the vendor's package: `TRUE` and `1` do not.
fn dual_stack(cloud: &Cloud, context: &Context) -> bool {
    // The vendor's standard resolver does not read the variable.
    let named = || {
        cloud.resolver == Resolver::Default
            && context.env.var(cloud.site.dual_stack_variable()).as_deref() == Some("true")
    };
    cloud.dual_stack.unwrap_or_else(named)
}

/// A service in a region, with what decides on its host.
struct HostPlace<'a> {
    cloud: &'a Cloud,
    dual_stack: bool,
    service: &'a str,
    region: &'a str,
}

impl HostPlace<'_> {
    /// The rule of Volcengine's default resolver: one shared host, except in bootstrap regions. There, a
    /// product of the vendor's table has its own host: `ecs.cn-beijing-selfdrive.volcengineapi.com`.
    fn volcengine(&self, context: &Context) -> Result<Endpoint, Error> {
        let shared = || Endpoint::https(SHARED_HOST.to_owned());
        if !self.is_bootstrap(context) {
            return shared();
        }
        match table::find(self.service).map(|row| row.volcengine[0]) {
            None | Some(Scope::N) => shared(),
            Some(scope) => self.host(scope, ""),
        }
    }

    /// The rule of BytePlus's default resolver: a host for each product of the table, in every region. There
    /// is no shared host, so an unknown product is an error. The region is lower-cased, as in the vendor's
    /// package.
    fn byteplus(&self) -> Result<Endpoint, Error> {
        let region = self.region.to_ascii_lowercase();
        let here = HostPlace { region: &region, ..*self };
        let row = table::find(self.service).filter(|row| row.byteplus[0] != Scope::N);
        let row = row.ok_or_else(|| here.unknown("BytePlus has no endpoint for"))?;
        here.host(row.byteplus[0], here.mainland_suffix(row))
    }

    /// The rule of the standard resolver: a host for each product of its table. Unknown products and regions
    /// are errors.
    fn standard(&self) -> Result<Endpoint, Error> {
        standard::check_region(self.region)?;
        let row = table::find(self.service);
        let scope = row.map_or(Scope::N, |row| match self.cloud.site {
            Site::Volcengine => row.volcengine[1],
            Site::Byteplus => row.byteplus[1],
        });
        match (row, scope) {
            (None, _) | (_, Scope::N) => Err(self.unknown("the standard resolver does not know")),
            (Some(row), Scope::R) if self.cloud.site == Site::Byteplus => {
                self.host(scope, self.mainland_suffix(row))
            }
            _ => self.host(scope, ""),
        }
    }

    /// `.cn` for products that BytePlus serves under another domain in mainland China, else nothing.
    fn mainland_suffix(&self, row: Row) -> &'static str {
        let (prefix, except) = MAINLAND;
        let inside = row.mainland && self.region.starts_with(prefix) && self.region != except;
        if inside { ".cn" } else { "" }
    }

    /// Whether the region is a bootstrap region: built in, set on the client, or listed in the file of
    /// `VOLC_BOOTSTRAP_REGION_LIST_CONF`.
    fn is_bootstrap(&self, context: &Context) -> bool {
        table::BOOTSTRAP_REGIONS.contains(&self.region)
            || self.cloud.bootstrap_regions.iter().any(|region| region.trim() == self.region)
            || listed(context).is_some_and(|list| list.lines().any(|line| line.trim() == self.region))
    }

    /// The host `service[.region]` with the suffix of the site and then `end`. The service is lower-cased and
    /// `_` becomes `-`, because host names have no underscores: `rds_mysql` becomes `rds-mysql`.
    fn host(&self, scope: Scope, end: &str) -> Result<Endpoint, Error> {
        let service = self.service.to_ascii_lowercase().replace('_', "-");
        let region = if scope == Scope::G { String::new() } else { format!(".{}", self.region) };
        let suffix = self.cloud.site.suffix(self.dual_stack);
        Endpoint::https(format!("{service}{region}{suffix}{end}"))
    }

    /// The error of a product that a table does not have, with the settings that help.
    fn unknown(&self, what: &str) -> Error {
        Error::config(format!(
            "{what} `{}`: check the name of the product, or set an endpoint with `endpoint` or `service_hosts`",
            self.service
        ))
    }
}

/// The variable that names a file of more bootstrap regions, one on each line.
const LIST: &str = "VOLC_BOOTSTRAP_REGION_LIST_CONF";

/// The text of that file. A file that cannot be read only causes a warning, as in the vendor's package.
fn listed(context: &Context) -> Option<String> {
    let path = context.env.var(LIST).filter(|path| !path.is_empty())?;
    match context.files.read(std::path::Path::new(&path)) {
        Ok(bytes) => Some(String::from_utf8_lossy(&bytes).into_owned()),
        Err(error) => {
            tracing::warn!(file = %path, %error, "the file named by {LIST} cannot be read");
            None
        }
    }
}
/// The regions that the standard resolver knows by name.
pub(super) fn regions() -> Vec<&'static str> {
    table::STANDARD_REGIONS.to_vec()
}
