//! Counts the actions of the catalogue that cannot be called, by cloud, product and reason: a table for `docs/models.md`.
//!
//! ```text
//! cargo run -p cloudcall-generator --example refused
//! ```

use std::collections::BTreeMap;

use cloudcall_generator::{Error, entries};

fn main() -> Result<(), Error> {
    let mut counts: BTreeMap<(&str, &str, String), usize> = BTreeMap::new();
    let (mut refused, mut deprecated, mut http) = (0, 0, 0);
    for entry in entries() {
        let description = entry.open()?;
        for action in description.actions() {
            if let Some(reason) = description.refusal(&action)? {
                refused += 1;
                let reason = format!("{} `{}`", reason.kind(), reason.detail()).replace(" ``", "");
                *counts.entry((entry.cloud, entry.product, reason)).or_default() += 1;
            } else {
                deprecated += usize::from(action.fact("status") == Some("deprecated"));
                http += usize::from(action.fact("schemes") == Some("HTTP"));
            }
        }
    }
    println!("| cloud | product | reason | actions |\n| --- | --- | --- | ---: |");
    for ((cloud, product, reason), count) in &counts {
        println!("| {cloud} | `{product}` | {reason} | {count} |");
    }
    println!(
        "\n{refused} actions are refused. Of the others {deprecated} are deprecated, and {http} are called over plain http."
    );
    Ok(())
}
