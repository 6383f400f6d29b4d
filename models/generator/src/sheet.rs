//! What a person wants to know of an action before the call: its page, its parameters with what is required first, and a call to begin with.

use std::fmt::Write as _;

use crate::description::{Action, Field, ParamLocation};
use crate::emit::Emitter;
use crate::error::Error;
use crate::hints;
use crate::member::Member;
use crate::names::ident;

/// The sheet of an action, as lines of text.
///
/// # Errors
///
/// If the catalogue's file is damaged.
pub fn sheet<'a>(emitter: &Emitter<'a>, action: &Action<'a>) -> Result<String, Error> {
    let entry = emitter.description().entry();
    let members = emitter.parameters(action)?;
    let (required, optional): (Vec<_>, Vec<_>) =
        members.iter().partition(|member| is_required(&member.field));
    let mut out = format!("{} of {entry}\n{}\n", action.name, entry.page(action));
    if action.fact("status") == Some("deprecated") {
        out.push_str("Deprecated by the vendor.\n");
    }
    list(&mut out, "Required parameters", &required);
    list(&mut out, "Optional parameters", &optional);
    let mut call = format!("client.{}()", ident(action.name));
    for member in required {
        let _ = write!(call, ".{}({})", member.ident, example(&member.field));
    }
    let _ = writeln!(out, "\nCall\n  let response = {call}.send().await?;");
    Ok(out)
}

fn is_required(field: &Field<'_>) -> bool {
    field.required || matches!(field.place, ParamLocation::Path | ParamLocation::Host)
}

fn list(out: &mut String, title: &str, members: &[&Member<'_>]) {
    if members.is_empty() {
        return;
    }
    let width = members.iter().map(|member| member.ident.len()).max().unwrap_or_default().min(32);
    let _ = writeln!(out, "\n{title}");
    for member in members {
        let facts = hints::text(&member.field, false);
        let _ = writeln!(out, "  {:<width$}  {:<10} {facts}", member.ident, member.field.ty.replace('#', ""));
    }
}

/// A value to begin with: the default, the first value, or one of the type.
fn example(field: &Field<'_>) -> String {
    let first = field.hint("values").and_then(|values| values.split('|').next());
    let known = field.hint("default").or(first).or(field.hint("min"));
    match (field.ty, known) {
        ("string", Some(known)) => format!("{known:?}"),
        ("i64" | "u64" | "bool", Some(known)) => known.to_owned(),
        ("[]string", Some(known)) => format!("[{known:?}]"),
        ("string", None) => "\"…\"".to_owned(),
        ("i64" | "u64", None) => "1".to_owned(),
        ("f64", _) => "1.0".to_owned(),
        ("bool", None) => "true".to_owned(),
        ("[]string", None) => "[\"…\"]".to_owned(),
        (ty, _) if ty.starts_with("[]") => "[…]".to_owned(),
        (ty, _) => ty.strip_prefix('#').map_or("…".to_owned(), |name| format!("{name}::default()")),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::index::find;

    #[test]
    fn required_parameters_come_first_with_facts_and_a_call() {
        let cdn = find("alibaba", "cdn", "2018-05-10").unwrap().open().unwrap();
        let action = cdn.action("AddCdnDomain").unwrap();
        let text = sheet(&Emitter::new(&cdn, "::cloudcall"), &action).unwrap();
        let places = [
            "https://api.aliyun.com/api/cdn/2018-05-10/AddCdnDomain",
            "Required",
            "cdn_type",
            "Optional",
            "scope",
            "Call",
        ];
        let found: Vec<usize> =
            places.iter().map(|part| text.find(part).unwrap_or_else(|| panic!("{part}: {text}"))).collect();
        assert!(found.is_sorted(), "{text}");
        assert!(text.contains("Values: `web`, `download`, `video`."), "{text}");
        assert!(text.contains("client.add_cdn_domain().cdn_type(\"web\").domain_name(\"…\")"), "{text}");
    }

    #[test]
    fn members_of_nested_types_keep_what_is_required() {
        for (cloud, product, version, ty, member) in [
            ("tencent", "cvm", "2017-03-12", "Placement", "Zone"),
            ("tencent", "cvm", "2017-03-12", "Filter", "Name"),
            ("huawei", "vpc", "v2", "CreateSubnetOption", "cidr"),
            ("alibaba", "ecs", "2014-05-26", "CreatePrefixListRequestEntry", "Cidr"),
        ] {
            let description = find(cloud, product, version).unwrap().open().unwrap();
            let Ok(crate::description::Type::Struct(fields)) = description.ty(ty) else {
                panic!("{product} has no {ty}")
            };
            let field = fields.iter().find(|field| field.wire == member).unwrap();
            assert!(field.required, "{product} {ty}.{member}");
        }
    }
}
