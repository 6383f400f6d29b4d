//! One event of a stream, and the trait of actions that stream.

use std::fmt;
use std::ops::Deref;
use std::time::Duration;

use crate::action::Action;

/// An action whose service can respond with a stream of events.
///
/// The macro implements it for `#[cloud_action(…, stream = "sse")]`. The data of each event
/// is read as the [`Output`](Action::Output) of the action. An implementation by hand:
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
    message = "`{Self}` is not declared to respond with a stream of events",
    label = "`stream` needs `#[cloud_action(..., stream = \"sse\")]` on this type",
    note = "to read a response that is one document, call `send`"
)]
pub trait StreamAction: Action {
    /// Sets the parameter that requests a stream, unless the caller has set it. Default:
    /// does nothing, for an action that always streams.
    fn ask_for_stream(&mut self) {}
}

/// One event: its typed data, and its name and id. It dereferences to the data.
///
/// ```no_run
/// use cloudcall::json::Value;
/// use cloudcall::stream::Events;
///
/// # async fn run(mut events: Events<Value>) -> Result<(), cloudcall::Error> {
/// while let Some(event) = events.next().await {
///     let event = event?;
///     println!("{} {}: {}", event.name(), event.id(), event["Choices"]);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event<T> {
    /// The decoded data.
    pub(super) data: T,
    /// From the field `event`.
    pub(super) name: String,
    /// From the field `id`.
    pub(super) id: String,
    /// From the field `retry`.
    pub(super) retry: Option<Duration>,
}

/// Shows the data, as for a `Response`.
impl<T: fmt::Display> fmt::Display for Event<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.data.fmt(f)
    }
}

impl<T> Event<T> {
    /// Converts the event into its data.
    ///
    /// ```no_run
    /// # use cloudcall::{Error, Value, stream::Events};
    /// # async fn run(mut events: Events<Value>) -> Result<Vec<Value>, Error> {
    /// let mut all = Vec::new();
    /// while let Some(event) = events.next().await {
    ///     all.push(event?.into_inner());
    /// }
    /// # Ok(all)
    /// # }
    /// ```
    pub fn into_inner(self) -> T {
        self.data
    }

    /// The type of the event, from the field `event`. It is empty for a plain message.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The last id that the stream sent, with this event or before. It is empty if there is
    /// none.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The delay before a reconnect that the service asks for, if it was sent since the
    /// previous event.
    ///
    /// This crate never reconnects a stream of events, because the call would be repeated.
    /// The value is for programs that start a new call.
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
