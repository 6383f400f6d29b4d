//! Repairs an odd response before it is read again, by the table of `docs/responses.md`.
//!
//! This is the slow pass, for the few responses that do not fit their type. It works on the
//! exact tree of the response and on the [`Form`] of its type. Nothing here is generic, and
//! every step is linear in the response.
//!
//! For a type with `zones: Vec<Zone>` and, in `Zone`, `id: String` and `rank: Option<i64>`:
//!
//! ```text
//! {"Zones": {"Id": 7, "Rank": "N/A"}}       the response
//! {"Zones": [{"Id": "7"}]}                  the repaired response
//! `Zones[0].Rank`: found a text, expected an integer
//! ```
//!
//! With `{"Zones": [{"Rank": 1}]}` nothing can be repaired:
//!
//! ```text
//! `Zones[0].Id`: found nothing, expected a text      the error
//! ```

use std::borrow::Cow;

use http::HeaderMap;

use super::number::{Whole, whole};
use super::shape::{Form, ModelForm, from_headers, whole as whole_form};
use crate::response::warning::{Path, Warning, Warnings};
use crate::value::{Map, Value};

/// What became of a value.
enum Fit {
    /// It can be read, possibly after it was replaced.
    Fits,
    /// It counts as missing: `null`, an empty text.
    Nothing,
    /// It cannot be read: what it is, and what was expected.
    Odd(&'static str, &'static str),
}

use Fit::{Fits, Nothing, Odd};

/// The repair of one response. It walks the tree once, from the top, and edits it in place.
#[derive(Debug)]
pub(crate) struct Mender {
    /// Where the walk is.
    path: Path<'static>,
    /// The warnings so far, those of the parser first.
    warnings: Warnings,
    /// The first required member that cannot be read. It ends in an error, but the walk
    /// goes on: its cost is bounded, and it keeps the code free of early returns.
    broken: Option<Warning>,
    /// True if nothing may be odd, in a strict client or inside a strict model.
    strict: bool,
    /// True if `null` is removed from lists whose elements serde alone knows.
    sift: bool,
}

impl Mender {
    /// A repair. `warnings` are those of the parser: members that came twice, half
    /// surrogate pairs. In a strict client the first of them is an error already.
    pub(crate) fn new(strict: bool, sift: bool, warnings: Warnings) -> Self {
        let broken = warnings.list().first().filter(|_| strict).cloned();
        Self { path: Path::default(), warnings, broken, strict, sift }
    }

    /// Repairs a whole response, and removes headers that its type cannot read.
    ///
    /// # Errors
    ///
    /// The first required member that cannot be read, as a path, what was found and what
    /// was expected.
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

    /// Checks a member that a header gives. A header is always a text, so strictness does
    /// not apply: `"7"` is the only way to write an integer there. An optional member that
    /// cannot be read is removed from the headers, with a warning.
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

    /// Records a warning at the current path.
    fn warn(&mut self, found: &'static str, wanted: &'static str) {
        let Self { path, warnings, .. } = self;
        warnings.add(|| Warning::new(path.to_string(), found, wanted));
    }

    /// Records that a required member at the current path cannot be read. The first one
    /// counts.
    fn broken(&mut self, found: &'static str, wanted: &'static str) {
        if self.broken.is_none() {
            self.broken = Some(Warning::new(self.path.to_string(), found, wanted));
        }
    }

    /// Repairs one value of any kind. Null counts as missing for everything but types that
    /// serde alone knows.
    fn value(&mut self, value: &mut Value, form: &Form) -> Fit {
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

    /// Decides about a member or an element that need not exist. Returns true if it stays.
    /// An odd one goes, with a warning; in strict mode it is an error.
    fn settle(&mut self, found: Fit) -> bool {
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

    /// Decides about a value that the type needs. Lists, maps and structures have an empty
    /// one, which replaces null and empty texts. Texts, numbers and flags have none, so the
    /// response cannot be read.
    fn settle_required(&mut self, found: Fit, value: &mut Value, form: &Form) {
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

    /// Repairs a text. A number stays as it was written, and needs no warning. A list or an
    /// object becomes its JSON text, with a warning.
    fn text(&mut self, value: &mut Value) -> Fit {
        match value {
            Value::Null | Value::String(_) => return Fits,
            Value::Array(_) | Value::Object(_) => self.warn(value.kind(), "a text"),
            Value::Bool(_) | Value::Number(_) => {}
        }
        *value = Value::String(value.to_string());
        Fits
    }

    /// Repairs a list and its elements. Elements that cannot be read are removed, so the
    /// positions in warnings are those of the original list.
    fn list(&mut self, value: &mut Value, inner: &Form) -> Fit {
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
        self.warnings.shorten(&self.path, at - items.len());
        Fits
    }

    /// Repairs an element of a list, or a value of a map. Returns true if it stays. If the
    /// element type is an `Option`, it stays as null.
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

    /// Repairs the values of a map. Names are data, so they are not compared with anything.
    fn map(&mut self, value: &mut Value, inner: &Form) -> Fit {
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

    /// Repairs a structure. A list of one object is that object: converters from XML
    /// produce it. An empty object counts as missing if the structure has required members.
    fn model(&mut self, value: &mut Value, model: &'static ModelForm) -> Fit {
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

    /// Repairs the members of a structure. Members that the model does not have are kept as
    /// they are. Their names are looked up in the order of the model first, as in
    /// `model.rs`.
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

    /// Accepts a value only in the declared form. Elements and members inside it are
    /// checked in the same way.
    fn strictly(&mut self, value: &mut Value, form: &Form) -> Fit {
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

/// The members that a structure needs. Members that serde alone knows are not among them,
/// because they may have a default, and neither are headers.
fn needed(model: &'static ModelForm) -> impl Iterator<Item = (&'static str, &'static Form)> {
    let names = model.names.iter().filter(|name| !name.contains(':'));
    names.copied().zip((model.members)()).filter(|(_, form)| !matches!(form, Form::Opt(_) | Form::Same))
}

/// The elements of a list that came as an object. `None` if it cannot be a list; the value
/// is unchanged then.
///
/// ```text
/// {}                          no elements
/// {"Id": "a"}                 one element, if the element type has a member `Id`
/// {"Zone": [{…}, {…}]}        the elements inside, as converters from XML write a list
/// {"Zone": {"Id": "a"}}       one element
/// {"Code": 7}                 None: nothing of the element type
/// ```
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

/// True if at least one name is a wire name of the model.
fn has_member_of(members: &Map, model: &ModelForm) -> bool {
    members.keys().any(|name| model.names.contains(&name))
}

/// Repairs an integer, also written as `1.0`, `1e3` or a text. The tree then has plain
/// digits.
fn integer(value: &mut Value, signed: bool, bits: u32) -> Fit {
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

/// Checks a number, also in quotes. The fast pass reads the text itself, so nothing is
/// replaced. A literal such as `1e999` is out of range.
fn float(value: &Value) -> Fit {
    match value {
        Value::Number(number) if number.as_f64().is_some() => Fits,
        Value::Number(_) => Odd("a number out of range", "a number"),
        Value::String(text) if text.trim().is_empty() => Nothing,
        Value::String(text) if text.trim().parse::<f64>().is_ok() => Fits,
        _ => Odd(value.kind(), "a number"),
    }
}

/// Checks a flag, also in quotes, and as 0 and 1. The fast pass reads these forms itself.
fn flag(value: &Value) -> Fit {
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
