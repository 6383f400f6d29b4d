//! A stream of typed events.

mod reader;

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context as Task, Poll, ready};
use std::time::Duration;

use futures_util::Stream;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use self::reader::EventReader;
use super::event::Event;
use super::origin::Origin;
use crate::error::{Error, ErrorKind};
use crate::response::decode::Slot;

/// The events of one response while they arrive.
///
/// ```no_run
/// use cloudcall::{cloud_action, cloud_model, Client, Tencent};
///
/// #[cloud_action(provider = "tencent", product = "hunyuan", version = "2023-09-01",
///                response = Chat, stream = "sse")]
/// pub struct ChatCompletions {
///     pub model: String,
///     pub messages: Vec<Message>,
///     pub stream: Option<bool>,
/// }
///
/// #[cloud_model(provider = "tencent", request)]
/// pub struct Message { pub role: String, pub content: String }
///
/// #[cloud_model(provider = "tencent", response)]
/// pub struct Chat { pub choices: Option<Vec<Choice>> }
///
/// #[cloud_model(provider = "tencent", response)]
/// pub struct Choice { pub delta: Option<Delta> }
///
/// #[cloud_model(provider = "tencent", response)]
/// pub struct Delta { pub content: Option<String> }
///
/// # async fn run(client: Client<Tencent>) -> Result<(), cloudcall::Error> {
/// let question = Message { role: "user".into(), content: "Why is the sky blue?".into() };
/// let mut events =
///     client.chat_completions().model("hunyuan-lite").messages([question]).stream().await?;
/// while let Some(event) = events.next().await {
///     for choice in event?.into_inner().choices.unwrap_or_default() {
///         print!("{}", choice.delta.and_then(|delta| delta.content).unwrap_or_default());
///     }
/// }
/// # Ok(())
/// # }
/// ```
///
/// It is also a [`Stream`]. Dropping it closes the connection.
///
/// # Data that is not JSON
///
/// `Events<String>` gives the data of each event as it is, whether it is JSON or not. It
/// comes from an action with `response = String` or from
/// [`RawCall::stream_text`](crate::call::RawCall::stream_text). Only a JSON string such as
/// `"a"` is decoded: the event then has its content.
///
/// # Limits
///
/// Until the head of a success response was received, this is an ordinary call, with
/// retries. From then on nothing is repeated, and the limits `attempt` and `total` no
/// longer apply. These limits apply to the stream:
///
/// - `read` of [`TimeoutOptions`](crate::client::TimeoutOptions): the longest silence. A
///   comment that keeps the connection alive ends the silence.
/// - `stall`: the minimum speed within an event that has begun.
/// - `max_body_bytes` of [`HttpOptions`](crate::client::HttpOptions): the maximum size of
///   one event.
///
/// The permit of the limiter is held until the stream ends or is dropped.
///
/// # Errors
///
/// An event that is not UTF-8, or that does not match the type, is an error of kind
/// `Decode` that names the event. The next call of [`next`](Self::next) continues after it.
/// All other errors end the stream: an error event of the service, with code and request
/// id; a broken connection (`Io`, `Protocol`); silence (`Timeout`); an event that is too
/// large (`TooLarge`).
///
/// # End
///
/// The stream ends with the response, or with an event whose data is `[DONE]`, which is not
/// returned. Text after the last empty line is an event, too. Events without data are
/// skipped.
///
/// # Troubleshooting
///
/// - *The error says that the response is one document.* The service did not stream. Set
///   the parameter that requests a stream, or call with `send`.
/// - *The stream ends with `Timeout`.* The model was silent for longer than `read`
///   (default: 30 s). Raise it in [`TimeoutOptions`](crate::client::TimeoutOptions).
/// - *Other calls wait.* The stream holds its limiter permit. Read it to the end or drop
///   it.
#[must_use = "a stream does nothing until it is read"]
pub struct Events<T> {
    /// The part that does not depend on the type of the data.
    reader: EventReader,
    /// The type of the data.
    data: PhantomData<fn() -> T>,
}

