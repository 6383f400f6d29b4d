//! A stream of typed events.

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context as Task, Poll, ready};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use futures_util::Stream;
use http::{HeaderMap, StatusCode};
use serde::de::{DeserializeOwned, IgnoredAny};

use super::event::Event;
use super::flow::Flow;
use super::origin::Origin;
use super::parse::{Frame, Parser};
use super::text;
use crate::credential::Credential;
use crate::error::{Error, ErrorKind, SendState};
use crate::limiter::LimiterPermit;
use crate::pipeline::media::may_be_error;
use crate::pipeline::sink::{OpenedBody, StreamKind};
use crate::provider::RawResponse;
use crate::response::Envelope;
use crate::response::Meta;
use crate::response::decode::{self, Decode as _, Misread, Reading, Seen, Slot};

/// The data that says that a stream is over, where a service writes it.
const DONE: &[u8] = b"[DONE]";
/// How much is read of a document that came in the place of events.
const DOCUMENT_CAP: usize = 64 * 1024;

/// The events of one answer, as they come.
///
/// ```no_run
/// use cloudcall::{cloud_action, cloud_model, Client, Tencent};
///
/// #[cloud_action(provider = "tencent", product = "hunyuan", version = "2023-09-01", response = Chat, stream = "sse")]
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
/// let mut events = client.chat_completions().model("hunyuan-lite").messages([question]).stream().await?;
/// while let Some(event) = events.next().await {
///     let event = event?;
///     for choice in event.choices.iter().flatten() {
///         print!("{}", choice.delta.as_ref().and_then(|delta| delta.content.as_deref()).unwrap_or_default());
///     }
/// }
/// # Ok(())
/// # }
/// ```
///
/// It is a [`Stream`] too. Drop it to cancel: the connection closes.
///
/// # Data that is not JSON
///
/// `Events<String>`, of an action with `response = String` or of [`RawCall::stream_text`](crate::call::RawCall::stream_text), gives the
/// data of each event as it is, whether it is JSON or not. Only a JSON string such as `"a"` is read: its content is given.
///
/// # Limits
///
/// Until the head of a good answer is here, this is a call like any other, with its retries. From then on nothing is
/// repeated, and the time limits of the attempt and the call hold no longer: a stream may last. What holds is `read` of
/// [`TimeoutOptions`](crate::client::TimeoutOptions), within which something must come, if only a comment that keeps the
/// connection alive; and `stall`, within an event that has begun. An event may be as large as `max_body_bytes` of
/// [`HttpOptions`](crate::client::HttpOptions). The limiter's place is held until the stream ends or is dropped.
///
/// # Errors
///
/// An event that is not UTF-8 or not the promised type is an error of kind `Decode` that says which one it is; the next call
/// goes on after it. Everything else ends the stream: an error of the service within it, with code and request id; a
/// connection that breaks (`Io`, `Protocol`); silence (`Timeout`); an event that never ends (`TooLarge`).
///
/// # End
///
/// The stream ends with the answer, or with an event whose data is `[DONE]`, which is not given out. What stands after the
/// last empty line of a whole answer is an event too. Events without data are left out.
#[must_use = "a stream gives events when it is asked for them"]
pub struct Events<T> {
    line: Line,
    data: PhantomData<fn() -> T>,
}

/// All of it that does not depend on the type of the data.
struct Line {
    origin: Origin,
    meta: Meta,
    credential: Option<Credential>,
    permit: Option<LimiterPermit>,
    flow: Flow,
    parser: Parser,
    /// How many events came.
    number: u64,
    stage: Stage,
    retry: Option<Duration>,
}

enum Stage {
    /// Nothing has come yet.
    Begin,
    Events,
    /// What comes is a document, in spite of its content type.
    Document(BytesMut),
    /// The body has ended.
    Tail,
    End,
}

