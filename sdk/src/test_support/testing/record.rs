//! A transport that writes down what passes through it.

use std::fmt;
use std::path::Path;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use async_trait::async_trait;
use bytes::{Bytes, BytesMut};
use futures_util::{Stream, StreamExt as _};

use super::called::read;
use super::cassette::{Body, Cassette, Exchange, Failure, Outcome, RecordedResponse};
use super::scrub::{Scrub, content_type};
use crate::error::{Error, ErrorKind, SendState};
use crate::transport::{HttpRequest, HttpResponse, HttpSend, ResponseBody, TransportError};

/// A transport that passes everything on to another one, and writes it down. Clones share the recording.
///
/// Secrets do not get into the recording: of requests only method, host, path, query and body are kept, and parameters,
/// members and headers that are known to be secret are masked, in answers too. [`scrub`](Self::scrub) and
/// [`scrub_value`](Self::scrub_value) add to that; look at a recording before you commit it.
///
/// An upload that is read while it is sent is read into memory first, and recorded whole. Of an answer that is read as it comes
/// (events, a download), what was read is recorded.
///
/// ```
/// use cloudcall::json::json;
/// use cloudcall::testing::{MockResponse, MockRule, MockTransport, Recorder, Replay};
/// use cloudcall::{Client, Tencent};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// // In life: `ReqwestTransport::new(&HttpOptions::default())?`
/// let cloud = MockTransport::builder()
///     .rule(MockRule::action("DescribeZones").answer(MockResponse::ok(json!({ "TotalCount": 3 }))))
///     .build()?;
/// let recorder = Recorder::new(cloud.clone());
/// let client = cloud.client::<Tencent>().transport(recorder.clone()).region("ap-guangzhou").build()?;
/// client.raw("cvm", "2017-03-12", "DescribeZones").invoke().await?;
///
/// let replay = Replay::new(recorder.cassette());
/// let client = cloud.client::<Tencent>().transport(replay.clone()).region("ap-guangzhou").build()?;
/// let zones = client.raw("cvm", "2017-03-12", "DescribeZones").invoke().await?;
/// assert_eq!(zones["TotalCount"], 3);
/// replay.verify()?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Recorder {
    inner: Arc<dyn HttpSend>,
    scrub: Scrub,
    tape: Arc<Mutex<Cassette>>,
}

impl Recorder {
    /// Records what passes to `transport`.
    pub fn new(transport: impl HttpSend + 'static) -> Self {
        Self { inner: Arc::new(transport), scrub: Scrub::default(), tape: Arc::default() }
    }

    /// Masks a parameter, a member of JSON or a header by name, whatever its case.
    #[must_use]
    pub fn scrub(mut self, name: &str) -> Self {
        self.scrub.name(name);
        self
    }

    /// Masks this text wherever it stands.
    #[must_use]
    pub fn scrub_value(mut self, value: impl Into<String>) -> Self {
        self.scrub.value(value.into());
        self
    }

    /// Leaves a parameter or a member of JSON out of the match, such as a date of today. Kept in the recording.
    ///
    /// Times, nonces, signatures, keys and client tokens are left out anyway.
    #[must_use]
    pub fn ignore(self, name: impl Into<String>) -> Self {
        self.tape().ignore.push(name.into());
        self
    }

    /// What was recorded so far. An answer that is still being read is there with what came.
    pub fn cassette(&self) -> Cassette {
        self.tape().clone()
    }

    /// Writes what was recorded so far to a file.
    ///
    /// # Errors
    ///
    /// Kind `Io` if the file cannot be written.
    pub fn save(&self, path: impl AsRef<Path>) -> Result<(), Error> {
        self.cassette().save(path)
    }

    fn tape(&self) -> MutexGuard<'_, Cassette> {
        self.tape.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Recorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recorder")
            .field("transport", &self.inner)
            .field("exchanges", &self.tape().len())
            .finish_non_exhaustive()
    }
}

#[async_trait]
impl HttpSend for Recorder {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let (seen, _) = read(&request);
        let scrub = self.scrub.knowing(&seen);
        let unanswered = "the caller gave up before an answer came";
        let number = {
            let mut tape = self.tape();
            tape.exchanges.push(Exchange {
                cloud: seen.provider.to_owned(),
                product: seen.product.clone(),
                action: seen.action.clone(),
                request: self.scrub.request(&seen, request.uri().query().unwrap_or_default()),
                outcome: Outcome::Failure(Failure::new(
                    ErrorKind::Io,
                    SendState::Maybe,
                    unanswered.to_owned(),
                )),
            });
            tape.exchanges.len() - 1
        };
        let slot = Slot { tape: self.tape.clone(), number };
        match self.inner.send(request).await {
            Ok(response) => {
                let (head, body) = response.into_parts();
                let kind = content_type(&head.headers);
                let answer = RecordedResponse {
                    status: head.status.as_u16(),
                    headers: scrub.headers(&head.headers),
                    body: Body::Text(String::new()),
                    whole: false,
                };
                let body = Tee { body, came: BytesMut::new(), answer: Some(answer), kind, scrub, slot };
                Ok(http::Response::from_parts(head, ResponseBody::new(body)))
            }
            Err(error) => {
                let message = scrub.text(&error.message);
                slot.write(Outcome::Failure(Failure::new(error.kind, error.sent, message)));
                Err(error)
            }
        }
    }
}

/// Where an exchange stands in the recording.
struct Slot {
    tape: Arc<Mutex<Cassette>>,
    number: usize,
}

impl Slot {
    fn write(&self, outcome: Outcome) {
        let mut tape = self.tape.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(exchange) = tape.exchanges.get_mut(self.number) {
            exchange.outcome = outcome;
        }
    }
}

/// A body that is written down as it is read.
struct Tee {
    body: ResponseBody,
    came: BytesMut,
    /// Taken when it is written.
    answer: Option<RecordedResponse>,
    kind: String,
    scrub: Scrub,
    slot: Slot,
}

impl Tee {
    fn finish(&mut self, whole: bool) {
        let Some(mut answer) = self.answer.take() else { return };
        let came: Bytes = std::mem::take(&mut self.came).freeze();
        answer.body = self.scrub.body(&self.kind, &came);
        answer.whole = whole;
        self.slot.write(Outcome::Response(answer));
    }
}

impl Stream for Tee {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let piece = std::task::ready!(self.body.poll_next_unpin(task));
        match &piece {
            Some(Ok(piece)) => self.came.extend_from_slice(piece),
            Some(Err(_)) => self.finish(false),
            None => self.finish(true),
        }
        Poll::Ready(piece)
    }
}

impl Drop for Tee {
    fn drop(&mut self) {
        self.finish(false);
    }
}
