//! A transport that responds by rules.
//!
//! `rule.rs` has the rules, `response.rs` the responses, `called.rs` reads a request. This file chooses
//! the rule and keeps the requests.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;

use super::called::{describe, read};
use super::expectation::UnmetExpectation;
use super::response::MockResponse;
use super::rule::MockRule;
use super::time::FakeTime;
use super::{FakeKeys, MockRequest};
use crate::client::{Client, ClientBuilder};
use crate::context::{Context, Random as _};
use crate::error::{Error, ErrorKind, SendState};
use crate::provider::Provider;
use crate::sign::encode::uuid;
use crate::transport::{HttpRequest, HttpResponse, HttpSend, TransportError};

/// A transport that responds by rules and sends nothing. Clones share rules, requests and clock.
///
/// If several rules match a request, the last one responds, so add a special case after the general one. A
/// request that no rule matches fails with kind [`Config`](ErrorKind::Config) and is not retried. The error
/// names the nearest rule and the condition that failed.
///
/// ```
/// use cloudcall::json::json;
/// use cloudcall::testing::{MockResponse, MockRule, MockTransport};
/// use cloudcall::Alibaba;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let mock = MockTransport::builder()
///     .rule(
///         MockRule::action("StartInstance")
///             .param("InstanceId", "i-1")
///             .respond(MockResponse::error("IncorrectInstanceStatus", "it runs"))
///             .times(1),
///     )
///     .build()?;
/// let client = mock.client::<Alibaba>().region("cn-hangzhou").build()?;
///
/// let start = client.raw("ecs", "2014-05-26", "StartInstance").json(json!({ "InstanceId": "i-1" }));
/// let error = start.invoke().await.expect_err("an error");
///
/// assert_eq!(error.code(), Some("IncorrectInstanceStatus"));
/// assert_eq!(mock.requests()[0].param("InstanceId").as_deref(), Some("i-1"));
/// mock.verify()?;
/// # Ok(())
/// # }
/// ```
///
/// # Troubleshooting
///
/// **`mock: no rule matches …`.** The error names the nearest rule (the one with the fewest conditions
/// unmet), these conditions, and all rules. Correct the rule, or add
/// [`otherwise`](MockTransportBuilder::otherwise).
///
/// **A rule never responds.** A later rule matches the same requests. Add the special rule after the
/// general one.
///
/// **`verify` reports more requests than calls.** Each attempt is a request. Disable retries, or expect
/// the attempts.
#[derive(Clone)]
pub struct MockTransport(Arc<MockShared>);

/// What the clones of a mock share.
struct MockShared {
    /// The rules, in the order in which they were added. The last one that matches responds.
    rules: Vec<MockRule>,
    /// The response to requests that no rule matches.
    otherwise: Option<MockResponse>,
    /// The clock that delays responses, and the source of request ids.
    time: FakeTime,
    /// The requests so far.
    seen: Mutex<Seen>,
}

/// The requests so far, and the mistakes among them.
#[derive(Default)]
struct Seen {
    /// All requests, also those that no rule matched.
    requests: Vec<MockRequest>,
    /// The errors of requests that no rule matched, and of requests that a rule of `never` matched.
    unfit: Vec<String>,
}

impl MockTransport {
    /// Starts a builder without rules.
    pub fn builder() -> MockTransportBuilder {
        MockTransportBuilder { rules: Vec::new(), otherwise: None, time: None }
    }

    /// Starts a client builder with this transport, its [`context`](Self::context) and credentials that no
    /// cloud accepts.
    ///
    /// For Huawei Cloud the project id is `test-project` and the domain id `test-domain`. Set a region, and
    /// whatever else the code under test needs.
    pub fn client<P: Provider + Default>(&self) -> ClientBuilder<P> {
        Client::<P>::builder().transport(self.clone()).context(self.context()).credentials(FakeKeys)
    }

    /// A context with this mock's clock, an empty environment and no files.
    ///
    /// Use it for code that reads variables or files, or waits, without a client. Each call returns the
    /// same clock.
    pub fn context(&self) -> Context {
        self.0.time.context()
    }

    /// The clock of the mock, by which responses are delayed.
    pub fn time(&self) -> &FakeTime {
        &self.0.time
    }

    /// Every request so far, including those that no rule matched. `Debug` of a request masks secrets; its
    /// fields do not.
    ///
    /// The requests are in the order in which they were sent. The list is a copy.
    pub fn requests(&self) -> Vec<MockRequest> {
        self.seen().requests.clone()
    }

    /// The number of requests of `action`. Each attempt of a call counts.
    ///
    /// For a REST API, this is the name of the action in your code, not the method and path.
    pub fn count(&self, action: &str) -> usize {
        self.seen().requests.iter().filter(|request| request.action == action).count()
    }

