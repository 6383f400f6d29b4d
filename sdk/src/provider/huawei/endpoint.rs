//! Endpoints of products: `docs/sources.md`, Huawei Cloud, 4.
//!
//! The region is a part of the host, so a client needs one. The first source that has the product in the
//! region counts:
//!
//! | order | source | example |
//! | --- | --- | --- |
//! | 1 | the host that the action declares | `#[cloud_action(host = …)]` |
//! | 2 | `Cloud::hosts`, which `endpoint_of` of the client's builder fills | |
//! | 3 | the environment | `HUAWEICLOUD_SDK_REGION_ECS_CN_NORTH_4=https://a.example,https://b.example` |
//! | 4 | the regions file | `~/.huaweicloud/regions.yaml`: see `regions_file.rs` |
//! | 5 | the built-in table and the usual host | `ecs.cn-north-4.myhuaweicloud.com`: see `region.rs` |
//!
//! Step 2 is in `mod.rs`, the others are here. An endpoint of the client or the call takes precedence over
//! all of them, and is handled before a provider is asked.
//!
//! Several endpoints are the first choice and its backups. A call that cannot connect goes on to the next
//! one, and later calls begin there.

use std::sync::{Arc, Mutex, PoisonError};

use super::region;
use super::regions_file::{self, Entry};
use crate::action::info::ActionInfo;
use crate::context::{Context, Env, ReadFile};
use crate::endpoint::{Endpoint, check_label};
use crate::error::Error;

/// The endpoints that were found before, so that a call reads neither environment nor files. Later changes of
/// them are not noticed, as in the vendor's SDK.
#[derive(Default)]
pub(super) struct Known(Mutex<KnownState>);

/// The content of [`Known`].
#[derive(Default)]
struct KnownState {
    /// The environment and the files that were read. One value may be shared by clients with different
    /// contexts.
    source: Option<(Arc<dyn Env>, Arc<dyn ReadFile>)>,
    /// The entries of the regions file, once it was read. A missing file has none.
    file: Option<Vec<Entry>>,
    /// The endpoints that were found, the oldest first.
    found: Vec<ProductEndpoints>,
}

/// The endpoints of one product in one region.
struct ProductEndpoints {
    /// The product as the action names it.
    product: String,
    /// The region of the call, if it has one.
    region: Option<String>,
    /// The endpoints, the first choice first.
    endpoints: Vec<Endpoint>,
}

/// Number of results that are kept: more pairs of product and region than a program has.
const PAIRS: usize = 64;

impl std::fmt::Debug for Known {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Known(..)")
    }
}

impl Known {
    /// The endpoints of an action, the first choice first.
    ///
    /// # Errors
    ///
    /// Kind `Config` if there is no region, if product or region cannot be part of a host, or if the variable
    /// or the regions file cannot be used. A failure is not kept: the next call reads everything again.
    pub(super) fn endpoints(
        &self,
        context: &Context,
        action: &ActionInfo,
        region: Option<&str>,
    ) -> Result<Vec<Endpoint>, Error> {
        if let Some(host) = action.host() {
            return Ok(vec![host.parse()?]);
        }
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.of(context);
        let product = action.product();
        if let Some(found) = state.found.iter().find(|found| found.is(product, region)) {
            return Ok(found.endpoints.clone());
        }
        let endpoints = state.look_up(context, product, region)?;
        if state.found.len() >= PAIRS {
            state.found.remove(0);
        }
        let (product, region) = (product.to_owned(), region.map(str::to_owned));
        state.found.push(ProductEndpoints { product, region, endpoints: endpoints.clone() });
        Ok(endpoints)
    }
}

impl ProductEndpoints {
    /// Whether this is the result for a product in a region.
    fn is(&self, product: &str, region: Option<&str>) -> bool {
        self.product == product && self.region.as_deref() == region
    }
}

impl KnownState {
    /// Forgets everything if the context has another environment or other files than those that were read.
    fn of(&mut self, context: &Context) {
        let same = self.source.as_ref().is_some_and(|(env, files)| {
            std::ptr::addr_eq(Arc::as_ptr(env), Arc::as_ptr(&context.env))
                && std::ptr::addr_eq(Arc::as_ptr(files), Arc::as_ptr(&context.files))
        });
        if !same {
            *self = Self { source: Some((context.env.clone(), context.files.clone())), ..Self::default() };
        }
    }

