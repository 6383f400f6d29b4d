//! The transport under test: the one that clients of this build use by default.
//!
//! `cargo test -p cloudcall-tests --no-default-features --features hyper` runs the suites over hyper.

#[cfg(all(feature = "hyper", not(feature = "reqwest")))]
pub use cloudcall::transport::HyperTransport as Transport;
#[cfg(feature = "reqwest")]
pub use cloudcall::transport::ReqwestTransport as Transport;
