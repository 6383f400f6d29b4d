//! Limits of time: deadlines, stalls, and the clock of the server.

pub(crate) mod clock_skew;
pub(crate) mod deadline;
pub(crate) mod stall;
