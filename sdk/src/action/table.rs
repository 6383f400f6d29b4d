//! The fields of an action as a table, which generated code writes once: requests are made of it, and so is `Debug`.
//! Not part of the public interface.

use std::fmt;

use serde::Serialize;

use super::request::{Fields, ListStyle, Param, ParamLocation};
use super::wire_value::WireValue;
use crate::error::Error;
use crate::telemetry::redact;
use crate::upload::FilePart;

/// One field of an action: its name in Rust, its parameter, and its value.
#[allow(missing_debug_implementations, reason = "it holds secrets")]
pub struct TableField<'a> {
    name: &'static str,
    wire: &'static str,
    param: Param,
    value: Value<'a>,
    secrecy: Secrecy,
}

enum Value<'a> {
    Sent(&'a dyn Sent),
    BySerde(&'a dyn Written),
    File(&'a dyn Files),
    Skipped(&'a dyn fmt::Debug),
}

/// Whether `Debug` masks a field.
#[derive(Clone, Copy)]
enum Secrecy {
    ByName,
    Secret,
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

/// Adds all fields that are sent.
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

/// Writes the `Debug` of an action. Fields with secret names are masked.
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

/// A value that is sent as a parameter.
pub trait Sent {
    /// Adds it.
    fn put(&self, fields: &mut Fields, param: &Param) -> Result<(), Error>;
    /// What `Debug` shows.
    fn shown(&self) -> &dyn fmt::Debug;
}

impl<T: WireValue + Serialize + fmt::Debug> Sent for T {
    fn put(&self, fields: &mut Fields, param: &Param) -> Result<(), Error> {
        fields.put(param, self)
    }

    fn shown(&self) -> &dyn fmt::Debug {
        self
    }
}

/// The same of a value whose type need not be a model.
trait Written: fmt::Debug {
    fn put(&self, fields: &mut Fields, param: &Param) -> Result<(), Error>;
}

impl<T: Serialize + fmt::Debug> Written for T {
    fn put(&self, fields: &mut Fields, param: &Param) -> Result<(), Error> {
        fields.put(param, self)
    }
}

/// Files of one parameter.
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
