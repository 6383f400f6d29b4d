//! What a person wants to know of an action before the call: its page, its parameters with what is required
//! first, a call to begin with, and its error codes.

use std::fmt::Write as _;

use crate::codes::ErrorCodes;
use crate::description::{Action, Field, ParamLocation, Type};
use crate::emit::Emitter;
use crate::error::Error;
use crate::hints;
use crate::member::Member;
use crate::names::ident;
use crate::reach::Reach;

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
    let mut out = format!("{} of {entry}\n", action.name);
    out.extend(entry.page(action).map(|page| format!("{page}\n")));
    if action.fact("status") == Some("deprecated") {
        out.push_str("Deprecated by the vendor.\n");
    }
    list(&mut out, "Required parameters", &required);
    list(&mut out, "Optional parameters", &optional);
    let reach = Reach::of(emitter.description(), std::slice::from_ref(action))?;
    let mut call = format!("client.{}()", ident(action.name));
    let body = |member: &&&Member<'_>| is_body_with_required_members(&reach, &member.field);
    for member in required.iter().chain(optional.iter().filter(body)) {
        let _ = write!(call, ".{}({})", member.ident, example(emitter, &reach, &member.field));
    }
    let _ = writeln!(out, "\nCall\n  let response = {call}.send().await?;");
    if let Some(codes) = entry.error_codes()? {
        error_codes(&mut out, &codes, action.name);
    }
    Ok(out)
}

fn is_required(field: &Field<'_>) -> bool {
    field.required || matches!(field.place, ParamLocation::Path | ParamLocation::Host)
}

/// Whether it is the document of the request, which the vendor's description does not call required, with members that are.
fn is_body_with_required_members(reach: &Reach<'_>, field: &Field<'_>) -> bool {
    let name = field.ty.strip_prefix('#').filter(|_| field.place == ParamLocation::Whole);
    match name.and_then(|name| Some((name, reach.types.get(name)?))) {
        Some((name, (_, Type::Struct(fields)))) => fields.iter().any(|field| reach.is_required(name, field)),
        _ => false,
    }
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

/// The codes that the vendor lists for the action, each with its constant.
fn error_codes(out: &mut String, codes: &ErrorCodes, action: &str) {
    let listed = codes.of_action(action);
    let constants: Vec<_> = codes.constants().into_iter().filter(|(code, _)| listed.contains(code)).collect();
    if constants.is_empty() {
        return;
    }
    let width = constants.iter().map(|(code, _)| code.len()).max().unwrap_or_default().min(48);
    out.push_str("\nError codes that the vendor lists, and their constants in `error_codes`\n");
    for (code, constant) in constants {
        let _ = writeln!(out, "  {code:<width$}  {constant}");
    }
}

/// A value to begin with: the default, the first value, or one of the type.
fn example(emitter: &Emitter<'_>, reach: &Reach<'_>, field: &Field<'_>) -> String {
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
        (ty, _) => match (ty.strip_prefix('#'), ty.strip_prefix("[]#")) {
            (Some(name), _) => of_type(emitter, reach, name),
            (_, Some(name)) => format!("[{}]", of_type(emitter, reach, name)),
            _ if ty.starts_with("[]") => "[…]".to_owned(),
            _ => "…".to_owned(),
        },
    }
}

/// A value of a type of the catalogue: its constructor with the required members.
fn of_type(emitter: &Emitter<'_>, reach: &Reach<'_>, name: &str) -> String {
    match reach.types.get(name) {
        Some((_, Type::Struct(fields))) => {
            let required = fields.iter().filter(|field| reach.is_required(name, field));
            let arguments: Vec<String> = required.map(|field| example(emitter, reach, field)).collect();
            format!("{}::new({})", emitter.type_name(name), arguments.join(", "))
        }
        Some((_, Type::Enum(values))) => format!("{:?}", values.first().copied().unwrap_or("…")),
        _ => "…".to_owned(),
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
    fn nested_types_are_made_by_their_constructors() {
        for (cloud, product, version, action, wanted) in [
            ("tencent", "cvm", "2017-03-12", "RunInstances", "client.run_instances()"),
            (
                "tencent",
                "cvm",
                "2017-03-12",
                "ModifyInstancesProject",
                ".instance_ids([\"…\"]).project_id(1)",
            ),
            (
                "huawei",
                "vpc",
                "v2",
                "CreateSubnet",
                ".body(CreateSubnetRequestBody::new(CreateSubnetOption::new(",
            ),
        ] {
            let description = find(cloud, product, version).unwrap().open().unwrap();
            let action = description.action(action).unwrap();
            let text = sheet(&Emitter::new(&description, "::cloudcall"), &action).unwrap();
            assert!(text.contains(wanted), "{text}");
        }
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
