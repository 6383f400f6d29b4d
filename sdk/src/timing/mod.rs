// Time limits: deadlines, stalled bodies, and the difference to the clock of the server.

pub(crate) mod clock_skew;
pub(crate) mod deadline;
pub(crate) mod stall;
