//! A body that is still coming, under its limits of time.

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

/// Gives pieces as they come. The time that the reader takes for itself is not held against the server.
pub(crate) struct Flow {
    /// None after the end: the connection is given up, or back, at once.
    body: Option<ResponseBody>,
    context: Context,
    read: Duration,
    stall: Duration,
    pace: Throughput,
    /// Until when anything must come.
    idle: Option<SleepFuture>,
    /// When the pace is looked at again.
    look: Option<SleepFuture>,
    /// When the reader got the last piece.
    handed: Option<Duration>,
}

impl Flow {
    pub(crate) fn new(body: ResponseBody, context: &Context, timeouts: TimeoutOptions) -> Self {
        Self {
            body: Some(body),
            context: context.clone(),
            read: timeouts.read,
            stall: timeouts.stall,
            pace: Throughput::new(timeouts.stall, context.clock.uptime()),
            idle: None,
            look: None,
            handed: None,
        }
    }

    /// The next piece; none after the end. The first error is the end too.
    ///
    /// What has `begun` must come on at the pace of the stall limit. Between things that begin and end, such as events,
    /// only the read limit holds: a model may think, and anything that comes, a keep-alive too, begins it anew.
    pub(crate) fn poll_next(
        &mut self,
        task: &mut Task<'_>,
        begun: bool,
    ) -> Poll<Option<Result<Bytes, Error>>> {
        let Some(body) = &mut self.body else { return Poll::Ready(None) };
        if let Some(handed) = self.handed.take() {
            self.pace.pause(self.context.clock.uptime().saturating_sub(handed));
        }
        if let Poll::Ready(piece) = body.poll_next_unpin(task) {
            (self.idle, self.look) = (None, None);
            match &piece {
                Some(Ok(piece)) => {
                    self.pace.count(piece.len());
                    self.handed = Some(self.context.clock.uptime());
                }
                Some(Err(_)) | None => self.close(),
            }
            return Poll::Ready(piece.map(|piece| piece.map_err(Error::from)));
        }
        if begun {
            let stalled = self.pace.poll_stalled(&self.context, &mut self.look, task);
            if let Some(error) = stalled {
                self.close();
                return Poll::Ready(Some(Err(error)));
            }
        } else {
            self.pace = Throughput::new(self.stall, self.context.clock.uptime());
        }
        let idle = self.idle.get_or_insert_with(|| self.context.sleep.tick(self.read));
        ready!(idle.as_mut().poll(task));
        self.close();
        let limit = TimeLimit { setting: Setting::Read, value: self.read };
        Poll::Ready(Some(Err(timed_out("nothing more came", limit, SendState::Maybe))))
    }

    /// Gives the rest up. If it is not read to its end, the connection closes.
    pub(crate) fn close(&mut self) {
        (self.body, self.idle, self.look) = (None, None, None);
    }

    /// Ends after what says that it was all. If the end is here already, the connection can be used again.
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