    /// Steps 3 to 5, in the order of the vendor's `Region.value_of`.
    fn look_up(
        &mut self,
        context: &Context,
        product: &str,
        region: Option<&str>,
    ) -> Result<Vec<Endpoint>, Error> {
        check_label("product", product)?;
        let product = product.to_ascii_lowercase();
        let Some(region) = region else {
            // IAM has a host for all regions. Federation and look-ups without a region use it.
            if product == "iam" {
                return Ok(vec![Endpoint::https("iam.myhuaweicloud.com".to_owned())?]);
            }
            return Err(Error::config(
                "no region: hosts of Huawei Cloud contain the region; set one, such as cn-north-4, or an endpoint",
            ));
        };
        check_label("region", region)?;
        let variable = variable(&product, region);
        if let Some(value) = context.env.var(&variable).filter(|value| !value.is_empty()) {
            return named(value.split(','), &format!("the variable {variable}"));
        }
        let entries = match &mut self.file {
            Some(entries) => entries,
            None => self.file.insert(regions_file::load(context)?),
        };
        if let Some(entry) = entries.iter().find(|entry| entry.is(&product, region)) {
            return named(entry.endpoints.iter().map(String::as_str), "the regions file");
        }
        if region.bytes().any(|byte| byte.is_ascii_uppercase()) {
            let lower = region.to_ascii_lowercase();
            return Err(Error::config(format!("there is no region `{region}`: did you mean `{lower}`?")));
        }
        region::hosts(&product, region).into_iter().map(Endpoint::https).collect()
    }
}

/// The variable of a product in a region, such as `HUAWEICLOUD_SDK_REGION_ECS_CN_NORTH_4`.
fn variable(product: &str, region: &str) -> String {
    let name = format!("HUAWEICLOUD_SDK_REGION_{product}_{region}");
    name.replace('-', "_").to_ascii_uppercase()
}

/// Reads endpoints that a user wrote. `source` names their place in errors.
///
/// Blanks around an endpoint and empty pieces are dropped; the vendor's SDK keeps them and fails later. A
/// path is dropped, as in the vendor's SDK. A missing scheme means HTTPS.
///
/// ```text
/// " https://a.b/c/d , ,h:8080,"   gives   https://a.b   https://h:8080
/// ```
///
/// # Errors
///
/// Kind `Config` if a piece is not an endpoint, or if there is none.
fn named<'a>(texts: impl Iterator<Item = &'a str>, source: &str) -> Result<Vec<Endpoint>, Error> {
    let mut endpoints = Vec::new();
    for text in texts.map(str::trim).filter(|text| !text.is_empty()) {
        let start = text.find("://").map_or(0, |at| at + 3);
        let end = text.get(start..).and_then(|rest| rest.find('/')).map_or(text.len(), |at| start + at);
        let endpoint = text.get(..end).unwrap_or(text).parse::<Endpoint>();
        endpoints.push(endpoint.map_err(|error| Error::config(format!("{source}: {}", error.message())))?);
    }
    if endpoints.is_empty() {
        return Err(Error::config(format!("{source} names no endpoint")));
    }
    Ok(endpoints)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct Vars(&'static [(&'static str, &'static str)]);

    impl Env for Vars {
        fn var(&self, name: &str) -> Option<String> {
            self.0.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        }
    }

    fn find(
        vars: &'static [(&'static str, &'static str)],
        region: Option<&str>,
    ) -> Result<Vec<String>, Error> {
        let context = Context::system().with_env(Vars(vars));
        let action = ActionInfo::new("dns-x", "v2", "ListZones");
        let found = Known::default().endpoints(&context, &action, region)?;
        Ok(found.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn the_variable_wins_and_slips_are_forgiven() {
        let vars = &[("HUAWEICLOUD_SDK_REGION_DNS_X_CN_NORTH_4", " https://a.b/c/d , ,h:8080,")];
        assert_eq!(find(vars, Some("cn-north-4")).unwrap(), ["https://a.b", "https://h:8080"]);
        assert_eq!(find(&[], Some("cn-north-4")).unwrap(), ["https://dns-x.cn-north-4.myhuaweicloud.com"]);
        let vars = &[("HUAWEICLOUD_SDK_REGION_DNS_X_CN_NORTH_4", "a b")];
        assert!(find(vars, Some("cn-north-4")).unwrap_err().message().contains("DNS_X_CN_NORTH_4"));
        let vars = &[("HUAWEICLOUD_SDK_REGION_DNS_X_CN_NORTH_4", " , ")];
        assert!(find(vars, Some("cn-north-4")).unwrap_err().message().contains("no endpoint"));
    }

    #[test]
    fn a_region_is_needed_and_is_lower_case() {
        assert!(find(&[], None).unwrap_err().message().contains("no region"));
        assert!(find(&[], Some("CN-NORTH-4")).unwrap_err().message().contains("`cn-north-4`"));
        assert!(find(&[], Some("")).is_err());
        assert!(find(&[], Some("a.evil.org/")).is_err());
    }

    #[test]
    fn another_context_is_asked_anew() {
        let (known, action) = (Known::default(), ActionInfo::new("dns", "v2", "ListZones"));
        let mut hosts = Vec::new();
        for vars in
            [&[("HUAWEICLOUD_SDK_REGION_DNS_A", "one")][..], &[("HUAWEICLOUD_SDK_REGION_DNS_A", "two")]]
        {
            let context = Context::system().with_env(Vars(vars));
            for _ in 0..2 {
                hosts.push(known.endpoints(&context, &action, Some("a")).unwrap()[0].host().to_owned());
            }
        }
        assert_eq!(hosts, ["one", "one", "two", "two"]);
    }
}
