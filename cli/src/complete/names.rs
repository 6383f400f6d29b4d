//! Names of the catalogue as candidates.

use cloudcall_generator::entries;

use super::Candidate;
use crate::actions::{resolve, versions};

/// The values of a positional argument of `list`, `show`, `emit` and `skeleton`. `before` are the positional
/// arguments before it, with their ids.
pub(super) fn positional(id: &str, before: &[(String, String)]) -> Vec<Candidate> {
    let get = |name: &str| before.iter().find(|(id, _)| id == name).map(|(_, value)| value.as_str());
    let (cloud, product) = (get("cloud").unwrap_or_default(), get("product").unwrap_or_default());
    match id {
        "cloud" => {
            ["tencent", "huawei", "alibaba", "volcengine"].map(|name| candidate(name, String::new())).to_vec()
        }
        "product" => entries()
            .filter(|entry| entry.cloud == cloud && entry.main)
            .map(|entry| candidate(entry.product, format!("{} actions of {}", entry.actions, entry.version)))
            .collect(),
        "version" => versions(cloud, product)
            .iter()
            .map(|entry| candidate(entry.version, format!("{} actions", entry.actions)))
            .collect(),
        "action" | "actions" => actions(cloud, product, get("version")),
        _ => Vec::new(),
    }
}

fn actions(cloud: &str, product: &str, version: Option<&str>) -> Vec<Candidate> {
    let entry = versions(cloud, product)
        .into_iter()
        .find(|entry| version.is_none_or(|version| entry.version == version));
    let Some(Ok(description)) = entry.map(|entry| entry.open()) else { return Vec::new() };
    description.actions().map(|action| candidate(action.name, String::new())).collect()
}

/// The versions of a product that have an action.
pub(super) fn versions_with(cloud: &str, product: &str, action: &str) -> Vec<Candidate> {
    versions(cloud, product)
        .iter()
        .filter(|entry| resolve(cloud, product, Some(entry.version), action).is_ok())
        .map(|entry| candidate(entry.version, format!("{} actions", entry.actions)))
        .collect()
}

fn candidate(value: &str, help: String) -> Candidate {
    Candidate { value: value.to_owned(), help }
}