    /// Checks that every rule got as many requests as it expects, and that every request matched a rule.
    ///
    /// Call it at the end of a test. Its error is readable in the output of `cargo test`:
    ///
    /// ```text
    /// expectations were not met:
    ///   - action RunInstances: expected 2 requests, 1 came
    /// received:
    ///   1. tencent RunInstances (POST cvm.tencentcloudapi.com/)
    /// ```
    ///
    /// # Errors
    ///
    /// [`UnmetExpectation`] lists the rules that were not met and the requests that no rule matched.
    pub fn verify(&self) -> Result<(), UnmetExpectation> {
        let mut what: Vec<String> = self.0.rules.iter().filter_map(MockRule::unmet).collect();
        let seen = self.seen();
        what.extend(seen.unfit.iter().cloned());
        UnmetExpectation::check(what, seen.requests.iter().map(describe).collect())
    }

    /// The requests so far. A panic of another thread leaves them whole.
    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.0.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The response of the last rule that matches. Its error is the text of a `Config` error.
    fn respond(&self, request: &mut MockRequest) -> Result<MockResponse, String> {
        let MockShared { rules, otherwise, .. } = &*self.0;
        match rules.iter().rev().find(|rule| rule.misses(request).is_empty()) {
            Some(rule) => rule.next(request).ok_or_else(|| {
                format!("the rule for {rule} expects no request, but {} came", describe(request))
            }),
            None => otherwise.clone().ok_or_else(|| unfit(rules, request)),
        }
    }
}

/// The error of a request that no rule matches.
fn unfit(rules: &[MockRule], request: &MockRequest) -> String {
    let request_text = describe(request);
    if rules.is_empty() {
        return format!("no rule matches {request_text}: the mock has no rules");
    }
    let misses = rules.iter().map(|rule| (rule, rule.misses(request)));
    // The rule with the fewest conditions unmet; of several, the one with the most conditions met.
    let nearest =
        misses.min_by_key(|(rule, misses)| (misses.len(), usize::MAX - (rule.len() - misses.len())));
    let nearest = nearest.map(|(rule, misses)| {
        format!("the nearest, for {rule}, does not match because {}", misses.join(" and "))
    });
    let known: Vec<String> =
        rules.iter().enumerate().map(|(at, rule)| format!("{}. {rule}", at + 1)).collect();
    format!(
        "no rule matches {request_text}; {}; the rules are: {}",
        nearest.unwrap_or_default(),
        known.join("; ")
    )
}

#[async_trait]
impl HttpSend for MockTransport {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let (mut seen, vendor) = read(&request);
        let response = self.respond(&mut seen);
        {
            let mut all = self.seen();
            all.requests.push(seen);
            all.unfit.extend(response.as_ref().err().cloned());
        }
        let response = response
            .map_err(|what| TransportError::new(ErrorKind::Config, SendState::No, format!("mock: {what}")))?;
        let mut id = [0; 16];
        self.0.time.fill(&mut id);
        response.send(vendor, &uuid(id), &self.0.time).await
    }

    fn wants_action(&self) -> bool {
        true
    }
}

impl fmt::Debug for MockTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockTransport")
            .field("rules", &self.0.rules)
            .field("requests", &self.seen().requests)
            .finish_non_exhaustive()
    }
}

/// Builds a [`MockTransport`].
///
/// ```
/// use std::time::Duration;
/// use cloudcall::testing::{FakeTime, MockResponse, MockRule, MockTransport};
///
/// # fn main() -> Result<(), cloudcall::Error> {
/// let mock = MockTransport::builder()
///     .rule(MockRule::any().respond(MockResponse::bare(503)))
///     .rule(MockRule::action("DescribeZones").respond(MockResponse::silence()))
///     .time(FakeTime::at(1_700_000_000).seed(7))
///     .build()?;
/// assert_eq!(mock.time().waits(), [] as [Duration; 0]);
/// # Ok(())
/// # }
/// ```
#[must_use = "a builder does nothing until `build`"]
#[derive(Debug)]
pub struct MockTransportBuilder {
    rules: Vec<MockRule>,
    otherwise: Option<MockResponse>,
    time: Option<FakeTime>,
}

impl MockTransportBuilder {
    /// Adds a rule, which takes precedence over the rules added before.
    pub fn rule(mut self, rule: MockRule) -> Self {
        self.rules.push(rule);
        self
    }

    /// Responds to every request that no rule matches. Default: such a request fails with kind `Config`.
    pub fn otherwise(mut self, response: impl Into<MockResponse>) -> Self {
        self.otherwise = Some(response.into());
        self
    }

    /// Uses this clock. Default: a new [`FakeTime`].
    ///
    /// Give two mocks the same clock if one program calls two clouds.
    pub fn time(mut self, time: FakeTime) -> Self {
        self.time = Some(time);
        self
    }

    /// Builds the transport.
    ///
    /// # Errors
    ///
    /// Kind `Config` for a rule without a response, and for a response with an invalid status or header.
    pub fn build(self) -> Result<MockTransport, Error> {
        let wrong = self.otherwise.as_ref().and_then(MockResponse::found_mistake).map(str::to_owned);
        if let Some(mistake) = self.rules.iter().find_map(MockRule::mistake).or(wrong) {
            return Err(Error::config(format!("mock: {mistake}")));
        }
        let Self { rules, otherwise, time } = self;
        let time = time.unwrap_or_default();
        Ok(MockTransport(Arc::new(MockShared { rules, otherwise, time, seen: Mutex::default() })))
    }
}
