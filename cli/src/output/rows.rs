//! Rows and columns: tables, and values separated by tabs or commas.

use cloudcall::Value;
use comfy_table::{ContentArrangement, Table, presets};

use crate::exit::harmless;

/// What is shown of a response: the list of its action, or the only list of objects in it.
pub(super) fn select<'v>(value: &'v Value, items: Option<&str>) -> &'v Value {
    let found = items.and_then(|items| items.split('/').try_fold(value, |value, name| value.get(name)));
    found.or_else(|| only_list(value)).unwrap_or(value)
}

/// The list of objects that is a member of a response, if there is one alone.
fn only_list(value: &Value) -> Option<&Value> {
    let is_list = |member: &&Value| {
        member.as_array().is_some_and(|items| !items.is_empty() && items.iter().all(Value::is_object))
    };
    let mut lists = value.as_object()?.values().filter(is_list);
    lists.next().filter(|_| lists.next().is_none())
}

/// The names of columns, and rows of cells.
fn grid(value: &Value) -> (Vec<String>, Vec<Vec<String>>) {
    let Value::Array(items) = value else {
        let Value::Object(members) = value else { return (Vec::new(), vec![vec![cell(value)]]) };
        let rows = members.iter().map(|(name, member)| vec![name.to_owned(), cell(member)]).collect();
        return (vec!["Name".to_owned(), "Value".to_owned()], rows);
    };
    let mut columns: Vec<String> = Vec::new();
    for item in items {
        let names = item.as_object().into_iter().flat_map(|members| members.keys());
        for name in names {
            if !columns.iter().any(|known| known == name) {
                columns.push(name.to_owned());
            }
        }
    }
    let row = |item: &Value| match item {
        Value::Object(_) => {
            columns.iter().map(|name| item.get(name.as_str()).map(cell).unwrap_or_default()).collect()
        }
        Value::Array(cells) => cells.iter().map(cell).collect(),
        other => vec![cell(other)],
    };
    let rows = items.iter().map(row).collect();
    (columns, rows)
}

/// A value in one cell: texts without quotes, objects and lists as JSON.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// A table for people.
pub(super) fn table(value: &Value) -> String {
    let (columns, rows) = grid(value);
    // Written out before the widths are computed.
    let shown = |cell: &String| harmless(cell, &['\n', '\t']).into_owned();
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED).set_content_arrangement(ContentArrangement::Dynamic);
    if !columns.is_empty() {
        table.set_header(columns.iter().map(shown));
    }
    for row in &rows {
        table.add_row(row.iter().map(shown));
    }
    table.to_string()
}

/// Values separated by tabs, without a header: for `cut` and `awk`.
pub(super) fn tsv(value: &Value) -> String {
    let escaped = |cell: &String| {
        cell.replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n").replace('\r', "\\r")
    };
    let (_, rows) = grid(value);
    rows.iter()
        .map(|row| row.iter().map(escaped).collect::<Vec<_>>().join("\t"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// Values separated by commas, with a header, as RFC 4180 has them.
pub(super) fn csv(value: &Value) -> String {
    let quoted = |cell: &String| match cell.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell.clone(),
    };
    let (columns, rows) = grid(value);
    let header = (!columns.is_empty()).then_some(columns);
    let lines = header.iter().chain(&rows);
    lines.map(|row| row.iter().map(quoted).collect::<Vec<_>>().join(",")).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn lists_become_rows_and_objects_name_and_value() {
        let value: Value = r#"{"Set": [{"Id": "a", "Tags": [1]}, {"Id": "b,\tc", "Size": 1.50}], "Total": 2}"#.parse().unwrap();
        let list = select(&value, Some("Set"));
        assert_eq!(csv(list), "Id,Tags,Size\na,[1],\n\"b,\tc\",,1.50");
        assert_eq!(tsv(list), "a\t[1]\t\nb,\\tc\t\t1.50");
        assert!(table(list).contains("│ a"), "{}", table(list));
        assert_eq!(tsv(select(&value, None)), tsv(list));
        assert_eq!(tsv(select(&r#"{"A": 1, "B": [2]}"#.parse().unwrap(), None)), "A\t1\nB\t[2]");
        assert_eq!(tsv(&"[\"x\", \"y\"]".parse().unwrap()), "x\ny");
    }
}
