//! Test code that calls a cloud, without a cloud: a mock transport, a time in your hands, and recorded answers.
//!
//! Nothing here opens a socket, reads the environment or looks at the clock, so tests take microseconds and go the same
//! way each time.
//!
//! | for | take |
//! | --- | --- |
//! | answers by rule, and what was sent | [`MockTransport`], [`MockRule`], [`MockResponse`], [`MockRequest`] |
//! | time that passes when the test says so | [`FakeTime`] |
//! | a process without environment and files, or with those you give | [`context`], [`FakeEnv`], [`FakeFiles`] |
//! | answers of a real cloud, once recorded | [`Recorder`], [`Replay`], [`Cassette`] |
//! | a server that checks every signature | the module `local`, with the cargo feature `local-cloud` |
//!
//! ```
//! use cloudcall::json::json;
//! use cloudcall::testing::{MockResponse, MockRule, MockTransport};
//! use cloudcall::{Client, Error, Tencent};
//!
//! /// What is to be tested: it knows nothing of tests.
//! async fn zone_count(client: &Client<Tencent>) -> Result<u64, Error> {
//!     let zones = client.raw("cvm", "2017-03-12", "DescribeZones").invoke().await?;
//!     Ok(zones["TotalCount"].as_u64().unwrap_or(0))
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mock = MockTransport::builder()
//!     .rule(
//!         MockRule::action("DescribeZones")
//!             .answer(MockResponse::bare(503))
//!             .answer(MockResponse::ok(json!({ "TotalCount": 3 })))
//!             .times(2),
//!     )
//!     .build()?;
//! let client = mock.client::<Tencent>().region("ap-guangzhou").build()?;
//!
//! assert_eq!(zone_count(&client).await?, 3);
//! assert_eq!(mock.time().waits().len(), 1, "one wait, which took no time");
//! mock.verify()?;
//! # Ok(())
//! # }
//! ```
//!
//! The repository's `docs/testing.md` tells more.

mod answer;
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
mod rule;
mod scrub;
mod time;

pub use crate::test_support::fake_cloud::{LocalFile as MockFile, LocalRequest as MockRequest};
pub use answer::MockResponse;
pub use cassette::Cassette;
pub use expectation::UnmetExpectation;
pub use mock::{MockTransport, MockTransportBuilder};
pub use process::{FakeEnv, FakeFiles};
pub use read::read_response;
pub use record::Recorder;
pub use replay::Replay;
pub use rule::MockRule;
pub use time::FakeTime;

pub(crate) use called::mark;

use crate::context::Context;
use crate::credential::{Credential, CredentialError, ProvideCredential};

/// A process without environment and files, whose time passes when somebody waits, and whose chance is the same in every
/// run.
///
/// Each call gives a time of its own; take [`FakeTime::context`] to keep hold of it.
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

/// Keys that open nothing.
#[derive(Debug)]
struct FakeKeys;

#[async_trait::async_trait]
impl ProvideCredential for FakeKeys {
    fn name(&self) -> &'static str {
        "test"
    }

    async fn provide(&self, _: &Context) -> Result<Credential, CredentialError> {
        let keys = Credential::new("AKIDtest", "test-secret")?;

        // Paths of Huawei Cloud name them, and nobody is there to be asked.
        Ok(keys.with_project_id("test-project").with_domain_id("test-domain"))
    }
}
