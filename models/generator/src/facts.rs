//! What the descriptions do not say, inferred by the rules that `docs/models.md` lists.

use crate::description::{Action, Type};
use crate::member::{Member, members};
use crate::reach::Reach;

/// Verbs that only read; the same list as the runtime's.
const READS: [&str; 10] =
    ["Describe", "List", "Get", "Query", "Show", "Check", "Count", "Search", "Inquiry", "Inquire"];

/// Whether the action changes nothing, by its verb or its method. GET and HEAD count where the path names a resource: at the path
/// `/`, actions other than those of a REST API (`rest`) are commands, and hundreds of them create or delete by GET.
pub(crate) fn is_readonly(action: &Action<'_>, rest: bool) -> bool {
    let reads = |verb: &&str| {
        action
            .name
            .strip_prefix(*verb)
            .is_some_and(|rest| !rest.starts_with(|next: char| next.is_ascii_lowercase()))
    };
    let resource = rest || action.path != "/";
    (resource && matches!(action.method, "GET" | "HEAD")) || READS.iter().any(reads)
}

/// The parameter that makes repeated calls one.
pub(crate) fn token<'m, 'a>(members: &'m [Member<'a>]) -> Option<&'m Member<'a>> {
    const NAMES: [&str; 5] =
        ["clienttoken", "xclienttoken", "xidempotencykey", "idempotencytoken", "idempotencetoken"];
    members.iter().find(|member| {
        let plain: String = member.field.wire.chars().filter(char::is_ascii_alphanumeric).collect();
        member.field.ty == "string" && NAMES.contains(&plain.to_ascii_lowercase().as_str())
    })
}

/// How to page, as the catalogue says: `FORM CURSOR KEY=VALUE...`, see `models/extract/paging.py`.
pub(crate) fn pages(action: &Action<'_>, members: &[Member<'_>], reach: &Reach<'_>) -> Option<String> {
    let mut facts = action.fact("paging")?.split(' ');
    let (form, cursor) = (facts.next()?, facts.next()?);
    let of = |wire: &str| members.iter().find(|m| m.field.key == wire).map(|m| m.ident.clone());
    let path = |wires: &str| path(reach, action.output, wires);
    let facts: Vec<(&str, &str)> = facts.filter_map(|fact| fact.split_once('=')).collect();
    let said = |wanted: &str| facts.iter().find(|(key, _)| *key == wanted).map(|(_, value)| *value);
    let (by_number, token) = (form == "number", if form == "marker" { "marker" } else { "token" });
    let keys = [
        (if by_number { "page_number" } else { form }, Some(of(cursor)?)),
        ("first", said("first").map(str::to_owned)),
        (if by_number { "page_size" } else { "limit" }, said("size").and_then(of)),
        ("default_limit", said("send").map(str::to_owned)),
        ("token", said("token").and_then(of)),
        ("limit", said("token_size").and_then(of)),
        (if token == "marker" { "next_marker" } else { "next_token" }, said("next").and_then(path)),
        ("has_more", said("more").and_then(path)),
        ("total", said("total").and_then(path)),
        ("items", Some(said("items").and_then(path)?)),
    ];
    let keys = keys.into_iter().filter_map(|(key, value)| Some(format!("{key} = {}", value?)));
    Some(format!("paginate({})", keys.collect::<Vec<_>>().join(", ")))
}

/// Members of the response by their names on the wire, as a path in Rust.
fn path(reach: &Reach<'_>, output: &str, wires: &str) -> Option<String> {
    let mut ty = output;
    let mut path = Vec::new();
    for wire in wires.split('/') {
        let Some((_, Type::Struct(fields))) = reach.types.get(ty.strip_prefix('#')?) else { return None };
        let member = members(fields).into_iter().find(|member| member.field.key == wire)?;
        ty = member.field.ty;
        path.push(member.ident);
    }
    Some(path.join("."))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "tests")]
mod tests {
    use super::*;
    use crate::{Emitter, entries, find};

    fn paging(description: &crate::Description, name: &str) -> Option<String> {
        let action = description.action(name).unwrap();
        let members = Emitter::new(description, "::cloudcall").parameters(&action).unwrap();
        pages(&action, &members, &Reach::of(description, &[action]).unwrap())
    }

