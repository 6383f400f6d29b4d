//! What a response type looks like, as data, so that an odd response can be repaired by
//! code that is not generic.
//!
//! The macros write a [`Form`] for each model, as a constant. It costs a few words per
//! field in the data of a program, and no code. For
//!
//! ```text
//! struct Zone { zone: String, rank: Option<i64>, disks: Vec<Disk> }
//! ```
//!
//! it is
//!
//! ```text
//! Model { names: ["Zone", "Rank", "Disks"],
//!         members: [Text, Opt(Int(true, 64)), List(Model { … })],
//!         strict: false }
//! ```

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::fmt;

use super::Same;
use crate::value::{Map, Value};

/// What a response type looks like on the wire.
///
/// The macros write it. An action that is written by hand names it in its
/// [`ActionInfo`](crate::action::ActionInfo), so that odd members of its response are read
/// as tolerantly as those of other actions:
///
/// ```
/// use cloudcall::cloud_model;
/// use cloudcall::action::ActionInfo;
/// use cloudcall::response::Shape;
///
/// #[cloud_model(provider = "tencent", response)]
/// pub struct Zones {
///     pub total_count: Option<i64>,
/// }
///
/// const INFO: ActionInfo =
///     ActionInfo::new("cvm", "2017-03-12", "DescribeZones").with_shape(Shape::of::<Zones>());
/// ```
///
/// Without a shape, a response is read strictly, as serde reads it.
#[derive(Clone, Copy)]
pub struct Shape(pub(crate) Form);

impl Shape {
    /// The shape of a model. It is a constant expression.
    pub const fn of<T: Shaped>() -> Self {
        Self(T::FORM)
    }

    /// A type that serde alone knows: it is never repaired.
    pub(crate) const UNKNOWN: Self = Self(Form::Same);

    /// A response of this shape that has nothing in it: `{}`, `[]`, or null for a scalar.
    pub(crate) fn empty(&self) -> Value {
        match whole(&self.0).unwrap_or(&self.0).plain() {
            Form::Model(_) | Form::Map(_) => Value::Object(Map::default()),
            Form::List(_) => Value::Array(Vec::new()),
            _ => Value::Null,
        }
    }

    #[doc(hidden)]
    pub fn form(self) -> Form {
        self.0
    }

    #[doc(hidden)]
    pub const fn new(form: Form) -> Self {
        Self(form)
    }
}

impl fmt::Debug for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.wanted())
    }
}

/// A type whose shape is known: every `#[cloud_model]` that is read, texts, numbers and
/// flags, untyped JSON, and lists, maps and options of them.
///
/// # Troubleshooting
///
/// **The compiler says that a type "is not a model, so its names on the wire are not
/// known".** Put `#[cloud_model(provider = "…", response)]` on the type. If it implements
/// `Deserialize` itself, mark the field with `#[param(serde)]`, or write `response(serde) =
/// Type` in the action; it is then read strictly.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a model, so its names on the wire are not known",
    label = "no `#[cloud_model(...)]`",
    note = "put `#[cloud_model(provider = \"...\", response)]` on the type: its members are then read by the cloud's names",
    note = "a model of requests is read from JSON with `json`: `#[cloud_model(..., request, json)]`",
    note = "or say that the type reads itself: `#[param(serde)]` on a field, `response(serde) = Type` in an action"
)]
pub trait Shaped {
    /// How a member of this type is read.
    #[doc(hidden)]
    type Marker;

    #[doc(hidden)]
    const FORM: Form;

    /// The shapes of the members, in the order of the names. Empty unless the type is a
    /// model.
    #[doc(hidden)]
    fn members() -> &'static [Form] {
        &[]
    }
}

/// Implements [`Shaped`] for types of other crates and of the language.
macro_rules! shaped {
    ($($ty:ty => $form:expr;)*) => { $(
        impl Shaped for $ty {
            type Marker = Same;

            const FORM: Form = $form;
        }
    )* };
}

shaped! {
    String => Form::Text;
    bool => Form::Flag;
    f32 => Form::Float;
    f64 => Form::Float;
    i8 => Form::Int(true, 8);
    i16 => Form::Int(true, 16);
    i32 => Form::Int(true, 32);
    i64 => Form::Int(true, 64);
    i128 => Form::Int(true, 128);
    isize => Form::Int(true, isize::BITS);
    u8 => Form::Int(false, 8);
    u16 => Form::Int(false, 16);
    u32 => Form::Int(false, 32);
    u64 => Form::Int(false, 64);
    u128 => Form::Int(false, 128);
    usize => Form::Int(false, usize::BITS);
    () => Form::Same;
    char => Form::Same;
    bytes::Bytes => Form::Same;
    crate::Value => Form::Same;
    serde_json::Value => Form::Same;
    serde_json::Number => Form::Same;
    serde_json::Map<String, serde_json::Value> => Form::Same;
}

