//! The cargo features of the runtime turn on what they say, and nothing else.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The features of a manifest, by name.
fn features(manifest: &str) -> BTreeMap<&str, Vec<&str>> {
    let section = manifest.split("[features]").nth(1).unwrap().split("\n[").next().unwrap();
    let lines = section.lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| {
            let (name, list) = line.split_once(" = [")?;
            let list = list.trim_end_matches(']').split(", ").map(|entry| entry.trim_matches('"'));
            Some((name, list.filter(|entry| !entry.is_empty()).collect()))
        })
        .collect()
}

/// Entries that turn on a feature by accident: `x/y` also turns on a feature with the name `x`; `x?/y` does not.
fn accidents<'a>(features: &BTreeMap<&'a str, Vec<&'a str>>) -> Vec<String> {
    let entries = features.iter().flat_map(|(name, list)| list.iter().map(move |entry| (name, list, entry)));
    entries
        .filter(|(name, list, entry)| {
            entry.split_once('/').is_some_and(|(dependency, _)| {
                features.contains_key(dependency) && **name != dependency && !list.contains(&dependency)
            })
        })
        .map(|(name, _, entry)| format!("{name}: {entry}"))
        .collect()
}

#[test]
#[allow(clippy::disallowed_methods, reason = "the manifest of the runtime")]
fn no_feature_turns_on_another_by_the_name_of_a_dependency() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("sdk/Cargo.toml");
    let manifest = fs::read_to_string(path).unwrap();
    let features = features(&manifest);
    assert!(features.contains_key("rustls-ring") && features["local-cloud"].len() > 5, "{features:?}");
    assert_eq!(accidents(&features), Vec::<String>::new());
}

#[test]
fn accidents_are_found() {
    let manifest = "[features]\ntls = [\"dep:tls\"]\nring = [\"tls/ring\"]\nboth = [\"tls\", \"tls/x\"]\nweak = [\"tls?/x\"]\n\n[lib]\n";
    assert_eq!(accidents(&features(manifest)), ["ring: tls/ring"]);
}