    #[test]
    fn every_fact_of_paging_becomes_an_argument() {
        let mut lists = 0;
        for entry in entries() {
            let description = entry.open().unwrap();
            for action in description.actions() {
                let Some(fact) = action.fact("paging") else { continue };
                let code = paging(&description, action.name).unwrap_or_else(|| panic!("{entry} {fact}"));
                // Each `key = value` is one part of the fact; the cursor's key is told by the form.
                let arguments = code.matches(" = ").count();
                assert_eq!(arguments, fact.split(' ').count() - 1, "{entry} {}: {fact}: {code}", action.name);
                lists += 1;
            }
        }
        assert!(lists > 7000, "{lists}");
    }

    #[test]
    fn lists_are_paged_as_their_vendors_describe_them() {
        for (cloud, product, version, name, wanted) in [
            // An offset that is the number of a page, from 1 or 0.
            (
                "huawei",
                "ecs",
                "v2",
                "ListServersDetails",
                "page_number = offset, first = 1, page_size = limit, total = count, items = servers",
            ),
            (
                "huawei",
                "bms",
                "v1",
                "ListBareMetalServers",
                "page_number = offset, first = 1, page_size = limit, total = count, items = servers",
            ),
            (
                "huawei",
                "cdn",
                "v2",
                "ShowAppliedTemplateRecord",
                "page_number = offset, first = 0, page_size = limit, total = total, items = elements",
            ),
            (
                "huawei",
                "dgc",
                "v1",
                "ListJobs",
                "page_number = offset, first = 1, page_size = limit, total = total, items = jobs",
            ),
            (
                "huawei",
                "dws",
                "v2",
                "ListEvents",
                "page_number = offset, first = 0, page_size = limit, total = count, items = events",
            ),
            (
                "huawei",
                "rds",
                "v3",
                "ListErrorLogs",
                "page_number = offset, first = 1, page_size = limit, total = total_record, items = error_log_list",
            ),
            (
                "tencent",
                "sqlserver",
                "2018-03-28",
                "DescribeDBInstances",
                "page_number = offset, first = 0, page_size = limit, total = total_count, items = db_instances",
            ),
            (
                "tencent",
                "ccc",
                "2020-02-10",
                "DescribeExtensions",
                "page_number = page_number, first = 0, page_size = page_size, total = total, items = extension_list",
            ),
            // An offset that counts items, explained by pages.
            (
                "tencent",
                "redis",
                "2018-04-12",
                "DescribeInstances",
                "offset = offset, limit = limit, total = total_count, items = instance_set",
            ),
            // An offset that is read together with a limit only.
            (
                "huawei",
                "swr",
                "v2",
                "ListInstanceRepositories",
                "offset = offset, limit = limit, default_limit = 10, total = total, items = repositories",
            ),
            // A token that comes only if `MaxResults` was sent, beside page numbers.
            (
                "alibaba",
                "rds",
                "2014-08-15",
                "DescribeDBInstances",
                "page_number = page_number, page_size = page_size, token = next_token, limit = max_results, next_token = next_token, total = total_record_count, items = items.db_instance",
            ),
            // Figures beside the list.
            (
                "huawei",
                "iotda",
                "v5",
                "ListDevices",
                "marker = marker, limit = limit, next_marker = page.marker, total = page.count, items = devices",
            ),
            (
                "alibaba",
                "ram",
                "2015-05-01",
                "ListUsers",
                "marker = marker, limit = max_items, next_marker = marker, has_more = is_truncated, items = users.user",
            ),
        ] {
            let description = find(cloud, product, version).unwrap().open().unwrap();
            let code = paging(&description, name);
            assert_eq!(code.as_deref(), Some(&*format!("paginate({wanted})")), "{cloud} {product} {name}");
        }
        // A cursor of the response under the name of an offset.
        let lts = find("huawei", "lts", "v2").unwrap().open().unwrap();
        assert_eq!(paging(&lts, "ListNotificationTopics"), None);
    }
}
