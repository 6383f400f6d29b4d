//! One event of a stream, and the actions that answer with them.

use std::ops::Deref;
use std::time::Duration;

use crate::action::Action;

/// An action that can answer with a stream of events. `#[cloud_action(…, stream = "sse")]` writes this.
///
/// The type of an event's data is the action's [`Output`](Action::Output). By hand, for an action whose service needs to be
/// asked:
///
/// ```
/// use cloudcall::{Error, json::Value, Tencent};
/// use cloudcall::action::{Action, ActionInfo, Fields, Param};
/// use cloudcall::stream::StreamAction;
///
/// struct Chat {
///     stream: Option<bool>,
/// }
///
/// impl Action for Chat {
///     type Provider = Tencent;
///     type Output = Value;
///     const INFO: &'static ActionInfo = &ActionInfo::new("hunyuan", "2023-09-01", "ChatCompletions");
///
///     fn fields(&self, fields: &mut Fields) -> Result<(), Error> {
///         fields.put(&Param::new("Stream"), &self.stream)
///     }
/// }
///
/// impl StreamAction for Chat {
///     fn ask_for_stream(&mut self) {
///         self.stream.get_or_insert(true);
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not declared to answer with a stream of events",
    label = "`stream` needs `#[cloud_action(..., stream = \"sse\")]` on this type",
    note = "an answer that is one document is had with `invoke` or `send`"
)]
pub trait StreamAction: Action {
    /// Sets the parameter that asks the service for a stream, if the action has one and the caller did not set it.
    fn ask_for_stream(&mut self) {}
}

/// An event: its data, typed, and what came with it. It can be used as the data itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event<T> {
    pub(super) data: T,
    pub(super) name: String,
    pub(super) id: String,
    pub(super) retry: Option<Duration>,
}

impl<T> Event<T> {
    /// The data.
    pub fn into_inner(self) -> T {
        self.data
    }

    /// What kind of event it is, where the service tells them apart; empty for a plain message.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The last id that the stream named, in this event or before; empty if it named none.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// How long the service asks to wait before one connects again, if it said so since the event before.
    ///
    /// Nothing here connects again by itself: a call must not be made twice because its answer broke off.
    pub fn retry(&self) -> Option<Duration> {
        self.retry
    }
}

impl<T> Deref for Event<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.data
    }
}
