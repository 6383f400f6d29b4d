//! The fields of an action as a table, which generated code writes once: requests are made
//! from it, and so is `Debug`. Not part of the public interface.
//!
//! Generated code that only builds a table compiles faster than code that calls a function
//! for each field twice, once for the request and once for `Debug`. For two fields it is
//!
//! ```text
//! [field("limit", "Limit", &self.limit),
//!  field("password", "Password", &self.password).secret()]
//! ```

use std::fmt;

use serde::ser::{Error as _, Serialize, SerializeMap, Serializer};

use super::request::{Fields, ListStyle, Param, ParamLocation};
use super::wire_value::WireValue;
use crate::error::Error;
use crate::telemetry::redact;
use crate::upload::FilePart;
use crate::value::parse;

/// One field of an action: its name in Rust, its parameter, and a reference to its value.
/// It lives only while a request or a `Debug` text is made.
#[allow(missing_debug_implementations, reason = "it holds secrets")]
pub struct TableField<'a> {
    /// The name in Rust, for `Debug`.
    name: &'static str,
    /// The wire name, which also decides whether `Debug` masks the value.
    wire: &'static str,
    /// Place, list style and secrecy of the parameter.
    param: Param,
    /// The value, and how it is sent.
    value: Value<'a>,
    /// Whether `Debug` masks the value.
    secrecy: Secrecy,
}

/// How a value is sent.
enum Value<'a> {
    /// As a parameter.
    Sent(&'a dyn Sent),
    /// As a parameter whose type writes itself: `#[param(serde)]`.
    BySerde(&'a dyn Written),
    /// As a file, or as the bytes of the body.
    File(&'a dyn Files),
    /// Not at all: `#[param(skip)]`.
    Skipped(&'a dyn fmt::Debug),
}

/// Whether `Debug` masks a field.
#[derive(Clone, Copy)]
enum Secrecy {
    /// Masked if one of its names is that of a secret, such as `Password`.
    ByName,
    /// Always masked: `#[param(secret)]`.
    Secret,
    /// Never masked.
    Open,
}

/// A field that is sent as a parameter.
pub fn field<'a>(name: &'static str, wire: &'static str, value: &'a dyn Sent) -> TableField<'a> {
    TableField::new(name, wire, Value::Sent(value))
}

/// A field that is sent as a parameter, and whose type writes itself.
pub fn by_serde<'a, T: Serialize + fmt::Debug>(
    name: &'static str,
    wire: &'static str,
    value: &'a T,
) -> TableField<'a> {
    TableField::new(name, wire, Value::BySerde(value))
}

/// A field that is sent as a file, or as the bytes of the body.
pub fn file<'a>(name: &'static str, wire: &'static str, value: &'a dyn Files) -> TableField<'a> {
    TableField::new(name, wire, Value::File(value))
}

/// A field that is not sent.
pub fn skipped<'a>(name: &'static str, wire: &'static str, value: &'a dyn fmt::Debug) -> TableField<'a> {
    TableField::new(name, wire, Value::Skipped(value))
}

impl<'a> TableField<'a> {
    fn new(name: &'static str, wire: &'static str, value: Value<'a>) -> Self {
        Self { name, wire, param: Param::new(wire), value, secrecy: Secrecy::ByName }
    }

    /// Sets the place of the parameter.
    pub fn place(mut self, place: ParamLocation) -> Self {
        self.param = self.param.place(place);
        self
    }

    /// Sets how lists are written.
    pub fn list(mut self, style: ListStyle) -> Self {
        self.param = self.param.list(style);
        self
    }

    /// Masks the value wherever it is shown.
    pub fn secret(mut self) -> Self {
        self.param = self.param.secret();
        self.secrecy = Secrecy::Secret;
        self
    }

    /// Shows the value, whatever the field's name is.
    pub fn open(mut self) -> Self {
        self.secrecy = Secrecy::Open;
        self
    }
}

