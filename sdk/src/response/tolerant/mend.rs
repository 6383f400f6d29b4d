//! Puts an odd response right before it is read again: the table of `docs/responses.md`.
//!
//! This is the slow way, for the few responses that do not fit their type as they are. It works on the exact tree of the
//! response and on the [`Form`] of its type. Nothing here is generic, and every step is linear in the response.

use std::borrow::Cow;

use http::HeaderMap;

use super::number::{Whole, whole};
use super::shape::{Form, ModelForm, from_headers, whole as whole_form};
use crate::response::warning::{Path, Warning, Warnings};
use crate::value::{Map, Value};

/// What became of a value.
enum Found {
    /// It can be read.
    Fits,
    /// It is as good as not there: `null`, an empty text.
    Nothing,
    /// It cannot be read. What it is, and what was wanted.
    Odd(&'static str, &'static str),
}

use Found::{Fits, Nothing, Odd};

/// One response that is put right.
#[derive(Debug)]
pub(crate) struct Mender {
    path: Path<'static>,
    warnings: Warnings,
    /// The first member that the type needs and that cannot be read.
    broken: Option<Warning>,
    /// Nothing may be odd.
    strict: bool,
    /// `null` is left out of lists whose elements serde alone knows.
    sift: bool,
}

impl Mender {
    /// `warnings` are those of the parser: members that came twice, halves of pairs.
    pub(crate) fn new(strict: bool, sift: bool, warnings: Warnings) -> Self {
        let broken = warnings.list().first().filter(|_| strict).cloned();
        Self { path: Path::default(), warnings, broken, strict, sift }
    }

    /// Puts a whole response right, and takes headers away that its type cannot read.
    ///
    /// # Errors
    ///
    /// The member that the type needs and that cannot be read.
    pub(crate) fn mend(
        mut self,
        value: &mut Value,
        headers: &mut Cow<'_, HeaderMap>,
        form: &Form,
    ) -> Result<Warnings, Warning> {
        for (name, form) in from_headers(form) {
            self.header(name, headers, form);
        }
        let form = whole_form(form).unwrap_or(form);
        let found = self.value(value, form);
        self.settle_required(found, value, form);
        match self.broken {
            Some(broken) => Err(broken),
            None => Ok(self.warnings),
        }
    }

    /// A header is a text, whatever its type: strictness says nothing about it.
    fn header(&mut self, name: &'static str, headers: &mut Cow<'_, HeaderMap>, form: &Form) {
        let Some(text) = headers.get(name) else { return };
        let mut value = Value::String(String::from_utf8_lossy(text.as_bytes()).into_owned());
        let strict = std::mem::take(&mut self.strict);
        self.path.name(name);
        let found = self.value(&mut value, form.plain());
        let stays = match (found, form) {
            (Fits, _) => true,
            (found, Form::Opt(_)) => self.settle(found),
            (Nothing, _) => true,
            (Odd(what, wanted), _) => {
                self.broken(what, wanted);
                true
            }
        };
        self.path.leave();
        self.strict = strict;
        if !stays {
            headers.to_mut().remove(name);
        }
    }

    fn warn(&mut self, found: &'static str, wanted: &'static str) {
        let Self { path, warnings, .. } = self;
        warnings.add(|| Warning::new(path.to_string(), found, wanted));
    }

    fn broken(&mut self, found: &'static str, wanted: &'static str) {
        if self.broken.is_none() {
            self.broken = Some(Warning::new(self.path.to_string(), found, wanted));
        }
    }

    fn value(&mut self, value: &mut Value, form: &Form) -> Found {
        if let Value::Null = value
            && !matches!(form, Form::Same)
        {
            return Nothing;
        }
        match form {
            Form::Same => Fits,
            Form::Opt(inner) => self.value(value, inner),
            _ if self.strict => self.strictly(value, form),
            Form::Text => self.text(value),
            Form::Int(signed, bits) => integer(value, *signed, *bits),
            Form::Float => float(value),
            Form::Flag => flag(value),
            Form::List(inner) => self.list(value, inner),
            Form::Map(inner) => self.map(value, inner),
            Form::Model(model) => self.model(value, model),
        }
    }

