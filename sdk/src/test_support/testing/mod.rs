//! Tools to test code that calls a cloud: a mock transport, a fake clock, and recorded responses.
//!
//! Tests that use this module open no socket, read no environment variable and no real clock. They take
//! microseconds and have the same outcome in every run. Turn the cargo feature `testing` on for tests only:
//!
//! ```toml
//! [dev-dependencies]
//! cloudcall = { version = "0.1", features = ["testing"] }
//! ```
//!
//! | you want | use |
//! | --- | --- |
//! | responses of your choice | [`MockTransport`], [`MockRule`], [`MockResponse`] |
//! | to see what was sent | [`MockTransport::requests`], [`MockRequest`] |
//! | a clock that the test controls | [`FakeTime`] |
//! | an environment and files of your choice | [`context`], [`FakeEnv`], [`FakeFiles`] |
//! | responses that a real cloud once gave | [`Recorder`], [`Replay`], [`Cassette`] |
//! | to read one body as the response of an action | [`read_response`] |
//! | a server that verifies every signature | the module `local`, with the cargo feature `local-cloud` |
//!
//! Write the function under test so that it takes the client as an argument:
//!
//! ```
//! use cloudcall::prelude::*;
//! use cloudcall::testing::{MockResponse, MockRule, MockTransport};
//!
//! /// The function under test.
//! async fn zone_count(client: &Client<Tencent>) -> Result<u64, Error> {
//!     let zones = client.raw("cvm", "2017-03-12", "DescribeZones").send().await?;
//!     Ok(zones["TotalCount"].as_u64().unwrap_or(0))
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mock = MockTransport::builder()
//!     .rule(
//!         MockRule::action("DescribeZones")
//!             .respond(MockResponse::bare(503))
//!             .respond(MockResponse::ok(json!({ "TotalCount": 3 })))
//!             .times(2),
//!     )
//!     .build()?;
//! let client = mock.client::<Tencent>().region("ap-guangzhou").build()?;
//!
//! assert_eq!(zone_count(&client).await?, 3);
//! assert_eq!(mock.time().waits().len(), 1, "one delay before the retry, which took no time");
//! mock.verify()?;
//! # Ok(())
//! # }
//! ```
//!
//! # Troubleshooting
//!
//! **The call fails with kind `Config` and `no rule matches`.** The message names
//! the nearest rule and the condition that failed. Correct the rule, or add
//! [`otherwise`](MockTransportBuilder::otherwise).
//!
//! **The call fails with `cannot sign`, `no region` or the like before the mock sees it.** The client checks
//! requests before it sends them. Set a region with `mock.client::<Tencent>().region(…)`.
//!
//! **The test never ends.** The code under test waits for a clock that is not the mock's. Build the client
//! with [`MockTransport::client`], or give it [`MockTransport::context`].
//!
//! `docs/testing.md` in the repository has longer programs.
//!
//! # How the parts work together
//!
//! ```text
//! client  --->  MockTransport  --->  MockRule (the last one that matches)  --->  MockResponse
//!    |               |
//!    |               +-- requests(), count(), verify()       what was sent
//!    +-- context() --+-- FakeTime, FakeEnv, FakeFiles        what the process has
//! ```
//!
//! The pipeline of the SDK runs in full: parameters are encoded, the request is signed, the response is
//! decoded, failures are retried. Only the network is replaced. Signatures are computed and not
//! checked.
//!
//! With this feature the pipeline attaches the action to each request (`http::Extensions`), because the
//! request of a REST API does not name it. Nothing more is sent because of it.

mod called;
mod canonical;
mod cassette;
mod condition;
mod expectation;
mod mock;
mod process;
mod read;
mod record;
mod replay;
mod response;
mod rule;
mod scrub;
mod time;

pub use crate::test_support::fake_cloud::{LocalFile as MockFile, LocalRequest as MockRequest};
pub use cassette::Cassette;
pub use expectation::UnmetExpectation;
pub use mock::{MockTransport, MockTransportBuilder};
pub use process::{FakeEnv, FakeFiles};
pub use read::read_response;
pub use record::Recorder;
pub use replay::Replay;
pub use response::MockResponse;
pub use rule::MockRule;
pub use time::FakeTime;

use crate::context::Context;
use crate::credential::{Credential, CredentialError, ProvideCredential};

/// A context without environment variables and files, with a fake clock and seeded randomness.
///
/// Each call creates a new clock. Use [`FakeTime::context`] if the test needs to control or inspect the
/// clock.
///
/// ```
/// use cloudcall::testing::{FakeEnv, context};
///
/// let context = context().with_env(FakeEnv::new().set("TENCENTCLOUD_REGION", "ap-guangzhou"));
/// assert_eq!(context.env.var("TENCENTCLOUD_REGION").as_deref(), Some("ap-guangzhou"));
/// assert_eq!(context.env.var("PATH"), None);
/// ```
pub fn context() -> Context {
    FakeTime::new().context()
}

/// Credentials that no cloud accepts: id `AKIDtest`, secret `test-secret`, project `test-project`,
/// domain `test-domain`.
#[derive(Debug)]
struct FakeKeys;

#[async_trait::async_trait]
impl ProvideCredential for FakeKeys {
    fn name(&self) -> &'static str {
        "test"
    }

    async fn provide(&self, _: &Context) -> Result<Credential, CredentialError> {
        let keys = Credential::new("AKIDtest", "test-secret")?;

        // Paths of Huawei Cloud contain both ids, and there is no IAM to look them up.
        Ok(keys.with_project_id("test-project").with_domain_id("test-domain"))
    }
}
