//! The waits with names, which the catalogue has.

use cloudcall_generator::names::{list, nearest};
use cloudcall_generator::{NamedWait, waits};

use crate::exit::{Failure, Result};

fn of(cloud: &str, product: &str, action: &str) -> Vec<NamedWait> {
    let is = |row: &NamedWait| row.cloud == cloud && row.product == product && row.action == action;
    waits().filter(is).collect()
}

/// The names of the waits of an action.
pub(crate) fn names(cloud: &str, product: &str, action: &str) -> Vec<&'static str> {
    of(cloud, product, action).iter().map(|row| row.name).collect()
}

/// The wait of this name.
pub(super) fn find(cloud: &str, product: &str, action: &str, name: &str) -> Result<NamedWait> {
    let rows = of(cloud, product, action);
    if let Some(row) = rows.iter().find(|row| row.name == name) {
        return Ok(*row);
    }
    let names: Vec<&str> = rows.iter().map(|row| row.name).collect();
    let known = match (names.as_slice(), nearest(name, &names).as_slice()) {
        ([], _) => "has no named states".to_owned(),
        (_, near @ [_, ..]) => format!("has no state `{name}`, did you mean {}?", list(near, "or")),
        (names, []) => format!("has the states {}", list(names, "and")),
    };
    Err(Failure::usage(format!(
        "usage: --wait {name}: {action} of {cloud} {product} {known}; or wait for a JMESPath expression, such as \
         --wait \"Items[0].Status == 'RUNNING'\""
    )))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "tests")]
mod tests {
    use cloudcall_generator::{Description, Emitter, Type};

    use super::*;
    use crate::actions::resolve;
    use crate::query::Query;

    /// The type at the end of `A.B[].C`, and the values that are known of it.
    fn at(description: &Description, output: &str, path: &str) -> (String, Vec<String>) {
        let (mut ty, mut values) = (output.to_owned(), Vec::new());
        for step in path.split('.') {
            let name = step.trim_end_matches("[]");
            let Type::Struct(fields) = description.ty(ty.trim_start_matches('#')).unwrap() else {
                panic!("{path}: `{ty}` has no members");
            };
            let Some(field) = fields.iter().find(|field| field.wire == name) else {
                panic!("{path}: no member `{name}` in `{ty}`");
            };
            ty = field.ty.to_owned();
            if let Some(element) = ty.strip_prefix("[]") {
                assert!(step.ends_with("[]"), "{path}: `{name}` is a list");
                ty = element.to_owned();
            }
            let hints = field.hint("values").map(|values| values.split('|').map(str::to_owned).collect());
            values = hints.unwrap_or_default();
        }
        if let Some(Ok(Type::Enum(known))) = ty.strip_prefix('#').map(|name| description.ty(name)) {
            values = known.iter().map(|value| (*value).to_owned()).collect();
        }
        (ty, values)
    }

    /// States that the vendor documents, although its package does not list them; `OK` is that of another
    /// version.
    const UNLISTED: [(&str, &str); 2] = [("ros", "DELETE_COMPLETE"), ("vpc", "OK")];

    #[test]
    fn every_wait_reads_states_that_the_catalogue_has() {
        let rows: Vec<NamedWait> = waits().collect();
        assert!(rows.len() >= 89, "{}", rows.len());
        let mut unknown = Vec::new();
        for row in &rows {
            let NamedWait { cloud, product, action, name, .. } = *row;
            let place = format!("{cloud} {product} {action} {name}");
            let description =
                resolve(cloud, product, None, action).unwrap_or_else(|e| panic!("{}", e.message));
            let action = description.action(action).unwrap();
            let facts = Emitter::new(&description, "::cloudcall").call(&action).unwrap();
            assert!(facts.readonly, "{place}");
            Query::parse("wait", row.states).unwrap_or_else(|e| panic!("{place}: {}", e.message));
            let (_, known) = at(&description, action.output, row.states);
            let is_ready = |state: &str| row.ready().any(|ready| ready == state);
            let states = row.ready().chain(row.failed());
            for state in states.filter(|state| !matches!(*state, "none" | "gone" | "-")) {
                assert!(!is_ready(state) || row.failed().all(|failed| failed != state), "{place}: {state}");
                let listed = known.is_empty() || known.iter().any(|known| known == state);
                if is_ready(state) && !listed && !UNLISTED.contains(&(product, state)) {
                    unknown.push(format!("{place}: {state} is not in {known:?}"));
                }
            }
        }
        assert!(unknown.is_empty(), "{unknown:#?}");
        let mut names: Vec<_> =
            rows.iter().map(|row| (row.cloud, row.product, row.action, row.name)).collect();
        assert!(names.is_sorted_by_key(|(cloud, product, action, _)| (*cloud, *product, *action)));
        names.sort();
        names.dedup();
        assert_eq!(names.len(), rows.len());
    }
}