impl<T: Shaped> Shaped for Option<T> {
    type Marker = Same;

    const FORM: Form = Form::Opt(&T::FORM);
}

impl<T: Shaped> Shaped for Box<T> {
    type Marker = Same;

    const FORM: Form = T::FORM;
}

impl<T: Shaped> Shaped for Vec<T> {
    type Marker = Same;

    const FORM: Form = Form::List(&T::FORM);
}

impl<T: Shaped> Shaped for VecDeque<T> {
    type Marker = Same;

    const FORM: Form = Form::List(&T::FORM);
}

impl<T: Shaped, S> Shaped for HashSet<T, S> {
    type Marker = Same;

    const FORM: Form = Form::List(&T::FORM);
}

impl<T: Shaped> Shaped for BTreeSet<T> {
    type Marker = Same;

    const FORM: Form = Form::List(&T::FORM);
}

impl<T: Shaped, S> Shaped for HashMap<String, T, S> {
    type Marker = Same;

    const FORM: Form = Form::Map(&T::FORM);
}

impl<T: Shaped> Shaped for BTreeMap<String, T> {
    type Marker = Same;

    const FORM: Form = Form::Map(&T::FORM);
}

/// The kinds of types.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub enum Form {
    /// Known to serde alone. Nothing of it is repaired.
    Same,
    /// A text.
    Text,
    /// An integer: whether it is signed, and its bits.
    Int(bool, u32),
    /// A floating point number.
    Float,
    /// `true` or `false`.
    Flag,
    /// An optional value. If it cannot be read, it is left out, with a warning.
    Opt(&'static Self),
    /// A list and its elements.
    List(&'static Self),
    /// An object whose names are data, and its values.
    Map(&'static Self),
    /// An object whose names are those of a model.
    Model(&'static ModelForm),
}

/// A structure: its wire names and the shapes of its members.
#[doc(hidden)]
#[derive(Debug)]
pub struct ModelForm {
    /// The wire names, in the order of the fields. A name with a colon is not on the wire
    /// as a member: `header:X-Total` is read from a header, `body:whole` is the document.
    pub names: &'static [&'static str],
    /// The shapes, in the same order. A function, because a structure may contain itself.
    pub members: fn() -> &'static [Form],
    /// True if nothing in it is repaired: `#[cloud_model(strict)]`.
    pub strict: bool,
    /// True if the model is part of requests only: a member that it does not have is then a
    /// mistake of the caller.
    pub request: bool,
}

impl Form {
    /// What is expected where this shape stands, for warnings and errors.
    pub(crate) fn wanted(&self) -> &'static str {
        match self {
            Self::Same => "a value of the type",
            Self::Text => "a text",
            Self::Int(..) => "an integer",
            Self::Float => "a number",
            Self::Flag => "`true` or `false`",
            Self::Opt(inner) => inner.wanted(),
            Self::List(_) => "a list",
            Self::Map(_) | Self::Model(_) => "an object",
        }
    }

    /// The same shape without options around it.
    pub(crate) fn plain(&self) -> &Self {
        match self {
            Self::Opt(inner) => inner.plain(),
            other => other,
        }
    }
}

impl fmt::Debug for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.wanted())
    }
}

/// The prefix of the name of a member that is read from a header of the response.
pub(crate) const HEADER: &str = "header:";
/// The name of the member that is the whole document.
pub(crate) const WHOLE: &str = "body:whole";

/// The shape of the member that is the whole document, if the type has such a member.
pub(super) fn whole(form: &Form) -> Option<&'static Form> {
    let Form::Model(model) = form.plain() else { return None };
    let at = model.names.iter().position(|name| *name == WHOLE)?;
    (model.members)().get(at)
}

/// The members of a type that headers give: names of the headers and shapes.
pub(super) fn from_headers(form: &Form) -> Vec<(&'static str, &'static Form)> {
    let Form::Model(model) = form.plain() else { return Vec::new() };
    let named = model.names.iter().zip((model.members)());
    named.filter_map(|(name, form)| Some((name.strip_prefix(HEADER)?, form))).collect()
}
