//! From a description file to the records of the catalogue. Every rule here is also in `models/schema/description-1.json`, as far as
//! a schema can state it.

use std::collections::BTreeMap;

use super::json::{Mistake, parse};
use super::object::{Object, scalar};
use crate::description::Description;
use crate::index::Entry;
use crate::names::snake;
use crate::version;

const CLOUDS: [(&str, &[&str]); 4] = [
    ("tencent", &["tc3"]),
    ("huawei", &["huawei-rest"]),
    ("alibaba", &["ali-rpc", "ali-roa", "mixed"]),
    ("volcengine", &["volc"]),
];
const DOCUMENT: [&str; 13] = [
    "$schema",
    "schema",
    "cloud",
    "product",
    "version",
    "protocol",
    "source",
    "service",
    "credentials",
    "endpoints",
    "gateway",
    "actions",
    "types",
];
const ENDPOINTS: [&str; 4] = ["default", "regions", "rule", "standard_rule"];

/// Reads and checks a description.
pub(super) fn description(file: &str, text: &str) -> Result<Description, Mistake> {
    let node = parse(text)?;
    let document = Object::of(&node, "the description".to_owned(), &DOCUMENT)?;
    let schema = document.need("schema", "`\"schema\": 1`")?;
    if scalar(schema).as_deref() != Some("1") {
        return Err((schema.at, "this release reads schema 1; write `\"schema\": 1`".to_owned()));
    }
    let clouds = CLOUDS.map(|(cloud, _)| cloud);
    document.need_text("cloud", "the cloud, such as `\"cloud\": \"huawei\"`")?;
    let cloud = document.word("cloud", &clouds)?.unwrap_or_default();
    let product = document.need_text("product", "the name of the product, such as `\"product\": \"vpc\"`")?;
    let version = document.need_text("version", "the version, such as `\"version\": \"v3\"`")?;
    let service = document.text("service")?.unwrap_or(product);
    for (name, text) in [("product", product), ("service", service)] {
        if !is_product(text) {
            let at = document.get(name).map_or(0, |node| node.at);
            return Err((at, format!("`{name}` is written with letters, digits, `-` and `_`, not `{text}`")));
        }
    }
    check_version(cloud, &document)?;
    let protocols = CLOUDS.into_iter().find(|(known, _)| *known == cloud).map_or(&[][..], |(_, all)| all);
    let protocol = document.word("protocol", protocols)?.or(protocols.first().copied()).unwrap_or_default();
    let types = Object::any(document.need("types", "`\"types\": {}`")?, "`types`".to_owned())?;
    let actions = document.need("actions", "`\"actions\": {...}` with the actions of the product")?;
    let actions = Object::any(actions, "`actions`".to_owned())?;
    if actions.members().is_empty() {
        return Err((actions.at, "there are no actions; add one".to_owned()));
    }
    let reader = Reader { types: &types, cloud, host: default_host(&document, cloud, service)? };
    let mut lines = BTreeMap::new();
    let mut methods: BTreeMap<String, &str> = BTreeMap::new();
    for member in actions.members() {
        reader.name(&member.name, member.at, "an action")?;
        if let Some(other) = methods.insert(snake(&member.name), &member.name) {
            let message = format!("`{}` and `{other}` get the same method in Rust; rename one", member.name);
            return Err((member.at, message));
        }
        lines.insert(member.name.as_str(), reader.action(&member.name, &member.node)?);
    }
    let mut records = lines.into_values().collect::<Vec<_>>().join("\n");
    let mut lines = BTreeMap::new();
    for member in types.members() {
        reader.name(&member.name, member.at, "a type")?;
        lines.insert(member.name.as_str(), reader.ty(&member.name, &member.node)?);
    }
    records.push_str("\n\n");
    records.push_str(&lines.into_values().collect::<Vec<_>>().join("\n"));
    records.push_str(&hosts(&document, cloud)?);
    let source = document.text("source")?.filter(|source| !source.is_empty()).unwrap_or(file);
    let names = [cloud, product, version, service, protocol, source];
    let entry = Entry::own(names, actions.members().len(), types.members().len());
    Description::new(entry, records).map_err(|error| (0, error.to_string()))
}

/// Whether the macros accept the name of a product or service. It is part of hosts.
fn is_product(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}

/// Refuses a version of a description, or of an action, that the macros do not accept.
pub(super) fn check_version(cloud: &str, of: &Object<'_>) -> Result<(), Mistake> {
    let Some(text) = of.text("version")? else { return Ok(()) };
    match version::mistake(Some(cloud), false, text) {
        Some(what) => {
            let at = of.get("version").map_or(of.at, |node| node.at);
            Err((at, format!("`version` of {} is `{text}`: {what}", of.what)))
        }
        None => Ok(()),
    }
}

/// The host of all actions, if it is not the one that follows from the service.
fn default_host<'n>(document: &Object<'n>, cloud: &str, service: &str) -> Result<Option<&'n str>, Mistake> {
    let Some(node) = document.get("endpoints") else { return Ok(None) };
    let host = Object::of(node, "`endpoints`".to_owned(), &ENDPOINTS)?.text("default")?;
    let usual = format!("{service}.tencentcloudapi.com");
    Ok(host.filter(|host| !host.is_empty() && (cloud != "tencent" || *host != usual)))
}

/// The last part of the records: rule, credentials and gateway, then the hosts by region.
fn hosts(document: &Object<'_>, cloud: &str) -> Result<String, Mistake> {
    let (credentials, gateway) = (document.texts("credentials")?, document.text("gateway")?);
    let endpoints = document.get("endpoints");
    let is_needed = match cloud {
        // The kinds of credentials are always told.
        "huawei" => true,
        "alibaba" => endpoints.is_some() || !credentials.is_empty() || gateway.is_some(),
        _ => false,
    };
    if !is_needed {
        return Ok(String::new());
    }
    // The gateway stands in the table of hosts, so a product with one has a table.
    let mut rule = if gateway.is_some() { "central" } else { "listed" };
    let mut listed = BTreeMap::<String, Vec<&str>>::new();
    if let Some(node) = endpoints {
        let endpoints = Object::of(node, "`endpoints`".to_owned(), &ENDPOINTS)?;
        let said = endpoints.word("rule", &["regional", "central"])?;
        if cloud == "alibaba" {
            rule = if said == Some("regional") { "regional" } else { "central" };
        }
        if let Some(node) = endpoints.get("regions") {
            let regions = Object::any(node, "`regions`".to_owned())?;
            for region in regions.members() {
                let hosts = regions.texts(&region.name)?.join(" ");
                listed.entry(hosts).or_default().push(&region.name);
            }
        }
    }
    let mut out = format!("\n\n{rule}\t{}", credentials.join(" "));
    out.extend(gateway.map(|gateway| format!("\t{gateway}")));
    out.extend(listed.iter().map(|(host, regions)| format!("\n{host}\t{}", regions.join(" "))));
    Ok(out)
}

/// What the parts of a description refer to.
pub(super) struct Reader<'r, 'n> {
    pub(super) types: &'r Object<'n>,
    pub(super) cloud: &'r str,
    pub(super) host: Option<&'n str>,
}

impl Reader<'_, '_> {
    fn name(&self, name: &str, at: usize, what: &str) -> Result<(), Mistake> {
        let begins = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_' && what == "a type");
        // `_` is no name in Rust.
        match begins && name != "_" && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
            true => Ok(()),
            false => Err((at, format!("the name of {what} is letters, digits and `_`, not `{name}`"))),
        }
    }
}
