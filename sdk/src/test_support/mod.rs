//! Support for tests: a local server, a mock transport, a fake clock.

pub(crate) mod fake_cloud;
#[cfg(feature = "local-cloud")]
pub mod local;
#[cfg(feature = "testing")]
pub mod testing;
