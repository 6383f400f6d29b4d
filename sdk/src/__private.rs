//! The only path that generated code names. Not part of the public interface.
//!
//! Macros write `::cloudcall::__private::…` and nothing else, so that an expansion works in
//! a crate that shadows prelude names, and so that items can be moved without a change of
//! the macros. The version of the macros is fixed to that of this crate, so everything here
//! may change in every release.
//!
//! Most of it is re-exported. Defined here are the states of builders (`Given`, `Take`),
//! the callers of actions (`Caller`), and the `Debug` of generated types.

pub use crate::action::Action;
pub use crate::action::info::{ActionInfo as Info, BodyFormat, CallStyle, Idempotency};
pub use crate::action::list::{IntoList, IntoTexts, MaybeList, MaybeTexts};
pub use crate::action::request::{Fields, ListStyle, Param, ParamLocation};
pub use crate::action::table::{TableField, by_serde, field, file, put, show, skipped, write_fields};
pub use crate::action::wire_value::{Members, WireValue, members};
pub use crate::call::bound::{
    Bound, EventsOf, InvokerOf, ItemsOf, PagesOf, Ready, SentOf, Target, Unbound, WaiterOf, invoke, invoker,
    items, pages, send, stream, wait_until,
};
pub use crate::call::configure::ConfigureCall;
pub use crate::call::{Call, CallFuture};
pub use crate::client::Client;
pub use crate::error::Error;
pub use crate::paginate::{Cursor, Items, PageField, PageForm, Pages, Paginate, member};
pub use crate::provider::Provider;
pub use crate::response::Response;
pub use crate::response::tolerant::{self, Shape};
pub use crate::retry::RetryDefaults;
pub use crate::stream::{Events, StreamAction};
pub use crate::upload::FilePart;
pub use crate::wait::{Check, Wait, Waiter};
pub use cloudcall_macros::CloudActionDerive;
pub use http::Method;
pub use serde;
pub use std::convert::Into;
pub use std::fmt::{Formatter, Result as Shown};
pub use std::option::Option::{self, None, Some};
pub use std::time::Duration;
pub use std::vec::Vec;

/// The result of generated code that can fail.
pub type Result<T> = std::result::Result<T, Error>;

/// The state of a required field that was set.
///
/// Builders are generic over the states of their required fields, so a missing one does not
/// compile. For an action with the required field `image_id`:
///
/// ```text
/// RunInstancesBuilder<Bound<Tencent>, ImageIdIsMissing>    cannot be sent
///     .image_id("img-1")
/// RunInstancesBuilder<Bound<Tencent>, Given<String>>       can be sent
/// ```
#[derive(Clone)]
pub struct Given<T>(pub T);

/// Converts the value of a required field, as its setter does.
pub fn given<T>(value: impl Into<T>) -> Given<T> {
    Given(value.into())
}

/// The facts that every action has. A function of its own keeps the expansion short.
pub const fn info(product: &'static str, version: &'static str, name: &'static str) -> Info {
    Info::new(product, version, name)
}

/// The state of a required field that was set. Each field has a trait above this one, whose
/// message names the field.
pub trait Take<T> {
    /// The value. It is moved, so building an action copies nothing.
    fn take(self) -> T;
}

impl<T> Take<T> for Given<T> {
    fn take(self) -> T {
        self.0
    }
}

impl<T> std::fmt::Debug for Given<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Given(..)")
    }
}

/// Who can call actions of a provider: its clients, async and blocking.
///
/// The client method of an action is a method of an extension trait, which is implemented
/// for every `Caller` of the provider. A client of another provider does not have the
/// method, and the compiler shows the message above.
#[diagnostic::on_unimplemented(
    message = "this action belongs to another cloud than the client",
    label = "no client of `{P}`",
    note = "make a client of the action's cloud with `Client::<...>::builder()`"
)]
pub trait Caller<P: Provider> {
    /// What a builder of this caller is bound to.
    type Target;

    /// Binds a builder to this client. Called once per call.
    fn __target(&self) -> Self::Target;
}

impl<P: Provider> Caller<P> for Client<P> {
    type Target = Bound<P>;

    fn __target(&self) -> Bound<P> {
        Bound::new(self.call())
    }
}

/// Writes the `Debug` of a model, with the fields of secret names masked.
///
/// `names` has a line for each field: its name in Rust, a blank, and its wire name. A field
/// with an empty wire name is shown unmasked. The list of secret names exists once, at run
/// time, so the macro does not decide.
pub fn show_model(
    f: &mut std::fmt::Formatter<'_>,
    title: &str,
    names: &[&str],
    values: &[&dyn std::fmt::Debug],
) -> std::fmt::Result {
    let mut debug = f.debug_struct(title);
    let names = names.iter().flat_map(|names| names.lines());
    for (names, value) in names.zip(values) {
        let (name, wire) = names.split_once(' ').unwrap_or((names, ""));
        match wire.is_empty() {
            true => {
                debug.field(name, value);
            }
            false => crate::telemetry::redact::field(&mut debug, name, wire, value),
        }
    }
    debug.finish()
}

/// Writes the `Debug` of a builder: its name, and nothing of its fields.
pub fn unfinished(f: &mut std::fmt::Formatter<'_>, title: &str) -> std::fmt::Result {
    f.debug_struct(title).finish_non_exhaustive()
}

/// What a masked field shows in `Debug`: `****`.
#[derive(Clone, Copy)]
pub struct Masked;

impl std::fmt::Debug for Masked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(crate::telemetry::redact::MASK)
    }
}

/// The masking of secrets by the one list of names, for the command `cloudcall`.
pub mod redact {
    use crate::telemetry::redact;

    /// A body of any format with the values of secret names masked. The command shows
    /// bodies that are neither requests nor responses of a call, so it cannot use an
    /// observer.
    pub fn body(text: &str) -> String {
        redact::body(text)
    }

    /// A query or a form with the values of secret names masked. Names may be
    /// percent-encoded.
    pub fn query(text: &str) -> String {
        redact::query(text)
    }

    /// True if a member or parameter of this name holds a secret.
    pub fn is_secret_name(name: &str) -> bool {
        redact::is_secret_name(name)
    }

    /// True if a header of this name, in lower case, holds a secret.
    pub fn is_secret_header(lower_name: &str) -> bool {
        redact::is_secret_header(lower_name)
    }
}

/// The order of two numbers, given as JSON, for the queries of the command `cloudcall`.
pub fn number_order(one: &str, other: &str) -> std::cmp::Ordering {
    crate::value::number::order(one, other)
}

/// What a list of states says to a waiter: a failure state ends the wait, and all states must be ready.
/// `none` in `ready` stands for a response without a state.
pub fn verdict(states: &[String], ready: &[&str], failed: &[&str]) -> Wait {
    if let Some(state) = states.iter().find(|state| failed.contains(&state.as_str())) {
        return Wait::failed(state.clone());
    }
    match states.iter().find(|state| !ready.contains(&state.as_str())) {
        Some(pending) => Wait::pending_in(pending.clone()),
        None => Wait::from(!states.is_empty() || ready.contains(&"none")),
    }
}
