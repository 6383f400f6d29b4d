//! Step 6 of a call: hands one signed request to the transport, and waits for the head of
//! the response.
//!
//! There are two ways. A request whose body is in memory is handed over whole, and the
//! future of the transport is all that is waited for. A body that is read while it is sent,
//! or whose progress is reported, goes through an `Outgoing` of `upload/`, which also
//! watches that the body does not stall and that the server receives all of it.
//!
//! `send` itself does not wait and does no I/O. `receive.rs` waits for the head.

use std::time::Duration;

use futures_util::future::BoxFuture;

use crate::context::Context;
use crate::error::{Error, SendState};
use crate::pipeline::prepare::PreparedCall;
use crate::timing::deadline::{End, TimeLimit, within};
use crate::transport::{HttpRequest, HttpResponse, TransportError, timed_out};
use crate::upload::Outgoing;

/// A request that was handed to the transport. Dropping it cancels the request: the
/// transport closes or abandons the connection.
pub(crate) struct InFlight<'a> {
    /// The head of the response, which `receive.rs` waits for.
    pub(crate) head: PendingHead<'a>,
    /// The upload, kept until the response is read. An upload that is still going on by
    /// then is abandoned. `None` if the body is in memory and no progress is reported.
    pub(crate) upload: Option<Outgoing>,
    /// The deadline of the attempt: `attempt` or `total`, whichever comes first. The body
    /// of the response is read under the same deadline.
    pub(crate) end: End,
}

/// The head of a response that has not arrived yet.
pub(crate) enum PendingHead<'a> {
    /// The request was handed over whole, so only the response is waited for, for at most
    /// this time. The limit is the one that errors name.
    Within(Duration, TimeLimit, BoxFuture<'a, Result<HttpResponse, TransportError>>),
    /// The body of the request is still being sent. The future applies the time limits
    /// itself, because the read limit holds while the body is sent.
    Uploading(BoxFuture<'a, Result<HttpResponse, Error>>),
}

impl PendingHead<'_> {
    /// Waits for the head of the response.
    ///
    /// # Errors
    ///
    /// Kind `Timeout` if the attempt or the call takes too long. The message names the
    /// limit:
    ///
    /// ```text
    /// no response head within the attempt time limit of 60s (`TimeoutOptions::attempt`)
    /// ```
    ///
    /// Otherwise the error of the transport, such as `Connect`, `Tls` or `Io`.
    pub(crate) async fn wait(self, context: &Context) -> Result<HttpResponse, Error> {
        match self {
            Self::Within(left, limit, response) => match within(context, left, response).await {
                Ok(response) => response.map_err(Error::from),
                Err(_) => Err(timed_out("no response head", limit, SendState::Maybe)),
            },
            Self::Uploading(response) => response.await,
        }
    }
}

/// Hands a signed request to the transport. `number` is the number of the attempt; progress
/// reports contain it.
///
/// The read limit does not apply before the head: some services work for longer than 30 s
/// before they respond, and the connection is silent meanwhile. Only `attempt` and `total`
/// limit this wait.
///
/// An upload that cannot start becomes a future that is ready with the error, so that the
/// caller handles all errors in one place.
pub(crate) fn send<'a>(prepared: &PreparedCall<'a>, request: HttpRequest, number: u32) -> InFlight<'a> {
    let context = &prepared.shared.context;
    let now = context.clock.uptime();
    // A service may work for long before it responds, so the read limit does not apply
    // before the head.
    let end = End::of_attempt(now, prepared.timeouts.attempt, prepared.deadline, prepared.timeouts.total);
    let (transport, read) = (prepared.shared.transport.as_ref(), prepared.timeouts.read);
    let (head, upload) = match prepared.outgoing(&request, number) {
        Ok(None) => {
            let left = end.at.saturating_sub(now);
            (PendingHead::Within(left, end.limit, transport.send(request)), None)
        }
        Ok(Some(upload)) => {
            let response = upload.send(context, transport, request, read, end);
            (PendingHead::Uploading(Box::pin(response)), Some(upload))
        }
        Err(error) => (PendingHead::Uploading(Box::pin(std::future::ready(Err(error)))), None),
    };
    InFlight { head, upload, end }
}
