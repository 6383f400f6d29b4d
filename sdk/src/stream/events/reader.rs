//! Reads events as text from the body, and their data into the type that the caller wants.

use std::task::{Context as Task, Poll, ready};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use serde::de::{DeserializeOwned, IgnoredAny};

use crate::credential::Credential;
use crate::error::{Error, ErrorKind, SendState};
use crate::limiter::LimiterPermit;
use crate::pipeline::media::may_be_error;
use crate::pipeline::sink::{OpenedBody, StreamKind};
use crate::provider::RawResponse;
use crate::response::decode::{self, Decode as _, Misread, Reading, Seen, Slot};
use crate::response::{Envelope, Meta};
use crate::stream::flow::Flow;
use crate::stream::origin::Origin;
use crate::stream::parse::{Frame, Parser};
use crate::stream::text;

/// The data with which some services end a stream.
const DONE: &[u8] = b"[DONE]";
/// Maximum number of bytes that are read of a document which was sent instead of events.
const DOCUMENT_CAP: usize = 64 * 1024;

/// Reads events from the body, without knowing the type of their data.
pub(super) struct EventReader {
    /// The call.
    pub(super) origin: Origin,
    /// Head of the response. The request id may come from an event.
    pub(super) meta: Meta,
    /// The credential of the request. Errors must not show it.
    credential: Option<Credential>,
    /// The permit of the limiter. It is held until the stream ends.
    permit: Option<LimiterPermit>,
    /// The body.
    flow: Flow,
    /// Splits the body into events.
    parser: Parser,
    /// Number of events so far.
    pub(super) number: u64,
    /// What is expected next.
    stage: Stage,
    /// The last delay before a reconnect that the service sent.
    pub(super) retry: Option<Duration>,
}

/// What is expected next.
enum Stage {
    /// Nothing was received yet.
    Begin,
    /// More events.
    Events,
    /// More of a document that the server sent in spite of the content type.
    Document(BytesMut),
    /// The body has ended. An unfinished event may remain.
    Tail,
    /// Nothing more.
    End,
}

impl EventReader {
    /// Makes the call and begins the stream.
    pub(super) async fn open(origin: Origin) -> Result<Self, Error> {
        let (meta, opened) = origin.open(StreamKind::Events).await?;
        let OpenedBody { body, permit, credential, .. } = opened;
        let flow = Flow::new(body, origin.context(), origin.timeouts());
        let parser = Parser::new(origin.shared.options.http.max_body_bytes);
        Ok(Self {
            origin,
            meta,
            credential,
            permit,
            flow,
            parser,
            number: 0,
            stage: Stage::Begin,
            retry: None,
        })
    }

    /// Polls for the next event as text.
    pub(super) fn poll_frame(&mut self, task: &mut Task<'_>) -> Poll<Option<Result<Frame, Error>>> {
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

    /// Ends the stream and releases what it holds.
    fn end(&mut self) {
        self.stage = Stage::End;
        self.flow.close();
        self.permit = None;
    }

    /// Ends the stream with an error.
    pub(super) fn fail(&mut self, error: Error) -> Error {
        self.end();
        self.named(error)
    }

    /// Adds the facts of the call to an error, and masks its secrets.
    fn named(&self, error: Error) -> Error {
        self.origin.name(error, &self.meta, self.credential.as_ref())
    }

    /// The error for an event that is too large.
    fn too_large(&self) -> Error {
        let what = format!(
            "event {} of the stream is larger than {} bytes; raise `max_body_bytes`",
            self.number.saturating_add(1),
            self.origin.shared.options.http.max_body_bytes
        );
        Error::new(ErrorKind::TooLarge, what).with_sent(SendState::Answered)
    }

    /// The error for a document that was sent instead of events.
    fn document(&self, text: &Bytes) -> Error {
        let response = RawResponse::new(self.meta.status, &self.meta.headers, text);
        match self.origin.cloud().service_error(&response) {
            Some(found) => Error::from_service(found, self.meta.status, text),
            None => Error::new(
                ErrorKind::Decode,
                "the content type is `text/event-stream`, but the body is one document",
            )
            .answered(self.meta.status, text),
        }
    }

    /// Reads the data of an event into `slot`. Returns its name, id and delay before a
    /// reconnect.
    pub(super) fn read<T>(
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
        let response = RawResponse::new(self.meta.status, &self.meta.headers, &data);
        if let Some(found) = self.origin.cloud().event_error(&name, &response) {
            let error = Error::from_service(found, self.meta.status, &data);
            return Err(self.fail(error));
        }
        if name == "error" {
            let what = format!("{shown} is an error in a form that the API does not document");
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
                    // Only the request id is read. The data is text, whatever format it
                    // has.
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
            let response = RawResponse::new(self.meta.status, &self.meta.headers, &data);
            if let Some(found) = self.origin.cloud().service_error(&response) {
                let error = Error::from_service(found, self.meta.status, &data);
                return Err(self.fail(error));
            }
            let colon = if member.is_some() { ": " } else { "" };
            let what = format!(
                "{shown} does not match the type of the response{colon}{}",
                member.unwrap_or_default()
            );
            let error = Error::new(ErrorKind::Decode, what).with_source(source);
            return Err(self.named(error.answered(self.meta.status, &data)));
        }
        Ok((name, id, retry))
    }
}

/// True for the event that ends a stream.
fn is_done(frame: &Frame) -> bool {
    frame.data.trim_ascii() == DONE
}
