//! The values that a vendor's texts name, as constants of the type that has the field: `StopInstances::STOP_TYPE_SOFT`.
//!
//! They are hints for people who write a call. Fields stay texts, because the service may know more values.

use std::fmt::Write as _;

use crate::member::Member;
use crate::names::snake;

/// Writes the constants of a type, if there are any.
pub(crate) fn write(out: &mut String, type_name: &str, members: &[Member<'_>], docs: bool) {
    let mut constants = String::new();
    let mut used: Vec<String> = Vec::new();
    for Member { field, ident } in members {
        if !matches!(field.ty, "string" | "[]string") {
            continue;
        }
        for value in field.hint("values").into_iter().flat_map(|values| values.split('|')) {
            let Some(name) = name(ident, value) else { continue };
            if used.contains(&name) {
                continue;
            }
            if docs {
                let _ = writeln!(constants, "    /// `{value}`, a value of `{}`.", field.wire);
            }
            let _ = writeln!(constants, "    pub const {name}: &'static ::core::primitive::str = {value:?};");
            used.push(name);
        }
    }
    if !constants.is_empty() {
        let _ = writeln!(out, "impl {type_name} {{\n{constants}}}\n");
    }
}

/// The name of a constant. `None` for a value that is not of letters and digits of English.
fn name(ident: &str, value: &str) -> Option<String> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | ' ' | ':');
    if !value.chars().all(is_plain) || !value.contains(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    let field = ident.trim_start_matches("r#").trim_end_matches('_');
    Some(format!("{field}_{}", snake(value)).to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Emitter, entries, find};

    #[test]
    fn names_are_upper_case_and_of_the_field() {
        for (ident, value, wanted) in [
            ("stop_type", "SOFT_FIRST", Some("STOP_TYPE_SOFT_FIRST")),
            ("r#type", "CPM2.0", Some("TYPE_CPM2_0")),
            ("self_", "notReady", Some("SELF_NOT_READY")),
            ("order", "0", Some("ORDER_0")),
            ("state", "运行中", None),
            ("state", "*", None),
            ("state", "-", None),
        ] {
            assert_eq!(name(ident, value).as_deref(), wanted, "{value}");
        }
    }

    #[test]
    fn values_of_texts_become_constants_and_names_are_identifiers() {
        let cvm = find("tencent", "cvm", "2017-03-12").unwrap().open().unwrap();
        let code = Emitter::new(&cvm, "::cloudcall").code(&["StopInstances"]).unwrap();
        let wanted = "impl StopInstances {\n    /// `SOFT_FIRST`, a value of `StopType`.\n    pub const STOP_TYPE_SOFT_FIRST: &'static ::core::primitive::str = \"SOFT_FIRST\";\n";
        assert!(code.contains(wanted), "{code}");
        let (mut constants, mut left) = (0, 0);
        for entry in entries().step_by(9) {
            let description = entry.open().unwrap();
            for ty in description.types() {
                let Ok(crate::Type::Struct(fields)) = description.ty(ty) else { continue };
                for member in crate::member::members(&fields) {
                    let values = member.field.hint("values").into_iter().flat_map(|values| values.split('|'));
                    for value in values.filter(|_| matches!(member.field.ty, "string" | "[]string")) {
                        match name(&member.ident, value) {
                            Some(name) => {
                                assert!(
                                    name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'),
                                    "{name}"
                                );
                                constants += 1;
                            }
                            None => left += 1,
                        }
                    }
                }
            }
        }
        println!("{constants} values become constants, {left} have no name");
        assert!(constants > 20 * left, "{constants} {left}");
    }
}
