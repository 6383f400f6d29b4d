//! One HTTP/1 connection, driven by the call that uses it.
//!
//! hyper-util's pool runs a task for each connection. Each request and each response then passes from
//! one task to another, each step wakes a task, and another task returns the connection to the pool.
//! Here the future of the call polls the connection:
//!
//! 1. [`Session::send`] hands the request to hyper and polls the connection until the head arrives.
//! 2. The body polls the connection while it is read (`response_body.rs`).
//! 3. The connection goes back to the pool (`pool.rs`). Nothing polls it there.
//!
//! A future that is dropped in between drops the connection, and with it the socket. Nothing keeps
//! running in the background.

use std::future::Future as _;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use http::{Request, Response};
use hyper::body::Incoming;
use hyper::client::conn::http1::{Builder, Connection, SendRequest};

use super::link::Link;
use super::request_body::SentBody;
use super::signal::Signal;

/// A connection, and the waker that belongs to it. It is boxed, so that it is moved cheaply.
pub(super) struct Session(Box<Inner>);

/// The parts of a session.
struct Inner {
    /// `None` once the connection has ended.
    open: Option<Open>,
    signal: Arc<Signal>,
    /// The signal as a waker, made once.
    waker: Waker,
}

/// The two ends of hyper's connection.
struct Open {
    /// Takes requests.
    requests: SendRequest<SentBody>,
    /// The state machine that moves bytes.
    connection: Connection<Box<dyn Link>, SentBody>,
}

/// A request without a response.
pub(super) struct Unanswered {
    /// `None` if the connection had ended before.
    pub(super) error: Option<hyper::Error>,
    /// The request, if no byte of it was written.
    pub(super) request: Option<Request<SentBody>>,
}

impl Session {
    /// A session over a new connection.
    ///
    /// # Errors
    ///
    /// hyper's handshake does no I/O for HTTP/1, so it does not fail in practice.
    pub(super) async fn over(link: Box<dyn Link>, http1: &Builder) -> Result<Self, hyper::Error> {
        let (requests, connection) = http1.handshake(link).await?;
        let signal = Arc::<Signal>::default();
        let waker = Waker::from(signal.clone());
        Ok(Self(Box::new(Inner { open: Some(Open { requests, connection }), signal, waker })))
    }

    /// Sends a request, and waits for the head of its response.
    ///
    /// # Errors
    ///
    /// [`Unanswered`], with the request if no byte of it was written. It can then be sent over another
    /// connection.
    pub(super) async fn send(
        &mut self,
        request: Request<SentBody>,
    ) -> Result<Response<Incoming>, Unanswered> {
        // Without a connection hyper would refuse the request, too.
        let Some(open) = &mut self.0.open else {
            return Err(Unanswered { error: None, request: Some(request) });
        };
        let mut response = pin!(open.requests.try_send_request(request));
        let outcome = std::future::poll_fn(|task| self.poll_with(task, |task| response.as_mut().poll(task)));
        outcome.await.map_err(|mut failed| {
            let request = failed.take_message();
            Unanswered { error: Some(failed.into_error()), request }
        })
    }

    /// Polls the connection, and then `work`, which waits for what the connection receives. Both are
    /// polled again while they wake each other.
    pub(super) fn poll_with<T>(
        &mut self,
        task: &mut Context<'_>,
        mut work: impl FnMut(&mut Context<'_>) -> Poll<T>,
    ) -> Poll<T> {
        let Inner { open, signal, waker } = &mut *self.0;
        signal.poll(task, waker, |task| {
            if open.as_mut().is_some_and(|open| open.poll(task).is_ready()) {
                // When the connection is dropped, a request that was not begun comes back, and a body
                // ends or fails.
                *open = None;
            }
            work(task)
        })
    }

    /// Ends the use by a call. Returns whether the connection can take another request: it cannot if it
    /// was closed, or if the request or the response is incomplete.
    pub(super) fn rest(&self) -> bool {
        self.0.signal.forget();
        self.0.open.as_ref().is_some_and(|open| open.requests.is_ready())
    }

    /// Whether an idle connection has ended. Nothing is woken if it ends later.
    pub(super) fn is_closed(&mut self) -> bool {
        let mut task = Context::from_waker(Waker::noop());
        self.0.open.as_mut().is_none_or(|open| open.poll(&mut task).is_ready())
    }
}

impl Open {
    /// Moves bytes in both directions. It is ready once the connection has ended. An error also reaches
    /// the response or its body, so it is not returned.
    fn poll(&mut self, task: &mut Context<'_>) -> Poll<()> {
        Pin::new(&mut self.connection).poll(task).map(drop)
    }
}