/// Adds all fields that are sent, in the order of the table.
///
/// # Errors
///
/// Kind `Config`, naming the parameter, if a value cannot be written. Later fields are not
/// added.
pub fn put(fields: &mut Fields, table: &[TableField<'_>]) -> Result<(), Error> {
    for field in table {
        match field.value {
            Value::Sent(value) => value.put(fields, &field.param)?,
            Value::BySerde(value) => value.put(fields, &field.param)?,
            Value::File(value) => value.put(fields, &field.param),
            Value::Skipped(_) => {}
        }
    }
    Ok(())
}

/// Writes all fields that are sent into one document, by their wire names.
pub fn write_fields<S: Serializer>(table: &[TableField<'_>], serializer: S) -> Result<S::Ok, S::Error> {
    let mut fields = Fields::new();
    put(&mut fields, table).map_err(S::Error::custom)?;
    if let Some(file) = fields.files().first() {
        return Err(S::Error::custom(format_args!(
            "the parameter `{}` is a file, which JSON cannot hold",
            file.field()
        )));
    }
    let mut document = serializer.serialize_map(None)?;
    for field in fields.iter() {
        let text = std::str::from_utf8(field.json).map_err(S::Error::custom)?;
        document.serialize_entry(field.name, &parse(text).map_err(S::Error::custom)?.value)?;
    }
    document.end()
}

/// Writes the `Debug` of an action. Fields with secret names are masked.
///
/// ```text
/// CreateUser { name: "ada", password: "****" }
/// ```
pub fn show(f: &mut fmt::Formatter<'_>, title: &str, table: &[TableField<'_>]) -> fmt::Result {
    let mut debug = f.debug_struct(title);
    for field in table {
        let value = match field.value {
            Value::Sent(value) => value.shown(),
            Value::BySerde(value) => value,
            Value::File(value) => value.shown(),
            Value::Skipped(value) => value,
        };
        match field.secrecy {
            Secrecy::ByName => redact::field(&mut debug, field.name, field.wire, value),
            Secrecy::Secret => {
                debug.field(field.name, &format_args!("{}", redact::MASK));
            }
            Secrecy::Open => {
                debug.field(field.name, value);
            }
        }
    }
    debug.finish()
}

/// A value that is sent as a parameter. It is used as `dyn Sent`, so that each type of
/// value is compiled once, not once per field.
pub trait Sent {
    /// Adds it.
    fn put(&self, fields: &mut Fields, param: &Param) -> Result<(), Error>;
    /// What `Debug` shows.
    fn shown(&self) -> &dyn fmt::Debug;
}

impl<T: WireValue + fmt::Debug> Sent for T {
    fn put(&self, fields: &mut Fields, param: &Param) -> Result<(), Error> {
        fields.put(param, self)
    }

    fn shown(&self) -> &dyn fmt::Debug {
        self
    }
}

/// A value that is sent as a parameter and whose type need not be a model.
trait Written: fmt::Debug {
    fn put(&self, fields: &mut Fields, param: &Param) -> Result<(), Error>;
}

impl<T: Serialize + fmt::Debug> Written for T {
    fn put(&self, fields: &mut Fields, param: &Param) -> Result<(), Error> {
        fields.put(param, self)
    }
}

/// Files of one parameter: one, none, or several.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a file",
    label = "not a file",
    note = "a file is a `cloudcall::upload::FilePart`, or an `Option` or a `Vec` of it"
)]
pub trait Files {
    /// Adds them.
    fn put(&self, fields: &mut Fields, param: &Param);
    /// What `Debug` shows.
    fn shown(&self) -> &dyn fmt::Debug;
}

impl Files for FilePart {
    fn put(&self, fields: &mut Fields, param: &Param) {
        fields.put_file(param, self);
    }

    fn shown(&self) -> &dyn fmt::Debug {
        self
    }
}

impl<T: Files + fmt::Debug> Files for Option<T> {
    fn put(&self, fields: &mut Fields, param: &Param) {
        self.iter().for_each(|file| file.put(fields, param));
    }

    fn shown(&self) -> &dyn fmt::Debug {
        self
    }
}

impl<T: Files + fmt::Debug> Files for Vec<T> {
    fn put(&self, fields: &mut Fields, param: &Param) {
        self.iter().for_each(|file| file.put(fields, param));
    }

    fn shown(&self) -> &dyn fmt::Debug {
        self
    }
}
