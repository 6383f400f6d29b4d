//! A transport that records the exchanges that pass through it.
//!
//! `cassette.rs` is the file format, `scrub.rs` removes secrets, `replay.rs` plays a recording.
//!
//! An exchange is added as an interrupted one when its request is sent. The response replaces that
//! outcome when its body was read to the end, broke off, or was dropped. A recording that is taken in
//! between is therefore valid.

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

/// A transport that sends through another transport and records each exchange. Clones share the recording.
///
/// Secrets are not recorded. Of a request only method, host, path, query, content type and body are kept.
/// Parameters, members and headers with secret names are masked, in responses too. [`scrub`](Self::scrub) and
/// [`scrub_value`](Self::scrub_value) mask more. Account ids and resource names are kept, so read a recording
/// before you commit it.
///
/// A streamed upload is read into memory first, and recorded whole. Of a streamed response (events, a
/// download), the part that was read is recorded.
///
/// ```
/// use cloudcall::json::json;
/// use cloudcall::testing::{MockResponse, MockRule, MockTransport, Recorder, Replay};
/// use cloudcall::{Client, Tencent};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// // A real recording uses `ReqwestTransport::new(&HttpOptions::default())?`.
/// let cloud = MockTransport::builder()
///     .rule(MockRule::action("DescribeZones").respond(MockResponse::ok(json!({ "TotalCount": 3 }))))
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
///
/// # Troubleshooting
///
/// **Replay fails with `is not in the recording`.** The request differs from the recorded one; the error
/// names the difference. If the difference is a value of the day, such as an end time, name it with
/// [`ignore`](Self::ignore) and record again.
///
/// **The recording ends early.** It is written only by [`save`](Self::save). Call it after the calls, and
/// drop streams and downloads before it.
#[derive(Clone)]
pub struct Recorder {
    /// The transport that sends.
    inner: Arc<dyn HttpSend>,
    /// The names and values to mask.
    scrub: Scrub,
    /// The recording so far.
    tape: Arc<Mutex<Cassette>>,
}

impl Recorder {
    /// Creates a recorder that sends through `transport`.
    pub fn new(transport: impl HttpSend + 'static) -> Self {
        Self { inner: Arc::new(transport), scrub: Scrub::default(), tape: Arc::default() }
    }

    /// Masks every parameter, JSON member and header with this name. The case of the name does not matter.
    ///
    /// The names that are always masked are those that the SDK masks in logs, such as `Password`,
    /// `Token` and `SecretKey`, and the ids of keys.
    #[must_use]
    pub fn scrub(mut self, name: &str) -> Self {
        self.scrub.name(name);
        self
    }

    /// Masks this text in every path, query, header and body.
    ///
    /// Use it for account ids and host names of your company. An empty text is ignored.
    #[must_use]
    pub fn scrub_value(mut self, value: impl Into<String>) -> Self {
        self.scrub.value(value.into());
        self
    }

    /// Does not compare a parameter or JSON member during replay, such as the current date. It stays in the
    /// recording.
    ///
    /// Times, nonces, signatures, credentials and idempotency tokens are never compared.
    ///
    /// The name is written into the file, so that a replay knows it. Its case, `-` and `_` do not
    /// matter: `ClientToken` is the same name as `client_token`.
    #[must_use]
    pub fn ignore(self, name: impl Into<String>) -> Self {
        self.tape().ignore.push(name.into());
        self
    }

    /// The recording so far. A response that is still being read counts as a failure until it was read or
    /// dropped.
    pub fn cassette(&self) -> Cassette {
        self.tape().clone()
    }

    /// Writes the recording so far to a file, as [`Cassette::save`] does.
    ///
    /// # Errors
    ///
    /// Kind `Io` if the file cannot be written.
    pub fn save(&self, path: impl AsRef<Path>) -> Result<(), Error> {
        self.cassette().save(path)
    }

    /// The recording so far.
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
        let interrupted = "the caller gave up before a response came";
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
                    interrupted.to_owned(),
                )),
            });
            tape.exchanges.len() - 1
        };
        let slot = TapeSlot { tape: self.tape.clone(), number };
        match self.inner.send(request).await {
            Ok(response) => {
                let (head, body) = response.into_parts();
                let kind = content_type(&head.headers);
                let response = RecordedResponse {
                    status: head.status.as_u16(),
                    headers: scrub.headers(&head.headers),
                    body: Body::Text(String::new()),
                    whole: false,
                };
                let body = Tee { body, came: BytesMut::new(), response: Some(response), kind, scrub, slot };
                Ok(http::Response::from_parts(head, ResponseBody::new(body)))
            }
            Err(error) => {
                let message = scrub.text(&error.message);
                slot.write(Outcome::Failure(Failure::new(error.kind, error.sent, message)));
                Err(error)
            }
        }
    }

    fn wants_action(&self) -> bool {
        true
    }
}

/// The place of an exchange in the recording.
struct TapeSlot {
    tape: Arc<Mutex<Cassette>>,
    number: usize,
}

impl TapeSlot {
    /// Replaces the outcome of the exchange.
    fn write(&self, outcome: Outcome) {
        let mut tape = self.tape.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(exchange) = tape.exchanges.get_mut(self.number) {
            exchange.outcome = outcome;
        }
    }
}

/// A response body that is recorded while it is read.
struct Tee {
    body: ResponseBody,
    /// The bytes that have passed so far.
    came: BytesMut,
    /// Taken when the exchange is written.
    response: Option<RecordedResponse>,
    /// The content type, which decides how the body is masked.
    kind: String,
    /// The names and values to mask, with the secrets of the request.
    scrub: Scrub,
    slot: TapeSlot,
}

impl Tee {
    /// Masks the body and writes the exchange, once. `whole` tells whether the body was read to its
    /// end.
    fn finish(&mut self, whole: bool) {
        let Some(mut response) = self.response.take() else { return };
        let came: Bytes = std::mem::take(&mut self.came).freeze();
        response.body = self.scrub.body(&self.kind, &came);
        response.whole = whole;
        self.slot.write(Outcome::Response(response));
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
