//! Step 6 of a call: hands one signed request to the transport, and waits for the head of the response.

use std::time::Duration;

use futures_util::future::BoxFuture;

use crate::context::Context;
use crate::error::{Error, SendState};
use crate::pipeline::prepare::PreparedCall;
use crate::timing::deadline::{End, within_both};
use crate::transport::{HttpRequest, HttpResponse, TransportError, timed_out};
use crate::upload::Outgoing;

/// A request that was handed to the transport.
pub(crate) struct InFlight<'a> {
    pub(crate) head: PendingHead<'a>,
    /// The upload, kept until the response is read. An upload that is still going on by then is abandoned.
    pub(crate) upload: Option<Outgoing>,
    pub(crate) end: End,
}

/// The head of a response that has not arrived yet.
pub(crate) enum PendingHead<'a> {
    /// The request was handed over whole, so only the response is waited for.
    Within(End, BoxFuture<'a, Result<HttpResponse, TransportError>>),
    /// The body of the request is still being sent. The future applies the time limits itself.
    Uploading(BoxFuture<'a, Result<HttpResponse, Error>>),
}

impl PendingHead<'_> {
    pub(crate) async fn wait(self, context: &Context) -> Result<HttpResponse, Error> {
        match self {
            Self::Within(end, response) => {
                match within_both(context, Duration::MAX, end.at, response).await {
                    Ok(response) => response.map_err(Error::from),
                    Err(_) => Err(timed_out("no response head", end.limit, SendState::Maybe)),
                }
            }
            Self::Uploading(response) => response.await,
        }
    }
}

/// Hands a signed request to the transport.
pub(crate) fn send<'a>(prepared: &PreparedCall<'a>, request: HttpRequest, number: u32) -> InFlight<'a> {
    let context = &prepared.shared.context;
    let now = context.clock.uptime();
    // A service may work for long before it responds, so the read limit does not apply before the head.
    let end = End::of_attempt(now, prepared.timeouts.attempt, prepared.deadline, prepared.timeouts.total);
    let (transport, read) = (prepared.shared.transport.as_ref(), prepared.timeouts.read);
    let (head, upload) = match prepared.outgoing(&request, number) {
        Ok(None) => (PendingHead::Within(end, transport.send(request)), None),
        Ok(Some(upload)) => {
            let response = upload.send(context, transport, request, read, end);
            (PendingHead::Uploading(Box::pin(response)), Some(upload))
        }
        Err(error) => (PendingHead::Uploading(Box::pin(std::future::ready(Err(error)))), None),
    };
    InFlight { head, upload, end }
}
