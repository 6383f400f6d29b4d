//! What a response type looks like, as data: so that an odd response can be put right by code that is not generic.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::fmt;

use crate::value::{Map, Value};

/// What a response type looks like on the wire.
///
/// The macros write it. An action that is written by hand names it in its [`ActionInfo`](crate::action::ActionInfo), so that odd
/// members of its response are read as tolerantly as those of other actions:
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
/// const INFO: ActionInfo = ActionInfo::new("cvm", "2017-03-12", "DescribeZones").with_shape(Shape::of::<Zones>());
/// ```
#[derive(Clone, Copy)]
pub struct Shape(pub(crate) Form);

impl Shape {
    /// The shape of a model.
    pub const fn of<T: Shaped>() -> Self {
        Self(T::FORM)
    }

    /// A type that serde alone knows: it is never put right.
    pub(crate) const UNKNOWN: Self = Self(Form::Same);

    /// A response of this shape that has nothing in it.
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

/// A type whose shape is known: every `#[cloud_model]` that is read, texts, numbers and flags, untyped JSON, and lists, maps and options
/// of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a model, so its names on the wire are not known",
    label = "no `#[cloud_model(...)]`",
    note = "put `#[cloud_model(provider = \"...\", response)]` on the type: its members are then read by the cloud's names",
    note = "or say that the type reads itself: `#[param(serde)]` on a field, `response(serde) = Type` in an action"
)]
pub trait Shaped {
    #[doc(hidden)]
    const FORM: Form;

    /// The shapes of the members, in the order of the names.
    #[doc(hidden)]
    fn members() -> &'static [Form] {
        &[]
    }
}

macro_rules! shaped {
    ($($ty:ty => $form:expr;)*) => { $(
        impl Shaped for $ty {
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
    const FORM: Form = Form::Opt(&T::FORM);
}

impl<T: Shaped> Shaped for Box<T> {
    const FORM: Form = T::FORM;
}

impl<T: Shaped> Shaped for Vec<T> {
    const FORM: Form = Form::List(&T::FORM);
}

impl<T: Shaped> Shaped for VecDeque<T> {
    const FORM: Form = Form::List(&T::FORM);
}

impl<T: Shaped, S> Shaped for HashSet<T, S> {
    const FORM: Form = Form::List(&T::FORM);
}

impl<T: Shaped> Shaped for BTreeSet<T> {
    const FORM: Form = Form::List(&T::FORM);
}

impl<T: Shaped, S> Shaped for HashMap<String, T, S> {
    const FORM: Form = Form::Map(&T::FORM);
}

impl<T: Shaped> Shaped for BTreeMap<String, T> {
    const FORM: Form = Form::Map(&T::FORM);
}

/// The kinds of types.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub enum Form {
    /// Known to serde alone.
    Same,
    Text,
    /// Whether it is signed, and its bits.
    Int(bool, u32),
    Float,
    Flag,
    /// It need not be there.
    Opt(&'static Self),
    List(&'static Self),
    Map(&'static Self),
    Model(&'static ModelForm),
}

/// A structure.
#[doc(hidden)]
#[derive(Debug)]
pub struct ModelForm {
    pub names: &'static [&'static str],
    /// A function, since a structure may hold itself.
    pub members: fn() -> &'static [Form],
    /// Nothing is put right in it.
    pub strict: bool,
}

impl Form {
    /// What is expected where this stands.
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

    /// The same without options around it.
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

/// What the name of a member begins with that is read from a header of the response.
pub(crate) const HEADER: &str = "header:";
/// The name of the member that is the whole document.
pub(crate) const WHOLE: &str = "body:whole";

/// The form of a response that is one member of its type as a whole.
pub(super) fn whole(form: &Form) -> Option<&'static Form> {
    let Form::Model(model) = form.plain() else { return None };
    let at = model.names.iter().position(|name| *name == WHOLE)?;
    (model.members)().get(at)
}

/// The members of a type that headers give, and their names there.
pub(super) fn from_headers(form: &Form) -> Vec<(&'static str, &'static Form)> {
    let Form::Model(model) = form.plain() else { return Vec::new() };
    let named = model.names.iter().zip((model.members)());
    named.filter_map(|(name, form)| Some((name.strip_prefix(HEADER)?, form))).collect()
}
