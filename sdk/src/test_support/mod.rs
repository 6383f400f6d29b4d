//! Support for tests: a local server, a mock transport, a fake clock.
//!
//! Programs that call a cloud can be tested at two levels. Both read requests and write responses with
//! `fake_cloud`, so a response looks the same on both.
//!
//! | | `local` | `testing` |
//! | --- | --- | --- |
//! | cargo feature | `local-cloud` | `testing` |
//! | what it is | a server on 127.0.0.1 | a transport that opens no socket |
//! | checks the signature | yes | no |
//! | clock | the system's; a fake one through `LocalCloudBuilder::context` | `FakeTime` |
//! | works for clients in other languages | yes | no |
//! | sees the action of a REST request | no, only method and path | yes, the pipeline attaches it |
//! | failures of the network | closes connections | refuses, hangs up, is silent, breaks a body |
//!
//! Use the mock transport for the logic of a program: it needs microseconds per test. Use the local
//! cloud where bytes matter: for signatures, for the transport itself, and for other SDKs.
//!
//! The features turn all providers on.

pub(crate) mod fake_cloud;
#[cfg(feature = "local-cloud")]
pub mod local;
#[cfg(feature = "testing")]
pub mod testing;
