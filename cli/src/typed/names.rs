//! From the name of a parameter as it was typed to its place among the parameters.

use cloudcall_generator::{CallFacts, Description, Field, ParamLocation};

use crate::actions::{near, plain};
use crate::exit::{Failure, Result};

use super::check::fields;
use super::tree::Step;
use super::words::OPTIONS;

/// A parameter, or a value inside one.
#[derive(Debug)]
pub(crate) struct Place<'a> {
    /// The way from the object of all parameters.
    pub(crate) path: Vec<Step>,
    /// The type of the value.
    pub(crate) ty: String,
    /// The parameter.
    pub(crate) parameter: usize,
    /// What the catalogue says of the value; none for an element of a list or map.
    pub(crate) field: Option<Field<'a>>,
}

/// The parameter whose name was typed: by wire name in any case or with dashes, with dots for what is inside.
pub(crate) fn find<'a>(
    description: &'a Description,
    facts: &CallFacts<'a>,
    of: &str,
    typed: &str,
) -> Result<Place<'a>> {
    let whole: Vec<Field<'a>> = facts.parameters.iter().map(|member| member.field).collect();
    if let Some(found) = top(description, &whole, typed)? {
        return Ok(found);
    }
    let (first, rest) = typed.split_once('.').unwrap_or((typed, ""));
    let Some(mut place) = top(description, &whole, first)?.filter(|_| !rest.is_empty()) else {
        return Err(unknown(description, &whole, of, first));
    };
    for name in rest.split('.') {
        let (step, ty, field) = inside(description, &place.ty, name, typed)?;
        place.path.push(step);
        (place.ty, place.field) = (ty, field);
    }
    Ok(place)
}

/// The parameter of this name, which is not split at dots.
pub(crate) fn find_whole<'a>(
    description: &'a Description,
    facts: &CallFacts<'a>,
    of: &str,
    name: &str,
) -> Result<Place<'a>> {
    let whole: Vec<Field<'a>> = facts.parameters.iter().map(|member| member.field).collect();
    top(description, &whole, name)?.ok_or_else(|| unknown(description, &whole, of, name))
}

/// A parameter, or a member of the one that is the whole body.
fn top<'a>(description: &'a Description, parameters: &[Field<'a>], typed: &str) -> Result<Option<Place<'a>>> {
    if let Some((number, field)) = pick(parameters, typed) {
        let path = vec![Step::Member(field.key.to_owned())];
        return Ok(Some(Place { path, ty: field.ty.to_owned(), parameter: number, field: Some(*field) }));
    }
    let bodies = parameters.iter().enumerate().filter(|(_, field)| field.place == ParamLocation::Whole);
    for (number, body) in bodies {
        let inner = fields(description, body.ty)?.unwrap_or_default();
        if let Some((_, field)) = pick(&inner, typed) {
            let path = vec![Step::Member(body.key.to_owned()), Step::Member(field.wire.to_owned())];
            return Ok(Some(Place { path, ty: field.ty.to_owned(), parameter: number, field: Some(*field) }));
        }
    }
    Ok(None)
}

/// The field of exactly this name, or of the same letters and digits.
fn pick<'f, 'a>(fields: &'f [Field<'a>], typed: &str) -> Option<(usize, &'f Field<'a>)> {
    let exact = || fields.iter().enumerate().find(|(_, field)| field.wire == typed || field.key == typed);
    let wanted = plain(typed);
    let same =
        || fields.iter().enumerate().find(|(_, field)| !typed.contains('.') && plain(field.wire) == wanted);
    exact().or_else(same)
}

/// A step into a value: the type of what is there, and what the catalogue says of it.
type Inside<'a> = (Step, String, Option<Field<'a>>);

fn inside<'a>(description: &'a Description, ty: &str, name: &str, typed: &str) -> Result<Inside<'a>> {
    let number = name.parse::<usize>();
    if let Some(element) = ty.strip_prefix("[]") {
        return match number {
            Ok(number) => Ok((Step::Element(number), element.to_owned(), None)),
            Err(_) => Err(Failure::usage(format!(
                "usage: --{typed}: `{name}` is inside a list: write the number of the element before it, from 0"
            ))),
        };
    }
    if let Some(element) = ty.strip_prefix("{}") {
        return Ok((Step::Member(name.to_owned()), element.to_owned(), None));
    }
    match fields(description, ty)? {
        Some(known) => match pick(&known, name) {
            Some((_, field)) => Ok((Step::Member(field.wire.to_owned()), field.ty.to_owned(), Some(*field))),
            None => {
                let names: Vec<&str> = known.iter().map(|field| field.wire).collect();
                let hint = near(name, &names, "");
                Err(Failure::usage(format!("usage: --{typed}: there is no member `{name}`{hint}")))
            }
        },
        None if ty == "any" => Ok((Step::Member(name.to_owned()), "any".to_owned(), None)),
        None => Err(Failure::usage(format!("usage: --{typed}: the value before `{name}` has no members"))),
    }
}

fn unknown(description: &Description, parameters: &[Field<'_>], of: &str, typed: &str) -> Failure {
    let mut names: Vec<&str> = parameters.iter().map(|field| field.wire).collect();
    for body in parameters.iter().filter(|field| field.place == ParamLocation::Whole) {
        let inner = fields(description, body.ty).ok().flatten().unwrap_or_default();
        names.extend(inner.iter().map(|field| field.wire));
    }
    names.extend(OPTIONS.iter().map(|(option, ..)| *option));
    let hint = match near(typed, &names, "--") {
        hint if hint.is_empty() => "; `--help` lists the parameters".to_owned(),
        hint => hint,
    };
    Failure::usage(format!("usage: {of} has no parameter `{typed}`{hint}"))
}
