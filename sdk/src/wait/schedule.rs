//! Decides when the next poll is due and when the wait is over. It does not depend on the
//! types of the action.
//!
//! A delay that would end near the deadline is shortened, so that the last poll is made
//! shortly before it. Time is counted from the beginning of the wait, so slow polls leave
//! fewer of them.

use std::borrow::Cow;
use std::time::Duration;

use super::Wait;
use super::error::WaitError;
use crate::action::info::{ActionInfo, Idempotency};
use crate::context::Context;
use crate::error::{Error, ErrorKind};
use crate::retry::backoff::Backoff;

/// The longest time that is kept for the last poll before the deadline.
const LAST_POLL: Duration = Duration::from_secs(5);

/// The settings of a wait.
#[derive(Debug)]
pub(super) struct Settings {
    /// Delay before the first poll.
    pub(super) initial: Duration,
    /// Delays between polls.
    pub(super) backoff: Backoff,
    /// Longest duration of the wait.
    pub(super) deadline: Duration,
    /// Maximum number of polls.
    pub(super) max_attempts: u32,
    /// Kinds of errors that mean "not reached yet".
    pub(super) tolerated: Vec<ErrorKind>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            initial: Duration::ZERO,
            backoff: Backoff::exponential(Duration::from_secs(2), Duration::from_secs(30)),
            deadline: Duration::from_secs(600),
            max_attempts: u32::MAX,
            tolerated: Vec::new(),
        }
    }
}

/// Refuses an action that would change something with each poll.
pub(super) fn refuse_writes(info: &ActionInfo) -> Result<(), Error> {
    // Each poll would carry another token, so the service could not recognise the
    // repetition.
    if info.idempotency() == Idempotency::ReadOnly
        || (info.idempotency().is_safe() && info.idempotency_token().is_none())
    {
        return Ok(());
    }
    let what = "a waiter repeats its call, and this action is not read-only: wait with the action that reads the state, or \
                declare this one `readonly` if it only reads";
    Err(Error::config(what))
}

/// A wait in progress: the polls so far, and the last state.
#[derive(Debug)]
pub(super) struct PollSchedule<'a> {
    /// The settings.
    settings: &'a Settings,
    /// Clock and randomness.
    context: &'a Context,
    /// Time at which the wait began.
    start: Duration,
    /// Number of the current poll.
    pub(super) attempt: u32,
    /// The last state.
    state: Option<Cow<'static, str>>,
    /// The last tolerated error.
    tolerated: Option<String>,
}

impl<'a> PollSchedule<'a> {
    /// A wait that begins now.
    pub(super) fn new(settings: &'a Settings, context: &'a Context) -> Self {
        let start = context.clock.uptime();
        Self { settings, context, start, attempt: 0, state: None, tolerated: None }
    }

    /// Time since the wait began.
    pub(super) fn elapsed(&self) -> Duration {
        self.context.clock.uptime().saturating_sub(self.start)
    }

    /// Time until the deadline.
    pub(super) fn left(&self) -> Duration {
        self.settings.deadline.saturating_sub(self.elapsed())
    }

    /// The last state.
    pub(super) fn state(&self) -> Option<&str> {
        self.state.as_deref()
    }

    /// Delay before the first poll.
    pub(super) fn before_first(&self) -> Result<Duration, Error> {
        let initial = self.settings.initial;
        if initial < self.settings.deadline { Ok(initial) } else { Err(self.too_late()) }
    }

    /// Applies a verdict. `None` if the wait is done, otherwise the delay before the next
    /// poll.
    pub(super) fn learn(&mut self, seen: Wait) -> Result<Option<Duration>, Error> {
        self.tolerated = None;
        self.state = match seen {
            Wait::Ready => return Ok(None),
            Wait::Pending => None,
            Wait::PendingIn(state) => Some(state),
            Wait::Failed(reason) => {
                let what = format!("the wait ended: {reason}");
                self.state = Some(reason);
                return Err(self.over(ErrorKind::WaitFailed, what));
            }
        };
        self.delay().map(Some)
    }

    /// True if errors of this kind mean "not reached yet".
    pub(super) fn tolerates(&self, error: &Error) -> bool {
        self.settings.tolerated.contains(&error.kind())
    }

    /// Continues after a tolerated error.
    pub(super) fn tolerate(&mut self, error: &Error) -> Result<Duration, Error> {
        self.tolerated = Some(error.to_string());
        self.delay()
    }

    /// Delay before the next poll. It leaves time for that poll: a tenth of the wait, at
    /// most [`LAST_POLL`]. If this time has begun, the wait is over.
    fn delay(&self) -> Result<Duration, Error> {
        if self.attempt >= self.settings.max_attempts {
            let what = "the state was not reached within the maximum number of polls: raise `max_attempts`";
            return Err(self.over(ErrorKind::Timeout, what.to_owned()));
        }
        let wait = self.settings.backoff.wait(self.attempt, || self.context.fraction());
        let left = self.left().saturating_sub(LAST_POLL.min(self.settings.deadline / 10));
        if left.is_zero() { Err(self.too_late()) } else { Ok(wait.min(left)) }
    }

    /// The error of a wait that reached its deadline.
    pub(super) fn too_late(&self) -> Error {
        let what = format!("the state was not reached within {:?}: raise `deadline`", self.settings.deadline);
        self.over(ErrorKind::Timeout, what)
    }

    /// An error with the facts about the wait.
    fn over(&self, kind: ErrorKind, what: String) -> Error {
        Error::new(kind, what).with_source(WaitError {
            state: self.state.as_deref().map(str::to_owned),
            attempts: self.attempt,
            elapsed: self.elapsed(),
            tolerated: self.tolerated.clone(),
        })
    }
}
