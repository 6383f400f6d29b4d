//! What the suites share: a server that misbehaves on demand, a clock that stands still.
