//! From the names that a user types to one action of the catalogue.

use cloudcall_generator::names::{list, nearest};
use cloudcall_generator::{Description, Entry, entries, find};

use crate::exit::{Failure, Result};

/// A name without case and separators: `instance-ids` and `InstanceIds` are the same name.
pub(crate) fn plain(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

/// `; did you mean `--limit`?`, or nothing if no name is near.
pub(crate) fn near(name: &str, known: &[&str], dashes: &str) -> String {
    let found: Vec<String> = nearest(name, known).iter().map(|name| format!("{dashes}{name}")).collect();
    match found.as_slice() {
        [] => String::new(),
        found => {
            let found: Vec<&str> = found.iter().map(String::as_str).collect();
            format!("; did you mean {}?", list(&found, "or"))
        }
    }
}

/// The versions of a product, the one that is meant without a version first.
pub(crate) fn versions(cloud: &str, product: &str) -> Vec<Entry> {
    let mut found: Vec<Entry> = entries()
        .filter(|entry| entry.cloud == cloud && entry.product.eq_ignore_ascii_case(product))
        .collect();
    // The index has the oldest first; a sort keeps this order among the others.
    found.reverse();
    found.sort_by_key(|entry| !entry.main);
    found
}

/// The word in place of a cloud before the path of a description file.
pub(crate) const FILE: &str = "file";

/// The description in a file of the user.
pub(crate) fn own(path: &str) -> Result<Description> {
    #[allow(clippy::disallowed_methods, reason = "the user named the file")]
    let text = std::fs::read_to_string(path)
        .map_err(|error| Failure::usage(format!("the description file {path} cannot be read: {error}")))?;
    Ok(Description::from_json(path, &text)?)
}

/// The description that has the action. With the word `file` for the cloud, it is the file that `product` names. Without a version it is the main one, or another that has the action.
pub(crate) fn resolve(
    cloud: &str,
    product: &str,
    version: Option<&str>,
    action: &str,
) -> Result<Description> {
    if cloud == FILE {
        return own(product);
    }
    let entries = match version {
        Some(version) => {
            let product = versions(cloud, product).first().map_or(product, |entry| entry.product);
            vec![find(cloud, product, version)?]
        }
        None => versions(cloud, product),
    };
    let mut main = None;
    for entry in entries {
        let description = entry.open()?;
        if action_name(&description, action).is_ok() {
            return Ok(description);
        }
        main.get_or_insert(description);
    }
    match main {
        Some(description) => {
            action_name(&description, action)?;
            Ok(description)
        }
        // Says which name is unknown, and which are near.
        None => Ok(find(cloud, product, "")?.open()?),
    }
}

/// The name of an action as the catalogue writes it.
pub(crate) fn action_name<'a>(description: &'a Description, typed: &str) -> Result<&'a str> {
    if let Ok(action) = description.action(typed) {
        return Ok(action.name);
    }
    let wanted = plain(typed);
    let found = description.actions().find(|action| plain(action.name) == wanted);
    match found {
        Some(action) => Ok(action.name),
        None => Ok(description.action(typed)?.name),
    }
}