    /// A member or an element that need not be there. Whether it stays.
    fn settle(&mut self, found: Found) -> bool {
        match found {
            Fits => true,
            Odd(what, wanted) if self.strict => {
                self.broken(what, wanted);
                true
            }
            Odd(what, wanted) => {
                self.warn(what, wanted);
                false
            }
            Nothing => false,
        }
    }

    /// A value that the type needs. Of lists, maps and structures there is an empty one.
    fn settle_required(&mut self, found: Found, value: &mut Value, form: &Form) {
        let (what, wanted) = match found {
            Fits => return,
            Nothing => (value.kind(), form.wanted()),
            Odd(what, wanted) => (what, wanted),
        };
        match (form, &*value) {
            (Form::Opt(_), _) if self.strict => self.broken(what, wanted),
            (Form::Opt(_), _) => {
                *value = Value::Null;
                if let Odd(..) = found {
                    self.warn(what, wanted);
                }
            }
            (Form::List(_), _) if matches!(found, Nothing) && !self.strict => {
                *value = Value::Array(Vec::new())
            }
            (Form::Map(_), _) if matches!(found, Nothing) && !self.strict => {
                *value = Value::Object(Map::default())
            }
            (Form::Model(model), Value::String(_) | Value::Array(_))
                if matches!(found, Nothing) && !self.strict =>
            {
                *value = Value::Object(Map::default());
                if let Some((name, form)) = needed(model).next() {
                    self.path.name(name);
                    self.broken("nothing", form.wanted());
                    self.path.leave();
                }
            }
            _ => self.broken(what, wanted),
        }
    }

    /// A number stays as it was written; what has members stays as JSON.
    fn text(&mut self, value: &mut Value) -> Found {
        match value {
            Value::Null | Value::String(_) => return Fits,
            Value::Array(_) | Value::Object(_) => self.warn(value.kind(), "a text"),
            Value::Bool(_) | Value::Number(_) => {}
        }
        *value = Value::String(value.to_string());
        Fits
    }

    fn list(&mut self, value: &mut Value, inner: &Form) -> Found {
        match value {
            Value::Array(_) => {}
            Value::String(text) if text.trim().is_empty() => return Nothing,
            Value::Object(_) => match unwrapped(value, inner) {
                Some(items) => *value = Value::Array(items),
                None => return Odd("an object", "a list"),
            },
            // A lone text or number, as converters from XML write a list of one.
            _ if matches!(
                inner.plain(),
                Form::Text | Form::Int(..) | Form::Float | Form::Flag | Form::Same
            ) =>
            {
                *value = Value::Array(vec![std::mem::take(value)]);
            }
            _ => return Odd(value.kind(), "a list"),
        }
        let Value::Array(items) = value else { return Fits };
        let mut at = 0;
        items.retain_mut(|item| {
            self.path.index(at);
            at += 1;
            let stays = self.element(item, inner);
            self.path.leave();
            stays
        });
        Fits
    }

    /// Whether an element of a list, or a value of a map, stays.
    fn element(&mut self, item: &mut Value, form: &Form) -> bool {
        if let Form::Same = form {
            return !(self.sift && item.is_null());
        }
        let found = match self.value(item, form) {
            Nothing if self.strict && !matches!(form, Form::Opt(_)) => Odd(item.kind(), form.wanted()),
            found => found,
        };
        let stays = self.settle(found);
        if !stays && let Form::Opt(_) = form {
            *item = Value::Null;
            return true;
        }
        stays
    }

