//! `--all`: the items of all pages of a list.

use cloudcall::Value;
use cloudcall::paginate::untyped::{self, PageFacts, UntypedWalk, member};
use cloudcall::paginate::{Cursor, PageForm};
use cloudcall_generator::{CallFacts, Description, Field, Paging};

use crate::actions::param;
use crate::exit::{Failure, Result};
use crate::output;
use crate::request::{Caller, Given, Request};

use super::Incomplete;
use super::build::Built;
use super::check::fields;
use super::progress::Progress;
use super::value::quoted;
use super::words::Words;

/// Fetches all pages, and returns their items, whose members have these names. A failure has the items before
/// it.
pub(crate) async fn all(
    client: &dyn Caller,
    built: Built,
    facts: &CallFacts<'_>,
    names: &[&str],
    words: &Words,
) -> std::result::Result<Value, Incomplete> {
    let mut items = Vec::new();
    match read(client, built, facts, names, words, &mut items).await {
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
    names: &[&str],
    words: &Words,
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
    if words.ignore_total {
        walk.ignore_total();
    }
    if words.end_at_repeated_token {
        walk.end_at_repeated_token();
    }
    if let Some(pages) = words.max_empty_pages {
        walk.max_empty_pages(pages);
    }
    walk.open(cursor.and_then(|cursor| list.cursor(cursor)), page_size)?;
    let progress = Progress::new(&name, words.quiet);
    while let Some(step) = walk.step() {
        if let (Some(next), Some(cursor)) = (step?, cursor) {
            list.set(&mut request, cursor, next);
        }
        let page = output::parse(&client.send(&request).await?)?;
        let found = member(&page, paging.items).map(|list| untyped::items(list, names)).unwrap_or_default();
        let count = found.len() as u64;
        items.extend(found);
        let total = paging.total.and_then(|total| member(&page, total)).and_then(untyped::count);
        progress.at(items.len() as u64, total);
        walk.advance(PageFacts {
            count,
            total,
            next: paging.next.and_then(|next| member(&page, next)).and_then(untyped::cursor),
            has_more: paging.more.and_then(|more| member(&page, more)).and_then(untyped::flag),
        });
    }
    Ok(())
}

/// The wire names of the members of an item; none if it is not a structure.
pub(crate) fn item_names<'d>(
    description: &'d Description,
    output: &str,
    facts: &CallFacts<'_>,
) -> Result<Vec<&'d str>> {
    let mut ty = output.to_owned();
    for step in facts.paging.iter().flat_map(|paging| paging.items.split('/')) {
        let members = fields(description, &ty)?.unwrap_or_default();
        let found = members.iter().find(|field| field.wire == step);
        ty = found.map(|field| field.ty.trim_start_matches("[]").to_owned()).unwrap_or_default();
    }
    Ok(fields(description, &ty)?.unwrap_or_default().iter().map(|field| field.wire).collect())
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
        untyped::cursor(&text.parse().ok()?)
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

#[cfg(test)]
mod tests;