impl<T: DeserializeOwned + Send + 'static> Events<T> {
    /// Makes the call and begins the stream.
    pub(crate) async fn open(origin: Origin) -> Result<Self, Error> {
        Ok(Self { reader: EventReader::open(origin).await?, data: PhantomData })
    }

    /// The next event. `None` after the end.
    ///
    /// The future may be dropped at any time; no data is lost.
    ///
    /// ```no_run
    /// # use cloudcall::{Error, ErrorKind, Value, stream::Events};
    /// # async fn run(mut events: Events<Value>) -> Result<(), Error> {
    /// while let Some(event) = events.next().await {
    ///     match event {
    ///         Ok(event) => println!("{}", event["Delta"]),
    ///         // An event that does not match the type does not end the stream.
    ///         Err(error) if error.kind() == ErrorKind::Decode => eprintln!("skipped: {error}"),
    ///         Err(error) => return Err(error),
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// An error event of the service, an event that does not match the type, and a stream
    /// that breaks off, stalls or has an event that is larger than
    /// [`HttpOptions::max_body_bytes`](crate::client::HttpOptions::max_body_bytes). After
    /// an event that does not match the type, the stream continues. After any other error,
    /// it has ended.
    pub async fn next(&mut self) -> Option<Result<Event<T>, Error>> {
        std::future::poll_fn(|task| self.poll(task)).await
    }

    /// Polls for the next event.
    fn poll(&mut self, task: &mut Task<'_>) -> Poll<Option<Result<Event<T>, Error>>> {
        let frame = match ready!(self.reader.poll_frame(task)) {
            Some(Ok(frame)) => frame,
            Some(Err(error)) => return Poll::Ready(Some(Err(self.reader.fail(error)))),
            None => return Poll::Ready(None),
        };
        let mut slot = Slot(None);
        let read = self.reader.read(frame, &mut slot);
        Poll::Ready(Some(match (read, slot.0) {
            (Ok((name, id, retry)), Some(data)) => Ok(Event { data, name, id, retry }),
            (Err(error), _) => Err(error),
            // The slot is filled whenever reading succeeds.
            (Ok(_), None) => Err(Error::new(ErrorKind::Decode, "the event was not read")),
        }))
    }
}

impl<T> Events<T> {
    /// The request id, from the head of the response or from an event.
    pub fn request_id(&self) -> Option<&str> {
        self.reader.meta.request_id.as_deref()
    }

    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        self.reader.meta.status
    }

    /// The headers of the response.
    pub fn headers(&self) -> &HeaderMap {
        &self.reader.meta.headers
    }

    /// Number of attempts. It is 1 if nothing was retried.
    pub fn attempts(&self) -> u32 {
        self.reader.meta.attempts
    }

    /// The host that sent the response.
    pub fn endpoint(&self) -> &str {
        self.reader.meta.endpoint.authority()
    }

    /// The last delay before a reconnect that the service asked for. See [`Event::retry`].
    ///
    /// ```no_run
    /// # use cloudcall::{Value, stream::Events};
    /// # async fn run(events: Events<Value>) {
    /// if let Some(delay) = events.retry() {
    ///     println!("the service asks for a pause of {delay:?} before the next call");
    /// }
    /// # }
    /// ```
    pub fn retry(&self) -> Option<Duration> {
        self.reader.retry
    }
}

impl<T: DeserializeOwned + Send + 'static> Stream for Events<T> {
    type Item = Result<Event<T>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, task: &mut Task<'_>) -> Poll<Option<Self::Item>> {
        self.poll(task)
    }
}

impl<T> fmt::Debug for Events<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events")
            .field("origin", &self.reader.origin)
            .field("request_id", &self.reader.meta.request_id)
            .field("events", &self.reader.number)
            .finish_non_exhaustive()
    }
}
