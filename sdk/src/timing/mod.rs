//! Time limits: deadlines, stalled bodies, and the difference to the clock of the server.
//!
//! All of it measures with the clock of the context, so tests hold time still. Limits use
//! its uptime, which never goes back; only signatures use the time of day.
//!
//! | file | content |
//! | --- | --- |
//! | `deadline.rs` | a future with a time limit, and the names of the limits in errors |
//! | `stall.rs` | finds bodies that arrive too slowly |
//! | `clock_skew.rs` | the correction of the time of day before signing |

pub(crate) mod clock_skew;
pub(crate) mod deadline;
pub(crate) mod stall;