impl<T: DeserializeOwned + Send + 'static> Events<T> {
    pub(crate) async fn open(origin: Origin) -> Result<Self, Error> {
        let (meta, opened) = origin.open(StreamKind::Events).await?;
        let OpenedBody { body, permit, credential } = opened;
        let flow = Flow::new(body, origin.context(), origin.timeouts());
        let parser = Parser::new(origin.shared.options.http.max_body_bytes);
        let line = Line {
            origin,
            meta,
            credential,
            permit,
            flow,
            parser,
            number: 0,
            stage: Stage::Begin,
            retry: None,
        };
        Ok(Self { line, data: PhantomData })
    }

    /// The next event; `None` after the end.
    ///
    /// It may be dropped and called again: nothing is lost.
    ///
    /// # Errors
    ///
    /// An error event of the service, an event that does not fit the type, and a stream that breaks off, stalls or is
    /// too large for [`HttpOptions::max_body_bytes`](crate::client::HttpOptions::max_body_bytes). The first error is the end.
    pub async fn next(&mut self) -> Option<Result<Event<T>, Error>> {
        std::future::poll_fn(|task| self.poll(task)).await
    }

    fn poll(&mut self, task: &mut Task<'_>) -> Poll<Option<Result<Event<T>, Error>>> {
        let frame = match ready!(self.line.poll_frame(task)) {
            Some(Ok(frame)) => frame,
            Some(Err(error)) => return Poll::Ready(Some(Err(self.line.fail(error)))),
            None => return Poll::Ready(None),
        };
        let mut slot = Slot(None);
        let read = self.line.read(frame, &mut slot);
        Poll::Ready(Some(match (read, slot.0) {
            (Ok((name, id, retry)), Some(data)) => Ok(Event { data, name, id, retry }),
            (Err(error), _) => Err(error),
            // The slot is filled wherever the reading ends well.
            (Ok(_), None) => Err(Error::new(ErrorKind::Decode, "the event was not read")),
        }))
    }
}

impl<T> Events<T> {
    /// The request id, from the head of the answer or, where that has none, from the events so far.
    pub fn request_id(&self) -> Option<&str> {
        self.line.meta.request_id.as_deref()
    }

    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        self.line.meta.status
    }

    /// The headers of the answer.
    pub fn headers(&self) -> &HeaderMap {
        &self.line.meta.headers
    }

    /// How many requests were sent; 1 when nothing was retried.
    pub fn attempts(&self) -> u32 {
        self.line.meta.attempts
    }

    /// The host that answered.
    pub fn endpoint(&self) -> &str {
        self.line.meta.endpoint.authority()
    }

    /// How long the service last asked to wait before one connects again.
    pub fn retry(&self) -> Option<Duration> {
        self.line.retry
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
            .field("origin", &self.line.origin)
            .field("request_id", &self.line.meta.request_id)
            .field("events", &self.line.number)
            .finish_non_exhaustive()
    }
}

impl Line {
    fn poll_frame(&mut self, task: &mut Task<'_>) -> Poll<Option<Result<Frame, Error>>> {
        loop {
            match &self.stage {
                Stage::End => return Poll::Ready(None),
                Stage::Tail => {
                    let tail = self.parser.finish().filter(|frame| !is_done(frame));
                    self.end();
                    return Poll::Ready(tail.map(Ok));
                }
                Stage::Begin | Stage::Events => match self.parser.next() {
                    Ok(Some(frame)) if is_done(&frame) => {
                        self.flow.finish(task);
                        self.end();
                        return Poll::Ready(None);
                    }
                    Ok(Some(frame)) => return Poll::Ready(Some(Ok(frame))),
                    Ok(None) => {}
                    Err(_) => return Poll::Ready(Some(Err(self.too_large()))),
                },
                Stage::Document(_) => {}
            }
            let begun = !matches!(self.stage, Stage::Begin | Stage::Events) || self.parser.is_inside();
            match (ready!(self.flow.poll_next(task, begun)), &mut self.stage) {
                (Some(Err(error)), _) => return Poll::Ready(Some(Err(error))),
                (Some(Ok(piece)), Stage::Begin) if may_be_error(&piece) => {
                    self.stage = Stage::Document(BytesMut::from(piece));
                }
                (Some(Ok(piece)), Stage::Document(text)) if text.len() < DOCUMENT_CAP => {
                    text.extend_from_slice(&piece);
                }
                (_, Stage::Document(text)) => {
                    let text = std::mem::take(text).freeze();
                    return Poll::Ready(Some(Err(self.document(&text))));
                }
                (Some(Ok(piece)), _) => {
                    if !piece.is_empty() {
                        self.stage = Stage::Events;
                    }
                    self.parser.feed(piece);
                }
                (None, _) => self.stage = Stage::Tail,
            }
        }
    }

    /// Nothing more is read: what the stream held is free for others.
    fn end(&mut self) {
        self.stage = Stage::End;
        self.flow.close();
        self.permit = None;
    }