    fn map(&mut self, value: &mut Value, inner: &Form) -> Found {
        let members = match value {
            Value::Object(members) => std::mem::take(members),
            Value::String(text) if text.trim().is_empty() => return Nothing,
            Value::Array(items) if items.is_empty() => return Nothing,
            _ => return Odd(value.kind(), "an object"),
        };
        let mut kept = Vec::with_capacity(members.len());
        for (name, mut item) in members {
            self.path.name(name.clone());
            let stays = self.element(&mut item, inner);
            self.path.leave();
            if stays {
                kept.push((name, item));
            }
        }
        *value = Value::Object(kept.into_iter().collect());
        Fits
    }

    fn model(&mut self, value: &mut Value, model: &'static ModelForm) -> Found {
        match value {
            Value::Object(members) if members.is_empty() && needed(model).next().is_some() => return Nothing,
            Value::Object(_) => {}
            Value::String(text) if text.trim().is_empty() => return Nothing,
            Value::Array(items) => match items.as_mut_slice() {
                [] => return Nothing,
                [only] if !only.is_array() => {
                    *value = std::mem::take(only);
                    return self.model(value, model);
                }
                _ => return Odd("a list", "an object"),
            },
            Value::Null => return Nothing,
            _ => return Odd(value.kind(), "an object"),
        }
        let strict = self.strict;
        self.strict |= model.strict;
        if model.strict && self.broken.is_none() {
            let here = self.path.to_string();
            let below = |warning: &&Warning| warning.path().starts_with(&here);
            self.broken = self.warnings.list().iter().find(below).cloned();
        }
        self.members(value, model);
        self.strict = strict;
        Fits
    }

    fn members(&mut self, value: &mut Value, model: &'static ModelForm) {
        let Value::Object(members) = value else { return };
        let forms = (model.members)();
        let mut given = vec![false; forms.len()];
        let mut kept = Vec::with_capacity(members.len());
        let mut guess = 0;
        for (name, mut item) in std::mem::take(members) {
            // Clouds write members in one order, and mostly that of the model.
            let at = match model.names.get(guess) {
                Some(known) if **known == name => Some(guess),
                _ => model.names.iter().position(|known| **known == name),
            };
            let Some((at, (known, form))) =
                at.and_then(|at| Some((at, (model.names.get(at)?, forms.get(at)?))))
            else {
                kept.push((name, item));
                continue;
            };
            guess = at + 1;
            if let Some(given) = given.get_mut(at) {
                *given = true;
            }
            self.path.name(Cow::Borrowed(*known));
            let stays = match form {
                Form::Opt(inner) => {
                    let found = self.value(&mut item, inner);
                    self.settle(found)
                }
                Form::Same => true,
                required => {
                    let found = self.value(&mut item, required);
                    self.settle_required(found, &mut item, required);
                    true
                }
            };
            self.path.leave();
            if stays {
                kept.push((name, item));
            }
        }
        let missing = needed(model).find(|(name, _)| {
            model.names.iter().position(|known| known == name).and_then(|at| given.get(at)) == Some(&false)
        });
        if let Some((name, form)) = missing {
            self.path.name(name);
            self.broken("nothing", form.wanted());
            self.path.leave();
        }
        *value = Value::Object(kept.into_iter().collect());
    }

    /// A value as it is, or an error.
    fn strictly(&mut self, value: &mut Value, form: &Form) -> Found {
        match (form, &mut *value) {
            (Form::Text, Value::String(_)) | (Form::Flag, Value::Bool(_)) => Fits,
            (Form::Float, Value::Number(number)) if number.as_f64().is_some() => Fits,
            (Form::Int(signed, bits), Value::Number(number)) if number.is_integer() => {
                whole(&number.to_string(), *signed, *bits)
                    .map_or(Odd("a number out of range", "an integer"), |_| Fits)
            }
            (Form::List(inner), Value::Array(_)) => self.list(value, inner),
            (Form::Map(inner), Value::Object(_)) => self.map(value, inner),
            (Form::Model(model), Value::Object(_)) => self.model(value, model),
            (Form::Int(..), Value::Number(_)) => Odd("a fraction", "an integer"),
            _ => Odd(value.kind(), form.wanted()),
        }
    }
}

