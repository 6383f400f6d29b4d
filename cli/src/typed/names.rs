//! From the name of a parameter as it was typed to its place among the parameters.

use cloudcall_generator::{CallFacts, Description, Field, ParamLocation};

use crate::actions::{near, plain};
use crate::exit::{Failure, Result};

use super::check::fields;
use super::tree::Step;
use super::words::OPTIONS;

/// A parameter, or a value inside one.
#[derive(Debug)]
pub(crate) struct Place {
    /// The way from the object of all parameters.
    pub(crate) path: Vec<Step>,
    /// The type of the value.
    pub(crate) ty: String,
    /// The parameter.
    pub(crate) parameter: usize,
}

/// The parameter whose name was typed: by wire name in any case or with dashes, with dots for what is inside.
pub(crate) fn find(description: &Description, facts: &CallFacts<'_>, of: &str, typed: &str) -> Result<Place> {
    let whole: Vec<Field<'_>> = facts.parameters.iter().map(|member| member.field).collect();
    if let Some(found) = top(description, &whole, typed)? {
        return Ok(found);
    }
    let (first, rest) = typed.split_once('.').unwrap_or((typed, ""));
    let Some(mut place) = top(description, &whole, first)?.filter(|_| !rest.is_empty()) else {
        return Err(unknown(description, &whole, of, first));
    };
    for name in rest.split('.') {
        let (step, ty) = inside(description, &place.ty, name, typed)?;
        place.path.push(step);
        place.ty = ty;
    }
    Ok(place)
}

/// The parameter of this name, which is not split at dots.
pub(crate) fn find_whole(
    description: &Description,
    facts: &CallFacts<'_>,
    of: &str,
    name: &str,
) -> Result<Place> {
    let whole: Vec<Field<'_>> = facts.parameters.iter().map(|member| member.field).collect();
    top(description, &whole, name)?.ok_or_else(|| unknown(description, &whole, of, name))
}

/// A parameter, or a member of the one that is the whole body.
fn top(description: &Description, parameters: &[Field<'_>], typed: &str) -> Result<Option<Place>> {
    if let Some((number, field)) = pick(parameters, typed) {
        let path = vec![Step::Member(field.key.to_owned())];
        return Ok(Some(Place { path, ty: field.ty.to_owned(), parameter: number }));
    }
    let bodies = parameters.iter().enumerate().filter(|(_, field)| field.place == ParamLocation::Whole);
    for (number, body) in bodies {
        let inner = fields(description, body.ty)?.unwrap_or_default();
        if let Some((_, field)) = pick(&inner, typed) {
            let path = vec![Step::Member(body.key.to_owned()), Step::Member(field.wire.to_owned())];
            return Ok(Some(Place { path, ty: field.ty.to_owned(), parameter: number }));
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

fn inside(description: &Description, ty: &str, name: &str, typed: &str) -> Result<(Step, String)> {
    let number = name.parse::<usize>();
    if let Some(element) = ty.strip_prefix("[]") {
        return match number {
            Ok(number) => Ok((Step::Element(number), element.to_owned())),
            Err(_) => Err(Failure::usage(format!(
                "usage: --{typed}: `{name}` is inside a list: write the number of the element before it, from 0"
            ))),
        };
    }
    if let Some(element) = ty.strip_prefix("{}") {
        return Ok((Step::Member(name.to_owned()), element.to_owned()));
    }
    match fields(description, ty)? {
        Some(known) => match pick(&known, name) {
            Some((_, field)) => Ok((Step::Member(field.wire.to_owned()), field.ty.to_owned())),
            None => {
                let names: Vec<&str> = known.iter().map(|field| field.wire).collect();
                let hint = near(name, &names, "");
                Err(Failure::usage(format!("usage: --{typed}: there is no member `{name}`{hint}")))
            }
        },
        None if ty == "any" => Ok((Step::Member(name.to_owned()), "any".to_owned())),
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
