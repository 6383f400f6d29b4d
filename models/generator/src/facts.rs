//! What the descriptions do not say, inferred by the rules that `docs/models.md` lists.

use crate::description::{Action, Type};
use crate::member::{Member, members};
use crate::reach::{Reach, base};

/// Verbs that only read; the same list as the runtime's.
const READS: [&str; 10] =
    ["Describe", "List", "Get", "Query", "Show", "Check", "Count", "Search", "Inquiry", "Inquire"];

/// Whether the action changes nothing, by its verb or its method.
pub(crate) fn is_readonly(action: &Action<'_>) -> bool {
    let reads = |verb: &&str| {
        action
            .name
            .strip_prefix(*verb)
            .is_some_and(|rest| !rest.starts_with(|next: char| next.is_ascii_lowercase()))
    };
    matches!(action.method, "GET" | "HEAD") || READS.iter().any(reads)
}

/// The parameter that makes repeated calls one.
pub(crate) fn token<'m>(members: &'m [Member<'_>]) -> Option<&'m Member<'m>> {
    const NAMES: [&str; 4] = ["clienttoken", "xclienttoken", "xidempotencykey", "idempotencytoken"];
    members.iter().find(|member| {
        let plain: String = member.field.wire.chars().filter(char::is_ascii_alphanumeric).collect();
        member.field.ty == "string" && NAMES.contains(&plain.to_ascii_lowercase().as_str())
    })
}

/// How to page: the cursor of the request, how the answer leads on, and its one list.
pub(crate) fn pages(members: &[Member<'_>], reach: &Reach<'_>, output: &str) -> Option<String> {
    let of = |fields: &[&str]| {
        members
            .iter()
            .find(|m| fields.contains(&m.ident.as_str()) && matches!(m.field.ty, "i64" | "u64" | "string"))
    };
    let answer = answer(reach, output)?;
    let items = answer.items?;
    let has = |names: &[&str]| {
        let last = |path: &str| path.rsplit('.').next().is_some_and(|name| names.contains(&name));
        answer.plain.iter().find(|path| last(path))
    };
    let mut keys: Vec<String> = Vec::new();
    let mut key = |name: &str, value: &str| keys.push(format!("{name} = {value}"));
    let size = of(&["limit", "page_size", "max_results"]);
    let text = |m: &&Member<'_>| m.field.ty == "string";
    if let (Some(token), Some(next)) = (of(&["next_token"]).filter(text), has(&["next_token"])) {
        key("token", &token.ident);
        key("next_token", next);
        size.iter().for_each(|size| key("limit", &size.ident));
    } else if let (Some(marker), Some(next)) = (of(&["marker"]).filter(text), has(&["next_marker"])) {
        key("marker", &marker.ident);
        key("next_marker", next);
        size.iter().for_each(|size| key("limit", &size.ident));
    } else if let (Some(offset), Some(limit)) = (of(&["offset"]), of(&["limit"])) {
        if text(&offset) {
            return None;
        }
        key("offset", &offset.ident);
        key("limit", &limit.ident);
    } else if let (Some(number), Some(size)) =
        (of(&["page_number", "page_num", "page_no"]), of(&["page_size"]))
    {
        if text(&number) {
            return None;
        }
        key("page_number", &number.ident);
        key("page_size", &size.ident);
    } else {
        return None;
    }
    if let Some(total) = has(&["total_count", "total", "total_num"]) {
        key("total", total);
    }
    key("items", &items);
    Some(format!("paginate({})", keys.join(", ")))
}

struct Answer {
    /// Names of members that are numbers or texts, then the paths to those that Huawei Cloud puts into `page_info`.
    plain: Vec<String>,
    /// The path to the one list, if there is just one.
    items: Option<String>,
}

fn answer(reach: &Reach<'_>, output: &str) -> Option<Answer> {
    let fields = |name: &str| match reach.types.get(name) {
        Some((_, Type::Struct(fields))) => Some(members(fields)),
        _ => None,
    };
    let top = fields(output.strip_prefix('#')?)?;
    let mut lists = Vec::new();
    for member in &top {
        if member.field.ty.starts_with("[]") {
            lists.push(member.ident.clone());
        } else if let Some(inner) = base(member.field.ty).and_then(fields) {
            // The wrapper of a list, which Alibaba's RPC answers have.
            if let [only] = inner.as_slice()
                && only.field.ty.starts_with("[]")
            {
                lists.push(format!("{}.{}", member.ident, only.ident));
            }
        }
    }
    let plain = |members: &[Member<'_>], above: &str| -> Vec<String> {
        let plain = members.iter().filter(|m| matches!(m.field.ty, "i64" | "u64" | "string"));
        plain.map(|m| format!("{above}{}", m.ident)).collect()
    };
    let mut known = plain(&top, "");
    if let Some(info) = top.iter().find(|m| m.ident == "page_info")
        && let Some(inside) = base(info.field.ty).and_then(fields)
    {
        known.extend(plain(&inside, "page_info."));
    }
    let items = match lists.as_mut_slice() {
        [only] => Some(std::mem::take(only)),
        _ => None,
    };
    Some(Answer { plain: known, items })
}