/// The members that a structure needs, except for those that serde alone knows: they may have a default.
fn needed(model: &'static ModelForm) -> impl Iterator<Item = (&'static str, &'static Form)> {
    let names = model.names.iter().filter(|name| !name.contains(':'));
    names.copied().zip((model.members)()).filter(|(_, form)| !matches!(form, Form::Opt(_) | Form::Same))
}

/// The elements of a list that came as an object: itself, if it is one, or what it is wrapped around.
fn unwrapped(value: &mut Value, inner: &Form) -> Option<Vec<Value>> {
    let Value::Object(members) = &*value else { return None };
    if members.is_empty() {
        return Some(Vec::new());
    }
    let only = match members.len() {
        1 => members.values().next(),
        _ => None,
    };
    let itself = match inner.plain() {
        Form::Same => true,
        Form::Model(model) => has_member_of(members, model),
        Form::Map(_) => !only.is_some_and(Value::is_array),
        Form::Text => only.is_none_or(Value::is_object),
        Form::Int(..) | Form::Float | Form::Flag | Form::List(_) | Form::Opt(_) => false,
    };
    if itself {
        return Some(vec![std::mem::take(value)]);
    }
    let fits = match (only?, inner.plain()) {
        (Value::Array(_) | Value::Null, _) => true,
        (Value::String(text), _) if text.trim().is_empty() => true,
        (Value::Object(wrapped), Form::Model(model)) => wrapped.is_empty() || has_member_of(wrapped, model),
        (Value::Object(wrapped), _) => wrapped.is_empty(),
        (_, Form::Text | Form::Int(..) | Form::Float | Form::Flag) => true,
        _ => false,
    };
    let Value::Object(members) = std::mem::take(value) else { return None };
    let (name, only) = members.into_iter().next()?;
    if !fits {
        *value = Value::Object([(name, only)].into_iter().collect());
        return None;
    }
    Some(match only {
        Value::Array(items) => items,
        Value::Null => Vec::new(),
        Value::String(text) if text.trim().is_empty() => Vec::new(),
        Value::Object(wrapped) if wrapped.is_empty() => Vec::new(),
        item => vec![item],
    })
}

fn has_member_of(members: &Map, model: &ModelForm) -> bool {
    members.keys().any(|name| model.names.contains(&name))
}

/// A whole number, also written as `1.0`, `1e3` or a text.
fn integer(value: &mut Value, signed: bool, bits: u32) -> Found {
    let literal = match value {
        Value::Number(number) => number.to_string(),
        Value::String(text) => match text.trim() {
            "" => return Nothing,
            text => text.to_owned(),
        },
        _ => return Odd(value.kind(), "an integer"),
    };
    match whole(&literal, signed, bits) {
        Ok(digits) => {
            *value = Value::Number(crate::value::Number::from_literal(&digits));
            Fits
        }
        Err(Whole::Fraction) => Odd("a fraction", "an integer"),
        Err(Whole::Range) => Odd("a number out of range", "an integer"),
        Err(Whole::Text) => Odd("a text", "an integer"),
    }
}

fn float(value: &Value) -> Found {
    match value {
        Value::Number(number) if number.as_f64().is_some() => Fits,
        Value::Number(_) => Odd("a number out of range", "a number"),
        Value::String(text) if text.trim().is_empty() => Nothing,
        Value::String(text) if text.trim().parse::<f64>().is_ok() => Fits,
        _ => Odd(value.kind(), "a number"),
    }
}

fn flag(value: &Value) -> Found {
    let fits = match value {
        Value::Bool(_) => true,
        // `1.0` too, as the fast pass reads it.
        Value::Number(number) => number.as_f64().is_some_and(|number| number == 0.0 || number == 1.0),
        Value::String(text) => match text.trim() {
            "" => return Nothing,
            "0" | "1" => true,
            word => word.eq_ignore_ascii_case("true") || word.eq_ignore_ascii_case("false"),
        },
        _ => false,
    };
    if fits { Fits } else { Odd(value.kind(), "`true` or `false`") }
}
