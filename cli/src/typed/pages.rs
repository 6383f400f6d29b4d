//! `--all`: the items of all pages of a list.

use cloudcall::Value;
use cloudcall::paginate::untyped::{PageFacts, UntypedWalk};
use cloudcall::paginate::{Cursor, PageForm};
use cloudcall_generator::{CallFacts, Field, Paging};

use crate::actions::param;
use crate::exit::{Failure, Result};
use crate::output;
use crate::request::{Caller, Given, Request};

use super::Incomplete;
use super::build::Built;
use super::progress::Progress;
use super::value::quoted;

/// Fetches all pages, and returns their items. A failure has the items before it.
pub(crate) async fn all(
    client: &dyn Caller,
    built: Built,
    facts: &CallFacts<'_>,
    quiet: bool,
) -> std::result::Result<Value, Incomplete> {
    let mut items = Vec::new();
    match read(client, built, facts, quiet, &mut items).await {
        Ok(()) => Ok(Value::Array(items)),
        Err(failure) if items.is_empty() => Err(Incomplete { failure, value: None }),
        Err(Failure { message, .. }) => {
            let message = format!("{message}; stdout has the {} items before", items.len());
            Err(Incomplete { failure: Failure::failed(message), value: Some(Value::Array(items)) })
        }
    }
}

/// Fetches pages until the end of the list or an error.
async fn read(
    client: &dyn Caller,
    built: Built,
    facts: &CallFacts<'_>,
    quiet: bool,
    items: &mut Vec<Value>,
) -> Result<()> {
    let Built { mut request, values } = built;
    let name = request.info.name().to_owned();
    let Some(paging) = &facts.paging else {
        return Err(Failure::usage(format!("usage: {name} has no pages: leave out --all")));
    };
    let list = List { facts, paging, values: &values };
    let form = match paging.form {
        "offset" => PageForm::Offset,
        "number" => PageForm::Number,
        _ => PageForm::Token,
    };
    let mut walk = UntypedWalk::new(form, paging.first, &name);
    let by_token = list.is_given(paging.token) || list.is_given(paging.token_size);
    let (cursor, size) = match by_token {
        true => {
            walk.go_by_token();
            (paging.token, paging.token_size)
        }
        false => (Some(paging.cursor), paging.size),
    };
    let mut page_size = size.and_then(|size| list.cursor(size));
    if let (Some(size), None, Some(default), false) = (size, &page_size, paging.default_size, by_token) {
        page_size = Some(Cursor::Number(default));
        list.set(&mut request, size, Cursor::Number(default));
    }
    walk.open(cursor.and_then(|cursor| list.cursor(cursor)), page_size)?;
    let progress = Progress::new(&name, quiet);
    while let Some(step) = walk.step() {
        if let (Some(next), Some(cursor)) = (step?, cursor) {
            list.set(&mut request, cursor, next);
        }
        let page = output::parse(&client.send(&request).await?)?;
        let found = member(&page, paging.items).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        items.extend_from_slice(found);
        let total = paging.total.and_then(|total| member(&page, total)).and_then(number);
        progress.at(items.len() as u64, total);
        walk.advance(PageFacts {
            count: found.len() as u64,
            total,
            next: paging.next.and_then(|next| member(&page, next)).and_then(as_cursor),
            has_more: paging.more.and_then(|more| member(&page, more)).and_then(flag),
        });
    }
    Ok(())
}

/// The list of one action, and what the request says of it.
struct List<'l, 'a> {
    facts: &'l CallFacts<'a>,
    paging: &'l Paging<'a>,
    values: &'l [(String, String)],
}

impl List<'_, '_> {
    fn field(&self, key: &str) -> Option<&Field<'_>> {
        self.facts.parameters.iter().map(|member| &member.field).find(|field| field.key == key)
    }

    fn is_given(&self, key: Option<&str>) -> bool {
        key.is_some_and(|key| key != self.paging.cursor && self.values.iter().any(|(known, _)| known == key))
    }

    /// What the user gave for this parameter.
    fn cursor(&self, key: &str) -> Option<Cursor> {
        let (_, text) = self.values.iter().find(|(known, _)| known == key)?;
        as_cursor(&text.parse().ok()?)
    }

    /// Sets a parameter of the request, in place of what it had.
    fn set(&self, request: &mut Request, key: &str, cursor: Cursor) {
        let Some(field) = self.field(key) else { return };
        let text = cursor.into_text();
        let json = if field.ty == "string" { quoted(&text) } else { text };
        // A parameter that is given again replaces the one before.
        request.given.push(Given::Value(param(field), json));
    }
}

/// A member of a response by a path with `/`.
pub(crate) fn member<'v>(value: &'v Value, path: &str) -> Option<&'v Value> {
    path.split('/').try_fold(value, |value, name| value.get(name))
}

fn as_cursor(value: &Value) -> Option<Cursor> {
    match value {
        Value::String(text) if !text.is_empty() => Some(Cursor::Text(text.clone())),
        Value::Number(number) => {
            Some(number.as_u64().map_or_else(|| Cursor::Text(number.to_string()), Cursor::Number))
        }
        _ => None,
    }
}

fn number(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}

fn flag(value: &Value) -> Option<bool> {
    value.as_bool().or_else(|| value.as_str()?.parse().ok())
}

#[cfg(test)]
mod tests;
