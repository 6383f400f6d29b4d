//! Requests the rest of a document after a break, and joins it with the beginning.
//!
//! A continuation is a call like any other: it has its own retries, signature and limiter
//! permit. The permit of the broken response is released first, because with a limit of one
//! request at the same time the continuation would wait for itself.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use http::StatusCode;

use super::Download;
use crate::action::info::Idempotency;
use crate::error::{Error, ErrorKind};
use crate::pipeline::sink::{OpenedBody, StreamKind};
use crate::response::Meta;
use crate::retry::Failure;
use crate::stream::document::{Document, Extent};
use crate::stream::flow::Flow;
use crate::stream::range::{Part, range_headers};

/// A request for the rest.
pub(super) type Reopening = Pin<Box<dyn Future<Output = Result<Reopened, Error>> + Send>>;

/// The result of a request for the rest.
pub(super) enum Reopened {
    /// The rest, up to this byte.
    Rest(Meta, OpenedBody, u64),
    /// The whole document, or a new version of it.
    Anew(Meta, OpenedBody),
    /// There is no more. This happens only if the length was not known.
    End,
}

impl Download {
    /// Requests the rest after `error`. Returns `error` if the download must not continue.
    pub(super) fn rest(&mut self, error: Error) -> Result<Reopening, Error> {
        let (origin, idempotency) = (self.origin.clone(), self.origin.info.idempotency());
        let attempt = self.resumes.saturating_add(1);
        let failure = Failure { error: &error, attempt, idempotency };
        let incomplete = self.document.total.is_none_or(|total| self.done < total);
        if !(self.may_go_on() && incomplete && origin.retry().allows(&failure)) {
            return Err(error);
        }
        self.resumes = attempt;
        let Some(wait) = origin.retry().delay(&failure, &mut self.delays, origin.context()) else {
            return Err(error);
        };
        Ok(self.reopen(error, Some(wait)))
    }

    /// Requests the bytes after a part that is shorter than the document. Each part has at
    /// least one byte, so this ends.
    pub(super) fn next_part(&mut self) -> Result<Reopening, Error> {
        let error =
            self.broken(ErrorKind::Io, "incomplete body: the server sent only a part of the document");
        if self.may_go_on() { Ok(self.reopen(error, None)) } else { Err(error) }
    }

    /// True if another part of the same document may be requested.
    pub(super) fn may_go_on(&self) -> bool {
        self.document.tag.is_some() && self.origin.info.idempotency() == Idempotency::ReadOnly
    }

    /// Requests the document from the current position. If the response cannot be used,
    /// `error` ends the download.
    pub(super) fn reopen(&mut self, error: Error, wait: Option<Duration>) -> Reopening {
        self.permit = None;
        let (origin, document, restarts) = (self.origin.clone(), self.document.clone(), self.restarts);
        let (from, to) = (self.done, document.total.and_then(|total| total.checked_sub(1)));
        let part = document.tag.clone().map(|tag| Part { from, to, tag });
        tracing::debug!(action = origin.info.name(), from, ?wait, %error, "requesting the rest");
        Box::pin(async move {
            let mut paid = None;
            if let Some(wait) = wait {
                // A download that is dropped while it waits gives the tokens back.
                let Some(tokens) = origin.shared.quota.take(&error) else { return Err(error) };
                origin.context().sleep.sleep(wait).await;
                paid.insert(tokens).spend();
            }
            let (meta, opened) = match origin.open(StreamKind::Bytes(range_headers(part.as_ref()))).await {
                Ok(opened) => opened,
                Err(refused) if document.total.is_none() && is_past_the_end(&refused) => {
                    return Ok(Reopened::End);
                }
                Err(error) => return Err(error),
            };
            if let Some(paid) = paid {
                paid.refund();
            }
            match document.continued(from, &meta) {
                Ok(end) => Ok(Reopened::Rest(meta, opened, end)),
                Err(_) if restarts && meta.status != StatusCode::PARTIAL_CONTENT => {
                    Ok(Reopened::Anew(meta, opened))
                }
                Err(why) => {
                    let what = format!("{}; the rest was not used: {why}", error.message());
                    Err(error.with_message(what))
                }
            }
        })
    }

    /// Continues with the rest. Status and headers stay those of the first response.
    pub(super) fn go_on(&mut self, meta: Meta, opened: OpenedBody, end: u64) {
        self.meta.attempts = self.meta.attempts.saturating_add(meta.attempts);
        self.extent = Extent { first: self.done, end: Some(end), partial: true };
        self.follow(opened);
    }

    /// Begins again with a new version of the document.
    pub(super) fn start_again(&mut self, meta: Meta, opened: OpenedBody) -> Result<(), Error> {
        let (document, extent) = Document::of(&meta, opened.has_body)?;
        tracing::debug!(action = self.origin.info.name(), lost = self.done, "the document starts again");
        let attempts = self.meta.attempts.saturating_add(meta.attempts);
        self.meta = Meta { attempts, ..meta };
        (self.document, self.extent) = (document, extent);
        (self.offset, self.done) = (extent.first, extent.first);
        self.follow(opened);
        Ok(())
    }

    /// Switches to the body of another response.
    pub(super) fn follow(&mut self, opened: OpenedBody) {
        self.flow = Flow::new(opened.body, self.origin.context(), self.origin.timeouts());
        (self.permit, self.credential) = (opened.permit, opened.credential);
    }
}

/// True if a request for the next part was refused because there are no more bytes.
fn is_past_the_end(error: &Error) -> bool {
    error.status() == Some(StatusCode::RANGE_NOT_SATISFIABLE)
}
