//! A response body under its time limits.
//!
//! Two limits apply. The `read` limit bounds the silence between two chunks and starts
//! again with each chunk. The `stall` limit bounds the time in which a body delivers less
//! than one byte per second. Neither counts the time in which the reader is busy, because
//! the server cannot send then: the buffers of the connection are full.

use std::fmt;
use std::task::{Context as Task, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_util::StreamExt as _;

use crate::context::{Context, SleepFuture};
use crate::error::{Error, SendState};
use crate::options::TimeoutOptions;
use crate::timing::deadline::{Setting, TimeLimit};
use crate::timing::stall::Throughput;
use crate::transport::{ResponseBody, timed_out};

/// Gives the chunks of a body. The time that the reader takes between two chunks is not
/// counted.
pub(crate) struct Flow {
    /// `None` after the end. The connection is then closed or reused at once.
    body: Option<ResponseBody>,
    /// Clock and timers.
    context: Context,
    /// Longest silence.
    read: Duration,
    /// Longest time below the minimum speed.
    stall: Duration,
    /// Speed of the body.
    throughput: Throughput,
    /// Timer for the longest silence.
    idle: Option<SleepFuture>,
    /// Timer for the next check of the speed.
    sample: Option<SleepFuture>,
    /// Time at which the reader got the last chunk.
    handed_out: Option<Duration>,
}

impl Flow {
    /// A body under the limits `read` and `stall`.
    pub(crate) fn new(body: ResponseBody, context: &Context, timeouts: TimeoutOptions) -> Self {
        Self {
            body: Some(body),
            context: context.clone(),
            read: timeouts.read,
            stall: timeouts.stall,
            throughput: Throughput::new(timeouts.stall, context.clock.uptime()),
            idle: None,
            sample: None,
            handed_out: None,
        }
    }

    /// The next chunk. `None` after the end, and after the first error.
    ///
    /// If `begun` is true, the `stall` limit applies. It does not apply between events,
    /// because a language model may pause. The `read` limit always applies, and every chunk
    /// starts it again.
    pub(crate) fn poll_next(
        &mut self,
        task: &mut Task<'_>,
        begun: bool,
    ) -> Poll<Option<Result<Bytes, Error>>> {
        let Some(body) = &mut self.body else { return Poll::Ready(None) };
        if let Some(handed_out) = self.handed_out.take() {
            self.throughput.pause(self.context.clock.uptime().saturating_sub(handed_out));
        }
        if let Poll::Ready(piece) = body.poll_next_unpin(task) {
            (self.idle, self.sample) = (None, None);
            match &piece {
                Some(Ok(piece)) => {
                    self.throughput.count(piece.len());
                    self.handed_out = Some(self.context.clock.uptime());
                }
                Some(Err(_)) | None => self.close(),
            }
            return Poll::Ready(piece.map(|piece| piece.map_err(Error::from)));
        }
        if begun {
            let stalled = self.throughput.poll_stalled(&self.context, &mut self.sample, task);
            if let Some(error) = stalled {
                self.close();
                return Poll::Ready(Some(Err(error)));
            }
        } else {
            self.throughput = Throughput::new(self.stall, self.context.clock.uptime());
        }
        let idle = self.idle.get_or_insert_with(|| self.context.sleep.tick(self.read));
        ready!(idle.as_mut().poll(task));
        self.close();
        let limit = TimeLimit { setting: Setting::Read, value: self.read };
        Poll::Ready(Some(Err(timed_out("no more bytes arrived", limit, SendState::Maybe))))
    }

    /// Discards the rest. If the body was not read to its end, its connection closes.
    pub(crate) fn close(&mut self) {
        (self.body, self.idle, self.sample) = (None, None, None);
    }

    /// Ends after the last event. If the end of the body is already there, the connection
    /// can be reused.
    pub(crate) fn finish(&mut self, task: &mut Task<'_>) {
        if let Some(body) = &mut self.body {
            let _ = body.poll_next_unpin(task);
        }
        self.close();
    }
}

impl fmt::Debug for Flow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Flow").field("open", &self.body.is_some()).finish_non_exhaustive()
    }
}