    /// The error that ends the stream.
    fn fail(&mut self, error: Error) -> Error {
        self.end();
        self.named(error)
    }

    fn named(&self, error: Error) -> Error {
        self.origin.name(error, &self.meta, self.credential.as_ref())
    }

    fn too_large(&self) -> Error {
        let what = format!(
            "event {} of the stream is larger than the {} bytes that the client reads (max_body_bytes)",
            self.number.saturating_add(1),
            self.origin.shared.options.http.max_body_bytes
        );
        Error::new(ErrorKind::TooLarge, what).with_sent(SendState::Answered)
    }

    /// What a document says that came in the place of events.
    fn document(&self, text: &Bytes) -> Error {
        let answer = RawResponse::new(self.meta.status, &self.meta.headers, text);
        match self.origin.cloud().service_error(&answer) {
            Some(found) => Error::from_service(found, self.meta.status, text),
            None => {
                Error::new(ErrorKind::Decode, "the answer is called a stream of events, but is a document")
                    .answered(self.meta.status, text)
            }
        }
    }

    /// Reads the data of an event into `slot`, and says what came with it.
    fn read<T>(
        &mut self,
        frame: Frame,
        slot: &mut Slot<T>,
    ) -> Result<(String, String, Option<Duration>), Error>
    where
        T: DeserializeOwned + Send + 'static,
    {
        self.number = self.number.saturating_add(1);
        let retry = frame.retry.map(Duration::from_millis);
        self.retry = retry.or(self.retry);
        let shown = if frame.id.is_empty() {
            format!("event {} of the stream", self.number)
        } else {
            format!("event {} of the stream (id {})", self.number, String::from_utf8_lossy(&frame.id))
        };
        let data = Bytes::from(frame.data);
        let bad = |what: &str| {
            let error = Error::new(ErrorKind::Decode, format!("{shown} is not {what}"));
            error.answered(self.meta.status, &data)
        };
        let texts = (String::from_utf8(frame.name), String::from_utf8(frame.id), std::str::from_utf8(&data));
        let (Ok(name), Ok(id), Ok(text)) = texts else { return Err(self.named(bad("UTF-8"))) };
        let answer = RawResponse::new(self.meta.status, &self.meta.headers, &data);
        if let Some(found) = self.origin.cloud().event_error(&name, &answer) {
            let error = Error::from_service(found, self.meta.status, &data);
            return Err(self.fail(error));
        }
        if name == "error" {
            let what = format!("{shown} is an error in a shape that the API does not document");
            let error = Error::new(ErrorKind::Service, what).answered(self.meta.status, &data);
            return Err(self.fail(error));
        }
        let mut envelope = Envelope::bare();
        envelope.request_id = self.origin.cloud().envelope().request_id;
        let mut seen = Seen { event: true, ..Seen::default() };
        let read = match text::read(text) {
            Some(data) => {
                slot.0 = Some(data);
                if self.meta.request_id.is_none() && text.trim_ascii_start().starts_with('{') {
                    // Only for the request id: the data is a text, whatever else it may be.
                    let _ = Slot::<IgnoredAny>(None).read(text, &envelope, &self.meta.headers, &mut seen);
                }
                Ok(())
            }
            None => {
                let how = Reading {
                    envelope,
                    headers: &self.meta.headers,
                    shape: self.origin.info.shape(),
                    strict: self.origin.shared.options.strict_responses,
                };
                decode::read(slot, text, &how, &mut seen)
            }
        };
        if self.meta.request_id.is_none() {
            self.meta.request_id = seen.request_id;
        }
        if let Err(Misread { what: member, source }) = read {
            let answer = RawResponse::new(self.meta.status, &self.meta.headers, &data);
            if let Some(found) = self.origin.cloud().service_error(&answer) {
                let error = Error::from_service(found, self.meta.status, &data);
                return Err(self.fail(error));
            }
            let colon = if member.is_some() { ": " } else { "" };
            let what = format!("{shown} is not what the API promises{colon}{}", member.unwrap_or_default());
            let error = Error::new(ErrorKind::Decode, what).with_source(source);
            return Err(self.named(error.answered(self.meta.status, &data)));
        }
        Ok((name, id, retry))
    }
}

fn is_done(frame: &Frame) -> bool {
    frame.data.trim_ascii() == DONE
}
